"""Elevation, land cover, trails and water as grids; travel times over them. Pure: no disk, no clock."""
