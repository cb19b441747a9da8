"""The subject: the lost-person questionnaire, and leads from it to a category and an initial planning point.

Every field may stay empty and be filled in later. A lead is a suggestion with its reasons, first the one to try; a
person decides. The order of the categories (what happened to somebody before what they are, before what they did)
follows the hierarchy of Koester, *Lost Person Behavior* (2008); the words that point to a category are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from wayhome.values.places import Place
from wayhome.values.when import Moment


class BadSubject(ValueError):
    """A field of the questionnaire that does not exist or cannot hold what was said; the text says what it takes."""


class Questionnaire(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a missing person. None is not asked or not known; it is never *no*."""

    name: str | None = None
    also_called: str | None = None
    age: int | None = None
    sex: str | None = None
    languages: str | None = None
    phone: str | None = None
    phone_battery: str | None = None

    height_cm: int | None = None
    build: str | None = None
    hair: str | None = None
    clothing: str | None = None
    footwear: str | None = None
    sole: str | None = None
    equipment: str | None = None

    health: str | None = None
    medication: str | None = None
    dementia: bool | None = None
    autistic: bool | None = None
    intellectual_disability: bool | None = None
    mental_illness: bool | None = None
    despondent: bool | None = None
    substance_abuse: bool | None = None
    fitness: str | None = None
    answers_to_name: bool | None = None
    afraid_of: str | None = None

    activity: str | None = None
    purpose: str | None = None
    route: str | None = None
    destination: str | None = None
    experience: str | None = None
    knows_area: bool | None = None
    alone: bool | None = None
    companions: str | None = None
    vehicle: str | None = None
    overdue_since: str | None = None

    last_seen: str | None = None
    last_seen_by: str | None = None
    heading: str | None = None
    abducted: bool | None = None
    aircraft: bool | None = None
    evading: bool | None = None
    behaviour_before: str | None = None
    been_lost_before: str | None = None

    informant: str | None = None
    informant_phone: str | None = None
    scent_article: str | None = None
    photo: str | None = None
    family_contact: str | None = None
    notes: str | None = None


def read_questionnaire(fields: Mapping[str, str]) -> Questionnaire:
    """The questionnaire from typed fields. `age` and `height_cm` take numbers, yes/no questions yes or no.

    An empty value leaves the field open. Raises BadSubject naming the field and what it takes.
    """
    unknown = sorted(set(fields) - set(Questionnaire.__struct_fields__))
    if unknown:
        raise BadSubject(f"no field {', '.join(unknown)}: the fields are {', '.join(Questionnaire.__struct_fields__)}")
    kinds = {field.name: field.type for field in msgspec.structs.fields(Questionnaire)}
    values = {key: _value(key, said.strip(), kinds[key]) for key, said in fields.items() if said.strip()}
    return msgspec.convert(values, Questionnaire)


def _value(key: str, said: str, kind: object) -> str | int | bool:
    if kind == int | None:
        number = re.fullmatch(r"(\d{1,3})(?: ?(?:years?|cm|y))?", said)
        if number is None:
            raise BadSubject(f"{key} takes a whole number, not {said!r}; put a guess into notes")
        return int(number[1])
    if kind == bool | None:
        if said.casefold() not in ("yes", "no"):
            raise BadSubject(f"{key} takes yes or no, not {said!r}; leave it out where nobody knows")
        return said.casefold() == "yes"
    return said


def questionnaire_fields(subject: Questionnaire) -> dict[str, str]:
    """The filled-in fields as typed text; `read_questionnaire` gives the same questionnaire again."""
    said = {name: getattr(subject, name) for name in subject.__struct_fields__}
    shown = {True: "yes", False: "no"}
    return {name: shown[v] if isinstance(v, bool) else str(v) for name, v in said.items() if v is not None}


class CategoryLead(msgspec.Struct, frozen=True):
    """A category to try, its name in the distance statistics ('' where these know nothing of it), and why."""

    category: str
    table: str
    reasons: tuple[str, ...]


OTHER: Final = "(any other category)"
CHILD_AGES: Final = (
    (3, "Child (1-3)"),
    (6, "Child (4-6)"),
    (9, "Child (7-9)"),
    (12, "Child (10-12)"),
    (15, "Child (13-15)"),
)

_STATES: Final[tuple[tuple[str, str, str], ...]] = (
    ("abducted", "Abduction", "taken by somebody"),
    ("aircraft", "Aircraft", "an aircraft is missing"),
    ("despondent", "Despondent", "despondent, may mean to harm themselves"),
    ("dementia", "Dementia", "dementia"),
    ("autistic", "Autistic", "autistic"),
    ("intellectual_disability", "Intellectual Disability", "intellectual disability"),
    ("mental_illness", "Mental Illness", "mental illness"),
    ("substance_abuse", "Substance Abuse", "under the influence, or depends on a substance"),
)
_TABLE_NAMES: Final = {"Intellectual Disability": "Mental Retardation", "Extreme Sport": "Other (Extreme Sport)"}

