"""One suite for the drawers of every store: who opens what, durable, all or none, erased for good, never told apart."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from nacl.bindings import crypto_box_keypair
from tests.fakes.letterbox import FakeDirectory
from tests.fakes.logs import START_MS, memory_log, sqlite_log

from wayhome.engines.care.letters import (
    CareFact,
    CaseKeyGiven,
    CaseOpened,
    CheckedIn,
    HeadInjuryPassedOn,
    Letter,
    WorryTold,
)
from wayhome.log import cells, cupboard, drawers
from wayhome.log.drawers import Drawers
from wayhome.log.memory_store import MemoryLog
from wayhome.log.sqlite_store import SqliteLog
from wayhome.usecases.care.ports import Ring, Sealless
from wayhome.usecases.ports import LogError
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

CASE = Id(derive("a case"))
Laptop = MemoryLog | SqliteLog


class Village:
    """Members with keys, and the box of one laptop or several."""

    def __init__(self, make_log: Callable[..., Laptop]) -> None:
        self.make_log = make_log
        self.directory = FakeDirectory()
        self.laptop = make_log("laptop")
        self.box = self.box_of(self.laptop)
        self.naruto, self.kakashi = self.ring("naruto"), self.ring("kakashi")
        self.shizune = self.ring("shizune", desk=True)
        self._number = 0

    def box_of(self, log: Laptop) -> Drawers:
        return Drawers(log.drawers, self.directory)

    def ring(self, name: str, *, desk: bool = False) -> Ring:
        public, private = crypto_box_keypair()
        self.directory.people[PersonId(name)] = public
        ring = Ring(person=PersonId(name), public=public, private=private)
        if desk:
            self.directory.desk, ring.desk = crypto_box_keypair()
        return ring

    def again(self, ring: Ring) -> Ring:
        """The same person's ring after signing in anew: what was learnt of cases is forgotten."""
        return Ring(person=ring.person, public=ring.public, private=ring.private, desk=ring.desk)

    def letter(self, ring: Ring, fact: CareFact, *to: str, case: Id = CASE, id: str = "") -> Letter:
        self._number += 1
        return Letter(
            id=Id(derive("letter", id or str(self._number))),
            case=case,
            member=PersonId("naruto"),
            by=ring.person,
            at=Moment(START_MS + self._number, "Asia/Tokyo"),
            fact=fact,  # type: ignore[arg-type]  # every kind of fact is one of the union
            to=tuple(PersonId(name) for name in to),
        )

    def opened_case(self, *to: str) -> list[Letter]:
        """The letters with which a case of Naruto's begins, by himself."""
        key = self.letter(self.naruto, CaseKeyGiven(key=os.urandom(32)), "naruto", *to)
        return [key, self.letter(self.naruto, CaseOpened(origin="asked"))]


@pytest.fixture(params=("memory", "sqlite"))
def village(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Village]:
    made: list[Laptop] = []

    def make_log(name: str) -> Laptop:
        log = memory_log(name) if request.param == "memory" else sqlite_log(tmp_path, name)
        assert isinstance(log, MemoryLog | SqliteLog)
        made.append(log)
        return log

    yield Village(make_log)
    for log in made:
        log.close()


def kinds(box: Drawers, ring: Ring) -> list[str]:
    return [type(letter.fact).__name__ for letter in box.read(ring)]


def test_each_letter_is_opened_by_its_readers_and_by_nobody_else(village: Village) -> None:
    """The case reads what is the case's, the desk what is the desk's, a person named what is theirs: no one more."""
    box = village.box
    box.write(village.naruto, [*village.opened_case("kakashi"), village.letter(village.naruto, CheckedIn(safe=True))])
    box.write(village.naruto, [village.letter(village.naruto, HeadInjuryPassedOn(), "shizune")])
    box.write(village.kakashi, [village.letter(village.kakashi, WorryTold(about=PersonId("sai"), words="hm"))])
    assert kinds(box, village.again(village.naruto)) == [
        "CaseKeyGiven", "CaseOpened", "CheckedIn", "HeadInjuryPassedOn",
    ]  # fmt: skip
    assert kinds(box, village.again(village.kakashi)) == ["CaseKeyGiven", "CaseOpened", "CheckedIn", "WorryTold"]
    assert kinds(box, village.again(village.shizune)) == ["CaseOpened", "HeadInjuryPassedOn", "WorryTold"]
    assert kinds(box, village.ring("sai")) == []


