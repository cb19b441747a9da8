"""The web desk: what the commander, the radio operator, the team leader and the member on a phone look at all night."""
