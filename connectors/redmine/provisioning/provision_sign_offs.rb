# Trackers of sign-offs: the customer decides by a status, and changes nothing else.

module RedmineSla
  class SignOffs
    EDIT = :edit_issues

    def initialize(names, bot_role, key_field)
      @names = names
      @bot_role = bot_role
      @key_field = key_field
    end

    def have_all(wanted)
      wanted.each { |sign_off| have_one(sign_off) }
    end

    private

    def have_one(wanted)
      tracker = Tracker.find_by!(:name => wanted.fetch('tracker'))
      called = "tracker '#{tracker.name}'"
      RedmineSla.link(@key_field, :trackers, [tracker], "custom field '#{@key_field.name}'") if @key_field
      decisions = statuses(wanted)
      rules = ways(tracker, decisions) + protected_fields(tracker)
      before = WorkflowRule.where(:tracker_id => tracker.id).pluck(:id)
      rules.each { |type, rule| type.find_or_create_by!(rule) }
      made = WorkflowRule.where(:tracker_id => tracker.id).pluck(:id) - before
      RedmineSla.notebook.note_rules(made) unless RedmineSla.notebook.made?(tracker)
      RedmineSla.say("  let #{people} decide in #{called} (#{made.size} rules)") if made.any?
      @names.customer.each { |role| let_edit(role, tracker) }
    end

    def people
      @names.customer.map(&:name).join(', ')
    end

    # Acceptance first. What a person made stays as it is: a status counts as it is closed or not.
    def statuses(wanted)
      accepting = IssueStatus.where(:name => wanted.fetch('accepting'), :is_closed => true).to_a
      accepting = IssueStatus.where(:is_closed => true).where.not(:name => wanted.fetch('refusing')).to_a if accepting.empty?
      accepting.sort.last(1) + IssueStatus.where(:name => wanted.fetch('rejecting')).sort.first(1)
    end

    # From every open status to a decision, and back from it; the program closes for silence.
    def ways(tracker, decisions)
      open = IssueStatus.where(:is_closed => false, :id => [tracker.default_status_id, *tracker.issue_status_ids]).to_a - decisions
      there = open.product(decisions)
      back = decisions.map { |decision| [decision, tracker.default_status] }
      rows = @names.customer.product(there + back) + [@bot_role].product(there)
      rows.map do |role, (before, after)|
        [WorkflowTransition, { :role_id => role.id, :tracker_id => tracker.id, :old_status_id => before.id, :new_status_id => after.id }]
      end
    end

    # What he signs must not be changed by his own hand.
    def protected_fields(tracker)
      @names.customer.product(IssueStatus.all.to_a, Tracker::CORE_FIELDS_ALL).map do |role, status, field|
        [WorkflowPermission, { :role_id => role.id, :tracker_id => tracker.id, :old_status_id => status.id,
                               :new_status_id => 0, :field_name => field, :rule => 'readonly' }]
      end
    end

    # The right to edit, with this tracker alone, where the role had none.
    def let_edit(role, tracker)
      had = role.has_permission?(EDIT)
      return if had && role.permissions_tracker?(EDIT, tracker)

      called = "role '#{role.name}'"
      trackers = (had ? role.permissions_tracker_ids(EDIT) : []) | [tracker.id]
      RedmineSla.amend(role, :settings, settings_with(role, trackers), called)
      RedmineSla.amend(role, :permissions, role.permissions + [EDIT], called) unless had
      RedmineSla.say("  let #{role.name} edit tickets of tracker '#{tracker.name}'")
    end

    def settings_with(role, trackers)
      settings = JSON.parse(JSON.generate(role.settings || {}))
      settings['permissions_all_trackers'] = (settings['permissions_all_trackers'] || {}).merge(EDIT.to_s => '0')
      settings['permissions_tracker_ids'] = (settings['permissions_tracker_ids'] || {}).merge(EDIT.to_s => trackers.map(&:to_s))
      settings
    end
  end
end
