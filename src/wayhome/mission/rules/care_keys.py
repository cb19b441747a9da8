"""The keys of care: everybody's own, made with their password, and that of the desk, which carers give each other."""

from __future__ import annotations

from wayhome.mission.facts import care as f
from wayhome.mission.intents import care as i
from wayhome.mission.rules.common import Act, Decision, Refused, decides, in_organisation, in_person, member_of, must
from wayhome.mission.rules.people import not_erased
from wayhome.mission.state import DeskKey, World
from wayhome.values.ids import PersonId

KEY_BYTES = 32
LONGEST_BOX = 200
LONGEST_SALT = 64
MOST_CODES = 10
CARER = "carer"


@decides(i.MakeCareKey)
def make_care_key(intent: i.MakeCareKey, world: World, act: Act) -> Decision:
    not_erased(world, intent.member)
    must(world, act, frozenset({"self"}), "making the key for one's own care", member=intent.member)
    boxes = (intent.wrapped, *intent.recovery)
    if len(intent.public) != KEY_BYTES or len(intent.salt) > LONGEST_SALT or any(len(b) > LONGEST_BOX for b in boxes):
        raise Refused("no key", "that is no key for care: sign in again, and one is made")
    if len(intent.recovery) > MOST_CODES:
        raise Refused("no key", f"a key for care lies under at most {MOST_CODES} recovery codes")
    fact = f.CareKeyMade(
        member=intent.member,
        public=intent.public,
        wrapped=intent.wrapped,
        salt=intent.salt,
        recovery=intent.recovery,
    )
    return Decision(in_person(intent.member, fact))


@decides(i.MakeDeskKey)
def make_desk_key(intent: i.MakeDeskKey, world: World, act: Act) -> Decision:
    _must_care(world, act.by, "the key of the desk of care is made by a carer")
    desk = desk_of(world)
    if desk is not None and is_held(world, desk):
        raise Refused("there is one", "the desk of care has a key, and somebody holds it: ask a carer to let you in")
    _must_be_theirs(world, act.by, intent.box)
    if len(intent.public) != KEY_BYTES:
        raise Refused("no key", "that is no key for the desk of care: sign in again, and one is made")
    return Decision(in_organisation(f.DeskKeyMade(public=intent.public, carer=act.by, box=intent.box)))


@decides(i.LetCarerIn)
def let_carer_in(intent: i.LetCarerIn, world: World, act: Act) -> Decision:
    desk = desk_of(world)
    if desk is None or not holds(world, desk, act.by):
        raise Refused("not yours to do", "letting somebody in to the desk of care is for a carer who is in")
    _must_care(world, act.by, "letting somebody in to the desk of care is for carers")
    member_of(world, intent.carer)
    not_erased(world, intent.carer)
    _must_care(world, intent.carer, "the desk of care is for carers: command gives the duty, and then you let them in")
    if holds(world, desk, intent.carer):
        return Decision(())
    _must_be_theirs(world, intent.carer, intent.box)
    return Decision(in_organisation(f.CarerAdmitted(carer=intent.carer, box=intent.box, desk=desk.public)))


def desk_of(world: World) -> DeskKey | None:
    """The key by which the desk of care goes now: the first that somebody still holds.

    Two laptops that never met may each have made one. The later never takes the place of one that is in use.
    """
    keys = world.organisation.desk_keys
    return next((desk for desk in keys if is_held(world, desk)), keys[-1] if keys else None)


def is_held(world: World, desk: DeskKey) -> bool:
    return any(holds(world, desk, carer) for carer in desk.boxes)


def holds(world: World, desk: DeskKey, carer: PersonId) -> bool:
    """Whether somebody can open what they were given of a desk's key: not once their own key is another."""
    person = world.people.get(carer)
    public = person.care_key.public if person is not None and person.care_key is not None else None
    return public is not None and desk.boxes.get(carer, b"").startswith(public)


def admitted(world: World) -> tuple[PersonId, ...]:
    """The carers who are in: who hold the key of the desk, and have the duty."""
    desk = desk_of(world)
    return tuple(sorted(c for c in desk.boxes if holds(world, desk, c) and is_carer(world, c))) if desk else ()


def is_carer(world: World, person: PersonId) -> bool:
    member = world.organisation.members.get(person)
    return member is not None and not member.erased and CARER in member.duties


def _must_care(world: World, person: PersonId, words: str) -> None:
    if not is_carer(world, person):
        raise Refused("not yours to do", words)


def _must_be_theirs(world: World, carer: PersonId, box: bytes) -> None:
    person = world.people.get(carer)
    if person is None or person.care_key is None:
        raise Refused("no key yet", f"{world.name(carer)} has no key for care yet: they have to sign in once")
    if not KEY_BYTES < len(box) <= LONGEST_BOX or not box.startswith(person.care_key.public):
        raise Refused("another key", f"{world.name(carer)} has another key by now: try again")
