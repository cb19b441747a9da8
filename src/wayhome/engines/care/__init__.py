"""Who needs looking after? What people went through, and when to be in touch. Pure."""