def test_what_a_letter_says_comes_back_as_it_was_written(village: Village) -> None:
    """Letters come back whole, in order, however long within the limit."""
    letters = [*village.opened_case(), village.letter(village.naruto, CheckedIn(words="雪" * 5_000, safe=False))]
    village.box.write(village.naruto, letters)
    assert village.box.read(village.again(village.naruto)) == letters


def test_a_key_given_later_opens_what_was_written_before(village: Village) -> None:
    """Who takes a case over reads what the case was told before, and not what comes under a key they never got."""
    box = village.box
    box.write(village.naruto, [*village.opened_case(), village.letter(village.naruto, CheckedIn(colour="red"))])
    key = village.naruto.cases[CASE][-1]
    assert kinds(box, village.kakashi) == []
    box.write(village.naruto, [village.letter(village.naruto, CaseKeyGiven(key=key), "kakashi")])
    assert kinds(box, village.kakashi) == ["CaseOpened", "CheckedIn", "CaseKeyGiven"]
    newer = CaseKeyGiven(key=os.urandom(32), number=2)
    box.write(village.naruto, [village.letter(village.naruto, newer, "naruto")])
    box.write(village.naruto, [village.letter(village.naruto, CheckedIn(colour="green"))])
    assert kinds(box, village.kakashi) == ["CaseOpened", "CheckedIn", "CaseKeyGiven"]
    assert [one.fact.colour for one in box.read(village.again(village.naruto)) if isinstance(one.fact, CheckedIn)] == [
        "red", "green",
    ]  # fmt: skip


def test_a_letter_written_twice_is_one_letter(village: Village) -> None:
    """The same id again changes no cell."""
    letters = village.opened_case()
    village.box.write(village.naruto, letters)
    before = [list(held) for *_, held in village.laptop.drawers.drawers()]
    village.box.write(village.naruto, letters)
    assert [list(held) for *_, held in village.laptop.drawers.drawers()] == before


def test_who_does_not_hold_the_key_of_a_case_writes_nothing(village: Village) -> None:
    """One letter that cannot be sealed keeps all of its write out, and leaves no key on the ring."""
    with pytest.raises(Sealless):
        village.box.write(village.kakashi, [village.letter(village.kakashi, CheckedIn(safe=True))])
    given = village.letter(village.kakashi, CaseKeyGiven(key=os.urandom(32)), "somebody without a key")
    with pytest.raises(Sealless):
        village.box.write(village.kakashi, [given])
    assert village.kakashi.cases == {}
    assert village.box.read(village.kakashi) == []


def test_what_is_for_a_desk_that_is_not_there_is_refused(village: Village) -> None:
    """Before the first carer a worry can be told to nobody, and that is said."""
    village.directory.desk = None
    with pytest.raises(Sealless, match="no desk of care"):
        village.box.write(village.kakashi, [village.letter(village.kakashi, WorryTold(about=PersonId("x"), words="y"))])


def test_a_letter_too_long_is_refused_in_clear_words(village: Village) -> None:
    """More than fits is refused, and nothing of it is written."""
    with pytest.raises(LogError, match="too long"):
        village.box.write(
            village.naruto, [*village.opened_case(), village.letter(village.naruto, CheckedIn(words="x" * 17_000))]
        )
    assert village.box.read(village.naruto) == []


def test_many_readers_read_one_letter(village: Village) -> None:
    """A letter to more people than a cell has slots is read by each of them."""
    names = [f"carer {number}" for number in range(15)]
    rings = [village.ring(name) for name in names]
    village.box.write(village.naruto, [village.letter(village.naruto, HeadInjuryPassedOn(), *names)])
    assert [kinds(village.box, ring) for ring in [*rings, village.naruto]] == [["HeadInjuryPassedOn"]] * 16


def test_who_erases_a_case_erases_every_copy(village: Village) -> None:
    """A letter to so many that it lies there twice is gone for all of them once the member erases it."""
    names = [f"carer {number}" for number in range(12)]
    rings = [village.ring(name) for name in names]
    village.box.write(village.naruto, village.opened_case("kakashi"))
    village.box.read(village.kakashi)
    said = village.letter(village.kakashi, CheckedIn(words="to many"), *names)
    village.box.write(village.kakashi, [said])
    assert [kinds(village.box, ring) for ring in rings] == [["CheckedIn"]] * 12
    village.box.destroy(village.again(village.naruto), [said.id])
    assert [kinds(village.box, ring) for ring in rings] == [[]] * 12
    assert kinds(village.box, village.kakashi) == ["CaseKeyGiven", "CaseOpened"]


