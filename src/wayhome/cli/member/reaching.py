"""How a member is reached: the channels of messages, and the secret address of their calendar."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.show import done, put, put_json
from wayhome.formats.channels import BadChannel, shown_channel
from wayhome.mission.intents.people import NewFeed, SetChannels

app = App(help="How a member is reached.")


@app.command(name="channels")
def channels(member: str = "me", *urls: str, none: bool = False) -> None:
    """Sets where a member is told that something waits, in place of what was set; without addresses shows your own.

    Messages say no more than "open Wayhome". Only the member sees their channels; a clerk may set them.

    Example: wayhome member channels me mailto://naruto:password@example.org ntfy://my-topic
    Example: wayhome member channels

    Parameters
    ----------
    urls: addresses as Apprise writes them
    none: take every channel away
    """
    me = session()
    who = find.member(me, member)
    if urls or none:
        if urls and none:
            raise UsageError("--none takes every channel away: give no addresses with it")
        done(me.do(SetChannels(member=who, urls=_usable(urls))), f"{member}: {len(urls) or 'no'} channels set")
        return
    if who != me.viewer:
        raise UsageError("channels are seen by their own member alone: give addresses to set, or --none")
    own: tuple[str, ...] = me.read("channels").value
    if here().as_json:
        put_json(own)
    else:
        for words in [shown_channel(url) for url in own] or ["no channels: nothing that waits is told elsewhere"]:
            put(words)


def _usable(urls: tuple[str, ...]) -> tuple[str, ...]:
    from wayhome.links.notifying import usable_channel  # Apprise loads slowly, and only setting needs it

    usable = []
    for number, url in enumerate(urls, start=1):
        try:
            usable.append(usable_channel(url))
        except BadChannel as error:
            raise UsageError(f"channel {number}: {error}") from error
    return tuple(usable)


@app.command(name="feed")
def feed(*, off: bool = False) -> None:
    """Gives your calendar a new secret address, to subscribe to in any calendar; an earlier one ends.

    Example: wayhome member feed

    Parameters
    ----------
    off: end the address and give no new one
    """
    if off:
        me = session()
        done(me.do(NewFeed(member=me.viewer, digest="")), "Your calendar has no address any more")
        return
    secret = here().house.new_feed(token())
    if here().as_json:
        put_json({"path": f"/feed/{secret}.ics", "token": secret})
        return
    put(f"Your calendar: /feed/{secret}.ics")
    put("  ! whoever has the address reads your calendar: it is shown only now")
