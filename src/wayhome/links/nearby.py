"""How this machine is reached from beside it: its addresses in the LAN, and a QR code to open one with a phone."""

from __future__ import annotations

import io
import ipaddress
from collections.abc import Iterable

import ifaddr

NOT_REACHED = ("br-", "cni", "docker", "lxc", "podman", "vboxnet", "veth", "virbr", "vmnet")
"""Interfaces that lead to guests of this machine alone; a phone never reaches one."""


def addresses() -> list[str]:
    """This machine's addresses in the LAN, those that a phone most likely reaches first. Asks nothing of any network.

    Neither loopback nor IPv6 link-local ones: a browser cannot open the latter.
    """
    found = [
        (adapter.name, str(ip.ip if ip.is_IPv4 else ip.ip[0]))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
    ]
    return reachable(found)


def reachable(found: Iterable[tuple[str, str]]) -> list[str]:
    """Of (interface, address), the addresses that others may reach: private IPv4, other IPv4, then IPv6 alike."""
    ranked = []
    for name, text in found:
        address = ipaddress.ip_address(text)
        if name.startswith(NOT_REACHED) or address.is_loopback or address.is_multicast or address.is_unspecified:
            continue
        if address.version == 6 and address.is_link_local:
            continue
        ranked.append((address.version, address.is_link_local, not address.is_private, int(address), text))
    return list(dict.fromkeys(text for *_, text in sorted(ranked)))


def in_url(address: str) -> str:
    """The address or name as it stands in a URL: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def qr_svg(text: str) -> str:
    """A QR code as an SVG picture, black on white with its quiet zone, sized by whoever shows it. Holds no styles."""
    import segno  # loads slowly, and few ask for a picture

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, light="#fff", nl=False)
    return out.getvalue().decode()
