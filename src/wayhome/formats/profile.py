"""An organisation's profile: its ranks, titles, skills, qualifications and words, from TOML.

Everything a county team and the Leaf differ in is here as data. `decode_profile` checks the whole before anything is
used; a wrong profile is refused with the place and the remedy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import msgspec

from wayhome.engines.care.errors import CareError
from wayhome.engines.care.jurisdiction import CrisisNumber, Jurisdiction, jurisdiction_of
from wayhome.formats.errors import BadProfile
from wayhome.formats.logwords import CANNED, STATUSES, TRIAGE, LogWords, StatusWord
from wayhome.formats.roster import Known
from wayhome.mission.facts.people import MissionRank, Scales
from wayhome.values.places import Place
from wayhome.values.when import BadTime, zone

TRIAGE_CATEGORIES: Final = ("red", "yellow", "green", "black")
MAX_TOML_CHARS: Final = 1_000_000


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a profile: a key that is not known is a mistake, not a remark."""


class RankOfMission(_Part, frozen=True):
    """A rank a mission can have. `least`: the member rank it asks for. `grave`: it asks for history as well."""

    name: str
    least: str = ""
    grave: bool = False
    about: str = ""


class RankOfMember(_Part, frozen=True):
    name: str
    about: str = ""


class Skill(_Part, frozen=True):
    name: str
    about: str = ""


class QualificationKind(_Part, frozen=True):
    """A qualification the organisation knows: who issues it, how long it holds, what it asks for, what it opens.

    `months` None: it does not expire by itself.
    """

    name: str
    issuer: str = ""
    months: int | None = None
    asks: tuple[str, ...] = ()
    opens: str = ""
    about: str = ""


class SubjectCategory(_Part, frozen=True):
    """A category of missing person. `table` is its name in the distance statistics, '' where these know nothing."""

    name: str
    table: str = ""


class CrisisLine(_Part, frozen=True):
    """A number to call when somebody is not safe: what it is, where it was read and on which day."""

    words: str
    number: str
    source: str
    read_on: date


class Profile(_Part, frozen=True):
    """An organisation's words and scales. Mission ranks gravest first, member ranks lowest first.

    `jurisdiction`: whose law care keeps to (`engines/care/jurisdiction.py`); '' holds it to the strictest of all.
    """

    name: str
    about: str = ""
    zone: str = "UTC"
    mission_ranks: tuple[RankOfMission, ...] = ()
    member_ranks: tuple[RankOfMember, ...] = ()
    skills: tuple[Skill, ...] = ()
    healer_skill: str = "medic"
    qualifications: tuple[QualificationKind, ...] = ()
    titles: dict[str, str] = {}
    words: dict[str, str] = {}
    statuses: tuple[StatusWord, ...] = STATUSES
    canned: dict[str, str] = msgspec.field(default_factory=lambda: dict(CANNED))
    triage: dict[str, tuple[str, ...]] = {}
    base_words: tuple[str, ...] = LogWords().base
    everyone_words: tuple[str, ...] = LogWords().everyone
    clue_words: tuple[str, ...] = LogWords().clue
    casualty_words: tuple[str, ...] = LogWords().casualty
    subject_categories: tuple[SubjectCategory, ...] = ()
    jurisdiction: str = ""
    crisis_numbers: tuple[CrisisLine, ...] = ()

    def law(self) -> Jurisdiction:
        """What holds for care here, with the organisation's own numbers to call."""
        own = tuple(CrisisNumber(one.words, one.number, one.source, one.read_on) for one in self.crisis_numbers)
        return jurisdiction_of(self.jurisdiction, own)

    def scales(self) -> Scales:
        """The ranks and skills as the rules of missions take them."""
        return Scales(
            mission_ranks=tuple(MissionRank(r.name, r.least, r.grave) for r in self.mission_ranks),
            member_ranks=tuple(rank.name for rank in self.member_ranks),
            skills=tuple(skill.name for skill in self.skills),
            healer_skill=self.healer_skill,
        )

    def log_words(self, teams: tuple[str, ...] | None = None, places: Mapping[str, Place] | None = None) -> LogWords:
        """The words of a log line for a mission with these teams and named places."""
        return LogWords(
            teams=teams,
            places=dict(places or {}),
            statuses=self.statuses,
            canned=self.canned,
            triage={w.casefold(): c for c, ws in self.triage.items() for w in (c, *ws)} if self.triage else TRIAGE,
            base=self.base_words,
            everyone=self.everyone_words,
            clue=self.clue_words,
            casualty=self.casualty_words,
        )

    def known(self) -> Known:
        """What a roster of this organisation may name: its ranks. Skills of a roster need not be listed here."""
        return Known(ranks=tuple(rank.name for rank in self.member_ranks))

    def title(self, duty: str) -> str:
        """What the organisation calls a duty: its commander is the Leaf's Hokage."""
        return self.titles.get(duty, duty)


