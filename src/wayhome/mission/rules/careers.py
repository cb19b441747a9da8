"""What may be stated about roles, history, petitions, the memorial, who commands, and vehicles."""

from __future__ import annotations

from wayhome.mission.facts import people as f
from wayhome.mission.intents import people as i
from wayhome.mission.moves import CANNOT_GO
from wayhome.mission.rules.common import (
    COMMAND,
    ROSTER,
    SELF_OR_ROSTER,
    Act,
    Decision,
    Refused,
    decides,
    in_organisation,
    member_of,
    must,
    text,
)
from wayhome.mission.rules.people import WISHES, passing_on
from wayhome.mission.state import World


def _wish(wish: str) -> str:
    if wish not in WISHES:
        raise Refused("at whose wish", f"{wish!r}: say at whose wish, one of {', '.join(WISHES)}")
    return wish


@decides(i.TakeRole)
def take_role(intent: i.TakeRole, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "giving standing roles", member=intent.member)
    member_of(world, intent.member)
    fact = f.RoleTaken(
        member=intent.member, role=text(intent.role, "the role"), wish=_wish(intent.wish), reason=intent.reason
    )
    return Decision(in_organisation(fact))


@decides(i.EndRole)
def end_role(intent: i.EndRole, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "ending standing roles")
    role, reason = text(intent.role, "the role"), text(intent.reason, "the reason")
    holders = [
        member.id
        for member in world.organisation.members.values()
        if any(held.role == role and held.until is None for held in member.roles) and intent.member in (None, member.id)
    ]
    if not holders:
        raise Refused("nobody holds it", f"nobody holds the role {role!r} now")
    facts = [f.RoleLost(member=member, role=role, wish=_wish(intent.wish), reason=reason) for member in holders]
    names = ", ".join(world.name(member) for member in holders)
    return Decision(in_organisation(*facts), tells=(f"{role} ended for {names}",))


@decides(i.NoteHistory)
def note_history(intent: i.NoteHistory, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "noting history")
    member_of(world, intent.member)
    fact = f.HistoryNoted(
        member=intent.member,
        what=text(intent.what, "what happened"),
        on=intent.on,
        mission=intent.mission,
        led_by=intent.led_by,
        outcome=intent.outcome,
    )
    return Decision(in_organisation(fact))


@decides(i.StateNever)
def state_never(intent: i.StateNever, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER, "stating what somebody never did", member=intent.member)
    member_of(world, intent.member)
    return Decision(in_organisation(f.NeverBefore(member=intent.member, deed=text(intent.deed, "the deed"))))


@decides(i.MakePetition)
def make_petition(intent: i.MakePetition, world: World, act: Act) -> Decision:
    must(world, act, frozenset({"self"}), "a petition", member=intent.member)
    petition = act.id("petition")
    fact = f.PetitionMade(petition=petition, member=intent.member, role=text(intent.role, "the role"), why=intent.why)
    return Decision(in_organisation(fact), made=petition)


@decides(i.AnswerPetition)
def answer_petition(intent: i.AnswerPetition, world: World, act: Act) -> Decision:
    must(world, act, COMMAND, "answering petitions")
    petition = world.organisation.petitions.get(intent.petition)
    if petition is None:
        raise Refused("no such petition", "there is no such petition: `wayhome petition list` shows them")
    if petition.granted is not None:
        raise Refused("answered already", "that petition has its answer")
    says = in_organisation(f.PetitionAnswered(petition=petition.id, granted=intent.granted, words=intent.words))
    if intent.granted:
        says += in_organisation(
            f.RoleTaken(member=petition.member, role=petition.role, wish="own", reason=petition.why)
        )
    return Decision(says)


