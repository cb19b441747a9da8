"""How facts from the field add up: teams, log, clues, casualties, whereabouts, home."""

from __future__ import annotations

from wayhome.mission.facts import field as f
from wayhome.mission.folding.missions import conflict
from wayhome.mission.folding.recent import remember, steps_of, undo
from wayhome.mission.folding.registry import on_mission
from wayhome.mission.folding.strength import came, heard_again, hurt, unheard, went
from wayhome.mission.state import Alarm, Casualty, Drawing, Mission, Out, Photo, Said, SilenceWatch, Team, Typed
from wayhome.values.ids import PersonId, handle
from wayhome.values.when import Moment

BY_DESK = "desk"
"""Who speaks in a line that the desk writes by itself, to nobody: it stands by what was done, and cannot be undone."""


@on_mission(f.TeamFormed)
def team_formed(mission: Mission, fact: f.TeamFormed, said: Said) -> None:
    mission.teams[fact.team] = Team(fact.team, fact.name, fact.members, fact.leader, fact.overdue_min, heard=said.at)


@on_mission(f.TeamChanged)
def team_changed(mission: Mission, fact: f.TeamChanged, said: Said) -> None:
    team = mission.teams.get(fact.team)
    if team:
        team.members, team.leader = fact.members, fact.leader


@on_mission(f.VehicleTaken)
def vehicle_taken(mission: Mission, fact: f.VehicleTaken, said: Said) -> None:
    mission.vehicles.add(fact.vehicle)


@on_mission(f.VehicleReleased)
def vehicle_released(mission: Mission, fact: f.VehicleReleased, said: Said) -> None:
    mission.vehicles.discard(fact.vehicle)


@on_mission(f.SignedIn)
def signed_in(mission: Mission, fact: f.SignedIn, said: Said) -> None:
    mission.signed_in[fact.member] = said.at


@on_mission(f.SignedOut)
def signed_out(mission: Mission, fact: f.SignedOut, said: Said) -> None:
    mission.signed_in.pop(fact.member, None)


@on_mission(f.Departed)
def departed(mission: Mission, fact: f.Departed, said: Said) -> None:
    mission.out[fact.member] = Out(fact.member, said.at, fact.post, fact.home_by)
    came(mission, f"departed:{said.id}", fact.member, said.at, "departed")
    if mission.state == "closed":
        mission.state = "under way"
        words = "closed on one laptop while somebody departed on another"
        conflict(mission, "closed with someone out", words, fact.member)


@on_mission(f.LineLogged)
def line_logged(mission: Mission, fact: f.LineLogged, said: Said) -> None:
    mission.lines += 1
    mission.at_the_desk.add(said.author)
    team = mission.teams.get(fact.team) if fact.team else None
    steps = steps_of(mission, team, fact) if team else {}
    if team or fact.receiver or fact.sender != BY_DESK:
        remember(mission, Typed(fact.line, said.author, said.at, team.id if team else None, steps))
    if team is None:
        return
    _hear_team(mission, team, fact.at)
    team.status = fact.status or team.status
    if fact.place:
        mission.last_places[team.name] = fact.place


def _hear_team(mission: Mission, team: Team, at: Moment) -> None:
    """A team that speaks is heard, and so is each of its members who is listened for."""
    if team.heard is None or at.ms > team.heard.ms:
        team.heard = at
    for member in team.members:
        _hear(mission, member, at)


@on_mission(f.LineUndone)
def line_undone(mission: Mission, fact: f.LineUndone, said: Said) -> None:
    typed = mission.recent.get(fact.line)
    if typed and not typed.undone:
        undo(mission, typed)


@on_mission(f.TeamRestored)
def team_restored(mission: Mission, fact: f.TeamRestored, said: Said) -> None:
    team = mission.teams.get(fact.team)
    if team is None:
        return
    team.status = team.status if fact.status is None else fact.status
    team.heard = fact.heard or team.heard
    if fact.place is not None:
        mission.last_places[team.name] = fact.place
    elif fact.nowhere:
        mission.last_places.pop(team.name, None)
    for member, heard in fact.contacts.items():
        watch = mission.watches.get(member)
        if watch:
            watch.heard = heard


def _hear(mission: Mission, member: PersonId, at: Moment) -> None:
    watch = mission.watches.get(member)
    if watch and at.ms > watch.heard.ms:
        watch.heard = at


@on_mission(f.ClueFound)
def clue_found(mission: Mission, fact: f.ClueFound, said: Said) -> None:
    mission.clue_numbers[said.replica] = max(fact.number, mission.clue_numbers.get(said.replica, 0))
    taken = {held for clue, held in mission.clues.items() if clue != fact.clue}
    mission.clues[fact.clue] = _free_label(taken, fact, said)


def _free_label(taken: set[str], fact: f.ClueFound | f.DrawingMade, said: Said) -> str:
    """The label as said on the radio; longer by a letter where another laptop's tag happens to be the same."""
    label, length = fact.label, 4
    while label in taken:
        length += 1
        label = f"{fact.number}-{(handle(said.replica) + said.replica.upper())[:length]}"
    return label


