"""The part of the table that covers the desk: every address and method, and how the two-worlds test asks it.

Reads, advice and deeds are here by themselves, as `covered.py` names them. EVERY OTHER ADDRESS THAT IS NEW GOES INTO
`_asks` OR `_acts` BELOW, with requests that name guessed ids, or into `_left` with the reason why it need not be asked;
`test_desk_covered.py` fails until it does.

In a path, {mission} {offer} ... are ids that are guessed, {open} an open mission, {insider} {outsider} members; in a
query or a body, `?mission` and `!open` stand for the same, as in `covered.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from tests.fakes.photos import photo_bytes
from tests.worlds import covered, covered_care
from tests.worlds.covered import Shape

from wayhome.desk.api import NOT_BY_ITSELF

NOBODY = "nobody"
"""Who has no cookie."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request. `who`: it is always asked by the same, and not by whatever outsider looks around."""

    path: str
    query: Shape = {}
    json: Any = None
    form: Mapping[str, str] | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = {}
    who: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is asked. One that only reads is asked as if read in as well."""

    method: str
    requests: tuple[Request, ...]
    reads: bool = True


class Followed(msgspec.Struct, frozen=True):
    """Live updates: listened to all through both stories by everybody who is not read in."""

    path: str


class NotHere(msgspec.Struct, frozen=True):
    """An address that shows nothing of the record, and why this test leaves it out."""

    because: str


ROUTES: dict[str, Asked | Followed | NotHere] = {}
"""Every address with its method."""


def _asks(route: str, *requests: Request, reads: bool = True) -> None:
    method, _, path = route.partition(" ")
    ROUTES[route] = Asked(method=method, requests=requests or (Request(path=path),), reads=reads)


def _acts(route: str, *requests: Request) -> None:
    _asks(route, *requests, reads=False)


def _left(because: str, *routes: str) -> None:
    for route in routes:
        ROUTES[route] = NotHere(because)


for _name, _shapes in covered.READS.items():
    _asks(f"GET /api/read/{_name}", *(Request(path=f"/api/read/{_name}", query=shape) for shape in _shapes))

for _name, _shapes in covered.ADVICE.items():
    _asks(f"POST /api/advise/{_name}", *(Request(path=f"/api/advise/{_name}", json=shape) for shape in _shapes))

for _name, _shapes in covered_care.READS.items():
    _asks(f"GET /api/care/read/{_name}", *(Request(path=f"/api/care/read/{_name}", query=shape) for shape in _shapes))

DEEDS: dict[str, Callable[[covered.Aim], Sequence[msgspec.Struct]]] = {
    **{f"POST /api/do/{name}": made for name, made in covered.INTENTS.items() if name not in NOT_BY_ITSELF},
    **{f"POST /api/care/do/{name}": made for name, made in covered_care.INTENTS.items()},
}
"""The address of everything that may be stated at the desk, and how it is stated."""

ROUTES["WS /api/live"] = Followed("/api/live")
ROUTES["GET /api/events"] = Followed("/api/events")

_asks("GET /")
_asks("GET /board")
_asks("GET /me")
_asks("GET /people")
_asks("GET /m/{rest:path}", Request(path="/m/{mission}/log"), Request(path="/m/{open}"))
_asks("GET /me/{rest:path}", Request(path="/me/offers/{offer}"))
_asks("GET /care")
_asks("GET /care/{rest:path}", Request(path="/care/{mission}"))
_asks("GET /people/{rest:path}", Request(path="/people/{insider}"))
_asks("GET /more/{rest:path}", Request(path="/more/{mission}"))
_asks("GET /login", Request(path="/login", who=NOBODY))
_asks("GET /unlock")
_asks("POST /unlock", Request(path="/unlock", form={"passphrase": "guessed"}))
_asks("POST /logout", Request(path="/logout", who=NOBODY))
_asks("POST /api/sign-out", Request(path="/api/sign-out", who=NOBODY))
_asks("GET /api/here")
_asks(
    "GET /api/place",
    Request(path="/api/place", query={"words": "31T CH 78000 03000", "mission": "?mission"}),
    Request(path="/api/place", query={"words": "780 030", "mission": "?mission"}),
    Request(path="/api/place", query={"words": "780 030", "mission": "!open"}),
)
_asks(
    "POST /api/understand",
    Request(path="/api/understand", json={"mission": "?mission", "words": "Heron to base: at 42.5,1.5"}),
    Request(path="/api/understand", json={"mission": "!open", "words": "Heron 2 to base: boot found @0815"}),
)
_acts(
    "POST /api/log",
    Request(path="/api/log", json={"mission": "?mission", "entries": [{"key": "!key", "words": "Heron: hello"}]}),
    Request(path="/api/log", json={"mission": "!open", "entries": [{"key": "!key", "words": "Heron: hello"}]}),
)
_asks("GET /invite/{token:str}", Request(path="/invite/guessed", who=NOBODY))
_acts(
    "POST /invite/{token:str}",
    Request(path="/invite/guessed", who=NOBODY, form={"password": "long enough", "again": "long enough"}),
)
_acts("POST /api/invite", Request(path="/api/invite", json={"member": "!insider"}, who="Choji"))
_asks(
    "POST /api/roster",
    Request(path="/api/roster", json={"files": [{"name": "roster.csv", "text": "ref,name,rank\n101,Shika,jounin\n"}]}),
)
_asks("GET /api/forms")
_asks("GET /api/leads", *(Request(path="/api/leads", query=shape) for shape in covered.READS["mission"]))
_asks("GET /api/told")
_asks("GET /feed/{name:str}", Request(path="/feed/guessed.ics", query={"busy": True}, who=NOBODY))
for _paper in ("briefing.pdf", "log.pdf", "report.pdf", "log.csv"):
    _asks(
        f"GET /api/missions/{{mission:str}}/{_paper}",
        Request(path=f"/api/missions/{{mission}}/{_paper}"),
        Request(path=f"/api/missions/{{mission}}/{_paper}"),
        Request(path=f"/api/missions/{{open}}/{_paper}"),
    )
_asks("GET /api/working")
_acts(
    "POST /api/working/stop",
    Request(path="/api/working/stop", json={"name": "search_plan", "mission": "?mission"}),
    Request(path="/api/working/stop", json={"name": "search_plan", "mission": "!open"}),
)
_asks("GET /api/terrains")
_asks(
    "GET /api/missions/{mission:str}/where.geojson",
    Request(path="/api/missions/{mission}/where.geojson"),
    Request(path="/api/missions/{open}/where.geojson"),
)
for _sheet in ("map.png", "map.pdf"):
    _asks(
        f"GET /api/missions/{{mission:str}}/{_sheet}",
        Request(path=f"/api/missions/{{mission}}/{_sheet}", query={"terrain": "nowhere"}),
        Request(path=f"/api/missions/{{open}}/{_sheet}", query={"terrain": "nowhere"}),
    )

_asks(
    "GET /api/missions/{mission:str}/photos/{photo:str}",
    Request(path="/api/missions/{mission}/photos/{photo}.jpg"),
    Request(path="/api/missions/{open}/photos/{photo}.jpg"),
)
_sent = {"content-type": "image/jpeg", "photo-words": "a%20boot", "photo-name": "boot.jpg"}
_acts(
    "POST /api/missions/{mission:str}/photos",
    Request(path="/api/missions/{mission}/photos", body=photo_bytes(), headers=_sent),
    Request(path="/api/missions/{mission}/photos", body=b"no photo", headers=_sent),
    Request(path="/api/missions/{open}/photos", body=photo_bytes(), headers=_sent),
)

_left(
    "the ground is public, and its tiles show nothing of the record",
    "GET /api/tiles/{terrain:str}/{z:int}/{x:int}/{y:str}",
)
_left("it is the same file for everybody, made when the desk starts", "GET /static/{version:str}/{path:path}")
_left("it is the same file for everybody, made when the desk starts", "GET /sw.js", "GET /manifest.webmanifest")
_left("it is the same file for everybody, made when the desk starts", "GET /icon.svg", "GET /shell")
_left("it describes the program and not what is in it", "GET /api/openapi.json", "GET /api", "GET /api/{path:str}")
_left("signing in names nobody but whoever signs in, and takes a password", "POST /login", "POST /api/sign-in")
_left(
    "it says how this machine is reached, and nothing of the record", "GET /join", "GET /ca.crt", "GET /ca.mobileconfig"
)
_left("it speaks of one's own password and of nothing else", "POST /api/password", "POST /api/confirm")
_left("it speaks of one's own devices and codes, and of nothing else", "GET /api/sign-ins", "POST /api/sign-ins/end")
_left("it makes one's own codes, of which the read `recovery` tells", "POST /api/recovery-codes")
_asks("GET /recover", Request(path="/recover", who=NOBODY))
_acts(
    "POST /recover",
    Request(
        path="/recover",
        who=NOBODY,
        form={"name": "Choji", "code": "guessed", "password": "long enough", "again": "long enough"},
    ),
)
_left(
    "it says how this machine is reached, and nothing of the record", "GET /join", "GET /ca.crt", "GET /ca.mobileconfig"
)
_left("it speaks of one's own channels and of nothing else", "POST /api/channels", "POST /api/channels/try")
_left("it makes the secret address of one's own calendar, which is read above", "POST /api/feed")
_left(
    "an exercise is played in a house of its own, and shows nothing of this one",
    "GET /api/exercises",
    "POST /api/exercises/begin",
    "POST /api/exercises/step",
)
