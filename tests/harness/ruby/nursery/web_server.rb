# frozen_string_literal: true

require 'socket'

require 'puma'
require 'puma/cluster'
require 'puma/configuration'
require 'puma/launcher'
require 'puma/single'

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
