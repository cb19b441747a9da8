"""More leaks planted on purpose, one for each way in which it gets out that there is something: all must be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wayhome.access.seen import Seen
from wayhome.cli import outfile
from wayhome.cli.context import session
from wayhome.links.files import write_atomic
from wayhome.mission.intents.missions import RaiseAlarm
from wayhome.mission.intents.secrecy import BreakGlass
from wayhome.mission.need_to_know import Secrecy
from wayhome.mission.rules import Act, Decision, Refused, telling
from wayhome.mission.rules.common import RULES
from wayhome.mission.state import Mission
from wayhome.mission.state import World as State
from wayhome.mission.views import shapes as v
from wayhome.mission.views import telling as telling_rows
from wayhome.mission.views.registry import Shown
from wayhome.usecases import keeping
from wayhome.usecases.acting import Acting
from wayhome.usecases.following import Following, Frame
from wayhome.usecases.notifying import Notifier
from wayhome.usecases.ports import Ask, Log, Messenger
from wayhome.usecases.reading import READS, Reading
from wayhome.usecases.rows import NothingThere
from wayhome.usecases.standing import Standing
from wayhome.values.ids import MissionId, PersonId

Plant = Callable[[pytest.MonkeyPatch], None]
_RULES: dict[Any, Any] = RULES


def unique_name(patch: pytest.MonkeyPatch) -> None:
    """A name may be given but once, and hidden missions count: whoever types the same is refused."""
    rule = RULES[RaiseAlarm]

    def raised(intent: RaiseAlarm, world: State, act: Act) -> Decision:
        if any(mission.name == intent.name for mission in world.missions.values()):
            raise Refused("name taken", "there is a mission of that name: choose another")
        return rule(intent, world, act)

    patch.setitem(_RULES, RaiseAlarm, raised)


def version_of_an_answer(patch: pytest.MonkeyPatch) -> None:
    """What stands for the state of an answer (an ETag, a slug) is counted over everything that was written."""
    read = READS["vehicles"]

    def vehicles(reading: Reading) -> Seen[Any]:
        seen = read(reading)
        version = sum(reading._log.heads().values())
        return reading.again(seen, tuple(msgspec.structs.replace(one, what=f"v{version}") for one in seen.value))

    patch.setitem(READS, "vehicles", vehicles)


def page_number(patch: pytest.MonkeyPatch) -> None:
    """Lines are numbered for paging over all missions, so that a hidden line leaves a gap."""
    read = READS["log"]

    def log(reading: Reading, mission: MissionId, **asked: Any) -> Seen[Any]:
        seen = read(reading, mission, **asked)
        numbers = {row.key: n for n, row in enumerate(reading._log.rows(Ask("line"), None))}
        paged = tuple(msgspec.structs.replace(one, sort=f"page {numbers.get(one.line, 0)}") for one in seen.value)
        return reading.again(seen, paged)

    patch.setitem(READS, "log", log)


def so_many_hidden(patch: pytest.MonkeyPatch) -> None:
    """A list says how many more there are that its reader may not see."""

    def missions(reading: Reading) -> Seen[Any]:
        seen = Reading.missions(reading)
        hidden = len(reading._log.rows(Ask("mission"), None)) - len(seen.value)
        first = [msgspec.structs.replace(one, name=f"{one.name} (+{hidden} hidden)") for one in seen.value[:1]]
        return reading.again(seen, (*first, *seen.value[1:]))

    patch.setitem(READS, "missions", missions)


def ranking(patch: pytest.MonkeyPatch) -> None:
    """What is found is weighed by how many lines there are in all, and put in that order."""
    read = READS["callsigns"]

    def callsigns(reading: Reading) -> Seen[Any]:
        seen = read(reading)
        lines = len(reading._log.rows(Ask("line"), None))
        return reading.again(seen, tuple(sorted(seen.value, key=lambda one: (sum(map(ord, one.name)) * lines) % 89)))

    patch.setitem(READS, "callsigns", callsigns)


def cache(patch: pytest.MonkeyPatch) -> None:
    """An answer is kept and given to the next who asks, whoever that is."""
    kept: dict[tuple[int, int], Any] = {}

    def board(reading: Reading) -> Seen[Any]:
        seen = Reading.board(reading)
        at = (id(reading._log), reading._now.ms)
        shown = kept.setdefault(at, seen.value)
        if len(shown.missions) < len(seen.value.missions):
            kept[at] = shown = seen.value
        return reading.again(seen, shown)

    patch.setitem(READS, "board", board)


class _Loud:
    """A messenger that adds to what it sends how many alarms there are anywhere."""

    def __init__(self, messenger: Messenger, acting: Acting) -> None:
        self._messenger = messenger
        self._acting = acting

    def send(self, url: str, title: str, body: str) -> None:
        alarms = sum(len(mission.alarms) for mission in self._acting.standing.world.missions.values())
        self._messenger.send(url, title, f"{body} ({alarms} alarms)")


def notification(patch: pytest.MonkeyPatch) -> None:
    """What is sent to a lock screen says how many alarms there are anywhere."""
    true_init = Notifier.__init__

    def init(notifier: Notifier, log: Log, acting: Acting, messenger: Messenger, *more: Any) -> None:
        true_init(notifier, log, acting, _Loud(messenger, acting), *more)

    patch.setattr(Notifier, "__init__", init)


def export(patch: pytest.MonkeyPatch) -> None:
    """A written file bears the number of everything that was ever written."""

    def write(file: Path, body: bytes, *, mode: int = 0o644) -> None:
        log = session()._log  # type: ignore[attr-defined]  # in these worlds it is there
        write_atomic(file, body + str(sum(log.heads().values())).encode(), mode=mode)

    patch.setattr(outfile, "write_atomic", write)


def metrics(patch: pytest.MonkeyPatch) -> None:
    """What a merge brought is counted whole, also what whoever merges may not know of."""
    patch.setattr(keeping, "_may_count", lambda _world, _stream, _by: True)


def who_knows_screen(patch: pytest.MonkeyPatch) -> None:
    """Who knows is refused otherwise where there is somebody who does."""
    read = READS["know"]

    def know(reading: Reading, mission: MissionId, **asked: Any) -> Seen[Any]:
        try:
            return read(reading, mission, **asked)
        except NothingThere as nothing:
            if mission in reading._standing.world.missions:
                raise NothingThere("mission whose knowers are") from nothing
            raise

    patch.setitem(READS, "know", know)


def audit(patch: pytest.MonkeyPatch) -> None:
    """Who looked is refused otherwise where there was something to look at."""
    read = READS["looks"]

    def looks(reading: Reading, mission: MissionId) -> Seen[Any]:
        seen = read(reading, mission)
        if mission in reading._standing.world.missions and not seen.value:
            raise NothingThere("mission of which you may know who looked")
        return seen

    patch.setitem(READS, "looks", looks)


def compartment_name(patch: pytest.MonkeyPatch) -> None:
    """Messages to open pages name the compartments in which anything changed."""
    true_frame = Following._frame

    def framed(following: Following, *given: Any, **more: Any) -> Frame:
        frame = true_frame(following, *given, **more)
        hidden = sorted({m.id for m in following._acting.standing.world.missions.values() if m.secret})
        return msgspec.structs.replace(frame, changed=(*frame.changed, *(("mission", one) for one in hidden)))

    patch.setattr(Following, "_frame", framed)


def told_too_much(patch: pytest.MonkeyPatch) -> None:
    """A telling says all there is, whatever level it was told at."""
    patch.setattr(telling, "part_up_to", lambda part, _level: part)


def telling_names_its_mission(patch: pytest.MonkeyPatch) -> None:
    """A listener's telling bears something of the mission that it is of."""
    true_row = telling_rows._telling

    def row(*given: Any) -> Shown:
        shown = true_row(*given)
        assert isinstance(shown.body, v.TellingView)
        body = msgspec.structs.replace(shown.body, promise=f"{shown.body.promise} {len(MISSIONS)}")
        return msgspec.structs.replace(shown, body=body)

    MISSIONS.clear()
    true_told = telling_rows._of_the_mission

    def of_the_mission(held: Mission, told: Any) -> Iterator[Any]:
        MISSIONS.append(held.id)
        MISSIONS.extend(str(one) for one in held.secrecy.tellings)
        return true_told(held, told)

    patch.setattr(telling_rows, "_of_the_mission", of_the_mission)
    patch.setattr(telling_rows, "_telling", row)


