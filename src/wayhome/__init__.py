"""Wayhome: the operations desk for teams that send people into danger."""

__version__ = "0.1.0"
