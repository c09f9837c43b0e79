# From the plan to Redmine.

module RedmineSla
  bot = Bot.new(PLAN.fetch('bot'))
  run(PLAN.fetch('rehearsal')) do
    names = Names.new(PLAN)
    Settings.switch_rest_on
    workflow = Workflow.new(names)
    workflow.have_trackers(PLAN.fetch('trackers'))
    workflow.have_statuses(PLAN.fetch('statuses'))
    fields = Fields.new(names, bot.role)
    fields.have_all(PLAN.fetch('fields'))
    SignOffs.new(names, bot.role, fields.by_role['sla_key']).have_all(PLAN.fetch('sign_offs'))
    bot.join(names.projects)
    Queries.new(names, fields.by_role, bot.user).have_all(PLAN.fetch('queries'))
    Settings.quieten_mail(PLAN.fetch('quiet_mail'))
    bot.have_key
    notebook.save
  end

  PLAN.fetch('left_out').each { |line| say(line) }
  if Settings.markup != PLAN.fetch('wiki_markup')
    say("sla.toml says wiki_markup = \"#{PLAN['wiki_markup']}\", which is not what this Redmine uses: correct it")
  end
  say('')
  say('For sla.toml:')
  if bot.key && !PLAN.fetch('rehearsal')
    say('[redmine]')
    say("api_key = \"#{bot.key}\"  # shown this once")
  end
  say('[surfaces]')
  say("wiki_markup = \"#{Settings.markup}\"")
end
