# Saved lists that people open in Redmine.

module RedmineSla
  # One list for all contracts, seen by the roles that see the fields.
  #
  # Each is tied to the contracts' projects by a filter: Redmine drops a filter on a field that a
  # project does not have, and would list every ticket there as breached.
  class Queries
    BEFORE = %w[id project tracker status priority subject assigned_to].freeze

    def initialize(names, fields, owner)
      @names = names
      @fields = fields
      @owner = owner
    end

    def have_all(wanted)
      wanted.each { |query| have_one(query) }
    end

    private

    def have_one(wanted)
      called = "query '#{wanted.fetch('name')}'"
      query = RedmineSla.have(IssueQuery, 'query', wanted.fetch('name')) { |made| set_up(made, wanted) }
      return unless RedmineSla.notebook.made?(query)

      RedmineSla.link(query, :roles, readers(wanted), called)
      missing = project_ids - query.values_for('project_id').to_a
      return if missing.empty?

      query.add_filter('project_id', '=', query.values_for('project_id') + missing)
      query.save!
      RedmineSla.say("  added #{missing.size} projects to #{called}")
    end

    def set_up(query, wanted)
      query.description = wanted.fetch('description') if query.has_attribute?(:description) # from 5.1
      query.user = @owner
      query.visibility = Query::VISIBILITY_ROLES
      query.roles = readers(wanted)
      query.filters = filters(wanted)
      query.column_names = BEFORE + wanted.fetch('columns').map { |role| column(role) } + ['updated_on']
      query.sort_criteria = wanted.fetch('sort').map { |role| [column(role), 'asc'] } + [%w[id asc]]
    end

    def filters(wanted)
      found = { 'status_id' => filter('o'), 'project_id' => filter('=', project_ids) }
      wanted.fetch('contains').each { |role, text| found[column(role)] = filter('~', [text]) }
      wanted.fetch('filled').each { |role| found[column(role)] = filter('*') }
      found
    end

    def filter(operator, values = [''])
      { :operator => operator, :values => values }
    end

    def project_ids
      @names.projects.map { |project| project.id.to_s }
    end

    def column(role)
      "cf_#{@fields.fetch(role).id}"
    end

    def readers(wanted)
      @names.roles(wanted.fetch('readers'))
    end
  end
end