@decides(i.Remember)
def remember(intent: i.Remember, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "writing on the memorial")
    if intent.on > act.now.day:
        raise Refused("in the future", f"{intent.on.isoformat()} has not come yet")
    if intent.member is not None:
        member_of(world, intent.member)
    for close in intent.close:
        member_of(world, close)
    remembrance = act.id("remembrance")
    fact = f.RemembranceWritten(
        remembrance=remembrance,
        name=text(intent.name, "the name", limit=200),
        on=intent.on,
        line=intent.line,
        mission_words=intent.mission_words,
        member=intent.member,
        close=intent.close,
    )
    passed = passing_on(world, act, intent.member, "lost") if intent.member is not None else ()
    return Decision(in_organisation(fact) + passed, made=remembrance)


@decides(i.VeilRemembrance)
def veil(intent: i.VeilRemembrance, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "veiling a remembrance at the family's wish")
    if intent.remembrance not in world.organisation.memorial:
        raise Refused("not on the memorial", "there is no such remembrance: `wayhome memorial` shows them")
    unknown = set(intent.hidden) - {"date", "mission", "line"}
    if unknown:
        raise Refused("cannot be hidden", f"{sorted(unknown)[0]!r}: date, mission and line can be hidden")
    return Decision(in_organisation(f.RemembranceVeiled(remembrance=intent.remembrance, hidden=intent.hidden)))


@decides(i.SetSuccession)
def set_succession(intent: i.SetSuccession, world: World, act: Act) -> Decision:
    must(world, act, COMMAND, "the standing succession")
    if len(set(intent.order)) != len(intent.order) or not intent.order:
        raise Refused("not an order", "name each person once, first to command first")
    for member in intent.order:
        member_of(world, member)
    return Decision(in_organisation(f.SuccessionSet(order=intent.order)))


@decides(i.TakeCommand)
def take_command(intent: i.TakeCommand, world: World, act: Act) -> Decision:
    organisation = world.organisation
    me = member_of(world, act.by)
    if act.by == organisation.commander:
        raise Refused("in command already", "you command already")
    if act.by not in organisation.succession:
        raise Refused("not in the succession", "command passes along the standing succession, and you are not in it")
    if me.status_at(act.now) in CANNOT_GO:
        raise Refused("not here", f"your own duty status is {me.status}: set it first")
    ahead = organisation.succession[: organisation.succession.index(act.by)]
    present = [m for m in ahead if organisation.members[m].status_at(act.now) not in CANNOT_GO]
    if present:
        raise Refused("somebody before you", f"{world.name(present[0])} stands before you and is here")
    fact = f.CommandTaken(by=act.by, before=organisation.commander, reason=text(intent.reason, "the reason"))
    return Decision(in_organisation(fact))


@decides(i.TakeClock)
def take_clock(intent: i.TakeClock, world: World, act: Act) -> Decision:
    must(world, act, COMMAND | {"operator"}, "taking over the clock")
    if world.organisation.clock_keeper == act.replica:
        raise Refused("ours already", "this laptop rings for every timer already")
    return Decision(
        in_organisation(f.ClockTaken(replica=act.replica)), tells=("This laptop now rings for all timers.",)
    )


@decides(i.AddVehicle)
def add_vehicle(intent: i.AddVehicle, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "adding vehicles")
    if not 0 <= intent.seats <= 500:
        raise Refused("seats", "a vehicle has 0 to 500 seats")
    vehicle = act.id("vehicle")
    name = text(intent.name, "the vehicle's name", limit=100)
    fact = f.VehicleAdded(vehicle=vehicle, name=name, what=intent.what, seats=intent.seats)
    return Decision(in_organisation(fact), made=vehicle)


@decides(i.SetVehicleStatus)
def set_vehicle_status(intent: i.SetVehicleStatus, world: World, act: Act) -> Decision:
    must(world, act, ROSTER | {"operator"}, "setting a vehicle's status")
    if intent.vehicle not in world.organisation.vehicles:
        raise Refused("no such vehicle", "there is no such vehicle: `wayhome vehicle list` shows them")
    fact = f.VehicleStatusSet(vehicle=intent.vehicle, status=text(intent.status, "the status", limit=50))
    return Decision(in_organisation(fact))
