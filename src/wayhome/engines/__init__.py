"""Advice: plain data in, a result with its reasons out. No engine knows another, nor the mission. Pure."""
