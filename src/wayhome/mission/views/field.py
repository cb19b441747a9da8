"""Rows from the field: teams, who is out, the log, clues, casualties, places, alarms."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import field as f
from wayhome.mission.state import Mission, Said, Team, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of, timer
from wayhome.mission.views.registry import Change, by_time, due_ms, row, shows
from wayhome.values.ids import PersonId
from wayhome.values.outlines import area_m2, crosses_itself, length_m


def _team_row(held: Mission, team: Team) -> Change:
    view = v.TeamView(
        team=team.id,
        name=team.name,
        members=team.members,
        leader=team.leader,
        status=team.status,
        heard=team.heard,
        overdue_min=team.overdue_min,
        place=held.last_places.get(team.name),
    )
    return row(held, "team", team.id, view, sort=team.name.rjust(20, " "))


def _overdue(held: Mission, said: Said, team: Team) -> Change:
    due_ms = team.heard.ms + team.overdue_min * 60_000 if team.overdue_min and team.heard else None
    return timer(held, said, "team", team.id, due_ms)


@shows(f.TeamFormed, f.TeamChanged)
def team(fact: f.TeamFormed | f.TeamChanged, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.teams.get(fact.team)
    if found is not None:
        yield _team_row(held, found)
        yield _overdue(held, said, found)


@shows(f.Departed, f.ArrivedHome, f.HandedOver, f.HomeDue)
def out(fact: f.Departed | f.ArrivedHome | f.HandedOver | f.HomeDue, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.out.get(fact.member)
    if found is None:
        return
    view = v.OutView(
        member=found.member,
        post=found.post,
        departed=found.departed,
        home_by=found.home_by,
        home=found.home,
        handed_to=found.handed_to,
    )
    yield row(held, "out", found.member, view, sort=f"{found.departed.ms:015d}.{found.member}")
    yield timer(held, said, "home", found.member, None if found.accounted else due_ms(found.home_by))


@shows(f.SignedIn, f.SignedOut, f.ArrivedHome)
def signed_in(fact: f.SignedIn | f.SignedOut | f.ArrivedHome, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    since = held.signed_in.get(fact.member)
    if since is not None:
        yield row(held, "signed_in", fact.member, v.SignedInView(member=fact.member, since=since))
    else:
        yield row(held, "signed_in", fact.member, None)


@shows(f.LineLogged)
def line(fact: f.LineLogged, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.teams.get(fact.team) if fact.team else None
    key = f"{fact.at.ms:015d}.{said.at.ms:015d}.{said.seq:09d}.{fact.line}"
    view = v.LineView(
        line=fact.line,
        sort=key,
        at=fact.at,
        typed_at=said.at,
        at_given=fact.at_given,
        sender=fact.sender,
        receiver=fact.receiver,
        team=found.name if found else "",
        message=fact.message,
        words=fact.words,
        place=fact.place,
        place_words=fact.place_words,
        status=fact.status,
        relayed=fact.relayed,
        radio_place=fact.radio_place,
        flags=fact.flags,
        by=said.author,
    )
    yield row(held, "line", fact.line, view, sort=key)
    if found is not None and fact.place is not None:
        place = v.PlaceView(who=found.name, place=fact.place, at=fact.at, line=fact.line)
        yield row(held, "line_place", fact.line, place, sort=key)
    if found is not None:
        yield _team_row(held, found)
        yield _overdue(held, said, found)
        for member in found.members:
            yield from _watch(held, said, member)


@shows(f.LineAmended)
def amended(fact: f.LineAmended, world: World, said: Said) -> Iterator[Change]:
    """An amendment is a row beside its line; reading lays it over the line and keeps what it was."""
    view = v.LineView(
        line=fact.line,
        at=fact.at,
        typed_at=said.at,
        message=fact.message,
        words=fact.words,
        place=fact.place,
        place_words=fact.place_words,
        status=fact.status,
        flags=fact.flags,
        by=said.author,
    )
    yield row(of(world, said), "amendment", said.id, view, sort=by_time(said))


@shows(f.LineUndone)
def undone(fact: f.LineUndone, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.line, words="", by=said.author, at=said.at)
    yield row(of(world, said), "line_undone", fact.line, note)
    yield row(of(world, said), "line_place", fact.line, None)


@shows(f.TeamRestored)
def restored(fact: f.TeamRestored, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.teams.get(fact.team)
    if found is not None:
        yield _team_row(held, found)
        yield _overdue(held, said, found)
    for member in fact.contacts:
        yield from _watch(held, said, member)


@shows(f.ClueFound)
def clue(fact: f.ClueFound, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.ClueView(
        clue=fact.clue,
        label=held.clues.get(fact.clue, fact.label),
        words=fact.words,
        place=fact.place,
        instruction=fact.instruction,
        at=said.at,
        by=said.author,
    )
    yield row(held, "clue", fact.clue, view, sort=by_time(said))


@shows(f.ClueWithdrawn)
def clue_withdrawn(fact: f.ClueWithdrawn, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.clue, words=fact.reason, by=said.author, at=said.at)
    yield row(of(world, said), "clue_withdrawn", fact.clue, note)


@shows(f.CasualtyReported, f.CasualtyTriaged, f.TreatmentGiven)
def casualty(
    fact: f.CasualtyReported | f.CasualtyTriaged | f.TreatmentGiven, world: World, said: Said
) -> Iterator[Change]:
    held = of(world, said)
    found = held.casualties.get(fact.casualty)
    if found is None:
        return
    view = v.CasualtyView(
        casualty=found.id,
        who=found.who,
        member=found.member,
        triage=found.triage,
        condition=found.condition,
        place=found.place,
        heals=found.heals,
        treated_by=tuple(found.treated_by),
        treatment=tuple(found.treatment),
        done=found.done,
    )
    yield row(held, "casualty", found.id, view)


@shows(f.CasualtyWithdrawn)
def casualty_withdrawn(fact: f.CasualtyWithdrawn, world: World, said: Said) -> Iterator[Change]:
    yield row(of(world, said), "casualty", fact.casualty, None)


@shows(f.HelpExpected)
def help_expected(fact: f.HelpExpected, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.casualty, words=fact.what, by=said.author, at=fact.at)
    yield row(of(world, said), "help", said.id, note, sort=f"{fact.at.ms:015d}")


@shows(f.PlaceReported)
def place(fact: f.PlaceReported, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.PlaceView(who=fact.who, place=fact.place, at=fact.at, member=fact.member)
    yield row(held, "place", said.id, view, sort=f"{fact.at.ms:015d}.{said.id}")
    if fact.member is not None:
        yield from _watch(held, said, fact.member)


def _watch(held: Mission, said: Said, member: PersonId) -> Iterator[Change]:
    watch = held.watches.get(member)
    due_ms = watch.heard.ms + watch.every_min * 60_000 if watch else None
    if watch is not None:
        yield timer(held, said, "silence", member, due_ms)


@shows(f.SilenceWatchSet, f.ContactMade)
def silence(fact: f.SilenceWatchSet | f.ContactMade, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    yield from _watch(held, said, fact.member)
    if isinstance(fact, f.SilenceWatchSet) and fact.every_min is None:
        yield timer(held, said, "silence", fact.member, None)


@shows(f.DrawingMade, f.DrawingChanged)
def drawing(fact: f.DrawingMade | f.DrawingChanged, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    made = held.drawings.get(fact.drawing)
    if made is None:
        return
    team = held.teams.get(fact.team) if fact.team else None
    change = isinstance(fact, f.DrawingChanged)
    segment = fact.what == "segment"
    crosses = segment and crosses_itself(fact.points)
    view = v.DrawingView(
        drawing=made.id,
        label=made.label,
        what=fact.what,
        name=fact.name,
        points=fact.points,
        words=fact.words,
        holder=fact.holder,
        team=team.name if team else "",
        team_id=fact.team,
        area_km2=round(area_m2(fact.points) / 1e6, 4) if segment and not crosses else None,
        length_km=round(length_m(fact.points) / 1e3, 3) if fact.what == "line" else None,
        crosses=crosses,
        at=made.at,
        by=made.by,
        changed=said.at if change else None,
        changed_by=said.author if change else None,
        reason=fact.reason if isinstance(fact, f.DrawingChanged) else "",
    )
    yield row(held, "drawing", made.id, view, sort=f"{made.at.ms:015d}.{made.number:06d}.{made.id}")


@shows(f.DrawingErased)
def drawing_erased(fact: f.DrawingErased, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.drawing, words=fact.reason, by=said.author, at=said.at)
    yield row(of(world, said), "drawing_erased", fact.drawing, note)


@shows(f.AlarmRaised, f.AlarmAnswered)
def alarm(fact: f.AlarmRaised | f.AlarmAnswered, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.alarms.get(fact.alarm)
    if found is not None:
        view = v.AlarmView(
            alarm=found.id,
            mission=held.id,
            mission_words=held.name,
            what=found.what,
            words=found.words,
            at=found.at,
            member=found.member,
            answered=found.answered,
        )
        yield row(held, "alarm", found.id, view, sort=f"{found.at.ms:015d}.{found.id}")


@shows(f.MemberFound)
def found(fact: f.MemberFound, world: World, said: Said) -> Iterator[Change]:
    view = v.FoundView(who=fact.who, state=fact.state, place=fact.place, at=fact.at)
    yield row(of(world, said), "found", said.id, view, sort=by_time(said))
