"""Exercises on the desk: the stories, and one of them played step by step on a clock of its own, for command."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.exceptions import NotFoundException

from wayhome.assembly.staging import ExerciseTold, Play, Stage
from wayhome.desk.signed import door_of, me_of
from wayhome.mission.rules import Refused
from wayhome.mission.views.shapes import OrganisationView
from wayhome.usecases.composed import MemberPage
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

Asked = Request[Any, Any, Any]
MOST_AT_ONCE = 4
"""Each holds a whole organisation in memory; the one played longest ago goes first."""


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise under way: its clock, and what became of each step so far."""

    run: str
    clock: Moment
    exercise: ExerciseTold
    over: bool


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(max_length=100)]


class Next(msgspec.Struct, frozen=True, kw_only=True):
    run: Annotated[str, msgspec.Meta(max_length=64)]


class Plays:
    """The exercises under way at one desk, each its member's own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[PersonId, Play, threading.Lock]] = OrderedDict()

    def begin(self, viewer: PersonId, play: Play) -> str:
        run = secrets.token_hex(8)
        with self._lock:
            self._held[run] = (viewer, play, threading.Lock())
            while len(self._held) > MOST_AT_ONCE:
                self._held.popitem(last=False)
        return run

    def step(self, viewer: PersonId, run: str) -> Played:
        """Plays the next step. Raises NotFoundException for a run that is not theirs."""
        with self._lock:
            found = self._held.get(run)
            if found is None or found[0] != viewer:
                raise NotFoundException("there is no such exercise under way: begin it anew")
            self._held.move_to_end(run)
        _, play, turn = found
        with turn:
            play.step()
            return told(run, play)


def told(run: str, play: Play) -> Played:
    exercise = play.told()
    over = all(step.status != "to come" for step in exercise.steps)
    return Played(run=run, clock=play.now(), exercise=exercise, over=over)


PLAYS = Plays()


@get("/api/exercises", sync_to_thread=True, tags=["exercises"], summary="The stories that can be played")
def exercises(request: Asked) -> tuple[ExerciseTold, ...]:
    """Every story with its steps, who does what in each, and what it is to show."""
    stage, _ = _commanding(request)
    return stage.exercises()


@post("/api/exercises/begin", sync_to_thread=True, status_code=200, tags=["exercises"], summary="Begins a story")
def begin(request: Asked, data: Wish) -> Played:
    """A house of its own in memory, on its own clock, before the first step. The record is not touched."""
    stage, me = _commanding(request)
    play = stage.begin(data.name)
    if play is None:
        raise NotFoundException("there is no such exercise: GET /api/exercises lists them")
    return told(PLAYS.begin(me.viewer, play), play)


@post("/api/exercises/step", sync_to_thread=True, status_code=200, tags=["exercises"], summary="Plays the next step")
def step(request: Asked, data: Next) -> Played:
    """Plays one step to its end, and says what held."""
    _, me = _commanding(request)
    return PLAYS.step(me.viewer, data.run)


def _commanding(request: Asked) -> tuple[Stage, Session]:
    """The stage and whoever asks, where they command."""
    me = me_of(request)
    organisation: OrganisationView = me.read("organisation").value
    own: MemberPage = me.read("member", member=me.viewer).value
    if me.viewer != organisation.commander and "commander" not in own.member.duties:
        raise Refused("not yours to do", "exercises are for command to play")
    stage = door_of(request).stage
    if stage is None:
        raise Refused("no exercises", "this desk has no exercises: run `wayhome exercise list` beside it")
    return stage, me


HANDLERS: tuple[Any, ...] = (exercises, begin, step)
