# frozen_string_literal: true

require 'fileutils'

# What a reset puts back: database, files, mails; and its named copies.
module State
  module_function

  def save(name)
    target = folder(name)
    FileUtils.rm_rf(target)
    FileUtils.mkdir_p(File.join(target, 'files'))
    copy = File.join(target, 'redmine.sqlite3')
    SQLite3::Database.new(DATABASE) { |database| database.execute('VACUUM INTO ?', [copy]) }
    SQLite3::Database.new(copy) { |database| database.execute('PRAGMA journal_mode = WAL') }
    FileUtils.cp_r("#{FILES}/.", File.join(target, 'files'))
  end

  def restore(name)
    source = existing(name)
    FileUtils.rm_f(['', '-wal', '-shm'].map { |suffix| DATABASE + suffix }) # never written over
    FileUtils.cp(File.join(source, 'redmine.sqlite3'), DATABASE)
    [FILES, MAILS, Rails.root.join('tmp/cache').to_s, Rails.cache.try(:cache_path)].each { |dir| empty(dir) }
    FileUtils.cp_r("#{source}/files/.", FILES)
  end

  def names
    Dir.children(File.join(HOME, 'states')).sort
  end

  def folder(name)
    raise ArgumentError, "not a name for a state: '#{name}'" unless name.match?(/\A[\w-][\w.-]*\z/)

    File.join(HOME, 'states', name)
  end

  def existing(name)
    raise ArgumentError, "there is no saved state '#{name}'" unless File.directory?(folder(name))

    folder(name)
  end

  def empty(dir)
    FileUtils.rm_rf(Dir.children(dir).map { |entry| File.join(dir, entry) }) if dir && File.directory?(dir)
  end
end
