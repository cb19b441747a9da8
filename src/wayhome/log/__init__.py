"""The append-only record: signed, sealed, mergeable, and durable before it is acknowledged."""