def decode_profile(text: str) -> Profile:
    """A profile from TOML text. Raises BadProfile with line or path, what is wrong and what to do."""
    if len(text) > MAX_TOML_CHARS:
        raise BadProfile(f"the profile has {len(text):,} letters; at most {MAX_TOML_CHARS:,}")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProfile(f"the profile is not TOML: {error}") from error
    except RecursionError as error:
        raise BadProfile("the profile is nested too deeply") from error
    try:
        profile = msgspec.convert(raw, Profile)
    except msgspec.ValidationError as error:
        raise BadProfile(
            f"the profile is wrong: {error}; the keys are {', '.join(Profile.__struct_fields__)}"
        ) from error
    wrong = _mistakes(profile)
    if wrong:
        raise BadProfile("the profile is wrong: " + "; ".join(wrong))
    return profile


def _mistakes(profile: Profile) -> list[str]:
    """Everything in a well-formed profile that contradicts itself."""
    ranks = [rank.name for rank in profile.member_ranks]
    lists = {
        "mission_ranks": [rank.name for rank in profile.mission_ranks],
        "member_ranks": ranks,
        "skills": [skill.name for skill in profile.skills],
        "qualifications": [kind.name for kind in profile.qualifications],
        "statuses": [word.status for word in profile.statuses],
        "subject_categories": [category.name for category in profile.subject_categories],
    }
    wrong = [mistake for where, names in lists.items() for mistake in _names_wrong(where, names)]
    wrong += _zone_wrong(profile.zone)
    for rank in profile.mission_ranks:
        if rank.least and rank.least not in ranks:
            wrong.append(
                f"mission rank {rank.name} asks for {rank.least!r}, which is no member rank: {', '.join(ranks)}"
            )
    if profile.skills and profile.healer_skill not in lists["skills"]:
        wrong.append(f"healer_skill {profile.healer_skill!r} is not among the skills")
    for kind in profile.qualifications:
        for asked in kind.asks:
            if asked not in lists["qualifications"]:
                wrong.append(f"qualification {kind.name} asks for {asked!r}, which is not listed")
        if kind.months is not None and kind.months <= 0:
            wrong.append(f"qualification {kind.name} holds for {kind.months} months: leave months out if it never ends")
    wrong += [
        f"canned key {key!r}: keys are F1 to F12"
        for key in profile.canned
        if not re.fullmatch(r"F(?:[1-9]|1[0-2])", key)
    ]
    for category in profile.triage:
        if category not in TRIAGE_CATEGORIES:
            wrong.append(f"triage category {category!r}: one of {', '.join(TRIAGE_CATEGORIES)}")
    return wrong + _care_wrong(profile)


def _care_wrong(profile: Profile) -> list[str]:
    """A number that nobody could call, or that has no source, is refused here and not on a bad day."""
    try:
        profile.law()
    except CareError as error:
        return [f"crisis_numbers: {error}"]
    return []


def _names_wrong(where: str, names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    wrong = []
    for name in names:
        key = " ".join(name.casefold().split())
        if not key:
            wrong.append(f"{where} has one without a name")
        elif key in seen:
            wrong.append(f"{where} has {name!r} twice")
        seen.add(key)
    return wrong


def _zone_wrong(name: str) -> list[str]:
    try:
        zone(name)
    except BadTime as error:
        return [f"zone: {error}"]
    return []
