"""Bytes and typed words to values and back. Pure: no disk, no clock."""
