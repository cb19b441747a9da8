"""Care behind its wall: stated, kept, rung and shown, by whoever holds the keys."""
