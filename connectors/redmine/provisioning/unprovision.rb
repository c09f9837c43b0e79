# Takes away what was made here, and puts back what was changed. What people use by now stays.

module RedmineSla
  class Removal
    def initialize(notebook, force)
      @notebook = notebook
      @force = force
      @bots = notebook.made(User)
    end

    def all
      each(IssueQuery) { |query| gone(query, "query '#{query.name}'") }
      each(IssueCustomField) { |field| remove_field(field) }
      WorkflowRule.where(:id => @notebook.take_rules).delete_all
      put_back
      untie
      each(MemberRole) { |link| leave(link) }
      each(User) { |user| remove_user(user) }
      each(Role) { |role| remove_role(role) }
      each(Tracker) { |tracker| remove_tracker(tracker) }
      each(IssueStatus) { |status| remove_status(status) }
    end

    private

    # What is left of what was made; the notebook forgets the rest.
    def each(type)
      there = type.where(:id => @notebook.made(type)).order(:id).to_a
      @notebook.forget(type, @notebook.made(type) - there.map(&:id))
      there.each do |object|
        next yield(object) if @notebook.made?(object) || @force

        kept("#{type.model_name.human.downcase} '#{object.name}'", 'somebody renamed it')
      end
    end

    def gone(object, called)
      object.destroy!
      @notebook.forget(object.class, [object.id])
      RedmineSla.say("removed #{called}")
    end

    def kept(called, why)
      RedmineSla.say("kept #{called}: #{why}")
    end

    def remove_field(field)
      called = "custom field '#{field.name}'"
      count = entered_by_people(field)
      if count.positive? && !@force
        return kept(called, "#{count} tickets hold values that people entered; with force it is removed with them")
      end

      WorkflowPermission.where(:field_name => field.id.to_s).delete_all
      gone(field, called)
    end

    # A value is the bot's if the bot wrote it last, or made the ticket and nobody changed it.
    def entered_by_people(field)
      values = CustomValue.where(:custom_field_id => field.id, :customized_type => 'Issue').where.not(:value => [nil, ''])
      numbers = values.distinct.pluck(:customized_id)
      authors = Issue.where(:id => numbers).pluck(:id, :author_id).to_h
      last = JournalDetail.joins(:journal).where(:property => 'cf', :prop_key => field.id.to_s)
                          .order('journals.id').pluck('journals.journalized_id', 'journals.user_id').to_h
      numbers.count { |number| !@bots.include?(last[number] || authors[number]) }
    end

    # What Redmine holds for the last bot's words stays signed: he is locked, not deleted.
    def remove_user(user)
      called = "user '#{user.login}'"
      Token.where(:user_id => user.id).delete_all
      return gone(user, called) unless written_by?(user)

      RedmineSla.say("withdrew the API key of '#{user.login}'") if user.active?
      user.lock! if user.active?
      kept(called, 'locked, so that what it wrote keeps its author')
    end

    def written_by?(user)
      [[Journal, :user_id], [Issue, :author_id], [Attachment, :author_id], [WikiContent, :author_id],
       [WikiContentVersion, :author_id], [TimeEntry, :user_id]].any? { |type, key| type.where(key => user.id).exists? }
    end

    def leave(link)
      member = link.member
      called = "'#{member.principal.login}' from project '#{member.project.identifier}'"
      link.destroy!
      @notebook.forget(MemberRole, [link.id])
      RedmineSla.say("removed #{called}")
    end

    def remove_role(role)
      called = "role '#{role.name}'"
      role.members.any? ? kept(called, 'it has members') : gone(role, called)
    end

    def remove_tracker(tracker)
      called = "tracker '#{tracker.name}'"
      used = Issue.where(:tracker_id => tracker.id).exists? || in_history?('tracker_id', tracker)
      used ? kept(called, 'tickets have it or had it') : gone(tracker, called)
    end

    def remove_status(status)
      called = "status '#{status.name}'"
      used = Issue.where(:status_id => status.id).exists? || Tracker.where(:default_status_id => status.id).exists? ||
             in_history?('status_id', status)
      used ? kept(called, 'tickets have it or had it') : gone(status, called)
    end

    def in_history?(attribute, object)
      details = JournalDetail.where(:property => 'attr', :prop_key => attribute)
      details.where(:old_value => object.id.to_s).or(details.where(:value => object.id.to_s)).exists?
    end

    # Settings and the like get their former value, unless somebody has changed them since.
    def put_back
      @notebook.changes.reverse_each do |type, key, attribute, before, after|
        type == 'Setting' ? put_setting_back(key, before, after) : put_value_back(type, key, attribute, before, after)
      end
      @notebook.changes.clear
    end

    def put_setting_back(name, before, after)
      return kept("setting #{name}", 'it was changed since') unless Setting[name] == after

      Setting[name] = before
      RedmineSla.say("put setting #{name} back")
    end

    def put_value_back(type, id, attribute, before, after)
      object = type.constantize.find_by(:id => id)
      return unless object && plain(object.public_send(attribute)) == after

      object.public_send("#{attribute}=", before)
      object.save!
      RedmineSla.say("put #{attribute} of '#{object.name}' back")
    end

    def plain(value)
      JSON.parse(JSON.generate([value])).first
    end

    def untie
      @notebook.links.each do |type, id, association, tied|
        object = type.constantize.find_by(:id => id)
        other = object && object.public_send(association).find_by(:id => tied)
        next unless other

        object.public_send(association).delete(other)
        RedmineSla.say("took #{other.name} from the #{association} of '#{object.name}'")
      end
      @notebook.links.clear
    end
  end

  run(PLAN.fetch('rehearsal')) do
    if notebook.empty?
      say('Nothing here was made by redmine-sla, as far as Redmine remembers.')
      notebook.remove
    else
      Removal.new(notebook, PLAN.fetch('force')).all
      notebook.empty? ? notebook.remove : notebook.save
    end
  end
end
