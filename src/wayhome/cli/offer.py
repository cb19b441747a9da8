"""`wayhome offer`: who is asked, and what they answer."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.missions import AnswerOffer, DeferOffer, MakeOffer, WithdrawOffer
from wayhome.values.ids import handle

app = App(name="offer", help="Ask members to go, and take their answers.")


@app.command(name="make")
def make(
    mission: str,
    member: str,
    *,
    post: str = "",
    by: str = "",
    order: bool = False,
    why: str = "",
    exception: dict[str, str] | None = None,
    front: bool | None = None,
) -> None:
    """Offers a mission to a member, or orders them to it.

    Example: wayhome offer make "Lost hiker" Ana --by 18:00 --post "hasty team" --exception.rank "short-handed"

    Parameters
    ----------
    by: until when the answer is wanted (18:30, 'tomorrow 12:00', +90m)
    order: a mission order, recorded as one
    why: why this member was picked
    exception: the reason for sending them although a rule (rank, history, healer) speaks against it
    front: the post is up front, or not (--no-front); as the mission's plan says where it is left out
    """
    me = session()
    result = me.do(
        MakeOffer(
            mission=find.mission(me, mission),
            member=find.member(me, member),
            post=post,
            answer_by=times.deadline(by, me.now()) if by else None,
            order=order,
            why=why,
            exceptions=exception or {},
            front=front,
        )
    )
    done(result, f"{'Ordered' if order else 'Offered'} to {member}")


@app.command(name="list")
def listing(mission: str = "", *, mine: bool = False) -> None:
    """Lists offers, of one mission or of all that you can see.

    Example: wayhome offer list "Lost hiker"
    """
    me = session()
    seen = me.read("offers", mission=find.mission(me, mission) if mission else None)
    if mine:
        seen = me.read("my_offers")
    table(
        seen,
        [
            ("OFFER", lambda o: handle(o.offer)),
            ("MISSION", lambda o: o.mission_words),
            ("MEMBER", lambda o: o.member_name),
            ("POST", lambda o: o.post),
            ("ANSWER", lambda o: o.answer),
            ("BY", lambda o: o.answer_by),
            ("LIMITS", lambda o: o.limits),
            ("TYPED BY", lambda o: f"{o.typed_by_name} ({o.channel})" if o.typed_by else ""),
        ],
        empty="no offers",
    )


@app.command(name="answer")
def answer(offer: str, answer: str, *, limits: str = "", until: str = "", channel: str = "") -> None:
    """Answers an offer: seen, thinking, accepted, 'accepted with limits' or declined. No reason is asked.

    A reply that came by phone or radio is typed for the member: say how it came, and it is attributed to both.

    Example: wayhome offer answer K7QF2M thinking --until "tomorrow 12:00"
    Example: wayhome offer answer K7QF2M accepted --channel phone
    """
    me = session()
    result = me.do(
        AnswerOffer(
            offer=find.offer(me, offer),
            answer=answer,
            limits=limits,
            think_until=times.deadline(until, me.now()) if until else None,
            channel=channel,
        )
    )
    done(result, f"Answered: {answer}")


@app.command(name="withdraw")
def withdraw(offer: str, *, reason: str = "") -> None:
    """Takes an offer back.

    Example: wayhome offer withdraw K7QF2M
    """
    me = session()
    done(me.do(WithdrawOffer(offer=find.offer(me, offer), reason=reason)), "Withdrawn")


@app.command(name="defer")
def defer(offer: str, *, by: str, words: str = "") -> None:
    """Puts an answer off: the member is not themselves today. No reason need be given.

    Example: wayhome offer defer K7QF2M --by "tomorrow 12:00"
    """
    me = session()
    result = me.do(DeferOffer(offer=find.offer(me, offer), answer_by=times.deadline(by, me.now()), words=words))
    done(result, f"Deferred to {by}")
