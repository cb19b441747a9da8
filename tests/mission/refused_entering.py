"""Refusals of what lets somebody in: invitations."""

from __future__ import annotations

from tests.fakes.scene import NOBODY, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import people as p

DIGEST = "a" * 32

# fmt: off
one("how long", "at most 30 days", "Kotetsu",
    lambda s: p.InviteMember(member=s["Neji"], digest=DIGEST, until=s.now.plus(days=31)))
one("no digest", "32 to 128 hexadecimal digits", "Kotetsu",
    lambda s: p.InviteMember(member=s["Neji"], digest="open sesame", until=s.now.plus(hours=1)))
one("no such member", "nobody on the roster", "Kotetsu",
    lambda s: p.InviteMember(member=NOBODY, digest=DIGEST, until=s.now.plus(hours=1)))
one("not yours to do", "is for clerk or commander or self", "Choji",
    lambda s: p.InviteMember(member=s["Neji"], digest=DIGEST, until=s.now.plus(hours=1)))
one("no such invitation", "Ask for a new one", "Neji",
    lambda s: p.TakeInvitation(member=s["Neji"], digest=DIGEST, hash="h"))
one("how many", "10 recovery codes", "Neji", lambda s: p.SetRecoveryCodes(member=s["Neji"], digests=(DIGEST,) * 10))
one("not yours to do", "is for self", "Kotetsu", lambda s: p.SetRecoveryCodes(member=s["Neji"], digests=(DIGEST,)))
one("no such code", "open nothing", "Neji",
    lambda s: p.UseRecoveryCode(member=s["Neji"], digest=DIGEST, hash="h"))
one("none open", "Neji has no open invitation", "Kotetsu", lambda s: p.WithdrawInvitation(member=s["Neji"]))
one("no channel", "channel 1 is no address", "Neji", lambda s: p.SetChannels(member=s["Neji"], urls=("mail me",)))
one("no channel", "mailto://you@example.org", "Neji",
    lambda s: p.SetChannels(member=s["Neji"], urls=("ntfy://" + "x" * 1_000,)))
one("too many channels", "at most 10", "Neji",
    lambda s: p.SetChannels(member=s["Neji"], urls=tuple(f"ntfy://{n}" for n in range(11))))
one("not yours to do", "is for clerk or self", "Shizune", lambda s: p.SetChannels(member=s["Neji"], urls=()))
one("not yours to do", "is for self", "Kotetsu", lambda s: p.NewFeed(member=s["Neji"], digest=DIGEST))
one("no digest", "32 to 128", "Neji", lambda s: p.NewFeed(member=s["Neji"], digest="x"))
# fmt: on


@refuses("not yours to do", "withdrawing an invitation is for clerk or commander")
def _(s: Scene) -> Stated:
    s.do("Kotetsu", p.InviteMember(member=s["Neji"], digest=DIGEST, until=s.now.plus(hours=1)))
    return "Choji", p.WithdrawInvitation(member=s["Neji"])
