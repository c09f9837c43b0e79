# frozen_string_literal: true

# Sets the scene of a desk: roles, statuses, trackers, fields, people, projects. What is there
# already under the same name is used as it is.
module Scene
  module_function

  def set(desk)
    quietly
    User.current = User.where(admin: true).order(:id).first
    desk['roles'].each { |role| role(role) }
    desk['statuses'].each { |status| status(status) }
    desk['trackers'].each { |name| tracker(name) }
    desk['activities'].each { |name| TimeEntryActivity.find_or_create_by!(name: name) }
    desk['users'].each { |user| user(user) }
    desk['groups'].each { |group| group(group) }
    desk['projects'].each { |project| project(project) }
    desk['fields'].each { |field| field(field) }
    desk['projects'].each { |project| members(project) }
  end

  # A past sends no mail.
  def quietly
    Setting.define_singleton_method(:notified_events) { [] }
  end

  def role(given)
    return if Role.exists?(name: given['name'])

    model = Role.find_by!(name: given['like'])
    role = Role.new(name: given['name'])
    role.copy_from(model)
    role.name = given['name']
    role.permissions = model.permissions + given['grants'].map(&:to_sym) - given['revokes'].map(&:to_sym)
    role.save!
    WorkflowRule.copy(nil, model, Tracker.all.to_a, [role])
  end

  # A new status can be reached and left by whoever may work on tickets; the others keep to theirs.
  def status(given)
    return if IssueStatus.exists?(name: given['name'])

    added = IssueStatus.create!(name: given['name'], is_closed: given['is_closed'])
    workers = Role.givable.select { |role| role.has_permission?(:edit_issues) }
    ways = Tracker.ids.product(workers.map(&:id), IssueStatus.where.not(id: added.id).ids)
    rules = ways.flat_map do |tracker, role, other|
      [[other, added.id], [added.id, other]].map do |from, to|
        { tracker_id: tracker, role_id: role, old_status_id: from, new_status_id: to, type: 'WorkflowTransition' }
      end
    end
    WorkflowTransition.insert_all!(rules)
  end

  def tracker(name)
    return if Tracker.exists?(name: name)

    model = Tracker.order(:position).first
    tracker = Tracker.create!(name: name, default_status: model.default_status, core_fields: model.core_fields)
    WorkflowRule.copy(model, nil, [tracker], Role.all.to_a)
  end

  def user(given)
    return if User.exists?(login: given['login'])

    user = User.new(given.slice('firstname', 'lastname', 'mail', 'language'))
    user.login = given['login']
    user.admin = given['is_admin']
    user.password = user.password_confirmation = given['password']
    user.pref.time_zone = given['zone']
    user.save!
  end

  def group(given)
    group = Group.find_by(lastname: given['name']) || Group.create!(lastname: given['name'])
    group.users = User.where(login: given['logins']).to_a
    Setting.issue_group_assignment = '1'
  end

  def project(given)
    project = Project.find_by(identifier: given['identifier']) || Project.new(identifier: given['identifier'])
    if project.new_record?
      project.name = given['name']
      project.is_public = given['is_public']
      project.inherit_members = given['inherits_members']
      project.trackers = given['trackers'].empty? ? Tracker.sorted.to_a : Tracker.where(name: given['trackers']).to_a
      project.save!
      project.set_parent!(Project.find(given['parent'])) if given['parent']
    end
    given['categories'].each { |name| project.issue_categories.find_or_create_by!(name: name) }
    given['versions'].each { |name| project.versions.find_or_create_by!(name: name) }
  end

  def members(given)
    project = Project.find(given['identifier'])
    given['members'].each do |name, roles|
      member = Member.find_or_initialize_by(project_id: project.id, user_id: Names.principal(name).id)
      member.roles |= roles.map { |role| Role.find_by!(name: role) }
      member.save!
    end
  end

  FIELDS = { 'issue' => 'IssueCustomField', 'time_entry' => 'TimeEntryCustomField',
             'project' => 'ProjectCustomField', 'version' => 'VersionCustomField' }.freeze

  def field(given)
    kind = FIELDS.fetch(given['on']).constantize
    return if kind.exists?(name: given['name'])

    field = kind.new(name: given['name'], field_format: given['format'], is_required: given['is_required'],
                     default_value: given['default'], is_filter: given['is_filter'], multiple: given['is_multiple'])
    field.possible_values = given['values'] if given['format'] == 'list'
    if given['on'] == 'issue'
      field.is_for_all = true
      field.trackers = Tracker.all.to_a
      field.visible = given['visible_to'].empty?
      field.roles = Role.where(name: given['visible_to']).to_a
    end
    field.save!
    return unless given['format'] == 'enumeration'

    given['values'].each_with_index { |name, index| field.enumerations.create!(name: name, position: index + 1) }
  end
end

# From the names a description uses to what Redmine has.
module Names
  module_function

  def principal(name)
    cached(:principal, name) do
      User.find_by(login: name) || Group.find_by(lastname: name) || raise("there is no user or group #{name.inspect}")
    end
  end

  def user(login)
    cached(:user, login) { User.find_by(login: login) || raise("there is no user #{login.inspect}") }
  end

  def of(kind, name)
    cached(kind, name) { kind.find_by(name: name) || raise("there is no #{kind.name} #{name.inspect}") }
  end

  def project(identifier)
    cached(Project, identifier) { Project.find(identifier) }
  end

  def cached(kind, name)
    @cache ||= {}
    @cache[[kind, name]] ||= yield
  end
end
