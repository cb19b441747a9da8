"""What keeps the house in order: set-up, and checks of what types and imports cannot show."""
