"""`wayhome mission`: who is read in, the briefing, and who has acknowledged it."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.show import done, put, put_json, table, words
from wayhome.faces.names import names
from wayhome.mission.intents.missions import AcknowledgeBriefing, ReadInMember, ReadOutMember, WriteBriefing
from wayhome.mission.views.shapes import AcknowledgementView, BriefingView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId

app = App(name="people")


@app.command(name="read-in")
def read_in(mission: str, member: str, *, reason: str = "", override: str = "") -> None:
    """Reads a member in to a secret mission.

    Example: wayhome mission read-in "The long way" Sakura --reason "she treats him"

    Parameters
    ----------
    override: why, where more would know than may
    """
    me = session()
    intent = ReadInMember(
        mission=find.mission(me, mission), member=find.member(me, member), reason=reason, override=override
    )
    done(me.do(intent), f"{member} is read in")


@app.command(name="read-out")
def read_out(mission: str, member: str, *, reason: str) -> None:
    """Reads a member out: they see no more of it. That they know of it stays on record.

    Example: wayhome mission read-out "The long way" Sakura --reason "no longer needs to know"
    """
    me = session()
    intent = ReadOutMember(mission=find.mission(me, mission), member=find.member(me, member), reason=reason)
    done(me.do(intent), f"{member} is read out")


@app.command(name="read-ins")
def read_ins(mission: str) -> None:
    """Lists who was read in to a secret mission, by whom, since when, on what basis.

    Example: wayhome mission read-ins "The long way"
    """
    me = session()
    table(
        me.read("read_ins", mission=find.mission(me, mission)),
        [
            ("MEMBER", lambda r: r.member_name),
            ("BASIS", lambda r: r.basis),
            ("BY", lambda r: r.by_name),
            ("SINCE", lambda r: r.since),
            ("ENDED", lambda r: r.ended),
        ],
        empty="nobody is read in: an open mission is for everybody to see",
    )


@app.command(name="brief")
def brief(
    mission: str, *text: typed.FreeWord, caution: list[str] | None = None, because: list[str] | None = None
) -> None:
    """Writes the next version of the briefing. Whoever departs acknowledges it first.

    Example: wayhome mission brief "Lost hiker" "Search the ridge from the hut" --caution "ice above 2200 m"
    Example: wayhome mission brief "Lost hiker" @briefing.txt --because "Kiba=Akamaru has his scent"

    Parameters
    ----------
    text: the briefing in words, or @file (`@-` is standard input)
    caution: a danger to name; say it again for each
    because: NAME=REASON, why this one was chosen; say it again for each
    """
    me = session()
    mission_id = find.mission(me, mission)
    chosen = typed.pairs(because or (), '"Kiba=Akamaru has his scent"')
    intent = WriteBriefing(
        mission=mission_id,
        words=typed.words_or_file(text),
        cautions=tuple(caution or ()),
        chosen_because={find.member(me, name): reason for name, reason in chosen.items()},
    )
    done(me.do(intent), f"Briefing {_last_version(me, mission_id)} written")


def _last_version(me: Session, mission_id: MissionId) -> int:
    version: int = me.read("mission", mission=mission_id).value.briefing
    return version


@app.command(name="briefing")
def briefing(mission: str, *, version: int | None = None) -> None:
    """Shows the briefing, the last version or any before, as it was frozen, and who has acknowledged it.

    Example: wayhome mission briefing "Lost hiker" --version 1
    """
    me = session()
    mission_id = find.mission(me, mission)
    versions: tuple[BriefingView, ...] = me.read("briefings", mission=mission_id).value
    if here().as_json and version is None:
        put_json(versions)
        return
    fitting = [one for one in versions if version in (None, one.version)]
    if not fitting:
        has = f"there are versions 1 to {versions[-1].version}" if versions else "none has been written yet"
        raise UsageError(f"there is no such briefing: {has}")
    if here().as_json:
        put_json(fitting[-1])
        return
    known = names(me)
    _show_briefing(fitting[-1], known)
    acknowledged: tuple[AcknowledgementView, ...] = me.read("acknowledgements", mission=mission_id).value
    for one in acknowledged:
        how = f", by {one.channel}, typed by {one.typed_by_name}" if one.typed_by else ""
        put(f"  {one.member_name} acknowledged version {one.version} at {words(one.at)}{how}")


def _show_briefing(held: BriefingView, known: dict[str, str]) -> None:
    put(f"Briefing {held.version}, {held.by_name}, {words(held.at)}")
    put(held.words)
    for caution in held.cautions:
        put(f"  CAUTION: {caution}")
    for member, reason in held.chosen_because.items():
        put(f"  {known.get(member, member)} was chosen because: {reason}")


@app.command(name="acknowledge")
def acknowledge(mission: str, member: str = "me", *, channel: str = "", read: int | None = None) -> None:
    """Acknowledges the briefing: what it says has been read and understood.

    Example: wayhome mission acknowledge "Lost hiker"
    Example: wayhome mission acknowledge "Lost hiker" Kiba --channel radio

    Parameters
    ----------
    channel: how it reached you, where you type it for somebody else
    read: the version that was read, if not the last
    """
    me = session()
    mission_id = find.mission(me, mission)
    version = _last_version(me, mission_id) if read is None else read
    intent = AcknowledgeBriefing(mission=mission_id, member=find.member(me, member), version=version, channel=channel)
    done(me.do(intent), f"Briefing {version} acknowledged")
