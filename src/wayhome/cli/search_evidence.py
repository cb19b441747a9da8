"""`wayhome search evidence`: what was searched, seen and heard, each with its time, so that the map can weigh it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.find import pick
from wayhome.cli.show import done, table, words
from wayhome.formats.errors import FormatError
from wayhome.formats.gpxtracks import read_tracks
from wayhome.links.files import read_file
from wayhome.mission.facts import searching as f
from wayhome.mission.intents.searching import NoteEvidence, WithdrawEvidence
from wayhome.mission.views.shapes import EvidenceView, HypothesisView
from wayhome.usecases.search.evidenced import KINDS
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId, handle
from wayhome.values.when import Moment

app = App(name="evidence", help="What was searched, seen and heard: each piece moves the map, and can be withdrawn.")

Words = Annotated[str, Parameter(name="--words")]
From = Annotated[str, Parameter(name="--from")]
MOST_BYTES = 32 * 1024 * 1024


def _noted(me: Session, mission: MissionId, piece: f.AnyPiece, said: str) -> None:
    done(me.do(NoteEvidence(mission=mission, piece=piece, words=said)), "Evidence noted")


@app.command(name="area")
def area(mission: str, segment: str, *, pod: float, start: From, until: str, team: str = "", words: Words = "") -> None:
    """Notes a segment that was searched without a find.

    Example: wayhome search evidence area "Lost hiker" A1 --pod 0.6 --from 14:00 --until 16:30 --team Alpha

    Parameters
    ----------
    mission: the mission, by name or number
    segment: a segment of the map, by its number or name
    pod: the chance to have found him, had he been in it all that time: 0 to 1
    start: when the search of it began
    until: when it ended
    team: the team that searched it
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    drawn = things.drawing(me, mission_id, segment)
    if drawn.what != "segment":
        raise UsageError(f"{segment} is a {drawn.what}: an area searched is a segment (`wayhome draw segment`)")
    piece = f.AreaSearched(
        area=drawn.points,
        start=times.moment(start, me.now()),
        end=times.moment(until, me.now()),
        pod=pod,
        team=team,
        segment=drawn.drawing,
    )
    _noted(me, mission_id, piece, words)


@app.command(name="sweep")
def sweep(
    mission: str,
    *,
    width: float,
    team: str = "",
    gpx: Path | None = None,
    start: From = "",
    until: str = "now",
    speed: float = 2.0,
    tired_from: str = "",
    words: Words = "",
) -> None:
    """Notes a sweep without a find: along a GPS track, or along the places that a team reported.

    Example: wayhome search evidence sweep "Lost hiker" --team Alpha --gpx alpha.gpx --width 40
    Example: wayhome search evidence sweep "Lost hiker" --team Alpha --from 14:00 --until 16:30 --width 40

    Parameters
    ----------
    mission: the mission, by name or number
    width: the effective sweep width of one searcher in metres, at the speed given
    gpx: a GPX file whose tracks have times
    start: with a team's own places: from when
    until: with a team's own places: until when
    speed: at how many km/h the sweep width holds
    tired_from: from when on they said that they were tired: they then miss about half
    team: the team that swept, by name or number
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    paths = _gpx(gpx, me.now()) if gpx is not None else _reported(me, mission_id, team, start, until)
    piece = f.Swept(
        paths=paths,
        width_m=width,
        at_km_h=speed,
        team=team,
        tired_from=times.moment(tired_from, me.now()) if tired_from else None,
    )
    _noted(me, mission_id, piece, words)


def _gpx(file: Path, now: Moment) -> tuple[tuple[f.Fix, ...], ...]:
    try:
        tracks = read_tracks(read_file(file, most_bytes=MOST_BYTES), now.zone)
    except FormatError as error:
        raise UsageError(f"{file}: {error}") from error
    return tuple(tuple(f.Fix(at, place) for at, place in track) for track in tracks)


def _reported(me: Session, mission: MissionId, team: str, start: str, until: str) -> tuple[tuple[f.Fix, ...], ...]:
    if not (team and start):
        raise UsageError("say which track: --gpx FILE, or --team NAME --from TIME for the places that it reported")
    name = things.team(me, mission, team).name
    first, last = times.moment(start, me.now()), times.moment(until, me.now())
    places = [p for p in me.read("track", mission=mission, who=name).value if first.ms <= p.at.ms <= last.ms]
    by_time = {p.at.ms: f.Fix(p.at, p.place) for p in places}
    if len(by_time) < 2:
        raise UsageError(f"team {name} reported {len(by_time)} places in that time: a sweep needs two or more")
    return (tuple(by_time[ms] for ms in sorted(by_time)),)


@app.command(name="watch")
def watch(
    mission: str,
    *place: typed.FreeWord,
    start: From,
    pod: float,
    until: str = "now",
    radius: float = 50.0,
    who: str = "",
    words: Words = "",
) -> None:
    """Notes that somebody at a post saw nobody come by.

    Example: wayhome search evidence watch "Lost hiker" 42.5063,1.5218 --from 14:00 --until 18:00 --pod 0.8 --who Kiba

    Parameters
    ----------
    mission: the mission, by name or number
    place: where, in any usual spelling
    pod: the chance to see whoever comes by: 0 to 1
    radius: how far around the post, in metres
    start: when the watch began
    until: when it ended
    who: who watched
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    piece = f.Watched(
        place=typed.place(me, mission_id, typed.words(place)),
        radius_m=radius,
        start=times.moment(start, me.now()),
        end=times.moment(until, me.now()),
        pod=pod,
        who=who,
    )
    _noted(me, mission_id, piece, words)


