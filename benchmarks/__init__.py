"""Speed and quality, measured: `python -m benchmarks.NAME [PATHS] [--json]`. `make bench` runs them all."""
