# Looks up what people made. A name that leads nowhere stops everything, and all of them are told.

module RedmineSla
  class Names
    attr_reader :projects_by_contract, :provider, :customer, :third_party

    def initialize(plan)
      @faults = []
      roles = plan.fetch('roles')
      @provider = roles.fetch('provider').map { |name| role(name) }
      @customer = roles.fetch('customer').map { |name| role(name) }
      @third_party = roles.fetch('third_party').map { |name| role(name) }
      @projects_by_contract = plan.fetch('contracts').map { |contract| [contract, covered_by(contract)] }
      [[IssueStatus, 'statuses'], [Tracker, 'trackers'], [IssueCustomField, 'fields']].each do |type, key|
        plan.fetch(key).each { |wanted| look_for_namesake(type, wanted.fetch('name')) }
      end
      raise Refused, "What does not fit:\n  #{@faults.join("\n  ")}" if @faults.any?
    end

    def projects
      projects_by_contract.flat_map(&:last).uniq
    end

    def projects_of(contracts)
      projects_by_contract.select { |contract, _| contracts.include?(contract.fetch('name')) }.flat_map(&:last).uniq
    end

    # The roles that a word of the plan stands for.
    def roles(sides)
      sides.flat_map { |side| public_send(side) }
    end

    # The trackers of the tickets that contracts are about.
    def trackers
      projects_by_contract.flat_map do |contract, projects|
        selected = contract.fetch('trackers')
        selected.empty? ? projects.flat_map { |project| project.trackers.to_a } : Tracker.where(:name => selected).to_a
      end.uniq.sort
    end

    private

    def role(name)
      Role.find_by(:name => name) || fault("[roles] role '#{name}' does not exist; there are: #{listed(Role)}")
    end

    def covered_by(contract)
      contract.fetch('projects').flat_map do |identifier|
        project = Project.find_by(:identifier => identifier)
        next fault("contract #{contract['name']}: project '#{identifier}' does not exist") unless project

        contract.fetch('subprojects') ? with_those_below(project) : [project]
      end.compact.uniq
    end

    def with_those_below(project)
      project.self_and_descendants.where.not(:status => Project::STATUS_ARCHIVED).to_a
    end

    # 'resolved' beside 'Resolved' is a slip of the pen, not a wish for a second one.
    def look_for_namesake(type, name)
      return if type.where(:name => name).exists?

      namesake = type.where('LOWER(name) = ?', name.downcase).first
      fault("'#{name}' does not exist, but '#{namesake.name}' does: write it so in sla.toml") if namesake
    end

    def fault(what)
      @faults << what
      nil
    end

    def listed(type)
      type.order(:name).pluck(:name).join(', ')
    end
  end
end
