"""What a contract can promise: one module for each kind of promise, as it stands in TOML."""
