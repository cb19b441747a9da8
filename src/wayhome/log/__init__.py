"""The append-only record: stores, keys, chains, merge."""
