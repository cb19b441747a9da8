"""What the law of a place asks of care: whom it keeps apart, what it lets one write down, and what it protects.

The laws stand here as data, each with its source. None of it is legal advice: a team has it checked where it lives.
An organisation's profile names its jurisdiction; where none is named, or one that is not known here, the strictest of
everything holds and the least protection is promised, and the member reads that it is so.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from wayhome.engines.care.days import months_later
from wayhome.engines.care.errors import CareError

Level = Literal["privacy", "confidentiality", "privilege"]

LEVELS: dict[Level, str] = {
    "privacy": "Privacy: what you say is yours, and your team has promised to keep it between you and whoever supports "
    "you. The law does not bind your supporter to silence: a court could ask them.",
    "confidentiality": "Confidentiality: a law or a written rule binds whoever supports you to keep what you say to "
    "themselves, with exceptions. A court could still ask them.",
    "privilege": "Privilege: a law says that whoever supports you cannot be made to tell a court what you said, with "
    "exceptions.",
}
"""The three levels that are told apart, weakest protection first (IACP 2016)."""

KEEP_MONTHS = 12
"""How long letters are kept after a case is closed or its member has left. Own design value; no law here sets it."""


class CrisisNumber(msgspec.Struct, frozen=True):
    """A number to call at once. `source` says where it was read and `read_on` when: without both none is shown."""

    words: str
    number: str
    source: str
    read_on: date

    def __post_init__(self) -> None:
        for what, text in (("words", self.words), ("number", self.number), ("source", self.source)):
            if not text.strip():
                raise CareError(
                    f"crisis number {self.number or self.words!r} has no {what}: give all three and the day"
                )
        if not set(self.number) <= set("+0123456789 -()*#") or not any(one.isdigit() for one in self.number):
            raise CareError(f"{self.number!r} is nothing that a phone can call: use digits, spaces and a leading +")


class BreakGlass(msgspec.Struct, frozen=True):
    """The only reasons for which what was said may go further than agreed, each with its source."""

    code: str
    words: str
    source: str


class Jurisdiction(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for care in one place. `known`: False where the name says nothing here and the strictest holds.

    `same_mission_excluded`: nobody supports whoever was on the same mission. `no_record`: only that contact took place
    and the next date are written. `trained_only`: only trained supporters. `said`: what the member has to know besides.
    """

    name: str
    words: str
    same_mission_excluded: bool
    no_record: bool
    trained_only: bool
    law: Level
    law_words: str
    emergency: tuple[CrisisNumber, ...]
    sources: tuple[str, ...]
    keep_months: int = KEEP_MONTHS
    break_glass: tuple[BreakGlass, ...] = ()
    numbers: tuple[CrisisNumber, ...] = ()
    known: bool = True
    said: str = ""

    def first_to_call(self) -> tuple[CrisisNumber, ...]:
        """The crisis numbers the organisation gave, and always the emergency number."""
        return (*self.numbers, *self.emergency)

    def numbers_words(self) -> str:
        """Said where no crisis line is listed, so that nobody takes the emergency number for one."""
        return "" if self.numbers else NO_CRISIS_LINE


NO_CRISIS_LINE = (
    "No crisis line is listed: Wayhome lists none whose number it could not check. Your organisation adds its own, "
    "with where and when it was read, under crisis_numbers in its profile."
)

READ_ON = date(2026, 11, 21)

EU_112 = CrisisNumber(
    "emergency services in the European Union",
    "112",
    "Directive (EU) 2018/1972, Article 109(1), legislation.gov.uk",
    READ_ON,
)
US_911 = CrisisNumber(
    "emergency services in the United States", "911", "FCC order 00-327, 29 August 2000, fcc.gov", READ_ON
)
UK_999 = CrisisNumber(
    "emergency services in the United Kingdom",
    "999",
    "Lincolnshire Police, advice of September 2024, lincs.police.uk",
    READ_ON,
)

DEATH_OR_HARM = BreakGlass(
    "death or substantial harm",
    "to prevent reasonably certain death or substantial harm",
    "RCW 43.101.425 (Washington); Montana Code 7-32-602(2)(i)(ii) excepts harm to self or others",
)
VITAL_INTERESTS = BreakGlass(
    "vital interests", "to protect somebody's life where they cannot consent", "GDPR Article 9(2)(c)"
)
CONSENT = BreakGlass("consent", "because the member said so, for exactly this", "GDPR Article 9(2)(a)")

_SUPPORTER_OF_SAME_MISSION = (
    "The protection does not hold where whoever supports you was on the same mission: nobody who was is proposed."
)

