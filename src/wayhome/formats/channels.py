"""Channels: the addresses at which somebody wants to be told that something waits, written as Apprise writes them.

Only what sends a message to somewhere else is let through. Many of Apprise's addresses can do more: write to this
machine's log, show windows, read a file of this machine for a template or a key. None of these is for whoever
may set a channel to ask for.
"""

from __future__ import annotations

import re
from typing import Final

from wayhome.formats.errors import FormatError

MOST_LETTERS: Final = 1_000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAIL: Final = _words("brevo mailersend mailgun mailto mailtos postmark resend sendgrid smtp2go sparkpost")
SMS: Final = _words(
    "46elks atalk bulksms bulkvs clickatell clicksend d7sms exotel freemobile httpsms infobip kavenegar mobilemessage "
    "msg91 msgbird nexmo octopush plivo ringc seven sfr sinch smsc smseagle smseagles smsmanager smsmgr telnyx threema "
    "twilio voipms vonage whatsapp"
)
PUSH: Final = _words(
    "bark barks dapnet discord gchat goalert goalerts gotify gotifys hassio hassios join line matrix matrixs mmost "
    "mmosts ncloud nclouds nctalk nctalks ntfy ntfys opsgenie pagerduty pbul pover prowl psafer psafers push pushdeer "
    "pushdeers pushed pushy rocket rockets signal signals signl4 slack spush synology synologys tgram viber webex "
    "wxteams zulip"
)
HOOKS: Final = _words("form forms json jsons xml xmls")
SCHEMES: Final = MAIL | SMS | PUSH | HOOKS

ARGUMENTS: Final = _words(
    "apikey batch bcc cc channel device from group gwid key level mode name priority region reply secret sid silent "
    "smtp sound team thread to token topic user pass xtags"
)
"""What an address may ask for after its question mark; nothing here reads a file, or says who may not be told."""

SCHEME: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9+.-]*)://(?=[^/?])")
NAME: Final = re.compile(r"[a-z]+")
HEADER: Final = re.compile(r"\+[A-Za-z0-9-]+")


class BadChannel(FormatError):
    """An address at which nobody can be told; the text says what is wrong and what works. It repeats no secret."""


def checked_channel(url: str) -> str:
    """The address, ready to be used. Raises BadChannel for one that cannot or must not be."""
    wanted = url.strip()
    if len(wanted) > MOST_LETTERS:
        raise BadChannel(f"a channel has at most {MOST_LETTERS} letters; this has {len(wanted)}")
    if not wanted.isprintable() or " " in wanted:
        raise BadChannel("a channel has no spaces and no line breaks: write %20 for a space, one channel a line")
    found = SCHEME.match(wanted)
    if found is None:
        raise BadChannel("that is no channel: write it as mailto://..., ntfys://..., tgram://... (docs/reaching.md)")
    scheme = found[1].lower()
    if scheme not in SCHEMES:
        raise BadChannel(_refusal(scheme))
    rest = wanted[found.end() :]
    for name in _names(rest.partition("?")[2]):
        if name not in ARGUMENTS and not (scheme in HOOKS and HEADER.fullmatch(name)):
            raise BadChannel(_argument_refusal(name, scheme))
    return f"{scheme}://{rest}"


def _names(query: str) -> list[str]:
    """What stands before each equals sign. Apprise parts arguments at `&` and at `;`."""
    return [argument.partition("=")[0] for argument in re.split("[&;]", query) if argument]


def _refusal(scheme: str) -> str:
    if scheme in ("http", "https"):
        return "that is a web address: write json:// or jsons:// in its place to have a message sent there"
    known = "mail (mailto, mailtos), SMS (twilio, vonage, ...), push (ntfys, tgram, ...) and hooks (json, xml, form)"
    return f"{scheme}:// is not among the channels that Wayhome uses: {known}; docs/reaching.md lists all of them"


def _argument_refusal(name: str, scheme: str) -> str:
    if not NAME.fullmatch(name):
        return "after the question mark, an argument's name is in small letters, and written as it is, without %"
    return f"{scheme}:// may not be given {name}=: leave it out; only {', '.join(sorted(ARGUMENTS))} can be given"


def shown_channel(url: str) -> str:
    """The channel as it may stand on a screen: what kind it is, and nothing of its address or its keys."""
    scheme = url.partition("://")[0].lower()
    kinds = ((MAIL, "mail"), (SMS, "SMS"), (PUSH, "push"), (HOOKS, "hook"))
    kind = next((name for schemes, name in kinds if scheme in schemes), "channel")
    return f"{kind} ({scheme})"