MISSIONS: list[str] = []


def cover_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Whoever departs is shown as away, although they have a cover."""
    patch.setattr(Secrecy, "cover_of", lambda _secrecy, _about, _now: None)


def emergency(patch: pytest.MonkeyPatch) -> None:
    """A guardian, and with them everybody who sees that the glass was broken, reads whether there was anything."""
    rule = RULES[BreakGlass]

    def broken(intent: BreakGlass, world: State, act: Act) -> Decision:
        decision = rule(intent, world, act)
        first = decision.says[0]
        fact = msgspec.structs.replace(first.fact, reason=f"opened {len(decision.says) - 1}")
        return msgspec.structs.replace(decision, says=(msgspec.structs.replace(first, fact=fact), *decision.says[1:]))

    patch.setitem(_RULES, BreakGlass, broken)


def read_out_for_show(patch: pytest.MonkeyPatch) -> None:
    """Whoever was read out is refused as before, but sees the rows still."""
    true_held = Standing.held

    def held(standing: Standing, viewer: PersonId, *, openly: bool = False) -> Any:
        known = {mission.mark for mission in standing.world.missions.values() if viewer in mission.known_to}
        return true_held(standing, viewer, openly=openly) | known

    patch.setattr(Standing, "held", held)

    def missions(reading: Reading) -> Seen[Any]:
        seen = Reading.missions(reading)
        mine = reading._standing.held(reading._viewer)
        rows = [row for row in reading._log.rows(Ask("mission"), None) if row.mark in mine]
        return reading.again(seen, tuple(msgspec.json.decode(row.body, type=v.MissionView) for row in rows))

    patch.setitem(READS, "missions", missions)


BREACHES: dict[str, Plant] = {
    "unique name": unique_name,
    "version of an answer": version_of_an_answer,
    "page number": page_number,
    "so many hidden": so_many_hidden,
    "ranking": ranking,
    "cache": cache,
    "notification": notification,
    "export": export,
    "metrics": metrics,
    "who-knows screen": who_knows_screen,
    "audit screen": audit,
    "compartment name": compartment_name,
    "told too much": told_too_much,
    "telling that names its mission": telling_names_its_mission,
    "cover forgotten": cover_forgotten,
    "emergency": emergency,
    "read out for show": read_out_for_show,
}
