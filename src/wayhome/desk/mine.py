"""What is a member's own to set up: the channels by which they are told that something waits, and their calendar."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, post

from wayhome.desk.signed import house_of, me_of, token_of
from wayhome.formats.channels import MOST_LETTERS, BadChannel, shown_channel
from wayhome.links.notifying import AppriseMessenger, usable_channel
from wayhome.mission.intents.people import NewFeed, SetChannels
from wayhome.mission.rules import Refused
from wayhome.usecases.notifying import BODY, TITLE
from wayhome.usecases.ports import NotSent

Asked = Request[Any, Any, Any]
Address = Annotated[str, msgspec.Meta(max_length=MOST_LETTERS)]


class Channels(msgspec.Struct, frozen=True, kw_only=True):
    urls: Annotated[tuple[Address, ...], msgspec.Meta(max_length=20)]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Each channel as it may stand on a screen: its kind, and nothing of its address or keys."""

    channels: tuple[str, ...]


@post("/api/channels", sync_to_thread=True, status_code=200, tags=["desk"], summary="Sets one's own channels")
def set_channels(request: Asked, data: Channels) -> Shown:
    """Where whoever asks is told that something waits. Each is tried for its form; nothing is sent."""
    me = me_of(request)
    urls = tuple(_usable(number, url) for number, url in enumerate(data.urls, start=1))
    me.do(SetChannels(member=me.viewer, urls=urls))
    return Shown(channels=tuple(shown_channel(url) for url in urls))


def _usable(number: int, url: str) -> str:
    try:
        return usable_channel(url)
    except BadChannel as error:
        raise Refused("no channel", f"line {number}: {error}") from error


@post("/api/channels/try", sync_to_thread=True, status_code=200, tags=["desk"], summary="Tries one's own channels")
def try_channels(request: Asked) -> Shown:
    """Sends the one message there is, "open Wayhome", through each of one's own channels."""
    own: tuple[str, ...] = me_of(request).read("channels").value
    if not own:
        raise Refused("no channel", "there is no channel yet: add one, keep it, then try")
    messenger = AppriseMessenger()
    for url in own:
        try:
            messenger.send(url, TITLE, BODY)
        except NotSent as error:
            raise Refused("not sent", f"the message did not go out: {error}") from error
    return Shown(channels=tuple(shown_channel(url) for url in own))


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The secret address of a calendar; shown this once. Empty where it was ended."""

    address: str


class FeedWish(msgspec.Struct, frozen=True, kw_only=True):
    off: bool = False


@post("/api/feed", sync_to_thread=True, status_code=200, tags=["desk"], summary="A new address of one's own calendar")
def new_feed(request: Asked, data: FeedWish) -> Feed:
    """Makes a new secret address for one's calendar; the one before ends. `off` ends it and makes none."""
    if data.off:
        me = me_of(request)
        me.do(NewFeed(member=me.viewer, digest=""))
        return Feed(address="")
    secret = house_of(request).new_feed(token_of(request))
    return Feed(address=f"{request.base_url}".rstrip("/") + f"/feed/{secret}.ics")


HANDLERS: tuple[Any, ...] = (set_channels, try_channels, new_feed)
