"""Messages by Apprise: mail, SMS gateways, push services, hooks. Apprise is loaded when the first one goes out.

Obeys `usecases.ports.Messenger`. Nothing of an address or its keys stands in what is said of a failure, and Apprise is
held to sending: it keeps no files, makes no keys, follows no redirect and fills in no template.
"""

from __future__ import annotations

import functools
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from wayhome.formats.channels import BadChannel, checked_channel, shown_channel
from wayhome.usecases.ports import NotSent

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase
    from apprise.result import AppriseResult

AT_ONCE: Final = 2
"""Messages on their way at once: a service that hangs must not hold up everybody, nor a mass of them the machine."""
LONGEST_S: Final = 20

HTTP_ERROR: Final = re.compile(r"\berror=(\d{3})\b")
HTTP_WORDS: Final = {
    401: "it does not take the password or key",
    403: "it does not take the password or key",
    404: "there is nothing at that address",
    410: "there is nothing at that address any more",
    429: "it has had too many messages",
}


def message_pool() -> ThreadPoolExecutor:
    """The threads on which messages go out; whoever makes it shuts it down."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="message")


def care_pool() -> ThreadPoolExecutor:
    """The same for care: one round of its clock and the messages of it, which wait behind nobody else's."""
    return ThreadPoolExecutor(1 + AT_ONCE, thread_name_prefix="care")


class AppriseMessenger:
    """Obeys `usecases.ports.Messenger`. Thread-safe."""

    def send(self, url: str, title: str, body: str) -> None:
        """Returns once whoever runs the channel has taken the message. Raises NotSent."""
        from apprise import Apprise, NotifyFormat

        try:
            service = _service(url)
        except BadChannel as error:
            raise NotSent(str(error)) from error
        apprise = Apprise(asset=_asset())
        apprise.add(service)
        result = apprise.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
        if not result:
            raise NotSent(f"{shown_channel(url)}: {_why(result)}")


def usable_channel(url: str) -> str:
    """The channel, once it is one that Wayhome uses and that has all it needs. Raises BadChannel. Sends nothing."""
    _service(url)
    return checked_channel(url)


def _service(url: str) -> NotifyBase:
    from apprise import Apprise

    channel = checked_channel(url)
    service = Apprise.instantiate(channel, asset=_asset())
    if service is None:
        scheme = channel.partition("://")[0]
        raise BadChannel(
            f"this {scheme}:// address is not complete: a host, a target, a token or a key is missing or misspelt; "
            "docs/reaching.md says where each kind is described"
        )
    return service


def _why(result: AppriseResult) -> str:
    """Why a message was not taken, in words of ours: Apprise's own may name addresses and people."""
    from apprise.result import AppriseResultStatus

    said = "\n".join(entry.message for entry in result.logs())
    error = HTTP_ERROR.search(said)
    if error:
        code = int(error[1])
        words = "it has a fault of its own" if code >= 500 else "it refuses the message"
        return f"{HTTP_WORDS.get(code, words)} (error {code})"
    if result.status == AppriseResultStatus.TIMEOUT:
        return f"it did not answer within {LONGEST_S} s"
    if "connection error" in said.lower():
        return "it cannot be reached: is there a network, and is the address right?"
    return "it did not take the message"


@functools.cache
def _asset() -> AppriseAsset:
    """How Apprise is held to sending, under our name, and to leaving no trace on this machine."""
    import logging

    from apprise import AppriseAsset, PersistentStoreMode

    logging.getLogger("apprise").propagate = False  # what it logs may hold addresses
    return AppriseAsset(
        app_id="Wayhome",
        app_desc="Wayhome",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        storage_mode=PersistentStoreMode.MEMORY,
        service_timeout=LONGEST_S,
        allow_templates=False,
        async_mode=False,
        http_redirects=False,
        pgp_autogen=False,
        pem_autogen=False,
    )
