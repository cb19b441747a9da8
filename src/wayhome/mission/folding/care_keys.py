"""How the keys of care add up. Nothing of them is ever shown."""

from __future__ import annotations

from wayhome.mission.facts import care as f
from wayhome.mission.folding.registry import on_organisation, on_person
from wayhome.mission.state import CareKey, DeskKey, Organisation, Person, Said


@on_person(f.CareKeyMade)
def care_key_made(person: Person, fact: f.CareKeyMade, said: Said) -> None:
    held = person.care_key
    same = held is not None and held.public == fact.public
    person.care_key = CareKey(
        public=fact.public,
        wrapped=fact.wrapped,
        salt=fact.salt,
        recovery=fact.recovery,
        before=(held.wrapped, held.salt) if held is not None and same else None,
        ever=tuple(dict.fromkeys((*(held.ever if held is not None else ()), fact.public))),
    )


@on_organisation(f.DeskKeyMade)
def desk_key_made(organisation: Organisation, fact: f.DeskKeyMade, said: Said) -> None:
    organisation.desk_keys.append(DeskKey(public=fact.public, boxes={fact.carer: fact.box}))


@on_organisation(f.CarerAdmitted)
def carer_admitted(organisation: Organisation, fact: f.CarerAdmitted, said: Said) -> None:
    for desk in organisation.desk_keys:
        if desk.public == fact.desk:
            desk.boxes[fact.carer] = fact.box