KNOWN: tuple[Jurisdiction, ...] = (
    Jurisdiction(
        name="us-co",
        words="Colorado, United States",
        same_mission_excluded=True,
        no_record=False,
        trained_only=True,
        law="confidentiality",
        law_words=f"{LEVELS['confidentiality']} {_SUPPORTER_OF_SAME_MISSION} It does not hold either if you admit a "
        "crime, or for what you say of danger to yourself or others. Whether a court may ask: CRS 13-90-107(1)(m).",
        emergency=(US_911,),
        break_glass=(CONSENT, DEATH_OR_HARM),
        sources=(
            "CRS 12-30-125(1)(a) to (c), from the act as passed, leg.colorado.gov",
            "CRS 13-90-107(1)(m), which speaks of people trained in peer support skills",
        ),
    ),
    Jurisdiction(
        name="us-wa",
        words="Washington, United States",
        same_mission_excluded=True,
        no_record=False,
        trained_only=True,
        law="privilege",
        law_words=f"{LEVELS['privilege']} {_SUPPORTER_OF_SAME_MISSION} It speaks of first responders and of supporters "
        "who received training: have it checked whether it covers you as a volunteer.",
        emergency=(US_911,),
        break_glass=(CONSENT, DEATH_OR_HARM),
        sources=(
            "RCW 5.60.060(6), as of its 2006 report and widened in 2024 (Senate bill report on 2SHB 2311)",
            "RCW 43.101.425",
        ),
    ),
    Jurisdiction(
        name="us-mt",
        words="Montana, United States",
        same_mission_excluded=False,
        no_record=True,
        trained_only=True,
        law="privilege",
        law_words=f"{LEVELS['privilege']} They are a crime committed or planned, harm to yourself or others, and what "
        "licensing boards ask. No session is recorded: only that contact took place, and the next date. You are never "
        "made to use somebody who has authority over you.",
        emergency=(US_911,),
        break_glass=(CONSENT, DEATH_OR_HARM),
        sources=("Montana Code 7-32-602(2)(a), (d), (g), (i) and (3), archive.legmt.gov",),
    ),
    Jurisdiction(
        name="eu",
        words="the European Union (GDPR)",
        same_mission_excluded=False,
        no_record=False,
        trained_only=False,
        law="privacy",
        law_words=f"{LEVELS['privacy']} What is written of you is health data: it is kept by your explicit consent, "
        "which you can take back at any time.",
        emergency=(EU_112,),
        break_glass=(CONSENT, VITAL_INTERESTS),
        sources=("GDPR Article 9(2)(a), (b), (c), (d)", "GDPR Article 35(3)(b)"),
    ),
    Jurisdiction(
        name="gb",
        words="the United Kingdom (GDPR as retained)",
        same_mission_excluded=False,
        no_record=False,
        trained_only=False,
        law="privacy",
        law_words=f"{LEVELS['privacy']} What is written of you is health data: it is kept by your explicit consent, "
        "which you can take back at any time.",
        emergency=(UK_999,),
        break_glass=(CONSENT, VITAL_INTERESTS),
        sources=("GDPR Article 9(2)(a), (c), (d), taken as retained in the United Kingdom",),
    ),
)
"""Every jurisdiction that is known here."""

ALSO = {
    "colorado": "us-co", "washington": "us-wa", "montana": "us-mt", "gdpr": "eu", "european union": "eu",
    "uk": "gb", "united kingdom": "gb",
}  # fmt: skip
"""Other names by which they are found."""

_BY_NAME = {one.name: one for one in KNOWN}
MOST_NAME_CHARS = 60


def jurisdiction_of(name: str, numbers: tuple[CrisisNumber, ...] = ()) -> Jurisdiction:
    """What holds where the profile names `name`; the strictest of everything, said so, for a name not known here.

    `numbers`: the crisis numbers that the organisation gave with source and day.
    """
    typed = " ".join(name.casefold().split())
    found = _BY_NAME.get(ALSO.get(typed, typed))
    return msgspec.structs.replace(found if found else _strictest(name), numbers=numbers)


def _strictest(name: str) -> Jurisdiction:
    """Everything that any of the known ones asks; of what protects the member, the weakest, so as not to overpromise.

    Only the reasons that all of them know break the glass, and nothing is kept longer than the shortest of them.
    """
    shared = set.intersection(*({reason.code for reason in one.break_glass} for one in KNOWN))
    named = " ".join(name.split())[:MOST_NAME_CHARS]
    why = f"The jurisdiction {named!r} is not known here" if named else "No jurisdiction is named in the profile"
    law: Level = min((one.law for one in KNOWN), key=tuple(LEVELS).index)
    return Jurisdiction(
        name=named,
        words="an unknown jurisdiction" if named else "no jurisdiction named",
        same_mission_excluded=any(one.same_mission_excluded for one in KNOWN),
        no_record=any(one.no_record for one in KNOWN),
        trained_only=any(one.trained_only for one in KNOWN),
        law=law,
        law_words=f"{LEVELS[law]} More may hold where you live; it is not promised here.",
        emergency=(EU_112, US_911, UK_999),
        sources=tuple(source for one in KNOWN for source in one.sources),
        keep_months=min(one.keep_months for one in KNOWN),
        break_glass=tuple(reason for reason in KNOWN[0].break_glass if reason.code in shared),
        known=False,
        said=f"{why}, so the strictest rules of all hold: nobody who was on the same mission, trained supporters only, "
        f"and no words kept, only that contact took place and the next date. Known are {', '.join(_BY_NAME)}.",
    )


def kept_until(law: Jurisdiction, *, closed: date | None, left: date | None, last_contact: date) -> date | None:
    """The day on which letters are to be erased; None while a case is open and its member has not left.

    The clock starts when the case closes or the member leaves, and never before the last contact still offered.
    """
    ends = [day for day in (closed, left) if day is not None]
    if not ends:
        return None
    return months_later(max(min(ends), last_contact), law.keep_months)


def may_break_glass(law: Jurisdiction, code: str) -> BreakGlass:
    """The reason by that code. Raises CareError where this jurisdiction does not know it."""
    for reason in law.break_glass:
        if reason.code == code:
            return reason
    codes = ", ".join(one.code for one in law.break_glass)
    raise CareError(f"{code!r} is no reason to pass on what was said ({law.words}): the reasons are {codes}")
