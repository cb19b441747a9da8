"""After any history of read-ins, read-outs, tellings and emergencies, five ways of deciding agree on every item."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.access import cedar
from tests.access.histories import History, Size
from tests.access.judging import Judged, judge
from tests.access.oracle import Event, Item, Oracle
from tests.fakes.logs import memory_log, sqlite_log

from wayhome.mission.facts.secrecy import OpenedInEmergency, Told
from wayhome.mission.views.registry import SHOWS

HISTORIES = 60
LEAST_DECISIONS = 5_000


def test_five_ways_of_deciding_agree(tmp_path: Path) -> None:
    """SQL, the store in memory, the warden, the plain oracle and Cedar say the same of each viewer and each item."""
    stores = (sqlite_log(tmp_path), memory_log("memory"))
    whole = Judged()
    for seed in range(HISTORIES):
        whole.add(judge(History(seed, Size()), stores))
        assert not whole.differences, f"seed {seed}: {whole.differences[:3]}"
    assert whole.decisions >= LEAST_DECISIONS
    assert 0.1 < whole.allowed / whole.decisions < 0.9, "nearly everything or nearly nothing is seen: it shows little"
    stores[0].close()


@pytest.mark.parametrize("kind", [Told, OpenedInEmergency])
def test_each_way_of_coming_to_know_has_its_rows(kind: type) -> None:
    """Tellings and emergencies change what is seen, or the comparison above would not speak of them."""
    assert SHOWS.get(kind)


def test_a_store_that_forgets_a_read_out_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong word about one person makes the five ways differ."""
    stores = (sqlite_log(tmp_path), memory_log("memory"))
    monkeypatch.setattr(Oracle, "_hear", _deaf_to_read_outs(Oracle._hear))
    assert any(judge(History(seed, Size()), stores).differences for seed in range(5))
    stores[0].close()


def _deaf_to_read_outs(hear: Callable[[Oracle, Event], None]) -> Callable[[Oracle, Event], None]:
    def heard(oracle: Oracle, event: Event) -> None:
        if event.what != "read out":
            hear(oracle, event)

    return heard


def test_the_oracle_in_plain_words() -> None:
    """Read out ends access at once, an emergency too; a telling stays; what was told is command's once it is shown."""
    events = [
        Event("opened", "m", "owner"),
        Event("read in", "m", "kakashi"),
        Event("told", "m", "naruto", "t", "kakashi"),
        Event("glass broken", "m", "iruka", "g"),
    ]
    here, told, telling = Item("mission", "m"), Item("told", "t"), Item("telling", "t")
    before = Oracle(events)
    assert [before.may(who, here) for who in ("owner", "kakashi", "naruto", "iruka")] == [True, True, False, True]
    assert [before.may(who, telling) for who in ("owner", "kakashi", "naruto")] == [False, True, True]
    assert [before.may(who, told) for who in ("owner", "kakashi", "naruto")] == [False, True, False]
    events += [Event("read out", "m", "kakashi"), Event("read out", "m", "iruka"), Event("shown", "m", "", "t")]
    after = Oracle(events)
    assert [after.may(who, here) for who in ("owner", "kakashi", "iruka")] == [True, False, False]
    assert [after.may(who, told) for who in ("owner", "kakashi", "naruto")] == [True, False, False]
    assert [after.may(who, telling) for who in ("owner", "kakashi", "naruto")] == [False, False, True]
    allowed = cedar.decided(events, ["owner", "kakashi", "naruto", "iruka"], [here, told, telling])
    assert allowed == {
        (who, item)
        for who in ("owner", "kakashi", "naruto", "iruka")
        for item in (here, told, telling)
        if after.may(who, item)
    }
