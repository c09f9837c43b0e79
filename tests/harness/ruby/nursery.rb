# frozen_string_literal: true

# One process that loads Redmine once and then only forks.
#
# The web server is a fork, and so is each script. A reset kills the web server, puts the database
# file and the files folder back, and forks a new one on the same listening socket: no cache of any
# kind can survive it, the port stays, and it takes a fraction of a second instead of a boot.
#
# Commands come over a Unix socket: a line of JSON each way per connection.
# As process 1 of its own process namespace this takes all it forked with it when it ends; told to
# mind a lifeline (its standard input), it ends when the other side of that does.

require 'fileutils'
require 'json'
require 'socket'
require 'tempfile'

require 'puma'
require 'puma/cluster'
require 'puma/configuration'
require 'puma/launcher'
require 'puma/single'

HOME = ENV.fetch('HARNESS_HOME') # the instance's folder, as seen from in here
FILES = ENV.fetch('HARNESS_FILES') # where this Redmine keeps attachments
DATABASE = File.join(HOME, 'redmine.sqlite3')
MAILS = File.join(HOME, 'mails')

FileUtils.cp(ENV.fetch('HARNESS_PRISTINE'), DATABASE) # Rails reads the tables while it boots
ENV['DATABASE_URL'] = "sqlite3:#{DATABASE}?pool=16"
require File.expand_path('config/environment', Dir.pwd)

# A test server may forget a write when the machine loses power, and waits for a lock without
# stopping its other threads. These are the only ways its database differs from the release's own.
module HarnessConnection
  def configure_connection
    super
    raw = @raw_connection || @connection
    raw.busy_handler { |tries| tries < 5000 && sleep(0.002) }
    raw.execute('PRAGMA synchronous = OFF')
  end
end
ActiveRecord::ConnectionAdapters::SQLite3Adapter.prepend(HarnessConnection)

# Redmine opens transactions to write: take the write lock at once, not halfway.
module HarnessTransaction
  def transaction(_mode = nil, &block)
    super(:immediate, &block)
  end
end
SQLite3::Database.prepend(HarnessTransaction)

# Each mail becomes a file, within the request that causes it, so that a test can read it.
HarnessMail = Struct.new(:settings) do
  def deliver!(mail)
    name = format('%<time>.6f-%<random>s.eml', time: Time.now.to_f, random: SecureRandom.hex(4))
    File.binwrite(File.join(MAILS, name), mail.encoded)
  end
end
ActionMailer::Base.add_delivery_method(:harness, HarnessMail)
ActionMailer::Base.delivery_method = :harness
ActionMailer::Base.perform_deliveries = true
ActiveJob::Base.queue_adapter = :inline

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

# The web server: Puma in a fork, on a listening socket that outlives it.
class WebServer
  attr_reader :port

  def initialize(host, port, workers)
    @host = host
    @workers = workers
    @socket = TCPServer.new(host, port)
    @port = @socket.addr[1]
  end

  def start
    @pid = yield method(:serve)
    Process.setpgid(@pid, @pid)
  rescue Errno::EACCES # it has done so itself
    nil
  end

  # With several workers Puma has children, so the whole group goes, and its orphans are reaped.
  def stop
    return unless @pid

    Process.kill(:KILL, -@pid)
    loop { Process.wait(-@pid) }
  rescue Errno::ESRCH, Errno::ECHILD
    @pid = nil
  end

  def running?
    @pid && Process.wait(@pid, Process::WNOHANG).nil?
  end

  private

  def serve
    Process.setpgid(0, 0)
    address = "tcp://#{@host}:#{@port}"
    ENV['PUMA_INHERIT_0'] = "#{@socket.fileno}:#{address}" # Puma's own way to hand a socket on
    settings = Puma::Configuration.new do |puma|
      puma.app Rails.application
      puma.bind address
      puma.environment 'production'
      puma.threads 1, 5
      puma.workers @workers
    end
    Puma::Launcher.new(settings).run
  end
end

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

