"""How the desk is reached from beside it: by address and QR code, by HTTPS of our own, and by calendars that ask."""

from __future__ import annotations

from html import escape
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from wayhome.desk.pages import page
from wayhome.desk.signed import house_of, me_of
from wayhome.links.nearby import qr_svg
from wayhome.usecases.notifying import Told

Asked = Request[Any, Any, Any]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What the server knows of how it is reached. `authority` is the DER of what phones install, where we encrypt."""

    addresses: tuple[str, ...] = ()
    authority: bytes = b""


def reach_of(request: Asked) -> Reach:
    reach: Reach = request.app.state.reach
    return reach


JOIN = """<main class="door wide">
<h1>Open Wayhome on another device</h1>
{addresses}
{trust}
<p class="aside">Both must be in the same network. <a href="/login">Sign in here</a></p>
</main>"""

ADDRESS = """<section class="reach"><div class="qr">{qr}</div>
<p><a href="{address}">{address}</a></p></section>"""

ONLY_HERE = """<p>This desk answers on this machine only. To let phones of the same network in, whoever runs it starts
it with <code>wayhome serve --host 0.0.0.0 --tls</code>.</p>"""

IN_CLEAR = """<p class="complaint">Nothing on the way is encrypted: anyone in this network can read along. Secret
missions and care are therefore not shown to other devices. With <code>--tls</code> they are.</p>"""

TRUST = """<h2>Let a phone trust this desk, once</h2>
<p>The desk encrypts with a certificate of its own. A phone warns of it until it knows it.</p>
<ol>
<li><b>iPhone:</b> open <a href="/ca.mobileconfig">this profile</a>, then Settings, General, VPN &amp; Device
Management, install it; then Settings, General, About, Certificate Trust Settings, and switch it on.</li>
<li><b>Android:</b> save <a href="/ca.crt">this certificate</a>, then Settings, Security, Encryption &amp; credentials,
Install a certificate, CA certificate.</li>
</ol>
<p>Compare what the phone shows with these figures, read aloud by whoever runs the desk:</p>
<pre class="fingerprint">{fingerprint}</pre>
<details><summary>To read aloud</summary><ol>{spoken}</ol></details>
<p class="aside">It vouches for this desk in private networks and for nothing else.</p>"""


@get("/join", include_in_schema=False)
async def join(request: Asked) -> Response[str]:
    """The addresses of this desk with a QR code each, and how a phone comes to trust it. For anyone who can see it."""
    reach = reach_of(request)
    addresses = "".join(ADDRESS.format(qr=qr_svg(one), address=escape(one)) for one in reach.addresses) or ONLY_HERE
    return page("Open Wayhome on another device", JOIN.format(addresses=addresses, trust=_trust(reach)))


def _trust(reach: Reach) -> str:
    if not reach.authority:
        return IN_CLEAR if reach.addresses else ""
    from wayhome.links.certificates import fingerprint, spoken  # as in `desk.server`, only where we encrypt

    print_ = fingerprint(reach.authority)
    lines = "".join(f"<li>{escape(line)}</li>" for line in spoken(print_))
    return TRUST.format(fingerprint=escape(print_), spoken=lines)


@get("/ca.crt", include_in_schema=False)
async def authority(request: Asked) -> Response[bytes]:
    """The certificate that a phone is told to trust."""
    headers = {"content-disposition": 'attachment; filename="wayhome.crt"'}
    return Response(_authority(request), media_type="application/x-x509-ca-cert", headers=headers)


@get("/ca.mobileconfig", include_in_schema=False)
async def authority_profile(request: Asked) -> Response[bytes]:
    """The same as a profile for an iPhone."""
    from wayhome.links.certificates import mobileconfig

    return Response(mobileconfig(_authority(request)), media_type="application/x-apple-aspen-config")


def _authority(request: Asked) -> bytes:
    held = reach_of(request).authority
    if not held:
        raise NotFoundException("this desk has no certificate of its own: it was not started with --tls")
    return held


@get("/feed/{name:str}", include_in_schema=False, sync_to_thread=True)
def feed(request: Asked, name: str, busy: bool = False) -> Response[bytes]:
    """A member's calendar, by its secret address. `busy` shows the time of secret missions as taken, and no more."""
    from wayhome.faces.diary import diary_of  # calendars load slowly, and the desk must be ready soon
    from wayhome.formats.calendar import feed as calendar

    house = house_of(request)
    me = house.session_by_feed(name.removesuffix(".ics")) if name.endswith(".ics") else None
    if me is None:
        raise NotFoundException("there is no such calendar: its owner may have made a new address")
    body = calendar(diary_of(me), now=me.now(), secret_as_busy=busy)
    return Response(body, media_type="text/calendar")


@get("/api/told", sync_to_thread=True, tags=["desk"], summary="What you were told of elsewhere, seen and unseen")
def told(request: Asked) -> tuple[Told, ...]:
    """Every message on what waits for you: when it went out, how often it was tried, whether you saw it."""
    me = me_of(request)
    seen = house_of(request).told(me.viewer, me.now().zone)
    return seen.value if seen is not None else ()


HANDLERS = (join, authority, authority_profile, feed, told)
