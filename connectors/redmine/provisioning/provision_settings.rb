# Redmine's own settings: the REST service, and what sends mail.

module RedmineSla
  module Settings
    FINER = %w[issue_note_added issue_status_updated issue_assigned_to_updated issue_priority_updated
               issue_fixed_version_updated issue_attachment_added].freeze

    module_function

    def switch_rest_on
      return RedmineSla.say('kept REST service: it is on') if Setting.rest_api_enabled?

      change('rest_api_enabled', '1')
      RedmineSla.say('switched REST service on')
    end

    # An update of custom fields alone is none of the finer events, so it mails nobody.
    def quieten_mail(wanted)
      events = Setting.notified_events
      if !events.include?('issue_updated')
        RedmineSla.say('kept mail events: an update of SLA fields alone mails nobody')
      elsif wanted
        change('notified_events', (events - ['issue_updated']) | (FINER & Redmine::Notifiable.all.map(&:name)))
        RedmineSla.say("changed mail events: 'issue_updated' is replaced by its parts, for all projects: people are " \
                       'told of notes, status, assignee, priority, version and files, not of other fields')
      else
        RedmineSla.say("kept mail events: each update of SLA fields mails those who follow the ticket. To end that,\n" \
                       "  provision with quiet mail: it replaces the event 'issue_updated' by its parts, for all projects")
      end
    end

    def change(name, value)
      RedmineSla.notebook.note_change('Setting', name, 'value', Setting[name], value)
      Setting[name] = value
    end

    # The value of wiki_markup that comes nearest: 5.0 also has the older 'markdown', and '' is none.
    def markup
      Setting.text_formatting == 'textile' ? 'textile' : 'common_mark'
    end
  end
end
