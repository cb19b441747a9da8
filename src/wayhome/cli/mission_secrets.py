"""`wayhome mission`: masked identities, emergencies, and who looked."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import here, session
from wayhome.cli.show import done, put, put_json, table
from wayhome.faces.names import names
from wayhome.mission.intents.secrecy import MaskIdentity, TellIdentity
from wayhome.mission.views.shapes import MaskView

app = App(name="secrets")


@app.command(name="mask")
def mask(mission: str, label: str, *, name: list[str] | None = None) -> None:
    """Masks an identity: whoever is not told reads the label wherever one of the names stands.

    The subject's own name, its parts and what else they are called are masked by themselves.

    Example: wayhome mission mask "Bring him back" "the target" --name Sasuke

    Parameters
    ----------
    label: what the others read, for example "the target"
    name: another word by which they may be written; say it again for each
    """
    me = session()
    intent = MaskIdentity(mission=find.mission(me, mission), label=label, names=tuple(name or ()))
    done(me.do(intent), f"Whoever is not told reads {label}")


@app.command(name="tell-identity")
def tell_identity(mission: str, member: str, *, reason: str = "") -> None:
    """Tells a member who is masked: from now on they read the name. By somebody who knows.

    Example: wayhome mission tell-identity "Bring him back" Shikamaru --reason "he leads the pursuit"
    """
    me = session()
    intent = TellIdentity(mission=find.mission(me, mission), member=find.member(me, member), reason=reason)
    done(me.do(intent), f"{member} knows who it is")


@app.command(name="identity")
def identity(mission: str) -> None:
    """Shows who is masked, under which names, and who knows; for those who know.

    Example: wayhome mission identity "Bring him back"
    """
    me = session()
    held: MaskView | None = me.read("mask", mission=find.mission(me, mission)).value
    if here().as_json:
        put_json(held)
        return
    if held is None:
        put("nobody is masked here, as far as you can see")
        return
    known = names(me)
    put(f"{held.label}: {', '.join(held.names)}")
    put(f"known to {', '.join(sorted(known.get(member, member) for member in held.known_by))}")


@app.command(name="emergencies")
def emergencies(mission: str) -> None:
    """Lists when a secret mission was opened in an emergency: by whom, why, until when, who was alerted.

    Example: wayhome mission emergencies "The long way"
    """
    me = session()
    known = names(me)
    table(
        me.read("emergencies", mission=find.mission(me, mission)),
        [
            ("BY", lambda e: e.by_name),
            ("SINCE", lambda e: e.since),
            ("UNTIL", lambda e: e.until),
            ("REASON", lambda e: e.reason),
            ("ALERTED", lambda e: ", ".join(known.get(member, member) for member in e.alerted)),
            ("NOW", lambda e: "closed" if e.ended else "OPEN"),
        ],
        empty="it was never opened in an emergency",
    )


@app.command(name="looks")
def looks(mission: str) -> None:
    """Lists who read what of a secret mission, hour by hour; for who owns and who leads it.

    Example: wayhome mission looks "The long way"
    """
    me = session()
    table(
        me.read("looks", mission=find.mission(me, mission)),
        [("HOUR", lambda one: one.hour), ("MEMBER", lambda one: one.member_name), ("WHAT", lambda one: one.what)],
        empty="nobody looked, as far as you can see",
    )
