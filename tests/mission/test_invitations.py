"""Invitations: a token used once lets a member set a password, and nobody learns which tokens there were."""

from __future__ import annotations

from tests.fakes.scene import NOBODY, Scene

from wayhome.mission.intents import people as p
from wayhome.mission.rules import Refused
from wayhome.mission.views.shapes import InvitationView

TOKEN, OTHER = "a" * 32, "b" * 32
HOURS = 24


def invite(scene: Scene, name: str, digest: str = TOKEN, *, by: str = "Kotetsu") -> None:
    until = scene.now.plus(hours=HOURS)
    scene.do(by, p.InviteMember(member=scene[name], digest=digest, until=until))


def take(scene: Scene, name: str, digest: str = TOKEN, *, hashed: str = "new") -> None:
    scene.do(name, p.TakeInvitation(member=scene[name], digest=digest, hash=hashed))


def refused(scene: Scene, name: str, digest: str = TOKEN, *, by: str = "") -> Refused:
    return scene.refused(by or name, p.TakeInvitation(member=scene[name], digest=digest, hash="theirs"))


def password(scene: Scene, name: str) -> str:
    return scene.world.people[scene[name]].password


def states(scene: Scene, who: str = "Kotetsu") -> dict[str, str]:
    seen: tuple[InvitationView, ...] = scene.house.as_member(scene[who]).read("invitations").value
    return {one.member_name: one.state for one in seen}


def test_an_invited_member_sets_a_password_once() -> None:
    """The token sets the password once; a second time it opens nothing."""
    scene = Scene()
    invite(scene, "Neji")
    take(scene, "Neji")
    assert password(scene, "Neji") == "new"
    assert refused(scene, "Neji").code == "no such invitation"
    assert password(scene, "Neji") == "new"
    assert states(scene) == {"Neji": "used"}


def test_every_token_that_opens_nothing_is_refused_in_the_same_words() -> None:
    """Used, expired, withdrawn, replaced, unknown, another's, nobody's: one code and one text."""
    scene = Scene()
    told: list[Refused] = [refused(scene, "Choji")]
    invite(scene, "Neji")
    told += [refused(scene, "Neji", OTHER), refused(scene, "Choji"), refused(scene, "Neji", by="Tsunade")]
    invite(scene, "Neji", OTHER)
    told.append(refused(scene, "Neji", TOKEN))
    scene.do("Kotetsu", p.WithdrawInvitation(member=scene["Neji"]))
    told.append(refused(scene, "Neji", OTHER))
    invite(scene, "Choji")
    scene.clock.forward(hours=HOURS)
    told.append(refused(scene, "Choji"))
    invite(scene, "Neji", "c" * 32)
    take(scene, "Neji", "c" * 32)
    told.append(refused(scene, "Neji", "c" * 32))
    told.append(scene.refused("Neji", p.TakeInvitation(member=NOBODY, digest=TOKEN, hash="x")))
    scene.do("Tsunade", p.ErasePerson(member=scene["Choji"], reason="asked"))
    told.append(refused(scene, "Choji"))
    assert {(one.code, one.text) for one in told} == {(told[0].code, told[0].text)}
    assert "Ask for a new one" in told[0].text


def test_it_holds_to_the_last_moment() -> None:
    """A moment before it runs out the token still holds."""
    scene = Scene()
    invite(scene, "Neji")
    scene.clock.now = scene.now.plus(hours=HOURS, minutes=-1 / 60)
    take(scene, "Neji")
    assert password(scene, "Neji") == "new"


def test_who_has_a_password_is_let_in_anew_by_command_alone() -> None:
    """A clerk invites those who have no password yet; else the clerk could come in as anybody."""
    scene = Scene()
    invite(scene, "Neji")
    take(scene, "Neji")
    until = scene.now.plus(hours=HOURS)
    again = p.InviteMember(member=scene["Neji"], digest=OTHER, until=until)
    assert scene.refused("Kotetsu", again).code == "not yours to do"
    assert scene.refused("Choji", p.InviteMember(member=scene["Shizune"], digest=OTHER, until=until)).code == (
        "not yours to do"
    )
    invite(scene, "Neji", OTHER, by="Tsunade")
    take(scene, "Neji", OTHER, hashed="newer")
    assert password(scene, "Neji") == "newer"


def test_a_password_set_otherwise_ends_the_invitation() -> None:
    """Who has got a password in another way cannot be taken over by an invitation that still lies about."""
    scene = Scene()
    invite(scene, "Neji")
    scene.do("Neji", p.SetPassword(member=scene["Neji"], hash="own"))
    assert refused(scene, "Neji").code == "no such invitation"
    assert password(scene, "Neji") == "own"
    assert states(scene) == {"Neji": "ended"}


def test_those_who_keep_the_roster_see_who_was_invited_and_never_the_digest() -> None:
    """Clerk and command see member, since when and until when, and by whom; nobody else sees anything."""
    scene = Scene()
    invite(scene, "Neji")
    for who in ("Kotetsu", "Tsunade"):
        (seen,) = scene.house.as_member(scene[who]).read("invitations").value
        assert (seen.member_name, seen.by_name, seen.state) == ("Neji", "Kotetsu", "open")
        assert (seen.at, seen.until) == (scene.now, scene.now.plus(hours=HOURS))
        assert TOKEN not in repr(seen)
    assert states(scene, "Shizune") == states(scene, "Neji") == {}
    scene.clock.forward(hours=HOURS)
    assert states(scene) == {"Neji": "expired"}
    scene.do("Tsunade", p.ErasePerson(member=scene["Neji"], reason="asked"))
    assert states(scene) == {}


def test_what_no_invitation_can_be() -> None:
    """Past, too long, no digest, or none to withdraw: each is refused with what to do."""
    scene = Scene()
    neji, now = scene["Neji"], scene.now
    for until in (now, now.plus(days=31)):
        wrong = scene.refused("Kotetsu", p.InviteMember(member=neji, digest=TOKEN, until=until))
        assert wrong.code == "how long"
    for digest in ("", "the token itself", "A" * 32, "a" * 31, "a" * 129, "a" * 32 + "\n"):
        wrong = scene.refused("Kotetsu", p.InviteMember(member=neji, digest=digest, until=now.plus(hours=1)))
        assert wrong.code == "no digest"
    assert scene.refused("Kotetsu", p.WithdrawInvitation(member=neji)).code == "none open"
    invite(scene, "Neji")
    assert scene.refused("Choji", p.WithdrawInvitation(member=neji)).code == "not yours to do"
    assert scene.refused("Kotetsu", p.WithdrawInvitation(member=NOBODY)).code == "no such member"
