"""The only code that talks to the outside. Always imported as `redmine_sla.connectors`."""
