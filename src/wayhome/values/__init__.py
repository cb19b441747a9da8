"""Ids, chance, moments and places: the words every other floor speaks. Pure."""
