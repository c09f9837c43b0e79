# frozen_string_literal: true

# A small desk to try the gateway on: what a bot sees, what it does not, and what is closed to it.

def project(identifier, is_public: false)
  made = Project.new(name: identifier.capitalize, identifier: identifier, is_public: is_public)
  made.enabled_module_names = %w[issue_tracking time_tracking wiki]
  made.trackers = Tracker.all
  made.save!
  made
end

def user(login)
  made = User.new(firstname: login.capitalize, lastname: 'Test', mail: "#{login}@example.net")
  made.login = login
  made.password = made.password_confirmation = 'not-asked-for'
  made.save!
  made
end

def issue(project, subject, **facts)
  Issue.create!(
    project: project, subject: subject, author: User.find_by!(login: 'admin'),
    tracker: Tracker.find_by!(name: 'Support'), status: IssueStatus.find_by!(name: 'New'),
    priority: IssuePriority.find_by!(name: 'Normal'), **facts
  )
end

seeing = %i[view_issues view_time_entries view_wiki_pages view_private_notes]
working = %i[add_issues edit_issues add_issue_notes log_time edit_wiki_pages]
bot_role = Role.create!(
  name: 'SLA bot', issues_visibility: 'all',
  permissions: seeing + working + %i[set_notes_private edit_own_issue_notes]
)
weak_role = Role.create!(name: 'Weak', issues_visibility: 'all', permissions: seeing + working)
WorkflowTransition.where(role_id: [bot_role.id, weak_role.id]).delete_all
[bot_role, weak_role].product(Tracker.all.to_a, IssueStatus.all.to_a, IssueStatus.all.to_a) do |r, t, a, b|
  WorkflowTransition.create!(role: r, tracker: t, old_status: a, new_status: b)
end

field = IssueCustomField.create!(
  name: 'SLA class', field_format: 'string', is_for_all: true, is_filter: true, visible: true,
  trackers: Tracker.all
)
locked = IssueCustomField.create!(
  name: 'SLA key', field_format: 'string', is_for_all: true, visible: true, trackers: Tracker.all
)
Tracker.all.each do |tracker|
  IssueStatus.all.each do |status|
    WorkflowPermission.create!(
      role: bot_role, tracker: tracker, old_status: status,
      field_name: locked.id.to_s, rule: 'readonly'
    )
  end
end

bot = user('bot')
weak = user('weak')
projects = %w[desk other closed archived].to_h { |name| [name, project(name)] }
projects['public'] = project('public', is_public: true)
projects['hidden'] = project('hidden')
%w[desk other closed archived].each do |name|
  Member.create!(user: bot, project: projects[name], roles: [bot_role])
  Member.create!(user: weak, project: projects[name], roles: [weak_role])
end

issues = projects.to_h { |name, made| [name, issue(made, "A ticket of #{name}").id] }
issues['moved'] = issue(projects['desk'], 'It moves out of sight').id
issues['deleted'] = issue(projects['desk'], 'It goes').id
issues['parent'] = issue(projects['desk'], 'It has a part').id
issue(projects['desk'], 'The part', parent_issue_id: issues['parent'])
Issue.find(issues['deleted']).destroy
Issue.find(issues['moved']).update!(project: projects['hidden'])
projects['closed'].reload.close
projects['archived'].reload.archive

puts JSON.generate(
  bot: bot.api_key, weak: weak.api_key, field: field.id, locked: locked.id,
  projects: projects.transform_values(&:id), issues: issues
)
