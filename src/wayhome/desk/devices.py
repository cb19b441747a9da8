"""What somebody signs in by, in a few known words: enough to know one's own devices by, and no more is kept."""

from __future__ import annotations

import ipaddress

from wayhome.assembly.sessions import HERE, Device

PROGRAMS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
)  # fmt: skip
"""What stands in a browser's name of itself, the more special first: most of them claim to be others too."""
MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip

NEARBY = "this network"
FAR = "elsewhere"


def device_of(user_agent: str, address: str) -> Device:
    """The device behind a request. Nothing of what it sent is kept as sent."""
    program = next((words for sign, words in PROGRAMS if sign in user_agent[:400]), "")
    machine = next((words for sign, words in MACHINES if sign in user_agent[:400]), "")
    return Device(" on ".join(filter(None, (program, machine))) or "another program", network_of(address))


def network_of(address: str) -> str:
    """From what kind of address somebody comes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return HERE if not address else FAR
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return HERE
    return NEARBY if found.is_private or found.is_link_local else FAR
