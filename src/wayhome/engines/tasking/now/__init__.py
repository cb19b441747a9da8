"""Who goes now: a team for every open mission, from those who are there."""
