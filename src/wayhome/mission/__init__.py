"""What happens on missions: facts, intents, state, and the rules that turn one into the other. Pure."""
