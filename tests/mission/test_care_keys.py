"""The keys of care: one's own is made by oneself; the desk's is given by a carer who holds it, never by command."""

from __future__ import annotations

import base64

import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import care as c
from wayhome.mission.intents import people as p
from wayhome.mission.rules import Refused
from wayhome.mission.rules.care_keys import admitted, desk_of
from wayhome.usecases.ports import Ask
from wayhome.values.ids import PersonId


def key_of(name: str, number: int = 0) -> bytes:
    return f"{name}{number}".encode().ljust(32, b".")


def make_key(scene: Scene, name: str, number: int = 0, *, by: str = "") -> None:
    key = c.MakeCareKey(member=scene[name], public=key_of(name, number), wrapped=b"w" * 72, salt=b"s" * 28)
    scene.do(by or name, key)


def box(name: str, number: int = 0) -> bytes:
    return key_of(name, number) + b"box" * 20


@pytest.fixture
def carers() -> Scene:
    """Shizune and Hinata are carers with keys; Shizune made the desk's."""
    scene = Scene()
    for name in ("Hinata", "Naruto"):
        scene.ids[name] = PersonId(scene.do("Tsunade", p.EnrolMember(name=name, ref=name)).made)
    for name in ("Shizune", "Hinata"):
        scene.do("Tsunade", p.SetDuties(member=scene[name], duties=("carer",)))
        make_key(scene, name)
    make_key(scene, "Tsunade")
    scene.do("Shizune", c.MakeDeskKey(public=key_of("desk"), box=box("Shizune")))
    return scene


def test_a_key_is_made_by_nobody_but_its_member(carers: Scene) -> None:
    """Whoever makes a key for somebody else could read what is meant for them: refused, command included."""
    with pytest.raises(Refused):
        make_key(carers, "Naruto", by="Tsunade")
    make_key(carers, "Naruto")
    assert carers.world.people[carers["Naruto"]].care_key is not None


def test_another_wrapping_of_the_same_key_keeps_the_one_before(carers: Scene) -> None:
    """Where a crash comes between a new password and a new wrapping, the older one still opens."""
    again = c.MakeCareKey(member=carers["Hinata"], public=key_of("Hinata"), wrapped=b"n" * 72, salt=b"t" * 28)
    carers.do("Hinata", again)
    held = carers.world.people[carers["Hinata"]].care_key
    assert held is not None
    assert (held.wrapped, held.before, held.ever) == (b"n" * 72, (b"w" * 72, b"s" * 28), (key_of("Hinata"),))
    make_key(carers, "Hinata", 1)
    held = carers.world.people[carers["Hinata"]].care_key
    assert held is not None
    assert (held.before, held.ever) == (None, (key_of("Hinata"), key_of("Hinata", 1)))


@pytest.mark.parametrize(
    "odd", [{"public": b"short"}, {"wrapped": b"x" * 500}, {"salt": b"x" * 99}, {"recovery": (b"x",) * 11}]
)
def test_what_can_be_no_key_is_refused(carers: Scene, odd: dict[str, bytes]) -> None:
    """Lengths that no key has are refused before they are written."""
    fields = {"public": key_of("Naruto"), "wrapped": b"w", "salt": b"s", **odd}
    with pytest.raises(Refused, match="key for care"):
        carers.do("Naruto", c.MakeCareKey(member=carers["Naruto"], **fields))  # type: ignore[arg-type]


def test_the_desk_s_key_is_made_once(carers: Scene) -> None:
    """While a carer holds it nobody makes another, and whoever is no carer never does."""
    for name in ("Hinata", "Tsunade", "Naruto"):
        with pytest.raises(Refused):
            carers.do(name, c.MakeDeskKey(public=key_of("other"), box=box(name)))
    desk = desk_of(carers.world)
    assert desk is not None
    assert desk.public == key_of("desk")


def test_the_duty_alone_lets_nobody_in(carers: Scene) -> None:
    """Command gives the duty; the desk's key comes only from a carer who is in."""
    assert admitted(carers.world) == (carers["Shizune"],)
    with pytest.raises(Refused, match="a carer who is in"):
        carers.do("Tsunade", c.LetCarerIn(carer=carers["Hinata"], box=box("Hinata")))
    with pytest.raises(Refused, match="a carer who is in"):
        carers.do("Hinata", c.LetCarerIn(carer=carers["Hinata"], box=box("Hinata")))
    carers.do("Shizune", c.LetCarerIn(carer=carers["Hinata"], box=box("Hinata")))
    assert set(admitted(carers.world)) == {carers["Shizune"], carers["Hinata"]}


def test_nobody_is_let_in_who_is_no_carer_or_has_no_key(carers: Scene) -> None:
    """Refused: no duty, no key yet, a box for another key than theirs."""
    with pytest.raises(Refused, match="for carers"):
        carers.do("Shizune", c.LetCarerIn(carer=carers["Tsunade"], box=box("Tsunade")))
    carers.do("Tsunade", p.SetDuties(member=carers["Naruto"], duties=("carer",)))
    with pytest.raises(Refused, match="no key for care yet"):
        carers.do("Shizune", c.LetCarerIn(carer=carers["Naruto"], box=box("Naruto")))
    with pytest.raises(Refused, match="another key by now"):
        carers.do("Shizune", c.LetCarerIn(carer=carers["Hinata"], box=box("Shizune")))


def test_a_carer_with_a_new_key_is_let_in_anew(carers: Scene) -> None:
    """Who lost their key is out of the desk until another carer lets them in; with nobody left, a new one is made."""
    carers.do("Shizune", c.LetCarerIn(carer=carers["Hinata"], box=box("Hinata")))
    make_key(carers, "Hinata", 1)
    assert admitted(carers.world) == (carers["Shizune"],)
    carers.do("Shizune", c.LetCarerIn(carer=carers["Hinata"], box=box("Hinata", 1)))
    assert len(admitted(carers.world)) == 2
    for name, number in (("Hinata", 2), ("Shizune", 1)):
        make_key(carers, name, number)
    carers.do("Hinata", c.MakeDeskKey(public=key_of("desk", 1), box=box("Hinata", 2)))
    assert admitted(carers.world) == (carers["Hinata"],)


def test_command_cannot_take_the_desk_over_by_taking_duties_away(carers: Scene) -> None:
    """Without their duty the carers still hold the key: whoever command puts in their place cannot make another."""
    carers.do("Tsunade", p.SetDuties(member=carers["Shizune"], duties=()))
    assert admitted(carers.world) == ()
    with pytest.raises(Refused, match="somebody holds it"):
        carers.do("Hinata", c.MakeDeskKey(public=key_of("desk", 1), box=box("Hinata")))


def test_an_erased_member_has_no_key(carers: Scene) -> None:
    """With somebody's personal fields their key goes, and none can be made again."""
    carers.do("Tsunade", p.ErasePerson(member=carers["Hinata"], reason="left"))
    with pytest.raises(Refused):
        make_key(carers, "Hinata", 3)


def test_no_key_is_ever_in_a_row(carers: Scene) -> None:
    """Keys are folded and never shown: no row holds a byte of them, as text or as base64."""
    log = carers.house.log
    rows = b"".join(row.body for view in log.views() for row in log.rows(Ask(view), None))
    for secret in (key_of("Hinata"), key_of("desk"), box("Shizune")):
        assert base64.b64encode(secret)[:16] not in rows
        assert secret[:8] not in rows
