"""Who goes: the missions and the roster as one viewer sees them, asked, answered, and told."""