# Takes commands, one at a time.
class Nursery
  def initialize(control, lifeline)
    @control = control
    @lifeline = lifeline
    @connection = nil
  end

  def prepare(base, key)
    FileUtils.mkdir_p([MAILS, FILES])
    outcome = run('script' => File.read(base), 'input' => key)
    raise "the base state could not be made: #{outcome['stderr']}" unless outcome['status'].zero?

    State.save('blank')
    WarmUp.call(key)
    forget_connections
    State.restore('blank')
    GC.start
  end

  def serve(web)
    @web = web
    start_web
    loop do
      ready, = IO.select([@control, @lifeline].compact)
      leave if ready.include?(@lifeline)
      converse
    end
  end

  private

  def converse
    @connection = @control.accept
    line = @connection.gets
    @connection.puts(JSON.generate(answer(JSON.parse(line)))) if line
  rescue Errno::EPIPE, Errno::ECONNRESET
    nil # the asker went away
  ensure
    @connection&.close
    @connection = nil
  end

  def answer(request)
    case request.fetch('do')
    when 'info' then info
    when 'run' then run(request)
    when 'save' then save(request.fetch('name'))
    when 'restore' then restore(request.fetch('name'))
    when 'stop' then leave
    else { 'error' => "unknown command #{request['do'].inspect}" }
    end
  rescue ArgumentError => e
    { 'error' => e.message }
  rescue StandardError => e
    { 'error' => complaint(e) }
  end

  def info
    { 'version' => Redmine::VERSION.to_s, 'port' => @web.port, 'states' => State.names, 'serving' => @web.running? }
  end

  def save(name)
    State.save(name)
    { 'saved' => name }
  end

  def restore(name)
    State.existing(name) # before anything is stopped
    @web.stop
    State.restore(name)
    start_web
    { 'restored' => name }
  end

  # Runs a script as `rails runner` would, in a fork; it ends with whoever asked for it.
  def run(request)
    out = Tempfile.new('out')
    err = Tempfile.new('err')
    done, held = IO.pipe
    pid = fork_clean do
      done.close
      STDOUT.reopen(out)
      STDERR.reopen(err)
      exit!(evaluate(request))
    end
    held.close
    ready, = IO.select([done, @connection, @lifeline].compact)
    Process.kill(:KILL, pid) unless ready.include?(done)
    status = Process.wait2(pid).last
    { 'status' => status.exitstatus || 128 + status.termsig, 'stdout' => text(out), 'stderr' => text(err) }
  ensure
    [out, err].compact.each(&:close!)
    [done, held].compact.each(&:close)
  end

  def evaluate(request)
    $INPUT = request['input']
    eval(request.fetch('script'), TOPLEVEL_BINDING.dup, 'script.rb', 1) # rubocop:disable Security/Eval
    0
  rescue SystemExit => e
    e.status
  rescue Exception => e # rubocop:disable Lint/RescueException
    warn complaint(e)
    1
  ensure
    STDOUT.flush
    STDERR.flush
  end

  # The error, with where it arose and its way through the script; Rails' own frames help nobody.
  def complaint(error)
    frames = error.backtrace || []
    shown = (frames.first(1) + frames.grep(/\Ascript\.rb:/)).uniq
    ["#{error.class}: #{error.message}", *shown].join("\n    ")
  end

  def text(file)
    File.binread(file.path).force_encoding(Encoding::UTF_8).scrub
  end

  # No database connection is open on either side of a fork, so neither can harm the other's.
  def fork_clean
    forget_connections
    fork do
      [@control, @connection].compact.each(&:close)
      yield
    end
  end

  def forget_connections
    ActiveRecord::Base.connection_handler.clear_all_connections!
  end

  def start_web
    @web.start { |serve| fork_clean { serve.call } }
  end

  def leave
    @web.stop
    exit!(0)
  end
end

if $PROGRAM_NAME == __FILE__
  $stdout.sync = $stderr.sync = true
  web = WebServer.new(ENV.fetch('HARNESS_HOST'), ENV.fetch('HARNESS_PORT').to_i, ENV.fetch('HARNESS_WORKERS').to_i)
  path = File.join(HOME, 'control.sock')
  lifeline = ENV['HARNESS_LIFELINE'] == 'stdin' ? $stdin : nil
  control = UNIXServer.new("#{path}.new")
  nursery = Nursery.new(control, lifeline)
  nursery.prepare(File.join(HOME, 'base.rb'), ENV.fetch('HARNESS_KEY'))
  File.chmod(0o666, "#{path}.new")
  File.rename("#{path}.new", path) # there from now on: whoever waits for it can speak
  nursery.serve(web)
end
