"""The whole API as its own document describes it, asked with what fits and what does not, by every kind of member.

`WAYHOME_API_EXAMPLES=500 pytest tests/desk/test_api.py` asks more of each address, and other things each time.
"""

from __future__ import annotations

import functools
import os
import re
from collections import Counter
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks
from tests.fakes.desk import Answered, Desk, application
from tests.fakes.scene import Scene

from wayhome.desk.problems import Problems
from wayhome.mission.intents import field as i
from wayhome.mission.intents import people as p
from wayhome.values.ids import PersonId

MORE = int(os.environ.get("WAYHOME_API_EXAMPLES", "0"))
EXAMPLES = MORE or 4
ROLES = ("Tsunade", "Kotetsu", "Shizune", "Sakura", "Choji", "nobody")
"""Who founded it and commands, a clerk, an operator, a medic, a plain member, and nobody."""

CHECKS: list[Any] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
PASSWORDS = frozenset({"/api/sign-in", "/api/password"})
"""Each try takes as long as a password is meant to take; `test_signing_in.py` asks these."""
NOT_ASKED = frozenset({"/api/events", "/api/channels/try"})
"""The one never ends by itself, and `test_live.py` listens to it; the other sends messages to other machines."""


@functools.cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = Desk(Scene().house).ask("GET", "/api/openapi.json").json()
    return found


@functools.cache
def operations() -> dict[str, Any]:
    """Every address of the document by its operation's name."""
    schema: Any = schemathesis.openapi.from_dict(document())
    held = (one.ok() for one in schema.get_all_operations())
    return {one.definition.raw["operationId"]: one for one in held if one.path not in PASSWORDS | NOT_ASKED}


def names() -> list[str]:
    """The operations by name, without making a schema of them: collecting tests stays quick."""
    paths = document()["paths"]
    return [
        operation["operationId"]
        for path, methods in paths.items()
        if path not in PASSWORDS | NOT_ASKED
        for operation in methods.values()
    ]


class Village:
    """A desk with something of everything in it, and a token for each role."""

    def __init__(self) -> None:
        self.scene = Scene()
        made = self.scene.do("Tsunade", p.EnrolMember(name="Sakura", duties=("medic",)))
        self.scene.ids["Sakura"] = PersonId(made.made)
        offer = self.scene.offer("Neji")
        self.scene.accepts("Shikamaru")
        team = self.scene.form("Shikamaru")
        mission = self.scene.mission
        line = self.scene.do("Shizune", i.LogLine(mission=mission, words="hello", clue="a boot")).made
        casualty = self.scene.do("Shizune", i.ReportCasualty(mission=mission, who="Ana")).made
        self.known = {"mission": mission, "offer": offer, "team": team, "line": line, "casualty": casualty}
        self.known |= {"member": self.scene["Choji"], "one": self.scene["Choji"], "other": self.scene["Neji"]}
        self.desk = Desk(self.scene.house)
        self.tokens: dict[str, str] = {}

    def token(self, role: str) -> str:
        """A token that still stands for somebody: what was asked before may have signed them out."""
        if role == "nobody":
            return ""
        held = self.scene.house._signed_in._held  # whoever is signed in
        if len(held) < len(self.tokens) or role not in self.tokens:
            self.tokens = {name: self.scene.house.let_in(self.scene[name]) for name in ROLES[:-1]}
        return self.tokens[role]

    def ask(self, request: requests.PreparedRequest, role: str) -> Answered:
        parts = urlsplit(request.url or "")
        body = request.body.encode() if isinstance(request.body, str) else request.body
        assert body is None or isinstance(body, bytes)
        token = self.token(role)
        sent = {k: v if isinstance(v, str) else v.decode("latin-1") for k, v in request.headers.items()}
        sent.pop("Host", None)
        sent |= {"authorization": f"Bearer {token}"} if token else {}
        return self.desk.ask(
            request.method or "GET",
            unquote(parts.path, errors="surrogateescape"),
            raw_query=parts.query,
            body=body or None,
            headers={k: v for k, v in sent.items() if k.lower() != "content-length"},
        )

    def named(self, held: Any) -> Any:
        """The same with ids of what is there, so that more is reached than words for what is absent."""
        if isinstance(held, dict):
            return {name: self.known.get(name, self.named(value)) for name, value in held.items()}
        return [self.named(value) for value in held] if isinstance(held, list) else held


@functools.cache
def village() -> Village:
    return Village()


@pytest.mark.parametrize("name", names())
def test_an_address_answers_as_the_document_says(name: str) -> None:
    """No fault, no status or shape that is not documented, and what fails says what, where and what to do."""
    operation = operations()[name]
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    not_fitting = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if _can_be_wrong(name) else fitting

    @settings(
        max_examples=EXAMPLES,
        derandomize=not MORE,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(fitting, fitting, not_fitting), role=st.sampled_from(ROLES), named=st.booleans())
    def ask(case: Any, role: str, named: bool) -> None:
        _ask(case, role, named=named)

    ask()


def _can_be_wrong(name: str) -> bool:
    """Whether the address takes anything at all."""
    return bool(operations()[name].body) or bool(list(operations()[name].iter_parameters()))


def _ask(case: Any, role: str, *, named: bool) -> None:
    if named and case.query:
        case.query = village().named(case.query)
    if named and isinstance(case.body, dict):
        case.body = village().named(case.body)
    held = case.as_transport_kwargs(base_url="http://desk")
    request = requests.Request(**{k: v for k, v in held.items() if k in REQUEST}).prepare()
    answered = village().ask(request, role)
    headers: dict[str, list[str]] = {}
    for header, value in answered.headers:
        headers.setdefault(header, []).append(value)
    response = Response(answered.status, headers, answered.body, request, elapsed=0, verify=False)
    case.validate_response(response, checks=CHECKS)
    if answered.status >= 400:
        in_words(answered)


REQUEST = frozenset({"method", "url", "headers", "params", "cookies", "data", "json", "files"})


def in_words(answered: Answered) -> None:
    """What failed says so in one shape and in words."""
    problem = msgspec.json.decode(answered.body, type=Problems).error
    assert problem.code, answered
    assert len(problem.text.split()) >= 2, answered
    assert len(problem.do.split()) >= 2, answered


def test_operations_are_named_once_and_described() -> None:
    """Each operation has a name of its own and a line that says what it is for."""
    found = [operation for methods in document()["paths"].values() for operation in methods.values()]
    twice = [name for name, times in Counter(one["operationId"] for one in found).items() if times > 1]
    assert not twice
    assert all(one["summary"] for one in found)
    deeds = [one["summary"] for one in found if "deeds" in one["tags"]]
    assert len(set(deeds)) == len(deeds)


def test_the_document_says_how_to_sign_in_and_what_goes_wrong() -> None:
    """A bearer or the cookie opens all but signing in, and every failure is documented with its one shape."""
    held = document()
    assert set(held["components"]["securitySchemes"]) == {"bearer", "cookie"}
    for path, methods in held["paths"].items():
        for operation in methods.values():
            assert {"400", "401", "404", "409", "423", "500"} <= operation["responses"].keys(), path
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    shape = answer["content"]["application/json"]["schema"]
                    assert shape == {"$ref": "#/components/schemas/Problems"}, (path, status)


def test_the_document_reaches_every_address_of_the_api() -> None:
    """What begins with /api is in the document, but for the WebSocket and the document itself."""
    there = {re.sub(r":\w+}", "}", route.path) for route in application().routes if route.path.startswith("/api/")}
    assert there - set(document()["paths"]) <= {"/api/live", "/api/openapi.json", "/api/{path}"}
