"""The sections of the deliverable, one module for each `Content` of a contract."""
