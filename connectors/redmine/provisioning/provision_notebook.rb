# What was made here, and what was said about it.

module RedmineSla
  # Remembers what was made, so that it can be taken away again and nothing else with it.
  #
  # One row of the table `settings`, named like that of a plugin: Redmine keeps the rows of plugins
  # that were removed and never looks at them. An object is known again by number and name: some
  # databases give a number twice, and what a person renamed is his by now.
  class Notebook
    ROW = 'plugin_redmine_sla'.freeze

    attr_reader :links, :changes

    def initialize
      row = Setting.find_by(:name => ROW)
      kept = row ? JSON.parse(row[:value]) : {}
      @made = kept.fetch('made', {})
      @rules = kept.fetch('rules', []).flat_map { |first, last| (first..last).to_a }
      @links = kept.fetch('links', [])
      @changes = kept.fetch('changes', [])
    end

    def note(object)
      (@made[object.class.name] ||= {})[object.id.to_s] = label(object)
    end

    def made?(object)
      @made.fetch(object.class.name, {})[object.id.to_s] == label(object)
    end

    # The numbers of what was made of a type.
    def made(type)
      @made.fetch(type.name, {}).keys.map(&:to_i)
    end

    def forget(type, ids)
      ids.each { |id| @made.fetch(type.name, {}).delete(id.to_s) }
    end

    # Workflow rules that were laid upon a field or a tracker which a person made.
    def note_rules(ids)
      @rules |= ids
    end

    def take_rules
      @rules.tap { @rules = [] }
    end

    # A field, role or the like that a person made was tied to something, or one value changed.
    def note_links(object, association, ids)
      ids.each { |id| @links |= [[object.class.name, object.id, association.to_s, id]] }
    end

    def note_change(type, key, attribute, before, after)
      @changes += [[type, key, attribute, before, after]]
    end

    def save
      text = JSON.generate('made' => @made, 'rules' => ranges(@rules), 'links' => @links, 'changes' => @changes)
      row = Setting.find_or_initialize_by(:name => ROW)
      return if row[:value] == text

      row[:value] = text
      row.save!(:validate => false)
    end

    def empty?
      [*@made.values, @rules, @links, @changes].all?(&:empty?)
    end

    def remove
      Setting.where(:name => ROW).delete_all
    end

    private

    def label(object)
      object.is_a?(User) ? object.login : object.try(:name).to_s
    end

    def ranges(ids)
      ids.sort.slice_when { |one, another| another != one + 1 }.map { |run| [run.first, run.last] }
    end
  end

  # Something a person has to decide first. Nothing is changed.
  class Refused < StandardError
  end

  class << self
    attr_accessor :notebook

    def say(what)
      puts what
    end

    # Runs the block as a whole or not at all. A rehearsal does everything, then undoes it.
    def run(rehearsal)
      say(rehearsal ? 'A rehearsal: what stands below is undone at the end.' : "Redmine #{Redmine::VERSION}")
      User.current = User.active.where(:admin => true).order(:id).first || User.anonymous
      ActiveRecord::Base.transaction do
        self.notebook = Notebook.new
        yield
        raise ActiveRecord::Rollback if rehearsal
      end
      say('Nothing was changed: this was a rehearsal.') if rehearsal
    rescue Refused, ActiveRecord::RecordInvalid => e
      warn "Nothing was changed. #{e.message}"
      exit 1
    end

    # Finds by name, or makes and remembers. The block sets up what is new.
    def have(type, kind, name)
      found = type.find_by(:name => name)
      if found
        say("kept #{kind} '#{name}'")
        return found
      end
      made = type.new(:name => name)
      yield made
      save(made, "#{kind} '#{name}'")
      say("created #{kind} '#{name}'")
      made
    end

    def save(object, called)
      object.save!
      notebook.note(object)
    rescue ActiveRecord::RecordInvalid => e
      raise Refused, "Redmine refuses #{called}: #{e.record.errors.full_messages.join('; ')}"
    end

    # Ties what is missing to an object: `link(field, :trackers, trackers, "custom field 'Class'")`.
    def link(object, association, wanted, called)
      missing = wanted - object.public_send(association).to_a
      return if missing.empty?

      object.public_send(association).concat(missing)
      notebook.note_links(object, association, missing.map(&:id)) unless notebook.made?(object)
      say("  added #{association} #{missing.map(&:name).join(', ')} to #{called}")
    end

    # Changes a value of an object, and remembers what a person had there.
    def amend(object, attribute, value, called)
      before = object.public_send(attribute)
      return if before == value

      object.public_send("#{attribute}=", value)
      object.save!
      return if notebook.made?(object)

      notebook.note_change(object.class.name, object.id, attribute.to_s, before, value)
      say("  changed #{attribute} of #{called} from #{before.inspect} to #{value.inspect}")
    end
  end
end
