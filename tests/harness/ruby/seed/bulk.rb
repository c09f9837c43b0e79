# frozen_string_literal: true

# The same past, many times faster: each ticket stays in memory, Redmine's models say what an event
# does to it and what its journal holds, and the rows are inserted by the thousand at the end. What
# Redmine's saving would add (times, versions of the row, closing, watchers) is done here; a test
# holds that the rows are those of the replay.
class Bulk < Replay
  BATCH = 400 # rows: SQLite takes 32766 values in a statement

  def initialize
    super
    @rows = Hash.new { |rows, model| rows[model] = [] }
    @ids = Hash.new { |ids, model| ids[model] = model.maximum(:id).to_i }
    @issues = {}
    @booked = Hash.new { |booked, ticket| booked[ticket] = [] }
    @journals = Hash.new { |journals, ticket| journals[ticket] = [] }
    @watchers = Set.new
    @people = {}
  end

  def call(events)
    super
    @issues.each_value { |issue| row(Issue, issue.attributes) && values(issue) }
    @booked.each_value { |entries| entries.each { |entry| row(TimeEntry, entry.attributes) && values(entry) } }
    @watchers.each { |issue, user| row(Watcher, watchable_type: 'Issue', watchable_id: issue, user_id: user) }
    ActiveRecord::Base.transaction do
      @rows.each { |model, rows| rows.each_slice(BATCH) { |some| model.insert_all!(some) } }
    end
  end

  private

  # Nobody's roles change on the way, so everybody is asked for once.
  def person(login)
    @people[login] ||= super
  end

  def open(event)
    issue = prepare(event)
    %i[default_assign clear_disabled_fields].each { |step| issue.send(step) }
    issue.id = @tickets[event['ticket']] = @ids[Issue] += 1
    # Putting a ticket in its tree is an update, so the version of the row begins with 1.
    issue.attributes = { root_id: issue.id, lft: 1, rgt: 2, lock_version: 1 }
    settle(issue)
    issue.custom_field_values # their defaults are for a new ticket only
    issue.send(:changes_applied)
    issue.instance_variable_set(:@new_record, false)
    @issues[event['ticket']] = issue
    watch_by_itself(issue, 'issue_created') if issue.respond_to?(:add_auto_watcher, true)
  end

  def change(event)
    raise 'a file cannot be attached in bulk' if event['attached']
    raise 'a parent cannot be set in bulk' if event['given']['parent']

    issue = ticket(event)
    was_in = issue.project_id
    journal = issue.init_journal(User.current, event['note'])
    assign(issue, event['given'])
    settle(issue)
    journal.send(:journalize_changes)
    issue.updated_on = Time.now if journal.details.any?
    issue.lock_version += 1 if issue.changed?
    issue.clear_journal
    issue.send(:changes_applied)
    move_entries(event['ticket'], issue) if issue.project_id != was_in
    write(event['ticket'], journal, event['private'])
    watch_by_itself(issue, 'issue_contributed_to')
  end

  # What Redmine does to a ticket before it is saved, in its own words.
  def settle(issue)
    %i[update_done_ratio_from_issue_status force_updated_on_change update_closed_on].each { |step| issue.send(step) }
  end

  def write(ticket, journal, hidden)
    return if journal.details.empty? && journal.notes.blank?

    hidden = hidden ? journal.notes.present? : false
    if hidden && journal.details.any?
      journal_row(ticket, journal, nil, false, journal.details)
      journal_row(ticket, journal, journal.notes, true, [])
    else
      journal_row(ticket, journal, journal.notes, hidden, journal.details)
    end
  end

  def journal_row(ticket, journal, notes, hidden, details)
    id = @ids[Journal] += 1
    columns = journal.attributes.merge('id' => id, 'notes' => notes, 'private_notes' => hidden, 'created_on' => Time.now)
    columns['updated_on'] = Time.now if columns.key?('updated_on')
    @journals[ticket] << row(Journal, columns)
    details.each { |detail| row(JournalDetail, detail.attributes.except('id').merge('journal_id' => id)) }
  end

  def change_note(event, columns)
    changed = last_note(event)
    changed.merge!(columns)
    changed['updated_on'] = Time.now if changed.key?('updated_on')
    changed['updated_by_id'] = User.current.id if changed.key?('updated_by_id')
  end

  def edit_note(event)
    change_note(event, 'notes' => event['note'])
  end

  def hide_note(event)
    change_note(event, 'private_notes' => true)
  end

  def last_note(event)
    @journals[event['ticket']].rindex { |row| row['notes'].present? }.then do |index|
      @journals[event['ticket']][index || raise('there is no note yet')]
    end
  end

  def book(event)
    entry = prepare_entry(event)
    entry.id = @ids[TimeEntry] += 1
    entry.attributes = { created_on: Time.now, updated_on: Time.now }
    @booked[event['ticket']] << entry
  end

  def rebook(event)
    @booked.fetch(event['ticket']).last.attributes = { hours: event['hours'], updated_on: Time.now }
  end

  def unbook(event)
    @booked.fetch(event['ticket']).pop
  end

  def move_entries(ticket, issue)
    @booked[ticket].each { |entry| entry.project = issue.project }
  end

  def watch(event)
    @watchers << [ticket(event).id, User.current.id]
  end

  def watch_by_itself(issue, reason)
    user = User.current
    watch = user.allowed_to?(:add_issue_watchers, issue.project) && user.pref.auto_watch_on?(reason)
    @watchers << [issue.id, user.id] if watch
  end

  %i[relate unrelate delete].each do |name|
    define_method(name) { |_event| raise 'cannot be done in bulk' }
  end

  def ticket(event)
    @issues.fetch(event['ticket']) { raise 'it has not been opened' }
  end

  def values(customized)
    customized.custom_field_values.each do |field_value|
      Array(field_value.value).then { |given| given.empty? ? [nil] : given }.each do |value|
        row(CustomValue, customized_type: customized.class.name, customized_id: customized.id,
                         custom_field_id: field_value.custom_field_id, value: value.to_s)
      end
    end
  end

  def row(model, columns)
    @rows[model] << columns
    columns
  end
end
