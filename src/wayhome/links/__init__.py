"""The outside: files, terrain readers, pictures and paper."""
