# frozen_string_literal: true

# Lets the past happen again: each event is done through Redmine's own models, by its person, while
# the clock stands at its time. So every row is what Redmine itself would have written.

# The clock, as Ruby and Rails read it.
module Clock
  class << self
    attr_accessor :at
  end
end

Time.singleton_class.prepend(Module.new { def now(**zone) = Clock.at ? Clock.at.dup : super })
Date.singleton_class.prepend(Module.new { def today(*) = Clock.at ? Clock.at.to_date : super })
DateTime.singleton_class.prepend(Module.new { def now(*) = Clock.at ? Clock.at.to_datetime : super })

# Does the events and remembers the tickets by their reference.
class Replay
  attr_reader :tickets

  def initialize
    @tickets = {}
    @entries = {}
  end

  def call(events)
    events.each do |event|
      Clock.at = Time.iso8601(event['at']).localtime
      User.current = person(event['by'])
      send(event['do'], event)
    rescue StandardError => e
      raise "#{event['ticket'].inspect} at #{event['at']}, #{event['do']} by #{event['by']}: #{e.message}"
    end
  ensure
    Clock.at = nil
  end

  private

  def person(login)
    User.find(Names.user(login).id)
  end

  def open(event)
    issue = prepare(event)
    issue.save!
    @tickets[event['ticket']] = issue.id
  end

  def prepare(event)
    issue = Issue.new(author: User.current)
    issue.start_date = User.current.today if Setting.default_issue_start_date_to_creation_date?
    assign(issue, { 'tracker' => nil }.merge(event['given']))
    issue
  end

  def change(event)
    issue = ticket(event)
    issue.init_journal(User.current, event['note'])
    issue.private_notes = true if event['private']
    assign(issue, event['given'])
    attach(issue, event['attached'] || [])
    issue.save!
  end

  # In the order in which Redmine itself applies them: one thing decides what another may be.
  def assign(issue, given)
    issue.project = Names.project(given['project']) if given.key?('project')
    issue.tracker = given['tracker'] ? Names.of(Tracker, given['tracker']) : issue.project.trackers.first if given.key?('tracker')
    issue.status = Names.of(IssueStatus, given['status']) if given.key?('status')
    issue.priority = Names.of(IssuePriority, given['priority']) if given.key?('priority')
    issue.assigned_to = given['assigned_to'] && Names.principal(given['assigned_to']) if given.key?('assigned_to')
    issue.category = given['category'] && issue.project.issue_categories.find_by!(name: given['category']) if given.key?('category')
    issue.fixed_version = given['version'] && issue.project.shared_versions.find_by!(name: given['version']) if given.key?('version')
    issue.parent_issue_id = given['parent'] && @tickets.fetch(given['parent']) if given.key?('parent')
    issue.attributes = given.slice('subject', 'description', 'start_date', 'due_date', 'estimated_hours', 'done_ratio', 'is_private')
    issue.custom_field_values = field_values(issue, given['fields']) if given.key?('fields')
  end

  def field_values(customized, given)
    given.to_h do |name, value|
      field = customized.available_custom_fields.find { |available| available.name == name }
      raise "there is no field #{name.inspect} here" unless field

      [field.id.to_s, value]
    end
  end

  def attach(issue, attached)
    attached.each do |file|
      content = StringIO.new(file['content'].unpack1('m'))
      content.define_singleton_method(:original_filename) { file['filename'] }
      content.define_singleton_method(:content_type) { nil }
      issue.save_attachments([{ 'file' => content }])
    end
  end

  def relate(event)
    relation = IssueRelation.new(issue_from: ticket(event), issue_to: Issue.find(@tickets.fetch(event['other'])),
                                 relation_type: event['kind'])
    relation.init_journals(User.current)
    relation.save!
  end

  def unrelate(event)
    other = @tickets.fetch(event['other'])
    relation = ticket(event).relations.find { |known| [known.issue_from_id, known.issue_to_id].include?(other) }
    relation.init_journals(User.current)
    relation.destroy
  end

  def edit_note(event)
    journal = last_note(event)
    journal.notes = event['note']
    journal.updated_by = User.current if journal.respond_to?(:updated_by=)
    journal.save
  end

  def hide_note(event)
    journal = last_note(event)
    journal.private_notes = true
    journal.updated_by = User.current if journal.respond_to?(:updated_by=)
    journal.save
  end

  def last_note(event)
    ticket(event).journals.where.not(notes: [nil, '']).order(:id).last || raise('there is no note yet')
  end

  def book(event)
    entry = prepare_entry(event)
    entry.save!
    (@entries[event['ticket']] ||= []) << entry.id
  end

  def prepare_entry(event)
    issue = ticket(event)
    entry = TimeEntry.new(project: issue.project, issue: issue, user: User.current, author: User.current,
                          spent_on: event['spent_on'] || User.current.today, hours: event['hours'],
                          activity: Names.of(TimeEntryActivity, event['activity']), comments: event['comment'])
    entry.custom_field_values = field_values(entry, event['fields'])
    entry
  end

  def rebook(event)
    TimeEntry.find(@entries.fetch(event['ticket']).last).update!(hours: event['hours'])
  end

  def unbook(event)
    TimeEntry.find(@entries.fetch(event['ticket']).pop).destroy
  end

  def watch(event)
    ticket(event).add_watcher(User.current)
  end

  def delete(event)
    ticket(event).destroy
    @tickets.delete(event['ticket'])
  end

  def ticket(event)
    Issue.find(@tickets.fetch(event['ticket']) { raise 'it has not been opened' })
  end
end
