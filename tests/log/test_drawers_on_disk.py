"""Drawers in a folder: there after a crash, a restart and a backup; damaged, they refuse care and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fakes.logs import PASSPHRASE, START_MS, sqlite_log
from tests.log.test_drawers import Village, kinds

from wayhome.engines.care.letters import (
    CheckedIn,
)
from wayhome.log import backup, drawer_file, folder
from wayhome.log.drawer_store import DrawerStore
from wayhome.log.drawers import Drawers
from wayhome.log.sqlite_store import SqliteLog
from wayhome.usecases.ports import LogError, NotDurable
from wayhome.values.when import Moment


@pytest.fixture
def on_disk(tmp_path: Path) -> Village:
    return Village(lambda name: sqlite_log(tmp_path, name))


def reopened(village: Village, tmp_path: Path) -> Drawers:
    village.laptop.close()
    village.laptop = sqlite_log(tmp_path, "laptop")
    return village.box_of(village.laptop)


def test_letters_are_there_after_the_folder_was_opened_again(on_disk: Village, tmp_path: Path) -> None:
    """What was acknowledged outlives the process, and the file is as long as before."""
    on_disk.laptop.drawers.make([on_disk.naruto.public])
    path = tmp_path / "laptop" / "drawers"
    size = path.stat().st_size
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    box = reopened(on_disk, tmp_path)
    assert path.stat().st_size == size
    assert kinds(box, on_disk.again(on_disk.naruto)) == ["CaseKeyGiven", "CaseOpened"]
    assert on_disk.laptop.verify() == []
    on_disk.laptop.close()


def test_a_crash_between_any_two_writes_leaves_all_or_none(
    on_disk: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off before each of its writes, a change of several cells is whole afterwards or was never begun."""
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    real, left = drawer_file._pwrite, [0]

    def cut_off(handle: int, content: bytes, at: int) -> None:
        if left[0] == 0:
            real(handle, content[: len(content) // 2], at)
            raise OSError(5, "power cut")
        left[0] -= 1
        real(handle, content, at)

    monkeypatch.setattr(drawer_file, "_pwrite", cut_off)
    whole = 0
    for writes in range(8):
        left[0] = writes
        letters = [on_disk.letter(on_disk.naruto, CheckedIn(words="x" * 900), id=f"{writes} {n}") for n in range(2)]
        try:
            on_disk.box.write(on_disk.naruto, letters)
        except NotDurable:
            left[0] = 10**9
            on_disk.laptop.drawers.reopen()
        found = {letter.id for letter in reopened(on_disk, tmp_path).read(on_disk.again(on_disk.naruto))}
        on_disk.box = on_disk.box_of(on_disk.laptop)
        assert len(found & {letter.id for letter in letters}) in (0, 2)
        whole += len(found & {letter.id for letter in letters}) == 2
        left[0] = 10**9
    assert 3 < whole < 8, "the cut came never, or always"
    on_disk.laptop.close()


def test_a_refused_write_can_be_tried_again(on_disk: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses loses nothing that was there, and takes the letter once it can."""
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    letter = on_disk.letter(on_disk.naruto, CheckedIn())
    with monkeypatch.context() as patch:
        patch.setattr(drawer_file, "_pwrite", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(NotDurable):
            on_disk.box.write(on_disk.naruto, [letter])
    on_disk.box.write(on_disk.naruto, [letter])
    assert len(on_disk.box.read(on_disk.again(on_disk.naruto))) == 3
    on_disk.laptop.close()


@pytest.mark.parametrize("harm", ["cut", "emptied", "changed", "gone"])
def test_damaged_drawers_refuse_care_and_nothing_else(on_disk: Village, tmp_path: Path, harm: str) -> None:
    """A folder whose drawers are damaged opens; care says so in plain words, and so does verifying."""
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    on_disk.laptop.close()
    path = tmp_path / "laptop" / "drawers"
    raw = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(raw[:-100])
        case "emptied":
            path.write_bytes(b"")
        case "changed":
            path.write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
        case _:
            path.unlink()
    log = sqlite_log(tmp_path, "laptop")
    assert isinstance(log, SqliteLog)
    with pytest.raises(LogError, match="of a backup in its place"):
        on_disk.box_of(log).read(on_disk.again(on_disk.naruto))
    assert [finding.where for finding in log.verify()] == ["drawers of care"]
    assert log.export_exchange({})
    log.close()


def test_a_backup_holds_the_letters_and_its_replica_goes_on_from_them(on_disk: Village, tmp_path: Path) -> None:
    """What is restored reads every letter, writes into drawers of its own, and both meet again without loss."""
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    assert isinstance(on_disk.laptop, SqliteLog)
    backup.backup(on_disk.laptop, tmp_path / "b")
    on_disk.box.write(on_disk.naruto, [on_disk.letter(on_disk.naruto, CheckedIn(colour="red"))])
    backup.restore(tmp_path / "b", tmp_path / "restored", passphrase=PASSPHRASE)
    restored = folder.open_folder(tmp_path / "restored", passphrase=PASSPHRASE)
    ring, box = on_disk.again(on_disk.naruto), on_disk.box_of(restored)
    assert kinds(box, ring) == ["CaseKeyGiven", "CaseOpened"]
    box.write(ring, [on_disk.letter(ring, CheckedIn(colour="green"))])
    for _ in range(2):
        on_disk.laptop.ingest(restored.export_exchange({}), now=Moment(START_MS))
        restored.ingest(on_disk.laptop.export_exchange({}), now=Moment(START_MS))
    for held in (on_disk.box, box):
        assert len(held.read(on_disk.again(on_disk.naruto))) == 4
    assert restored.verify() == []
    restored.close()
    on_disk.laptop.close()


def test_erasing_leaves_nothing_of_the_cells_in_the_folder(on_disk: Village, tmp_path: Path) -> None:
    """No file of the folder holds the bytes of a cell that was erased."""
    on_disk.box.write(on_disk.naruto, on_disk.opened_case())
    before = {cell for *_, held in on_disk.laptop.drawers.drawers() for cell in held}
    on_disk.box.destroy(on_disk.naruto, [letter.id for letter in on_disk.box.read(on_disk.naruto)])
    after = {cell for *_, held in on_disk.laptop.drawers.drawers() for cell in held}
    erased = before - after
    assert len(erased) == 2
    on_disk.laptop.close()
    files = b"".join(path.read_bytes() for path in (tmp_path / "laptop").iterdir())
    assert not [cell for cell in erased if cell in files or cell[:100] in files]


def test_a_folder_from_before_care_gets_drawers_when_it_is_opened(on_disk: Village, tmp_path: Path) -> None:
    """A folder without drawers, and without the note that it had some, has them from then on."""
    on_disk.laptop.close()
    store = DrawerStore(on_disk.laptop.replica, drawer_file.DrawerFile(tmp_path / "new", b"k" * 32))
    assert (tmp_path / "new").exists()
    assert store.verify() == []
    store.close()
