"""Acting, reading, advising and the clockwork, with the ports they need."""
