# frozen_string_literal: true

# Loads Redmine on a database of its own, with what a test server does in its own way.

require 'fileutils'

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
