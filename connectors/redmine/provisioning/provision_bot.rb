# The user that the tool acts as: its role, its key, its memberships.

module RedmineSla
  class Bot
    def initialize(wanted)
      @wanted = wanted
    end

    attr_reader :key

    def role
      @role ||= have_role
    end

    def user
      @user ||= have_user
    end

    def join(projects)
      joined = projects.reject { |project| member?(project) }
      joined.each do |project|
        member = Member.find_or_initialize_by(:project_id => project.id, :user_id => user.id)
        link = MemberRole.new(:role => role, :member => member)
        member.member_roles << link
        member.save!
        RedmineSla.notebook.note(link)
        RedmineSla.say("added '#{user.login}' to project '#{project.identifier}'")
      end
    end

    # The key is shown when it is made, never again.
    def have_key
      if @wanted.fetch('new_key')
        Token.where(:user_id => user.id, :action => 'api').delete_all
        RedmineSla.say("withdrew the API key of '#{user.login}'")
      end
      if Token.where(:user_id => user.id, :action => 'api').exists?
        RedmineSla.say("kept the API key of '#{user.login}'")
      else
        @key = user.reload.api_key
        RedmineSla.say("created an API key for '#{user.login}'")
      end
    end

    private

    def have_role
      name = @wanted.fetch('role')
      role = RedmineSla.have(Role, 'role', name) { |made| set_up(made) }
      missing = rights - role.permissions
      return role if missing.empty?

      RedmineSla.say("  added rights to role '#{name}': #{missing.join(', ')}")
      RedmineSla.amend(role, :permissions, role.permissions + missing, "role '#{name}'")
      role
    end

    def set_up(role)
      role.permissions = rights
      role.assignable = false
      role.issues_visibility = 'all'
      role.time_entries_visibility = 'all'
      role.users_visibility = 'members_of_visible_projects'
    end

    def rights
      known = Redmine::AccessControl.permissions.map(&:name)
      @wanted.fetch('rights').map(&:to_sym) & known
    end

    def have_user
      found = User.find_by_login(@wanted.fetch('login'))
      return create unless found

      if found.active?
        RedmineSla.say("kept user '#{found.login}'")
      elsif RedmineSla.notebook.made?(found)
        found.activate!
        RedmineSla.say("unlocked user '#{found.login}'")
      else
        raise Refused, "user '#{found.login}' is locked: unlock him, or choose another login"
      end
      found
    end

    def create
      user = User.new(:firstname => @wanted.fetch('firstname'), :lastname => @wanted.fetch('lastname'), :language => 'en')
      user.login = @wanted.fetch('login')
      user.mail = @wanted.fetch('mail')
      user.mail_notification = 'none'
      user.random_password(64)
      user.must_change_passwd = false
      RedmineSla.save(user, "user '#{user.login}'")
      user.pref.update!(preferences)
      RedmineSla.say("created user '#{user.login}'")
      user
    end

    # Times in UTC, history oldest first, and no watching of tickets that it has written to.
    def preferences
      { :time_zone => 'UTC', :comments_sorting => 'asc', :no_self_notified => true, :hide_mail => true, :auto_watch_on => [] }
    end

    def member?(project)
      MemberRole.joins(:member).where(:role_id => role.id, :members => { :project_id => project.id, :user_id => user.id }).exists?
    end
  end
end
