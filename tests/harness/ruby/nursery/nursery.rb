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

require 'json'
require 'socket'
require 'tempfile'

require_relative 'web_server' # before Redmine: its bundle does not know Puma in every packaging
require_relative 'surroundings'
require_relative 'state'
require_relative 'warm_up'

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
  nursery.prepare(File.join(__dir__, 'base.rb'), ENV.fetch('HARNESS_KEY'))
  File.chmod(0o666, "#{path}.new")
  File.rename("#{path}.new", path) # there from now on: whoever waits for it can speak
  nursery.serve(web)
end