@on_mission(f.DrawingMade)
def drawing_made(mission: Mission, fact: f.DrawingMade, said: Said) -> None:
    mission.drawing_numbers[said.replica] = max(fact.number, mission.drawing_numbers.get(said.replica, 0))
    label = _free_label({held.label for held in mission.drawings.values() if held.id != fact.drawing}, fact, said)
    mission.drawings[fact.drawing] = Drawing(
        fact.drawing, fact.number, label, fact.what, fact.name, said.author, said.at
    )


@on_mission(f.DrawingChanged)
def drawing_changed(mission: Mission, fact: f.DrawingChanged, said: Said) -> None:
    drawing = mission.drawings.get(fact.drawing)
    if drawing:
        drawing.what, drawing.name = fact.what, fact.name


@on_mission(f.DrawingErased)
def drawing_erased(mission: Mission, fact: f.DrawingErased, said: Said) -> None:
    drawing = mission.drawings.get(fact.drawing)
    if drawing:
        drawing.erased = True


@on_mission(f.CasualtyReported)
def casualty_reported(mission: Mission, fact: f.CasualtyReported, said: Said) -> None:
    mission.casualties[fact.casualty] = Casualty(
        fact.casualty, fact.who, fact.member, fact.triage, fact.condition, fact.place, fact.heals
    )
    hurt(mission, fact.casualty, said.at)


@on_mission(f.CasualtyWithdrawn)
def casualty_withdrawn(mission: Mission, fact: f.CasualtyWithdrawn, said: Said) -> None:
    mission.casualties.pop(fact.casualty, None)
    hurt(mission, fact.casualty, said.at)


@on_mission(f.CasualtyTriaged)
def casualty_triaged(mission: Mission, fact: f.CasualtyTriaged, said: Said) -> None:
    casualty = mission.casualties.get(fact.casualty)
    if casualty:
        casualty.triage = fact.triage
        casualty.condition = fact.condition or casualty.condition
        hurt(mission, fact.casualty, said.at)


@on_mission(f.TreatmentGiven)
def treatment_given(mission: Mission, fact: f.TreatmentGiven, said: Said) -> None:
    casualty = mission.casualties.get(fact.casualty)
    if casualty:
        if fact.by not in casualty.treated_by:
            casualty.treated_by.append(fact.by)
        casualty.treatment.append(fact.words)
        casualty.done = casualty.done or fact.done


@on_mission(f.MemberFound)
def found(mission: Mission, fact: f.MemberFound, said: Said) -> None:
    mission.found += 1
    mission.other_deaths += fact.state == "dead"


@on_mission(f.PlaceReported)
def place_reported(mission: Mission, fact: f.PlaceReported, said: Said) -> None:
    mission.last_places[fact.who] = fact.place
    if fact.member:
        _hear(mission, fact.member, fact.at)


@on_mission(f.SilenceWatchSet)
def silence_watch_set(mission: Mission, fact: f.SilenceWatchSet, said: Said) -> None:
    if fact.every_min is None:
        mission.watches.pop(fact.member, None)
    else:
        mission.watches[fact.member] = SilenceWatch(fact.member, fact.every_min, said.at)


@on_mission(f.ContactMade)
def contact_made(mission: Mission, fact: f.ContactMade, said: Said) -> None:
    _hear(mission, fact.member, fact.at)


@on_mission(f.PhotoAttached)
def photo_attached(mission: Mission, fact: f.PhotoAttached, said: Said) -> None:
    mission.photos.setdefault(fact.photo, Photo(fact.photo, said.author))


@on_mission(f.PhotoWithdrawn)
def photo_withdrawn(mission: Mission, fact: f.PhotoWithdrawn, said: Said) -> None:
    photo = mission.photos.get(fact.photo)
    if photo:
        photo.withdrawn = True


@on_mission(f.AlarmRaised)
def alarm_raised(mission: Mission, fact: f.AlarmRaised, said: Said) -> None:
    mission.alarms.setdefault(fact.alarm, Alarm(fact.alarm, fact.what, fact.words, said.at, fact.member, fact.team))
    unheard(mission, fact, said.at)


@on_mission(f.AlarmAnswered)
def alarm_answered(mission: Mission, fact: f.AlarmAnswered, said: Said) -> None:
    alarm = mission.alarms.get(fact.alarm)
    if alarm:
        alarm.answered = fact.words
        heard_again(mission, fact.alarm)


@on_mission(f.ArrivedHome)
def arrived_home(mission: Mission, fact: f.ArrivedHome, said: Said) -> None:
    out = mission.out.get(fact.member)
    if out:
        out.home = said.at
    went(mission, fact.member, said.at)
    mission.signed_in.pop(fact.member, None)


@on_mission(f.HandedOver)
def handed_over(mission: Mission, fact: f.HandedOver, said: Said) -> None:
    out = mission.out.get(fact.member)
    if out:
        out.handed_to = fact.to
    went(mission, fact.member, said.at)


@on_mission(f.HomeDue)
def home_due(mission: Mission, fact: f.HomeDue, said: Said) -> None:
    out = mission.out.get(fact.member)
    if out:
        out.home_by = fact.by
