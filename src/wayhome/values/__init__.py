"""Ids, chance, moments, places and the figures of the UTM grid: the words every other floor speaks. Pure."""
