"""Publishing a quarter: what stands of it in Redmine, what has to come, and carrying that out."""
