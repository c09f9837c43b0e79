# Statuses and trackers that the configuration names, and the ways into and out of them.

module RedmineSla
  class Workflow
    def initialize(names)
      @names = names
    end

    def have_trackers(wanted)
      wanted.each do |tracker|
        made = RedmineSla.have(Tracker, 'tracker', tracker.fetch('name')) do |created|
          created.default_status = model_for(tracker).default_status
        end
        copy(model_for(tracker), made) if made.saved_change_to_id?
        projects_of(tracker).each do |project|
          RedmineSla.link(project, :trackers, [made], "project '#{project.identifier}'")
        end
      end
    end

    def have_statuses(wanted)
      wanted.each do |status|
        made = RedmineSla.have(IssueStatus, 'status', status.fetch('name')) do |created|
          created.is_closed = status.fetch('closed')
        end
        open_ways(made) if made.saved_change_to_id?
      end
    end

    private

    # The new tracker works as the first one of its project does.
    def model_for(tracker)
      projects_of(tracker).flat_map { |project| project.trackers.to_a }.reject { |one| one.name == tracker['name'] }.min ||
        raise(Refused, "tracker '#{tracker['name']}': its projects have no tracker to take the workflow from")
    end

    def projects_of(tracker)
      theirs = @names.projects_by_contract.select { |contract, _| tracker.fetch('contracts').include?(contract['name']) }
      theirs.flat_map(&:last).uniq
    end

    def copy(model, made)
      WorkflowRule.copy(model, nil, made, nil)
      RedmineSla.say("  with the workflow of tracker '#{model.name}'")
    end

    # Whoever of the provider works on a ticket may put it into the new status from every open one,
    # and on from there to wherever he may put tickets of that tracker at all.
    def open_ways(status)
      @names.provider.each do |role|
        @names.trackers.each { |tracker| open_ways_for(status, role, tracker) }
      end
      RedmineSla.say("  open to #{@names.provider.map(&:name).join(', ')} with #{@names.trackers.map(&:name).join(', ')}")
    end

    def open_ways_for(status, role, tracker)
      ways = WorkflowTransition.where(:role_id => role.id, :tracker_id => tracker.id)
      from = IssueStatus.where(:id => ways.pluck(:old_status_id), :is_closed => false) - [status]
      onwards = IssueStatus.where(:id => ways.pluck(:new_status_id)) - [status]
      pairs = from.map { |one| [one, status] } + onwards.map { |one| [status, one] }
      pairs.each do |before, after|
        WorkflowTransition.create!(:role => role, :tracker => tracker, :old_status => before, :new_status => after)
      end
    end
  end
end
