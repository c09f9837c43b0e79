"""redmine-sla: service level agreements on an existing Redmine."""
