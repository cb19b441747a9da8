"""What the record says of him, as the engine takes it: minutes from the point he was last known at, chances, places.

Nothing is left out unseen: whatever cannot be weighed comes back with why, to be told beside the map.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from wayhome.mission.facts import searching as f
from wayhome.mission.views import shapes as v
from wayhome.values.ids import Id
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.engines.search.tracks import Evidence

TIRED_WIDER: Final = 1.5
TIRED_FALSE: Final = 0.25
TIRED_SAID: Final = (
    "a tired dog is taken as half as wide again, and as wrong a quarter of the times it was right (our own assumption)"
)


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What the record holds that may move the map, as its viewer sees it."""

    clues: tuple[v.ClueView, ...] = ()
    evidence: tuple[v.EvidenceView, ...] = ()
    hypotheses: tuple[v.HypothesisView, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """The time that the tracks are asked about: from `began` to `until`, a moment later."""

    began: Moment
    until: Moment

    def minute(self, at: Moment) -> float:
        return (at.ms - self.began.ms) / 60_000

    @property
    def last(self) -> float:
        return self.minute(self.until)


class Weighable(msgspec.Struct, frozen=True):
    """Pieces for the engine, what is not weighed and why, and what is assumed of those that are."""

    pieces: tuple[Any, ...]
    left_out: tuple[str, ...]
    assumed: tuple[str, ...]


class LeftOut(Exception):
    """A piece that cannot be weighed; the text says why."""


def weighable(noted: Noted, span: Span, names: dict[Id, str]) -> Weighable:
    """The pieces that stand and speak of this time. `names` are the hypotheses that stand, by id."""
    pieces: list[Evidence] = []
    left: list[str] = []
    assumed: list[str] = []
    for clue in noted.clues:
        if not clue.withdrawn:
            _take(f"clue {clue.label}", lambda clue=clue: _clue(clue, span), pieces, left)  # type: ignore[misc]  # bound
    for one in noted.evidence:
        if one.withdrawn:
            continue
        name = called(one)
        _take(name, lambda one=one, name=name: _piece(one.piece, name, span, names), pieces, left)  # type: ignore[misc]  # bound
        if isinstance(one.piece, f.DogBearing | f.DogTrail) and one.piece.tired:
            assumed.append(f"{name}: {TIRED_SAID}")
    return Weighable(tuple(pieces), tuple(left), tuple(assumed))


def _take(name: str, make: Callable[[], Evidence], pieces: list[Evidence], left: list[str]) -> None:
    try:
        pieces.append(make())
    except LeftOut as why:
        left.append(f"{name} is not weighed: {why}")


KINDS: Final[dict[type[f.Piece], str]] = {
    f.AreaSearched: "area searched",
    f.Swept: "sweep",
    f.Watched: "watch",
    f.Sighted: "sighting",
    f.DogBearing: "dog's bearing",
    f.DogTrail: "dog's trail",
    f.PhoneHeard: "phone",
    f.Spoken: "words",
}


def called(one: v.EvidenceView) -> str:
    """How a piece is called wherever it is named: E3 sweep."""
    return f"{one.label} {KINDS[type(one.piece)]}"


def _clue(clue: v.ClueView, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    worth = clue.worth
    if clue.place is None:
        raise LeftOut("it has no place")
    if worth is None:
        raise LeftOut("nobody has said what it is worth (`wayhome clue weigh`)")
    found = span.minute(clue.at)
    _in_time(found, found, span)
    start = max(0.0, span.minute(worth.left_from)) if worth.left_from else 0.0
    end = span.minute(worth.left_until) if worth.left_until else found
    if end < 0 or start > found:
        raise LeftOut("it was left before he was last known")
    return tracks.Clue(
        name=f"clue {clue.label}",
        place=clue.place,
        left_from_min=start,
        left_until_min=max(start, min(end, found)),
        found_min=found,
        chance_other=other(worth.planted, worth.anothers),
        within_m=worth.within_m,
    )


def other(planted: float, anothers: float) -> float:
    """The chance that a clue is not his, of the chances of a plant and of being somebody else's."""
    return 1 - (1 - planted) * (1 - anothers)


def _in_time(first: float, last: float, span: Span) -> None:
    if last < 0:
        raise LeftOut("it speaks of a time before he was last known")
    if first > span.last:
        raise LeftOut(f"it speaks of a time after {span.until.local:%H:%M}, which is as far as this goes")


def _part(piece: f.AreaSearched | f.Watched, span: Span) -> tuple[float, float, float]:
    """The minutes that lie in the span, and which share of all of them that is."""
    first, last = span.minute(piece.start), span.minute(piece.end)
    _in_time(first, last, span)
    begin, end = max(0.0, first), min(last, span.last)
    if end <= begin:
        raise LeftOut("no more than a moment of it lies in the time that this is about")
    return begin, end, (end - begin) / (last - first)


def _piece(piece: f.AnyPiece, name: str, span: Span, names: dict[Id, str]) -> Evidence:
    if isinstance(piece, f.Spoken):
        return _spoken(piece, name, span, names)
    made: Evidence = MADE[type(piece)](piece, name, span)
    return made


def _area(piece: f.AreaSearched, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    begin, end, share = _part(piece, span)
    pod = piece.pod if share == 1 else 1 - (1 - piece.pod) ** share
    return tracks.SearchedArea(name=name, area=piece.area, from_min=begin, to_min=end, pod=pod)


def _sweep(piece: f.Swept, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    paths = [tuple((span.minute(fix.at), fix.place) for fix in path) for path in piece.paths]
    _in_time(min(path[0][0] for path in paths), max(path[-1][0] for path in paths), span)
    kept = [tuple(fix for fix in path if 0 <= fix[0] <= span.last) for path in paths]
    walked = tuple(path for path in kept if len(path) > 1)
    if not walked:
        raise LeftOut("no two places of its tracks lie in the time that this is about")
    return tracks.Sweep(
        name=name,
        paths=walked,
        sweep_width_m=piece.width_m,
        at_km_h=piece.at_km_h,
        tired_from_min=max(0.0, span.minute(piece.tired_from)) if piece.tired_from else None,
    )


def _watch(piece: f.Watched, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    begin, end, _ = _part(piece, span)
    return tracks.Watcher(
        name=name, place=piece.place, radius_m=piece.radius_m, from_min=begin, to_min=end, pod=piece.pod
    )


def _at(at: Moment, span: Span) -> float:
    minute = span.minute(at)
    _in_time(minute, minute, span)
    return minute


def _sighting(piece: f.Sighted, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    at = _at(piece.at, span)
    return tracks.Sighting(
        name=name,
        place=piece.place,
        at_min=at,
        chance_other=piece.chance_other,
        within_m=piece.within_m,
        give_min=min(piece.give_min, span.last - at),
    )


def _false(piece: f.DogBearing | f.DogTrail) -> float:
    return other(piece.chance_false, TIRED_FALSE) if piece.tired else piece.chance_false


def _bearing(piece: f.DogBearing, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    return tracks.Bearing(
        name=name,
        place=piece.place,
        at_min=_at(piece.at, span),
        bearing_deg=piece.bearing_deg,
        wind_from_deg=piece.wind_from_deg,
        wind_m_s=piece.wind_m_s,
        chance_false=_false(piece),
        sd_deg=min(180.0, piece.sd_deg * (TIRED_WIDER if piece.tired else 1.0)),
        reach_m=piece.reach_m,
    )


def _trail(piece: f.DogTrail, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    return tracks.Trailing(
        name=name,
        place=piece.place,
        at_min=_at(piece.at, span),
        chance_false=_false(piece),
        wind_m_s=piece.wind_m_s,
        toward_deg=piece.toward_deg,
    )


def _phone(piece: f.PhoneHeard, name: str, span: Span) -> Evidence:
    from wayhome.engines.search import tracks

    return tracks.Ping(
        name=name,
        mast=piece.mast,
        at_min=_at(piece.at, span),
        from_m=piece.from_m,
        to_m=piece.to_m,
        chance_other=piece.chance_other,
        azimuth_deg=piece.azimuth_deg,
        beam_deg=piece.beam_deg,
    )


MADE: Final[dict[type[f.Piece], Callable[..., Any]]] = {
    f.AreaSearched: _area,
    f.Swept: _sweep,
    f.Watched: _watch,
    f.Sighted: _sighting,
    f.DogBearing: _bearing,
    f.DogTrail: _trail,
    f.PhoneHeard: _phone,
}


def _spoken(piece: f.Spoken, name: str, span: Span, names: dict[Id, str]) -> Evidence:
    from wayhome.engines.search import tracks

    if not names:
        raise LeftOut("no hypothesis stands that it speaks for or against")
    unsaid = [said for one, said in names.items() if one not in piece.likely]
    if unsaid:
        raise LeftOut(f"it was said before {', '.join(unsaid)}: say it again with how likely it is under each")
    likely = tuple((said, piece.likely[one]) for one, said in sorted(names.items()))
    at = min(max(0.0, span.minute(piece.at)), span.last)
    return tracks.Testimony(name=name, likelihoods=likely, elsewhere=piece.elsewhere, at_min=at)


def names_of(hypotheses: Sequence[v.HypothesisView]) -> dict[Id, str]:
    """Hypotheses that stand, by id, each with a name that no other has."""
    names: dict[Id, str] = {}
    for one in hypotheses:
        if one.dropped:
            continue
        name, number = one.name, 1
        while name.casefold() in (said.casefold() for said in names.values()):
            number += 1
            name = f"{one.name} ({number})"
        names[one.hypothesis] = name
    return names
