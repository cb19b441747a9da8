"""How well our model says where people were found, beside the baseline and the plain ones, leave-one-out by place.

    python -m benchmarks.score [FILE] [--json]

FILE is an incident file as `wayhome search score` reads it; without one, ../shared/data/search/incidents/incidents.csv
beside the repository, and nothing is scored where that is absent. Must: on all incidents and on every category with 20
and more, a paired gain over the baseline above 0, R not below that of 1/r, and calibration within its band. Aim: half
a bit. Beside it, as a ceiling and not as models, ours and a smooth curve of log distance that were both told the finds
they are scored on. The last line is one JSON object; `ok` is whether every must is met, null where nothing was scored.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks._musts import Must, all_met, must
from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring import GroupScore, Incident, ScoreTable, score
from wayhome.engines.search.scoring.box import RoundMap
from wayhome.engines.search.scoring.incidents import Finds, Numbers
from wayhome.engines.search.scoring.maps import Both, Disc, Tabled
from wayhome.engines.search.scoring.models import Learned, Same
from wayhome.engines.search.scoring.radial import AT_IPP_M, RadialAndTime
from wayhome.engines.search.scoring.table import MODELS

OURS: Final = "radial and time"
HINDSIGHT: Final = "ours, told the finds"
CEILING: Final = "curve, told the finds"
BANDWIDTH: Final = 0.4
"""Of the curve, in log distance: finds half as far again count as near."""
BESIDE: Final = Path(__file__).parents[2] / "shared/data/search/incidents/incidents.csv"
LOOKED_FOR: Final = "../shared/data/search/incidents/incidents.csv"
AIM_BITS: Final = 0.5


@dataclass(frozen=True)
class Told:
    """Our model, taught with every incident, the one that is scored among them."""

    every: Finds
    name: str = HINDSIGHT
    words: str = "not a model: ours, taught with the very finds"

    def learn(self, finds: Finds) -> Learned:  # noqa: ARG002 - that it leaves nobody out is the point
        return RadialAndTime().learn(self.every)


@dataclass(frozen=True)
class Curve:
    """A kernel density of log distance in the incident's category (all, if it has under 20), itself among them."""

    every: Finds
    name: str = CEILING
    words: str = "not a model: a smooth curve through the very finds"

    def learn(self, finds: Finds) -> Learned:  # noqa: ARG002 - that it leaves nobody out is the point
        return self

    def map_for(self, incident: Incident) -> RoundMap:
        alike = np.array([one.category == incident.category for one in self.every.incidents])
        known = self.every.only(alike) if alike.sum() >= 20 else self.every
        far = known.distance_m >= AT_IPP_M
        logs = np.log(known.distance_m[far])

        def per_m2(radius: Numbers) -> Numbers:
            z = (np.log(radius)[:, None] - logs) / BANDWIDTH
            density = np.exp(-0.5 * z * z).mean(axis=1) / (BANDWIDTH * np.sqrt(2 * np.pi))
            found: Numbers = density / (2 * np.pi * radius**2)
            return found

        return Same(Both(float((~far).mean()), Disc(AT_IPP_M), Tabled.of(per_m2))).map_for(incident)


def case(group: GroupScore) -> dict[str, Any]:
    """One group's figures and whether its musts are met."""
    ours, plain = group.of(OURS), group.of("1/r")
    assert ours.gain is not None
    return {
        "group": group.group,
        "incidents": len(group.incidents),
        "places": group.places,
        "bits": {one.model: round(one.bits.mean, 4) for one in group.models},
        "gain": [round(ours.gain.mean, 4), round(ours.gain.least, 4), round(ours.gain.most, 4)],
        "gain_told": {one.model: round(one.gain.mean, 4) for one in group.models[-2:] if one.gain is not None},
        "r": round(ours.r.mean, 5),
        "r_plain": round(plain.r.mean, 5),
        "pit": round(ours.pit.apart, 4),
        "pit_band": round(ours.pit.band, 4),
        "gain_above_0": ours.gain.mean > 0,
        "r_not_below_plain": ours.r.mean >= plain.r.mean,
        "pit_within": ours.pit.within,
        "aim_met": ours.gain.mean >= AIM_BITS,
    }


def line(found: dict[str, Any]) -> str:
    gain, least, most = found["gain"]
    told = ", ".join(f"{name} {value:+.2f}" for name, value in found["gain_told"].items())
    return (
        f"{found['group']}: {found['incidents']} incidents, {found['bits'][OURS]:.2f} bits against "
        f"{found['bits']['baseline']:.2f} of the baseline: gain {gain:+.3f} ({least:+.3f} to {most:+.3f}), "
        f"R {found['r']:.4f} (1/r {found['r_plain']:.4f}), calibration {found['pit']:.3f} of {found['pit_band']:.3f}; "
        f"ceiling: {told}"
    )


def musts(cases: Sequence[dict[str, Any]]) -> list[Must]:
    """Three of each group."""
    told = []
    for found in cases:
        gain, least, most = found["gain"]
        who = f"{found['group']}, {found['incidents']} incidents"
        told += [
            must(
                f"{who}: a paired gain over the baseline above 0 (aim: {AIM_BITS:g} bits)",
                f"{gain:+.3f} bits ({least:+.3f} to {most:+.3f})",
                met=found["gain_above_0"],
            ),
            must(
                f"{who}: R not below that of 1/r ({found['r_plain']:.4f})",
                f"{found['r']:.4f}",
                met=found["r_not_below_plain"],
            ),
            must(
                f"{who}: calibration within its 95 % band ({found['pit_band']:.3f})",
                f"{found['pit']:.3f}",
                met=found["pit_within"],
            ),
        ]
    return told


def scored(incidents: Sequence[Incident]) -> ScoreTable:
    every = Finds.of(incidents)
    return score(incidents, models=(*MODELS, Told(every), Curve(every)))


def main(arguments: Sequence[str]) -> int:
    from wayhome.formats.errors import FormatError
    from wayhome.formats.incidents import read_incidents
    from wayhome.links.files import FileError, read_file

    named = [Path(one) for one in arguments if not one.startswith("--")]
    file = named[0] if named else BESIDE
    if not named and not file.is_file():
        print(f"no incidents in {LOOKED_FOR} beside the repository: nothing was scored; name a FILE")
        print(json.dumps({"benchmark": "score", "ok": None}))
        return 0
    begun = time.process_time()
    try:
        table = scored(read_incidents(read_file(file)).incidents)
    except (FileError, FormatError, SearchError) as error:
        print(f"{file.name}: {error}", file=sys.stderr)
        print(json.dumps({"benchmark": "score", "ok": False, "error": str(error)}))
        return 1
    cases = [case(group) for group in table.groups]
    for found in cases:
        print(line(found))
    told = musts(cases)
    ok = all_met(told)
    summary = {"benchmark": "score", "ok": ok, "musts": told, "aim_bits": AIM_BITS, "cases": cases}
    print(json.dumps(summary | {"cpu_s": round(time.process_time() - begun, 1)}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