_WHEELS: Final[tuple[tuple[str, str], ...]] = (
    ("All Terrain Vehicle", r"\batvs?\b|\bquad(?:s| ?bikes?)?\b|\bside.by.side\b|\boff.?road"),
    ("Mountain Biker", r"\bmtb\b|mountain.?bik|\bcycl(?:ing|ist)|\bbik(?:ing|er|e)\b"),
)
_ACTIVITIES: Final[tuple[tuple[str, str], ...]] = (
    ("Snowmobiler", r"snow.?mobil|\bsled(?:der|ding)\b"),
    ("Snowboarder", r"snow.?board"),
    ("Skier-Nordic", r"cross.?country ski|nordic ski|ski.?tour|\bsnow.?shoe"),
    ("Skier-Alpine", r"\bski(?:ing|er|s|ed)?\b|off.?piste|free.?rid"),
    ("Extreme Sport", r"base.?jump|para.?glid|hang.?glid|canyon(?:ing|eer)|wing.?suit"),
    ("Climber", r"\bclimb|mountaineer|via ferrata|\bscrambl|\balpinis"),
    ("Hunter", r"\bhunt(?:er|ing|s|ed)?\b|\bstalking deer"),
    ("Angler", r"\bfish(?:er|ing|erman)?\b|\bangl(?:er|ing)\b"),
    ("Horseback Rider", r"\bhorse|equestrian|\bpony\b"),
    ("Runner", r"\brun(?:ner|ning|s)?\b|\bjogg|trail.?run"),
    ("Gatherer", r"mushroom|\bberr(?:y|ies)|\bforag|\bgather|\bherbs?\b"),
    ("Camper", r"\bcamp(?:er|ing|ed|site)?\b|\btent\b"),
    ("Hiker", r"\bhik(?:er|ing|e|ed)\b|\bwalk|\btrek|\brambl|\btramp(?:ing|er)?\b|backpack"),
)


def category_leads(subject: Questionnaire) -> tuple[CategoryLead, ...]:
    """Categories to look up, likeliest first, each with its reasons; the last resort is always there.

    An evader has no distance statistics: people who do not want to be found are not lost.
    """
    leads: list[CategoryLead] = []
    if subject.evading:
        leads.append(CategoryLead("Evader", "", ("does not want to be found: distances of lost people do not apply",)))
    outside = {"abducted", "aircraft"}
    leads += [_lead(c, why) for field, c, why in _STATES if field in outside and getattr(subject, field)]
    leads += _by_words(subject, _WHEELS)
    leads += [_lead(c, why) for field, c, why in _STATES if field not in outside and getattr(subject, field)]
    leads += _by_age(subject)
    leads += _by_words(subject, _ACTIVITIES)
    leads.append(
        CategoryLead("Other", OTHER, ("nothing more particular is known",) if not leads else ("if none fits",))
    )
    return tuple(leads)


def _lead(category: str, *reasons: str) -> CategoryLead:
    return CategoryLead(category, _TABLE_NAMES.get(category, category), reasons)


def _by_age(subject: Questionnaire) -> list[CategoryLead]:
    if subject.age is None:
        return []
    category = next((name for oldest, name in CHILD_AGES if subject.age <= oldest), None)
    return [_lead(category, f"aged {subject.age}")] if category is not None else []


def _by_words(subject: Questionnaire, words: Iterable[tuple[str, str]]) -> list[CategoryLead]:
    said = {"activity": subject.activity, "purpose": subject.purpose, "vehicle": subject.vehicle}
    leads = []
    for category, pattern in words:
        for field, text in said.items():
            match = re.search(pattern, text or "", re.I)
            if match is not None and (field != "vehicle" or words is _WHEELS):
                leads.append(_lead(category, f"{field}: {match.group().strip()!r} in {text!r}"))
                break
    return leads


class Sighting(msgspec.Struct, frozen=True):
    """Somewhere the subject was: what says so, where, when, and whether it was seen or is hearsay."""

    what: str
    place: Place
    at: Moment
    seen: bool


class PointLead(msgspec.Struct, frozen=True):
    """The initial planning point to take (it stays) and the last known position (it moves), with the reasons."""

    ipp: Sighting
    lkp: Sighting
    reasons: tuple[str, ...]


def point_lead(sightings: Iterable[Sighting], planned_from: Sighting | None = None) -> PointLead | None:
    """Which sighting to plan from. What was seen goes before hearsay; None when there is nothing at all.

    `planned_from` is the point already in use: the IPP does not move with a new sighting, the LKP does.
    """
    known = sorted(sightings, key=lambda sighting: (sighting.at.ms, sighting.what))
    seen = [sighting for sighting in known if sighting.seen]
    if not known:
        return None
    lkp = (seen or known)[-1]
    reasons = [f"LKP: {lkp.what}, the last {'seen' if lkp.seen else 'heard of; nobody has seen the subject'}"]
    later = [sighting for sighting in known if sighting.at.ms > lkp.at.ms]
    if later:
        reasons.append(f"not used: {later[-1].what} is later but hearsay; have it confirmed")
    if planned_from is not None and planned_from != lkp:
        reasons.append(f"IPP stays at {planned_from.what}: figures of one search rest on one point")
    return PointLead(planned_from or lkp, lkp, tuple(reasons))
