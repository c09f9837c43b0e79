# frozen_string_literal: true

# Seeds the desk described in $INPUT and prints what came of it, by name.
desk = JSON.parse($INPUT)
Scene.set(desk)
replay = (defined?(Bulk) ? Bulk : Replay).new
replay.call(desk['events'])

users = desk['users'].to_h do |given|
  user = Names.user(given['login'])
  [user.login, { 'id' => user.id, 'key' => user.api_key }]
end
puts JSON.generate(
  'tickets' => replay.tickets,
  'users' => users,
  'projects' => desk['projects'].to_h { |given| [given['identifier'], Project.find(given['identifier']).id] },
  'statuses' => IssueStatus.all.to_h { |status| [status.name, status.id] },
  'trackers' => Tracker.all.to_h { |tracker| [tracker.name, tracker.id] },
  'priorities' => IssuePriority.all.to_h { |priority| [priority.name, priority.id] },
  'activities' => TimeEntryActivity.shared.to_h { |activity| [activity.name, activity.id] },
  'roles' => Role.givable.to_h { |role| [role.name, role.id] },
  'fields' => CustomField.all.to_h { |field| [field.name, field.id] }
)
