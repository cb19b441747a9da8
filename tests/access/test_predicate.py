"""Who may see a row: the predicate in SQL and in memory, and a plain oracle that knows nothing of either, agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.logs import memory_log, sqlite_log
from tools.source import ROOT

from tools import check_seen
from wayhome.access.predicate import predicate_for
from wayhome.access.seen import NotAllowed, Seen, Warden, received
from wayhome.usecases.ports import Ask, Change, Grant, Log, Row
from wayhome.values.ids import OPEN, Mark, PersonId

PEOPLE = tuple(PersonId(letter * 32) for letter in "abc")
MARKS = (
    OPEN,
    Mark("m:1"),
    Mark("m:2"),
    Mark("self:" + PEOPLE[0]),
    Mark("duty:medic"),
    Mark("' OR 1=1 --"),
    Mark("火影"),
)

GRANTS = st.lists(st.builds(Grant, st.sampled_from(PEOPLE), st.sampled_from(MARKS), st.booleans()), max_size=20)
ROWS = st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 9), st.sampled_from(MARKS)), max_size=15)


def oracle(grants: list[Grant], rows: list[tuple[str, int, Mark]], viewer: PersonId) -> set[tuple[str, str]]:
    """Which rows somebody sees, by reading the grants as a person would: the last word on a mark holds."""
    seen: set[tuple[str, str]] = set()
    last_rows: dict[tuple[str, str], Mark] = {}
    for scope, number, mark in rows:
        last_rows[scope, str(number)] = mark
    for place, mark in last_rows.items():
        holds = False
        for grant in grants:
            if grant.person == viewer and grant.mark == mark:
                holds = grant.held
        if holds:
            seen.add(place)
    return seen


def changes(grants: list[Grant], rows: list[tuple[str, int, Mark]]) -> list[Change]:
    made = [Row("v", scope, str(number), mark, f"{number:03d}", b"{}") for scope, number, mark in rows]
    return _once(grants) + _last(made)


def _once(grants: list[Grant]) -> list[Change]:
    """As projections stand after replay: each mark held or not, by the last word on it."""
    last = {(grant.person, grant.mark): grant for grant in grants}
    return [grant for grant in last.values() if grant.held]


def _last(rows: list[Row]) -> list[Change]:
    return list({(row.scope, row.key): row for row in rows}.values())


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[Log]:
    return [memory_log("memory"), sqlite_log(tmp_path_factory.mktemp("access"))]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grants=GRANTS, rows=ROWS)
def test_sql_memory_and_oracle_agree(logs: list[Log], grants: list[Grant], rows: list[tuple[str, int, Mark]]) -> None:
    """For every person the same rows pass, in both stores, as the plain oracle says: hostile marks too."""
    for log in logs:
        log.replace_projections(changes(grants, rows))
        for viewer in PEOPLE:
            passed = log.rows(Ask("v"), predicate_for(viewer))
            assert {(row.scope, row.key) for row in passed} == oracle(grants, rows, viewer)
            assert [row.sort for row in passed] == sorted(row.sort for row in passed)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grants=GRANTS, rows=ROWS, limit=st.integers(1, 5))
def test_a_limit_counts_only_what_passes(
    logs: list[Log], grants: list[Grant], rows: list[tuple[str, int, Mark]], limit: int
) -> None:
    """The first so many rows are the first so many *visible* ones: hidden rows take no places on a page."""
    for log in logs:
        log.replace_projections(changes(grants, rows))
        for viewer in PEOPLE:
            everything = log.rows(Ask("v"), predicate_for(viewer))
            assert log.rows(Ask("v", limit=limit), predicate_for(viewer)) == everything[:limit]


@pytest.mark.parametrize("viewer", ["", "a' OR '1'='1", "%", "*", "a" * 10_000, "\x00", "nobody"])
def test_a_strange_viewer_sees_nothing(logs: list[Log], viewer: str) -> None:
    """No id, however made up, matches more than its own grants."""
    for log in logs:
        log.replace_projections(changes([Grant(PEOPLE[0], OPEN)], [("x", 1, OPEN)]))
        assert log.rows(Ask("v"), predicate_for(PersonId(viewer))) == []


def test_the_warden_refuses_a_row_that_a_query_let_through() -> None:
    """A planted foreign row is caught after the query, whatever the query's own table said."""
    warden = Warden(PEOPLE[0], frozenset({OPEN}))
    warden.check([OPEN, OPEN])
    with pytest.raises(NotAllowed, match="1 rows were not for"):
        warden.check([OPEN, Mark("m:1")])


def test_the_warden_mints_only_what_every_mark_allows() -> None:
    """A value made of several rows carries all their marks."""
    warden = Warden(PEOPLE[0], frozenset({OPEN, Mark("m:1")}))
    assert warden.seen("x", [OPEN, Mark("m:1")]) == Seen("x", PEOPLE[0])
    with pytest.raises(NotAllowed):
        warden.seen("x", [OPEN, Mark("m:2")])


def test_the_warden_says_nothing_of_what_was_hidden() -> None:
    """Its complaint is for us, and names neither the mark nor what lay under it."""
    with pytest.raises(NotAllowed) as complaint:
        Warden(PEOPLE[0], frozenset()).seen("Kagerou", [Mark("m:Kagerou")])
    assert "Kagerou" not in str(complaint.value)


def test_what_came_over_the_socket_is_seen_by_its_viewer() -> None:
    """A value received from the process that owns the record keeps its viewer."""
    assert received((1, 2), PEOPLE[1]).viewer == PEOPLE[1]


def test_seen_cannot_be_changed() -> None:
    """What was seen stays what it was, and whose."""
    seen = received("x", PEOPLE[0])
    with pytest.raises(AttributeError):
        seen.viewer = PEOPLE[1]  # type: ignore[misc]  # that is the point


def test_seen_is_minted_in_access_alone() -> None:
    """No other room of the program calls `Seen` or a way around it (tests/tools shows the check failing)."""
    assert check_seen.check(ROOT) == []
