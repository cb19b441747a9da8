"""The desk of both worlds, looked at by people not read in: every address by turns, and live updates all the while."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec
from tests.fakes.desk import Answered, Desk
from tests.worlds import covered
from tests.worlds.cast import INSIDERS, OUTSIDERS
from tests.worlds.desk_table import DEEDS, NOBODY, ROUTES, Asked, Followed, Request
from tests.worlds.pair import NAME, Pair
from tests.worlds.pair import Asked as Question
from tests.worlds.world import World

from wayhome.desk.live import Hub
from wayhome.usecases.acting import Watcher
from wayhome.usecases.following import Following, Listener
from wayhome.values.ids import Mark, PersonId, derive

READING = [route for route, held in ROUTES.items() if isinstance(held, Asked) and held.reads]
WRITING = [route for route, held in ROUTES.items() if isinstance(held, Asked) and not held.reads]
QUICK = ("/api/advise/picture", "/map.png", "/map.pdf")
"""Asked here of a ground that is nowhere: `test_searching` draws maps of one that is there."""
SLOW = [r for r in READING if ("/api/advise/" in r or r.endswith((".pdf", ".png"))) and not r.endswith(QUICK)]
"""Engines and paper take their time."""
PLAIN = [route for route in READING if route not in SLOW]

SHARE_A_LOOK = 4
"""One in four addresses is asked at each of two looks, in turn, so that 300 pairs ask each 150 times."""
SLOW_A_LOOK = 2
SLOW_AS_IF_READ_IN = 0.4
"""In so many of the slow ones it is found out what somebody read in would have been told."""
DEEDS_A_PAIR = 30
LISTENING = 4
"""So many of the outsiders are listened for, in each pair others."""
EPOCH = re.compile(r'("cursor":")[0-9a-f]+')
PLACED = re.compile(r"\{(\w+)\}")


class _AsIfReadIn:
    """What the trails would be made of if everybody who listens were read in."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair

    @property
    def standing(self) -> _AsIfReadIn:
        return self

    def held(self, viewer: PersonId, *, openly: bool) -> frozenset[Mark]:
        held = self._pair.with_secret.house.acting.standing.held(viewer, openly=openly)
        return held | {Mark(f"m:{self._pair.secret_id}")} if self._pair.secret_id else held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pair.with_secret.house.acting.standing, name)

    def watch(self, watcher: Watcher) -> None:
        self._pair.with_secret.house.acting.watch(watcher)


class _Ears:
    """One world's listeners, one for each outsider, and how often each was woken."""

    def __init__(self, pair: Pair, world: World) -> None:
        self.woken: dict[PersonId, int] = {}
        world.house.heard = self._heard
        self.listeners = {name: world.house.following.join(pair.cast[name]) for name in OUTSIDERS}
        self.cursors = dict.fromkeys(OUTSIDERS, "")

    def _heard(self, viewers: frozenset[PersonId]) -> None:
        for viewer in viewers:
            self.woken[viewer] = self.woken.get(viewer, 0) + 1


