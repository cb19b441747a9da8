"""Who plays in the two worlds: a roster with every duty, and who of it may come to know the secret."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.intents.people import RosterEntry
from wayhome.values.ids import ORGANISATION, PersonId, derive

_DUTIES: dict[str, tuple[str, ...]] = {
    "Ibiki": ("operator",),
    "Shizune": ("operator", "medic"),
    "Iruka": ("trainer",),
    "Kotetsu": ("clerk",),
    "Inoichi": ("carer",),
    "Sakura": ("medic",),
    "Sai": ("guardian",),
}
_NAMES = (
    "Ibiki", "Shikamaru", "Neji", "Kakashi", "Yamato", "Shizune", "Iruka", "Kotetsu", "Inoichi", "Sakura", "Choji",
    "Kiba", "李 ロック", "نيجي", "Sai",
)  # fmt: skip

INSIDERS = ("Ibiki", "Shikamaru", "Neji", "Kakashi", "Yamato")
"""Only these are ever read in. Ibiki owns the secret."""

OUTSIDERS = ("Tsunade", "Shizune", "Iruka", "Kotetsu", "Inoichi", "Sakura", "Choji", "Kiba", "李 ロック", "نيجي")
"""Those who must see no difference; Tsunade commands the organisation."""

GUARDIAN = "Sai"
"""Breaks the glass: whatever they then see is theirs to see, so they are neither the ones nor the others."""

RANKS = ("genin", "chuunin", "jounin")


def ref_of(name: str) -> str:
    return str(100 + _NAMES.index(name))


def person_id(name: str) -> PersonId:
    """The id that the roster gives somebody."""
    return PersonId(derive(ORGANISATION, "roster", ref_of(name)))


def roster() -> tuple[RosterEntry, ...]:
    """The roster as it is imported, with everything that a roster can hold."""
    return tuple(_entry(name) for name in _NAMES)


def _entry(name: str) -> RosterEntry:
    number = _NAMES.index(name)
    return RosterEntry(
        ref=ref_of(name),
        name=name,
        rank=RANKS[number % 3],
        callsign=f"Leaf {number}",
        phone=f"+376 300 {number:03d}",
        duties=_DUTIES.get(name, ()),
        skills={"medic": 1 + number % 5, "tracking": 1 + (number * 3) % 5},
        qualifications=(("Swift water", date(2025, 1, 1), date(2026, 3, 1 + number)),),
        home=f"House {number}",
        next_of_kin=f"Kin of {name}",
        medical=f"Blood group of {name}",
    )


class Cast(msgspec.Struct, frozen=True):
    """The ids of everybody by name."""

    ids: dict[str, PersonId]

    def __getitem__(self, name: str) -> PersonId:
        return self.ids[name]

    def name(self, person: PersonId) -> str:
        return next(name for name, held in self.ids.items() if held == person)


def cast(founder: PersonId) -> Cast:
    return Cast({"Tsunade": founder} | {name: person_id(name) for name in _NAMES})
