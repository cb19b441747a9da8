"""The stories that come with Wayhome, their cast, and the list of every step."""