def test_a_key_that_is_taken_off_a_ring_opens_nothing_more(village: Village) -> None:
    """Without the desk's key what came by it is gone from the same ring at once."""
    village.box.write(village.kakashi, [village.letter(village.kakashi, WorryTold(about=PersonId("sai"), words="hm"))])
    assert kinds(village.box, village.shizune) == ["WorryTold"]
    village.shizune.desk = None
    assert kinds(village.box, village.shizune) == []


def test_a_letter_of_a_later_wayhome_is_passed_over_and_left_alone(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be understood is not shown, and its cells are not written over."""
    village.box.write(village.naruto, [*village.opened_case(), village.letter(village.naruto, CheckedIn())])
    with monkeypatch.context() as patch:
        patch.setattr(drawers, "_put_together", lambda *_: None)
        ring = village.again(village.naruto)
        ring.cases = {CASE: list(village.naruto.cases[CASE])}
        for _ in range(7):
            village.box.write(ring, [village.letter(ring, CheckedIn()) for _ in range(10)])
        assert village.box.read(ring) == []
    assert len(village.box.read(village.again(village.naruto))) == 73


def test_every_drawer_grows_together(village: Village) -> None:
    """When one drawer is full, all get as many cells more, and nothing is lost."""
    for public in village.directory.people.values():
        village.laptop.drawers.make([public])
    village.box.write(village.naruto, village.opened_case())
    for _ in range(7):
        lines = [village.letter(village.naruto, CheckedIn(safe=True)) for _ in range(10)]
        village.box.write(village.naruto, lines)
    assert {len(held) for *_, held in village.laptop.drawers.drawers()} == {128}
    assert len(village.box.read(village.again(village.naruto))) == 72


def test_a_letter_is_not_told_from_noise(village: Village) -> None:
    """Cells in use and cells of noise have the same length, and no byte of any place leans to a value."""
    village.box.write(village.naruto, village.opened_case())
    for _ in range(8):
        village.box.write(village.naruto, [village.letter(village.naruto, CheckedIn(words="a" * 5_000))])
    known = village.naruto
    ring, used = village.again(known), []
    village.box.read(ring)
    noise = [cells.noise() for _ in range(64)]
    for _, drawer, held in village.laptop.drawers.drawers():
        secrets = [cells.shared(ring.private, drawer), *known.cases[CASE]]
        used += [cell for cell in held if any(cells.Opener(s, drawer).opened(cell) for s in secrets if s)]
    assert len(used) > 60
    assert {len(cell) for cell in [*used, *noise]} == {cells.CELL_BYTES}
    for at in range(0, cells.CELL_BYTES, 7):
        (value, most), = Counter(cell[at] for cell in used).most_common(1)  # fmt: skip
        assert most < 9, f"byte {at} is {value} in {most} of {len(used)} letters"
    mean = sum(b"".join(used)) / (len(used) * cells.CELL_BYTES)
    assert abs(mean - 127.5) < 1.5
    ordered = sum(_slots(cell) == sorted(_slots(cell)) for cell in used)
    assert ordered < 5, "the slots of a letter lie in an order that those of noise do not"


def _slots(cell: bytes) -> list[bytes]:
    return [cell[at : at + cells.SLOT_BYTES] for at in range(cells.ONCE_BYTES, cells.BOX_AT, cells.SLOT_BYTES)]


def test_erased_is_erased_on_every_laptop(village: Village) -> None:
    """What was erased is gone here, on laptops that hear of it, and does not come back with an older copy."""
    village.box.write(village.naruto, [*village.opened_case("kakashi"), village.letter(village.naruto, CheckedIn())])
    other = village.make_log("other")
    old = village.laptop.export_exchange({})
    other.ingest(old, now=Moment(START_MS))
    there = village.box_of(other)
    assert len(there.read(village.again(village.naruto))) == 3
    ids = [letter.id for letter in village.box.read(village.naruto)]
    assert there.destroy(village.again(village.naruto), ids) == 3
    village.laptop.ingest(other.export_exchange({}), now=Moment(START_MS))
    assert village.box.read(village.again(village.naruto)) == []
    other.ingest(old, now=Moment(START_MS))
    other.ingest(village.laptop.export_exchange({}), now=Moment(START_MS))
    assert there.read(village.again(village.naruto)) == []
    assert there.read(village.again(village.kakashi)) == []


def test_an_erasure_does_not_count_what_it_erased(village: Village) -> None:
    """As many marks travel after erasing one letter as after erasing forty."""
    village.box.write(village.naruto, village.opened_case())
    for _ in range(4):
        village.box.write(village.naruto, [village.letter(village.naruto, CheckedIn()) for _ in range(10)])
    one, *rest = [letter.id for letter in village.box.read(village.naruto)]
    sizes = []
    for ids in ([one], rest):
        village.box.destroy(village.naruto, ids)
        sizes.append(len(cupboard.unpack(village.laptop.drawers.export()).crossed))
    assert sizes == [256, 512]


def test_two_laptops_read_each_other_s_letters(village: Village) -> None:
    """Letters written on two laptops at once are all there on both after they met, the same one once."""
    other = village.make_log("other")
    there, case = village.box_of(other), village.opened_case()
    village.box.write(village.naruto, case)
    other.ingest(village.laptop.export_exchange({}), now=Moment(START_MS))
    ring = village.again(village.naruto)
    there.read(ring)
    same = village.letter(village.naruto, CheckedIn(colour="red"))
    there.write(ring, [same, village.letter(ring, CheckedIn(colour="green"))])
    village.box.write(village.naruto, [same, village.letter(village.naruto, CheckedIn(colour="yellow"))])
    for one, two in ((village.laptop, other), (other, village.laptop)):
        two.ingest(one.export_exchange({}), now=Moment(START_MS))
    here_and_there = [box.read(village.again(village.naruto)) for box in (village.box, there)]
    assert here_and_there[0] == here_and_there[1]
    assert len(here_and_there[0]) == 5


def test_an_older_copy_never_takes_the_place_of_a_newer(village: Village) -> None:
    """Exchanges merged out of order leave the later letters in place."""
    other = village.make_log("other")
    village.box.write(village.naruto, village.opened_case())
    first = village.laptop.export_exchange({})
    village.box.write(village.naruto, [village.letter(village.naruto, CheckedIn())])
    other.ingest(village.laptop.export_exchange({}), now=Moment(START_MS))
    other.ingest(first, now=Moment(START_MS))
    assert len(village.box_of(other).read(village.again(village.naruto))) == 3


def test_an_exchange_has_the_same_size_with_letters_and_without(village: Village) -> None:
    """What travels does not grow with what was said."""
    for public in [*village.directory.people.values(), village.directory.desk]:
        village.laptop.drawers.make([public] if public else [])
    before = len(village.laptop.export_exchange({}))
    village.box.write(village.naruto, [*village.opened_case(), village.letter(village.naruto, CheckedIn())])
    assert len(village.laptop.export_exchange({})) == before


def test_a_letter_under_somebody_else_s_name_is_passed_over(village: Village) -> None:
    """What says it is by Naruto and lies in Sai's drawer is nobody's word."""
    sai = village.ring("sai")
    key = os.urandom(32)
    village.box.write(village.naruto, [village.letter(village.naruto, CaseKeyGiven(key=key), "naruto", "sai")])
    village.box.read(sai)
    village.box.write(sai, [village.letter(village.naruto, CheckedIn(safe=True))])
    assert kinds(village.box, village.again(village.naruto)) == ["CaseKeyGiven"]


def test_two_devices_of_one_member_write_at_once(village: Village) -> None:
    """Rings of the same person in two threads lose nothing and overwrite nothing."""
    village.box.write(village.naruto, village.opened_case())
    rings = [village.again(village.naruto) for _ in range(2)]
    letters = [village.letter(village.naruto, CheckedIn()) for _ in range(40)]

    def work(number: int) -> None:
        village.box.read(rings[number])
        for letter in letters[number::2]:
            village.box.write(rings[number], [letter])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(village.box.read(village.again(village.naruto))) == 42


def test_odd_drawers_in_an_exchange_are_refused(village: Village) -> None:
    """Drawers of another size than Wayhome writes are refused before anything is taken in."""
    sound = cupboard.PackedSet(village.laptop.replica, 2, 64, ((b"k" * 32, bytes(64 * cells.CELL_BYTES)),))

    for odd in (
        {"size": 65}, {"size": 2**40}, {"edition": -1}, {"drawers": ((b"k", bytes(64 * cells.CELL_BYTES)),)},
        {"drawers": ((b"k" * 32, bytes(5)),)}, {"drawers": sound.drawers * 2}, {"replica": ""},
    ):  # fmt: skip
        packed = cupboard.Packed((msgspec.structs.replace(sound, **odd),), ())
        with pytest.raises(LogError, match="odd sizes"):
            cupboard.unpack(msgspec.msgpack.encode(packed))
    for raw in (b"", b"\xff" * 40, msgspec.msgpack.encode(cupboard.Packed((), (b"short",)))):
        with pytest.raises(LogError):
            cupboard.unpack(raw)


# On disk
