"""Dogs, their own handler's or lent: what a team with one can do, and what must be so before it counts.

Which dog works for whom is said, never guessed: command is passed explicitly. What has no published figure is marked
as our own assumption in the team's notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.teams import Team

Kind = Literal["air-scent", "trailing"]
AIR_SCENT_M: Final = 95.0
"""Effective sweep width of an air-scent dog: 95 m, 95 % interval 44 to 145 (Chiacchia et al. 2015, 4 teams)."""
AIR_SCENT_LIMITS_M: Final = (44.0, 145.0)
SPELL_H: Final = (0.1, 12.0)
OURS: Final = "our own assumption"


@dataclass(frozen=True, kw_only=True)
class Dog:
    """A dog. `handler` is whose it is. `works_h` are hours of work until it drops out, `slack_h` those after which it
    tires; `slack_share` is then left of what it adds. Raises SearchError."""

    name: str
    kind: Kind
    handler: str
    sweep_width_m: float = AIR_SCENT_M
    slack_h: float = 2.0
    works_h: float = 4.0
    slack_share: float = 0.6

    def __post_init__(self) -> None:
        if self.kind not in ("air-scent", "trailing"):
            raise SearchError(f"{self.name}: a dog is air-scent or trailing, not {self.kind!r}")
        if not (self.name.strip() and self.handler.strip()):
            raise SearchError("a dog has a name, and a handler whose it is")
        if not SPELL_H[0] <= self.slack_h <= self.works_h <= SPELL_H[1] or not 0 <= self.slack_share <= 1:
            raise SearchError(f"{self.name}: it tires before it drops out, within 0.1 to 12 h; a share is 0 to 1")


@dataclass(frozen=True, kw_only=True)
class Leash:
    """Who leads a dog; whether its handler has passed command to them, and whether they carry a scent article."""

    leader: str
    command_passed: bool = False
    scent_article: bool = False


def with_dog(team: Team, dog: Dog, leash: Leash) -> Team:
    """The team as its dog makes it: the wider of both sweeps, until the dog tires and drops out; the notes say why.

    A dog lent without command passed, and a trailing dog without a scent article, add nothing, and the notes say so:
    the team searches as people. A trailing dog adds no sweep either: it follows a track, and its bearing is evidence
    for the map. Raises SearchError when nobody leads.
    """
    if not leash.leader.strip():
        raise SearchError(f"{team.name}: say who leads {dog.name}")
    idle = _why_idle(dog, leash)
    if idle:
        return replace(team, notes=(*team.notes, idle))
    lent = leash.leader != dog.handler
    notes = [f"{dog.name} works for {leash.leader}" + (f", command passed by {dog.handler}" if lent else "")]
    if dog.kind == "trailing":
        notes.append(f"{dog.name} trails: what it finds is a bearing for the map, no ground swept")
        return replace(team, notes=(*team.notes, *notes))
    if dog.sweep_width_m <= team.sweep_width_m:
        notes.append(f"{dog.name} sweeps no wider than the team does")
        return replace(team, notes=(*team.notes, *notes))
    alone = team.sweep_width_m / dog.sweep_width_m
    tired = alone + (1 - alone) * dog.slack_share
    notes.append(
        f"{dog.name} tires after {dog.slack_h:g} h and drops out after {dog.works_h:g} h ({OURS}); "
        f"then the team sweeps {team.sweep_width_m:g} m of {dog.sweep_width_m:g}"
    )
    return replace(
        team,
        sweep_width_m=dog.sweep_width_m,
        tiring=_both(team.tiring, ((dog.slack_h, tired), (dog.works_h, alone))),
        notes=(*team.notes, *notes),
    )


def _why_idle(dog: Dog, leash: Leash) -> str:
    if leash.leader != dog.handler and not leash.command_passed:
        return f"{dog.name} does not work for {leash.leader}: {dog.handler} has to pass command first"
    if dog.kind == "trailing" and not leash.scent_article:
        return f"{dog.name} cannot trail: it needs a scent article"
    return ""


def _both(
    people: tuple[tuple[float, float], ...], dog: tuple[tuple[float, float], ...]
) -> tuple[tuple[float, float], ...]:
    """Both tirings at once: at each hour the product of what each leaves."""
    hours = sorted({hour for hour, _ in (*people, *dog)})
    return tuple((hour, _left(people, hour) * _left(dog, hour)) for hour in hours)


def _left(tiring: tuple[tuple[float, float], ...], hour: float) -> float:
    return next((share for begun, share in reversed(tiring) if begun <= hour), 1.0)