@app.command(name="sighting")
def sighting(
    mission: str,
    *place: typed.FreeWord,
    at: str,
    other: float,
    within: float = 100.0,
    give: float = 5.0,
    words: Words = "",
) -> None:
    """Notes that somebody saw him, or may have.

    Example: wayhome search evidence sighting "Lost hiker" 42.5063,1.5218 --at 15:20 --other 0.3 --words "a red coat"

    Parameters
    ----------
    mission: the mission, by name or number
    place: where, in any usual spelling
    at: when he was seen
    other: the chance that it was another: 0 to 1
    within: give or take so many metres
    give: give or take so many minutes
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    seen = typed.place(me, mission_id, typed.words(place))
    moment = times.moment(at, me.now())
    _noted(me, mission_id, f.Sighted(place=seen, at=moment, chance_other=other, within_m=within, give_min=give), words)


@app.command(name="bearing")
def bearing(
    mission: str,
    dog: str,
    *place: typed.FreeWord,
    degrees: float,
    wind_from: float | None = None,
    wind: float | None = None,
    at: str = "now",
    false: float = 0.2,
    spread: float = 20.0,
    reach: float = 500.0,
    words: Words = "",
) -> None:
    """Notes the direction that an air-scent dog gives, with the wind: without wind it says nothing.

    Example: wayhome search evidence bearing "Lost hiker" Pakkun 42.5063,1.5218 --degrees 40 --wind-from 60 --wind 3

    Parameters
    ----------
    mission: the mission, by name or number
    dog: the dog, by name (`wayhome search dog lend` makes it known)
    place: where, in any usual spelling
    degrees: where the dog draws to, clockwise from north
    wind_from: where the wind comes from, degrees clockwise from north
    wind: how strong it is, in m/s
    false: the chance that the dog has another scent, or none: 0 to 1
    spread: the bearing is good to so many degrees
    reach: scent carries so far, in metres
    at: when the dog drew
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    piece = f.DogBearing(
        dog=dog,
        place=typed.place(me, mission_id, typed.words(place)),
        at=times.moment(at, me.now()),
        bearing_deg=degrees,
        wind_from_deg=wind_from,
        wind_m_s=wind,
        chance_false=false,
        sd_deg=spread,
        reach_m=reach,
    )
    _noted(me, mission_id, piece, words)


@app.command(name="trail")
def trail(
    mission: str,
    dog: str,
    *place: typed.FreeWord,
    wind: float,
    toward: float | None = None,
    at: str = "now",
    false: float = 0.2,
    article: str = "",
    words: Words = "",
) -> None:
    """Notes where a trailing dog took his scent, and which way it drew.

    Example: wayhome search evidence trail "Lost hiker" Akamaru 42.5063,1.5218 --wind 2 --toward 220 --article "a glove"

    Parameters
    ----------
    mission: the mission, by name or number
    dog: the dog, by name (`wayhome search dog lend` makes it known)
    place: where, in any usual spelling
    wind: how strong the wind is, in m/s
    toward: which way the trail goes on, degrees clockwise from north
    false: the chance that it is another's scent: 0 to 1
    article: what the dog was given to smell; without it, what stands beside the dog
    at: when the dog took it up
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    piece = f.DogTrail(
        dog=dog,
        place=typed.place(me, mission_id, typed.words(place)),
        at=times.moment(at, me.now()),
        wind_m_s=wind,
        chance_false=false,
        article=article,
        toward_deg=toward,
    )
    _noted(me, mission_id, piece, words)


@app.command(name="phone")
def phone(
    mission: str,
    *mast: typed.FreeWord,
    at: str,
    near: float = 0.0,
    far: float,
    azimuth: float | None = None,
    beam: float = 120.0,
    other: float = 0.1,
    words: Words = "",
) -> None:
    """Notes that a mast heard his phone: between two distances from it, within its beam where that is known.

    Example: wayhome search evidence phone "Lost hiker" 42.51,1.53 --at 15:05 --near 550 --far 1100 --azimuth 240

    Parameters
    ----------
    mission: the mission, by name or number
    mast: where the mast stands
    near: at least so many metres from the mast
    far: at most so many metres from the mast
    azimuth: the middle of the mast's beam, degrees clockwise from north
    beam: how wide the beam is, in degrees
    other: the chance that he does not carry it: 0 to 1
    at: when it was heard
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    piece = f.PhoneHeard(
        mast=typed.place(me, mission_id, typed.words(mast)),
        at=times.moment(at, me.now()),
        from_m=near,
        to_m=far,
        chance_other=other,
        azimuth_deg=azimuth,
        beam_deg=beam,
    )
    _noted(me, mission_id, piece, words)


