"""OpenDrift's Leeway, timed in a process of its own: it needs nothing of ours, and nothing of ours needs it.

    PYTHON -m benchmarks._opendrift [PARTICLES]

PYTHON is one that has OpenDrift. A particle-step is one time step of one particle, under constant wind and current,
without land. Seconds are of the processor, for one thread, after a small run. Prints one JSON object.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from datetime import datetime, timedelta
from typing import Final

HOURS: Final = 3
STEP_S: Final = 600


def drift(particles: int) -> None:
    """Leeway of a person in the water, as OpenDrift's own examples set it up."""
    from opendrift.models.leeway import Leeway  # type: ignore[import-not-found]  # opt-in

    model = Leeway(loglevel=50)
    constant = {"x_wind": 5, "y_wind": 3, "x_sea_water_velocity": 0.2, "y_sea_water_velocity": 0.1}
    for name, value in constant.items():
        model.set_config(f"environment:constant:{name}", value)
    model.set_config("environment:constant:land_binary_mask", 0)
    model.seed_elements(lon=4.0, lat=60.0, number=particles, time=datetime(2020, 1, 1), radius=1000, object_type=26)
    model.run(duration=timedelta(hours=HOURS), time_step=STEP_S, time_step_output=HOURS * 3600)


def measured(particles: int) -> dict[str, object]:
    """Millions of particle-steps a second, and the version."""
    drift(100)
    begun = time.thread_time()
    drift(particles)
    seconds = time.thread_time() - begun
    rate = particles * HOURS * 3600 / STEP_S / seconds / 1e6
    return {"version": importlib.metadata.version("opendrift"), "m_steps_s": round(rate, 3), "particles": particles}


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
