# frozen_string_literal: true

# Renders the common pages once before anything is forked: each fork has them compiled.
module WarmUp
  module_function

  def call(key)
    issue = furnish
    ['/issues.json', "/issues/#{issue.id}.json?include=journals,attachments,relations,children,watchers",
     '/projects.json', '/time_entries.json', '/users.json', '/custom_fields.json', '/issue_statuses.json',
     '/projects/warm/memberships.json', '/projects/warm/versions.json', '/projects/warm/issue_categories.json',
     '/users/current.json?include=memberships', '/login', "/issues/#{issue.id}", '/projects/warm/issues'].each do |path|
      get(path, key)
    end
  ensure
    forget
  end

  def furnish
    admin = User.where(admin: true).first
    project = Project.new(name: 'Warm', identifier: 'warm')
    project.save!
    issue = Issue.new(project: project, author: admin, subject: 'warm', tracker: project.trackers.first,
                      status: IssueStatus.first, priority: IssuePriority.first)
    issue.save!
    issue.reload.init_journal(admin, 'warm')
    issue.update!(subject: 'warmer')
    issue
  end

  def get(path, key)
    environment = Rack::MockRequest.env_for("http://127.0.0.1#{path}", 'HTTP_X_REDMINE_API_KEY' => key)
    status, _headers, body = Rails.application.call(environment)
    body.each { |_part| nil }
    body.close if body.respond_to?(:close)
    raise "#{path} answered #{status} while warming up" unless status == 200
  end

  def forget
    Setting.clear_cache
    User.current = nil
    RequestStore.clear! if defined?(RequestStore)
    ActiveSupport::CurrentAttributes.clear_all
  end
end