@app.command(name="says")
def says(
    mission: str,
    *what: typed.FreeWord,
    likely: Annotated[list[str], Parameter(name="--if", negative=())],
    elsewhere: float = 0.5,
    at: str = "now",
) -> None:
    """Notes what has no place: how likely it would be under each hypothesis.

    Example: wayhome search evidence says "Lost hiker" his papers are gone --if "he fled=0.6" --if "he is hurt=0.1"

    Parameters
    ----------
    mission: the mission, by name or number
    what: what was said or found, in words
    likely: HYPOTHESIS=CHANCE, once for each hypothesis; only the ratios count
    elsewhere: how likely it would be if he is somewhere else altogether
    at: when it was said
    """
    me = session()
    mission_id = find.mission(me, mission)
    given = typed.pairs(likely, '"he fled=0.6"')
    said = {hypothesis(me, mission_id, name).hypothesis: _chance(value) for name, value in given.items()}
    piece = f.Spoken(likely=said, elsewhere=elsewhere, at=times.moment(at, me.now()))
    _noted(me, mission_id, piece, typed.words(what))


def _chance(typed_value: str) -> float:
    try:
        return float(typed_value)
    except ValueError as error:
        raise UsageError(f"{times.short(typed_value)} is no chance: type a number from 0 to 1, like 0.6") from error


def hypothesis(me: Session, mission: MissionId, typed_name: str) -> HypothesisView:
    """A hypothesis that stands, by name, handle or id."""
    held = [one for one in me.read("hypotheses", mission=mission).value if not one.dropped]
    listing = "wayhome search hypothesis list MISSION"
    found: HypothesisView = pick(
        typed_name, held, lambda h: (h.name, handle(h.hypothesis), h.hypothesis), "hypothesis", listing
    )
    return found


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists all evidence but the clues, with what was withdrawn.

    Example: wayhome search evidence list "Lost hiker"

    Parameters
    ----------
    mission: the mission, by name or number
    """
    me = session()
    table(
        me.read("evidence", mission=find.mission(me, mission)),
        [
            ("NO", lambda e: e.label),
            ("WHAT", lambda e: KINDS[type(e.piece)]),
            ("WHEN", lambda e: when(e)),
            ("SAYS", lambda e: said(e)),
            ("WORDS", lambda e: e.words),
            ("BY", lambda e: e.by_name),
            ("WITHDRAWN", lambda e: e.withdrawn),
        ],
        empty="no evidence",
    )


def when(one: EvidenceView) -> str:
    """The time that a piece speaks of."""
    piece = one.piece
    if isinstance(piece, f.AreaSearched | f.Watched):
        return f"{words(piece.start)} to {words(piece.end)}"
    if isinstance(piece, f.Swept):
        fixes = [fix for path in piece.paths for fix in path]
        first, last = min(fix.at.ms for fix in fixes), max(fix.at.ms for fix in fixes)
        zone = fixes[0].at.zone
        return f"{words(Moment(first, zone))} to {words(Moment(last, zone))}"
    return words(piece.at)


def said(one: EvidenceView) -> str:
    """What a piece says, in short."""
    match one.piece:
        case f.AreaSearched(pod=pod) | f.Watched(pod=pod):
            return f"nobody, POD {pod:.0%}"
        case f.Swept(width_m=width, paths=paths):
            return f"nobody, {len(paths)} tracks, {width:g} m wide"
        case f.Sighted(chance_other=other):
            return f"{other:.0%} another"
        case f.DogBearing(dog=dog, bearing_deg=degrees, tired=tired):
            return f"{dog} to {degrees:g}°{', tired' if tired else ''}"
        case f.DogTrail(dog=dog, toward_deg=toward):
            return f"{dog}{f' to {toward:g}°' if toward is not None else ''}"
        case f.PhoneHeard(from_m=near, to_m=far):
            return f"{near:g} to {far:g} m off"
        case f.Spoken():
            return f"{len(one.piece.likely)} hypotheses"


@app.command(name="withdraw")
def withdraw(mission: str, evidence: str, *, reason: str) -> None:
    """Withdraws a piece: the map is then as it would be without it, to the last bit. It stays in the list.

    Example: wayhome search evidence withdraw "Lost hiker" E3 --reason "that was our own team"

    Parameters
    ----------
    mission: the mission, by name or number
    evidence: the piece, by the number that `list` gives it
    reason: why it is withdrawn
    """
    me = session()
    mission_id = find.mission(me, mission)
    held: Sequence[EvidenceView] = [one for one in me.read("evidence", mission=mission_id).value if not one.withdrawn]
    found = pick(
        evidence,
        held,
        lambda e: (e.label, handle(e.evidence), e.evidence),
        "evidence",
        "wayhome search evidence list MISSION",
    )
    intent = WithdrawEvidence(mission=mission_id, evidence=Id(found.evidence), reason=reason)
    done(me.do(intent), f"Evidence {found.label} withdrawn")
