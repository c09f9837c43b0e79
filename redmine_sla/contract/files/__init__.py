"""Configuration in files: reading folders, writing the first one, schemas for editors."""
