"""`wayhome search score`: how well a model says where people were found, on a file of incidents."""

from __future__ import annotations

from pathlib import Path

from wayhome.cli.context import UsageError, here
from wayhome.cli.pages import section
from wayhome.cli.progress import Bar
from wayhome.cli.show import clean, put, put_json
from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring import GroupScore, ModelScore, ScoreTable, Spread
from wayhome.engines.search.scoring import score as score_incidents
from wayhome.formats.errors import FormatError
from wayhome.formats.incidents import MOST_BYTES, read_incidents
from wayhome.links.files import read_file

HEADINGS = ("MODEL", "BITS (95 %)", "OVER THE BASELINE", "R", "HELD IN 25 50 75 95 %", "CALIBRATION")


def score(file: Path, *, seed: int = 1, draws: int = 10_000) -> None:
    """Scores models of where people are found on incidents that ended with a find, leave-one-out by place.

    Bits are against a map that knows nothing; higher is better, and the paired gain over the baseline says more than
    the mean. The file is CSV with the columns category, ipp_lat, ipp_lon, find_lat, find_lon, and if you have them
    case, ecoregion, terrain, hours. It reads only this file; no mission and no sign-in is needed.

    Example: wayhome search score incidents.csv
    Example: wayhome search score incidents.csv --json --seed 7

    Parameters
    ----------
    file: the incidents
    seed: of the bootstrap, the same seed gives the same intervals
    draws: how many bootstrap draws the intervals rest on
    """
    body = read_file(file, most_bytes=MOST_BYTES)
    bar = Bar(f"Scoring {clean(file.name)}", here().err)
    try:
        incidents = read_incidents(body)
        table = score_incidents(incidents.incidents, seed=seed, draws=draws, progress=bar)
    except (FormatError, SearchError) as error:
        raise UsageError(f"{file}: {error}") from error
    finally:
        bar.end()
    notes = (*incidents.notes, *table.notes)
    if here().as_json:
        put_json({"file": str(file), "notes": notes, **_as_json(table)})
        return
    _show(table, notes)


def _as_json(table: ScoreTable) -> dict[str, object]:
    return {"groups": table.groups, "said": table.said, "seed": table.seed, "draws": table.draws}


def _show(table: ScoreTable, notes: tuple[str, ...]) -> None:
    for group in table.groups:
        section(_title(group), HEADINGS, [_row(model) for model in group.models])
    put("")
    for model in table.groups[0].models:
        put(f"  {model.model}: {model.words}")
    put(f"  intervals: 95 per cent, {table.draws:,} bootstrap draws over places, seed {table.seed}")
    for line in (*table.said, *notes):
        put(f"  ! {line}")


def _title(group: GroupScore) -> str:
    size = len(group.incidents)
    found = f"{group.at_ipp} found at the initial planning point, {group.outside_box} outside the box"
    return f"{group.group}: {size} incidents at {group.places} places, {found}"


def _row(model: ModelScore) -> tuple[str, ...]:
    held = " ".join(f"{100 * share:.0f}" for share in model.pit.held)
    verdict = "within" if model.pit.within else "OUTSIDE"
    gain = "-" if model.gain is None else _spread(model.gain, "+.2f")
    return (
        model.model,
        _spread(model.bits, ".2f"),
        gain,
        f"{model.r.mean:.3f}",
        held,
        f"{model.pit.apart:.3f}, {verdict} {model.pit.band:.3f}",
    )


def _spread(spread: Spread, form: str) -> str:
    return f"{spread.mean:{form}} ({spread.least:{form}} to {spread.most:{form}})"
