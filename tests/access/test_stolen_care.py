"""The owner of the server, with the disk and the master key: what was said in care is not there, nor that it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from argon2 import PasswordHasher
from tests.fakes.house import SCALES, StandingClock
from tests.fakes.logs import CHEAP
from tests.fakes.secret_scanner import scan_bytes, scan_folder

from wayhome.assembly.local import Founding, found, open_house
from wayhome.engines.care import stated as c
from wayhome.links import passwords
from wayhome.log import backup as log_backup
from wayhome.log import cells, database
from wayhome.log.drawer_file import DRAWERS_FILE
from wayhome.log.sqlite_store import SqliteLog
from wayhome.mission.intents import people as p
from wayhome.usecases.ports import Ask
from wayhome.values.ids import Id, PersonId

PASSPHRASE, PASSWORD = "a passphrase that nobody guesses", "a long password"
SAID = ["a heron in the dark", "hardly at all", "he was my brother", "it was my fault alone"]
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    monkeypatch.setattr(passwords.hashed, "__defaults__", (QUICK,))


class World:
    """A folder in which the same happens whether or not anybody is looked after."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.clock = StandingClock()
        founding = Founding(
            name="The Leaf", zone="UTC", profile="leaf", scales=SCALES, founder="Tsunade", password=PASSWORD
        )
        self.house = found(at, founding, passphrase=PASSPHRASE, clock=self.clock, cost=CHEAP)
        self.tokens = {"Tsunade": self.house.sign_in("Tsunade", PASSWORD)[0]}
        for name, duties in (("Shizune", ("carer", "medic")), ("Hinata", ("carer",)), ("Naruto", ()), ("Sai", ())):
            self.joins(name, duties)

    def joins(self, name: str, duties: tuple[str, ...]) -> None:
        me = self.house.session(self.tokens["Tsunade"])
        member = PersonId(me.do(p.EnrolMember(name=name, ref=name, duties=duties)).made)
        invitation = self.house.invite(self.tokens["Tsunade"], member)
        self.tokens[name] = self.house.take_invitation(invitation, PASSWORD)[0]

    def care(self, name: str, intent: c.CareIntent) -> str:
        return self.house.session(self.tokens[name]).care_do(intent).made

    def is_looked_after(self) -> None:
        """Naruto asks, says how he is, is not safe, has a supporter; Sai tells a worry. Much is said, all in care."""
        ids = {person.name: person.id for person in self.house.acting.standing.world.people.values()}
        self.care("Naruto", c.AskForCare())
        case = Id(self.read("Naruto", "my_care").case)
        self.care("Shizune", c.TakeCase(case=case))
        for words in SAID:
            self.clock.forward(hours=1)
            self.care("Naruto", c.CheckIn(safe=True, colour="yellow", sleep="badly", words=words))
        self.care("Naruto", c.CheckIn(safe=False, words=SAID[0]))
        self.care("Sai", c.TellWorry(about=ids["Naruto"], words=SAID[2]))

    def goes_on(self) -> None:
        """What happens in both worlds afterwards, at the same times."""
        self.clock.forward(hours=10 - (self.clock().ms - StandingClock()().ms) / 3_600_000)
        self.house.tick()
        self.house.session(self.tokens["Tsunade"]).do(p.EnrolMember(name="Choji", ref="Choji"))

    def read(self, name: str, what: str) -> Any:
        return self.house.session(self.tokens[name]).care_read(what).value

    @property
    def log(self) -> SqliteLog:
        assert isinstance(self.house.log, SqliteLog)
        return self.house.log


@pytest.fixture
def worlds(tmp_path: Path) -> tuple[World, World]:
    cared, plain = World(tmp_path / "cared"), World(tmp_path / "plain")
    cared.is_looked_after()
    for world in (cared, plain):
        world.goes_on()
    return cared, plain