class DeskSide:
    """The desk side of one pair."""

    def __init__(self, pair: Pair, open_mission: str, vehicle: str) -> None:
        self.pair = pair
        self.open = open_mission
        self.vehicle = vehicle
        self.restarted = 0
        self.desks: dict[int, Desk] = {}
        self.tokens: dict[tuple[int, str], str] = {}
        self.hub = Hub()
        self.listening = ("Tsunade", "Shizune", *pair.random("listening").sample(OUTSIDERS[2:], k=LISTENING - 2))
        self._begin()

    def _begin(self) -> None:
        """Everybody opens their pages: at first, and when the laptops were started anew."""
        pair = self.pair
        self.desks = {id(world): Desk(world.house) for world in pair.worlds}
        self.tokens.clear()
        self.ears = [_Ears(pair, world) for world in pair.worlds]
        acting: Any = _AsIfReadIn(pair)
        log = pair.with_secret.house.log
        unfiltered = Following(log, acting, new_epoch=lambda: "unfiltered", wake=lambda _viewers: None)
        self.unfiltered = {name: unfiltered.join(pair.cast[name]) for name in self.listening}

    # Live updates

    def step(self) -> None:
        """After each step of either story: the same messages in both worlds, and nobody woken in one alone."""
        self._channels()
        if self.restarted != self.pair.without.restarted:
            self.restarted = self.pair.without.restarted
            self._begin()
        for name in self.listening:
            a, b = (_message(self.hub, ears.listeners[name]) for ears in self.ears)
            shown = _message(self.hub, self.unfiltered[name])
            woken_a, woken_b = (ears.woken.pop(self.pair.cast[name], 0) for ears in self.ears)
            if name in self.pair.was_inside:
                continue
            if shown != a or a or b or woken_a != woken_b:
                would = _frames(shown) + b" as if read in" if _frames(shown) != _frames(a) else a
                self.pair.compare(Question("desk", "live message", name, ""), a, b, would)
                self._wakes(name, woken_a, woken_b, bool(shown))

    def _channels(self) -> None:
        """What each of them was sent by their channels since the last step."""
        sent = [list(world.post.taken) for world in self.pair.worlds]
        for name in OUTSIDERS:
            a, b = ([one for one in taken if one[0].endswith(self.pair.cast[name])] for taken in sent)
            if a or b:
                self.pair.compare(Question("channel", "messages", name, ""), repr(a).encode(), repr(b).encode())
        for world in self.pair.worlds:
            world.post.taken.clear()

    def _wakes(self, name: str, a: int, b: int, would: bool) -> None:
        told, other = str(a).encode(), str(b).encode()
        as_if_read_in = told if bool(a) == would else b"woken as if read in"
        self.pair.compare(Question("desk", "live wake", name, ""), told, other, as_if_read_in)

    def _listen(self, route: str, path: str, viewer: str) -> None:
        """The same over the desk's own address, from where each left off at the last look."""
        told = []
        for world, ears in zip(self.pair.worlds, self.ears, strict=True):
            desk, token = self.desks[id(world)], self._token(world, viewer)
            query = {"cursor": ears.cursors[viewer]}
            if route.startswith("WS"):
                said = "\n".join(map(str, desk.listen(path, token=token, query=query)))
            else:
                said = desk.ask("GET", path, token=token, query=query, chunks=1).whole().decode()
                ears.cursors[viewer] = said.partition('"cursor":"')[2].partition('"')[0]
            told.append(EPOCH.sub(r"\1", said).encode())
        self.pair.compare(Question("desk", route, viewer, ""), told[0], told[1])

    # Addresses

    def look(self, chance: Random, turn: int) -> None:
        """Some of the addresses that read, by turns, as somebody who is not read in."""
        viewer = chance.choice(OUTSIDERS)
        for route, held in ROUTES.items():
            if isinstance(held, Followed) and viewer not in self.pair.was_inside:
                self._listen(route, held.path, viewer)
        for route in (*_in_turn(PLAIN, len(PLAIN) // SHARE_A_LOOK + 1, turn), *_in_turn(SLOW, SLOW_A_LOOK, turn)):
            self._ask(route, viewer, chance, turn)

    def act(self, chance: Random, turn: int) -> None:
        """Some of the addresses that write, at hidden ids and at ids that name nothing."""
        for route in WRITING:
            self._ask(route, chance.choice(OUTSIDERS), chance, turn)
        for route in _in_turn(list(DEEDS), DEEDS_A_PAIR, turn):
            self._state(route, chance.choice(("Tsunade", "Shizune", "Kotetsu", chance.choice(OUTSIDERS))), chance)

    def _ask(self, route: str, viewer: str, chance: Random, turn: int) -> None:
        held = ROUTES[route]
        assert isinstance(held, Asked)
        request = held.requests[turn % len(held.requests)]
        who = request.who or viewer
        key = derive(self.pair.seed, route, str(chance.random()))
        insider = self.pair.cast[chance.choice(INSIDERS)]

        def ask(world: World, guessed: dict[str, str]) -> bytes:
            known = self._known(world, viewer) | {"key": key, "insider": insider} | guessed
            if world.keys.purpose != "as if read in":
                world.keys.purpose = "open"
            return self._sent(world, who, held.method, request, known)

        advice_is_written = "/api/advise/" in route and request.json.get("mission", "!open") == "!open"
        too_slow = route in SLOW and chance.random() > SLOW_AS_IF_READ_IN
        writes = not held.reads or advice_is_written or too_slow
        self.pair.ask(Question("desk", route, viewer, repr(request)), ask, writes=writes)

    def _sent(self, world: World, who: str, method: str, request: Request, known: Mapping[str, Any]) -> bytes:
        token = "" if who == NOBODY else self._token(world, who)
        answered = self.desks[id(world)].ask(
            method,
            PLACED.sub(lambda found: str(known[found[1]]), request.path),
            token=token,
            query=_filled(request.query, known),
            json=_filled(request.json, known),
            form=request.form,
            body=request.body,
            headers=request.headers,
        )
        return _sound(request.path, answered)

    def _known(self, world: World, viewer: str) -> dict[str, Any]:
        outsider = self.pair.cast[viewer]
        return {"open": self.open, "outsider": outsider, "typed": f"{NAME} {self.pair.seed}"}

    def _token(self, world: World, who: str) -> str:
        at = (id(world), who)
        if at not in self.tokens:
            self.tokens[at] = world.house.let_in(self.pair.cast[who])
            world.house.lend_keys(self.tokens[at])
        return self.tokens[at]

    # Deeds

    def _state(self, route: str, who: str, chance: Random) -> None:
        guess, insider = self.pair.guess(), self.pair.cast[chance.choice(INSIDERS)]
        aims = [self._aim(who, insider, guessed) for guessed in (guess.in_secret(), guess.absent)]
        made = DEEDS[route]
        for number, intents in enumerate(zip(*(made(aim) for aim in aims), strict=True)):
            key = derive(self.pair.seed, route, str(number))
            told = [
                self._stated(world, who, route, intent, key)
                for world, intent in zip(self.pair.worlds, intents, strict=True)
            ]
            self.pair.compare(Question("desk", route, who, repr(intents[0])), told[0], told[1])

    def _stated(self, world: World, who: str, route: str, intent: msgspec.Struct, key: str) -> bytes:
        world.keys.purpose = "open"
        desk, body = self.desks[id(world)], msgspec.json.encode(intent)
        path, sent = route.partition(" ")[2], {"idempotency-key": key}
        return _sound(path, desk.ask("POST", path, token=self._token(world, who), body=body, headers=sent))

    def _aim(self, who: str, insider: PersonId, guessed: dict[str, str]) -> covered.Aim:
        return covered.Aim(
            guess=guessed,
            open=self.open,  # type: ignore[arg-type]  # an id as the story gave it
            insider=insider,
            outsider=self.pair.cast[who],
            vehicle=self.vehicle,  # type: ignore[arg-type]  # an id as the story gave it
            now=self.pair.without.clock.now.at("Europe/Andorra"),
            typed=f"{NAME} {self.pair.seed}",
        )


def _sound(path: str, answered: Answered) -> bytes:
    """The whole answer. One that says that the request itself was wrong would compare nothing."""
    assert answered.status < 500, f"{path}: {answered.body!r}"
    assert b'"does not fit"' not in answered.body, f"{path}: {answered.body!r}"
    return answered.whole()


def _message(hub: Hub, listener: Listener) -> bytes:
    """What a tab would be sent, without the part of its cursor that is drawn for each trail; empty for nothing."""
    return EPOCH.sub(r"\1", hub.message(listener.take()).decode()).encode() if listener.has_news else b""


def _frames(message: bytes) -> bytes:
    """A message without its cursor."""
    return message.partition(b",")[2]


def _in_turn(names: Sequence[str], count: int, turn: int) -> list[str]:
    return [names[(turn * count + number) % len(names)] for number in range(count)]


def _filled(held: Any, known: Mapping[str, Any]) -> Any:
    """What is sent, with guessed and known ids put in wherever they stand."""
    if isinstance(held, str) and held[:1] in ("?", "!"):
        return known[held[1:]]
    if isinstance(held, dict):
        return {name: _filled(value, known) for name, value in held.items()}
    if isinstance(held, list | tuple):
        return [_filled(value, known) for value in held]
    return held
