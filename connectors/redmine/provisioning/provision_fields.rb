# Custom fields: where they are, who sees them, who may write them.

module RedmineSla
  class Fields
    TEXTUAL = %w[string text list].freeze

    def initialize(names, bot_role)
      @names = names
      @bot_role = bot_role
      @by_role = {}
    end

    attr_reader :by_role

    def have_all(wanted)
      wanted.each { |field| @by_role[field.fetch('role')] = have_one(field) }
    end

    private

    def have_one(wanted)
      called = "custom field '#{wanted.fetch('name')}'"
      field = RedmineSla.have(IssueCustomField, 'custom field', wanted.fetch('name')) { |made| set_up(made, wanted) }
      check(field, wanted)
      RedmineSla.link(field, :trackers, @names.trackers, called)
      RedmineSla.link(field, :projects, projects(wanted), called) unless field.is_for_all?
      RedmineSla.link(field, :roles, readers(wanted), called) unless field.visible?
      RedmineSla.amend(field, :is_filter, true, called) if field.format.is_filter_supported
      offer(field, wanted, called)
      protect(field, wanted, called)
      field
    end

    def set_up(field, wanted)
      field.field_format = wanted.fetch('formats').find { |format| Redmine::FieldFormat.available_formats.include?(format) }
      field.possible_values = wanted.fetch('values') if field.field_format == 'list'
      field.regexp = wanted.fetch('pattern')
      field.description = wanted.fetch('description')
      field.searchable = wanted.fetch('searchable')
      field.is_filter = field.format.is_filter_supported
      field.visible = false
      field.roles = readers(wanted)
      field.trackers = @names.trackers
      field.projects = projects(wanted)
    end

    # Where no contract looks at it, a field would stand empty on every ticket.
    def projects(wanted)
      @names.projects_of(wanted.fetch('contracts'))
    end

    def readers(wanted)
      (@names.roles(wanted.fetch('readers')) + [@bot_role]).uniq
    end

    def check(field, wanted)
      formats = wanted.fetch('formats')
      formats |= TEXTUAL if (formats - TEXTUAL).empty? # one text is as good as another
      return if formats.include?(field.field_format)

      raise Refused, "custom field '#{field.name}' is of the format '#{field.field_format}'; '#{wanted['role']}' needs " \
                     "#{formats.join(' or ')}: name another field in [fields]"
    end

    # Values are added where the bot must be able to write them; a person's own list is left alone.
    def offer(field, wanted, called)
      return unless field.field_format == 'list'

      missing = wanted.fetch('values') - field.possible_values
      return if missing.empty?

      if RedmineSla.notebook.made?(field)
        RedmineSla.amend(field, :possible_values, field.possible_values + missing, called)
        RedmineSla.say("  added values #{missing.join(', ')} to #{called}")
      else
        RedmineSla.say("  look at its values: #{missing.join(', ')} cannot be chosen, which the contracts speak of")
      end
    end

    # Read-only for every role that sees the field and may not write it, with every tracker, in
    # every status. Redmine itself takes a role that does not see a field for one that cannot write.
    def protect(field, wanted, called)
      kept_out = @names.roles(wanted.fetch('readers') - wanted.fetch('writers'))
      return if kept_out.empty? || !(RedmineSla.notebook.made?(field) || wanted.fetch('writers').empty?)

      missing = rules(field, kept_out) - standing(field)
      return if missing.empty?

      before = WorkflowPermission.where(:field_name => field.id.to_s).pluck(:id)
      WorkflowPermission.insert_all!(missing.map { |rule| row(field, rule) })
      made = WorkflowPermission.where(:field_name => field.id.to_s).pluck(:id) - before
      RedmineSla.notebook.note_rules(made) unless RedmineSla.notebook.made?(field)
      RedmineSla.say("  made #{called} read-only for #{kept_out.map(&:name).join(', ')} (#{missing.size} rules)")
    end

    def rules(field, roles)
      roles.map(&:id).product(field.trackers.map(&:id), IssueStatus.pluck(:id))
    end

    def standing(field)
      WorkflowPermission.where(:field_name => field.id.to_s).pluck(:role_id, :tracker_id, :old_status_id)
    end

    def row(field, rule)
      role, tracker, status = rule
      { :type => 'WorkflowPermission', :role_id => role, :tracker_id => tracker, :old_status_id => status,
        :new_status_id => 0, :field_name => field.id.to_s, :rule => 'readonly' }
    end
  end
end