def with_the_key(world: World) -> Callable[[str], list[tuple[Any, ...]]]:
    """Asks the tables of a closed folder, with the master key in hand."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        db = database.connect(world.at / "wayhome.db", world.log.secrets.database)
        try:
            return list(db.execute(sql))
        finally:
            db.close()

    return ask


def shape(world: World) -> dict[str, Any]:
    """All that can be counted in the tables of a closed folder, and every header, row and timer in the clear."""
    ask = with_the_key(world)
    tables = [name for (name,) in ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    counted = {str(name): ask(f"SELECT count(*) FROM {name}") for name in tables}
    sizes = {
        "entries": ask("SELECT stream LIKE 'p:%', length(sealed), length(header) FROM entry ORDER BY rowid"),
        "rows": ask("SELECT view, length(body) FROM row ORDER BY view, length(body)"),
        "timers": ask("SELECT due_ms, length(what) FROM timer ORDER BY due_ms"),
        "grants": ask("SELECT count(*), count(DISTINCT mark) FROM grant_held"),
        "metas": ask("SELECT name, length(value) FROM meta ORDER BY name"),
        "snapshots": ask("SELECT name FROM snapshot ORDER BY name"),
        "pages": ask("PRAGMA page_count"),
        "free": ask("PRAGMA freelist_count"),
    }
    return {**counted, **sizes}


def files(at: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(at.iterdir()) if path.is_file()}


def test_two_folders_tell_nothing_apart(worlds: tuple[World, World]) -> None:
    """With the key: the same tables, counts, headers, lengths, timers and sizes of files, cared for or not."""
    for world in worlds:
        world.house.close()
    (cared, plain) = worlds
    assert shape(cared) == shape(plain)
    assert files(cared.at) == files(plain.at)


def test_what_travels_tells_nothing_apart(worlds: tuple[World, World], tmp_path: Path) -> None:
    """Exchanges and backups have the same size, and hold nothing that was said, sealed or in the clear."""
    sizes = []
    for number, world in enumerate(worlds):
        exchange = tmp_path / f"exchange{number}"
        exchange.write_bytes(world.log.export_exchange({}))
        log_backup.backup(world.log, tmp_path / f"backup{number}")
        sizes.append((exchange.stat().st_size, (tmp_path / f"backup{number}").stat().st_size))
    assert sizes[0] == sizes[1]
    assert scan_folder(tmp_path, SAID) == []


def test_nothing_said_is_in_the_record_in_the_clear(worlds: tuple[World, World]) -> None:
    """Facts, rows, snapshots, the index of the drawers, as whoever has the master key reads them: no word is found."""
    cared, _ = worlds
    log = cared.log
    clear = [entry.body or b"" for entry in log.entries()]
    clear += [row.body for view in log.views() for row in log.rows(Ask(view), None)]
    clear += [log.snapshot(name) or b"" for name in ("world", "rows", "sessions")]
    clear += [cell for *_, held in log.drawers.drawers() for cell in held]
    assert scan_bytes(b"\n".join(clear), SAID) == set()
    assert scan_bytes(msgspec.json.encode([e.header for e in log.entries()]), SAID) == set()


def test_the_master_key_opens_no_cell(worlds: tuple[World, World]) -> None:
    """No key that follows from the folder's, and no key in the record, opens a single cell in use."""
    cared, _ = worlds
    log, world = cared.log, cared.house.acting.standing.world
    keys = [*msgspec.structs.astuple(log.secrets)]
    keys += [key for held in log._session.ledger.keys.values() for key in held.values()]
    keys += [held.public for person in world.people.values() if (held := person.care_key)]
    keys += [key for person in world.people.values() if (held := person.care_key) for key in (held.wrapped[:32],)]
    for _, drawer, held_cells in log.drawers.drawers():
        for secret in [s for key in keys for s in (key, cells.shared(key, drawer)) if s]:
            assert not [cell for cell in held_cells if cells.Opener(secret, drawer).opened(cell)]


def test_there_was_something_to_be_found(worlds: tuple[World, World]) -> None:
    """The test above looks at letters that are there: whoever has the keys reads every word of them."""
    cared, plain = worlds
    mine = msgspec.json.encode(cared.read("Naruto", "my_care"))
    assert {secret for secret, _ in scan_bytes(mine, SAID)} >= {SAID[0], SAID[3]}
    assert plain.read("Naruto", "my_care") is None
    changed = [
        sum(a != b for a, b in zip(before, after, strict=True))
        for before, after in zip(*([held for *_, held in w.log.drawers.drawers()] for w in worlds), strict=True)
    ]
    assert all(changed), "each world has noise of its own"


def test_a_closed_folder_does_not_tell_when_a_letter_was_written(worlds: tuple[World, World]) -> None:
    """The drawers' times are those of the closing, letters or none."""
    for world in worlds:
        world.house.close()
        drawers, record = (world.at / DRAWERS_FILE).stat(), (world.at / "wayhome.db").stat()
        assert abs(drawers.st_mtime - record.st_mtime) < 60
        assert drawers.st_size == (worlds[0].at / DRAWERS_FILE).stat().st_size


def test_letters_are_read_again_after_the_folder_was_opened_anew(worlds: tuple[World, World]) -> None:
    """The member's password opens what was said, in another process on the same folder."""
    cared, _ = worlds
    cared.house.close()
    cared.house = open_house(cared.at, passphrase=PASSPHRASE, clock=cared.clock)
    cared.tokens["Naruto"] = cared.house.sign_in("Naruto", PASSWORD)[0]
    assert len(cared.read("Naruto", "my_care").check_ins) == 5
    assert cared.log.verify() == []
    cared.house.close()
