"""Addresses of this machine in the LAN, found without a word to any network, and QR codes to open them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from wayhome.links.nearby import addresses, in_url, qr_svg, reachable

QUIET = """
import sys
def heard(event, arguments):
    if event.startswith(("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostby", "subprocess")):
        raise SystemExit(f"{event} {arguments}")
from wayhome.links.nearby import addresses
sys.addaudithook(heard)
print("\\n".join(addresses()))
"""


def test_finding_the_addresses_asks_no_network() -> None:
    """No connection, no datagram, no name looked up, no program run."""
    asked = subprocess.run([sys.executable, "-c", QUIET], capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.split() == addresses()


def test_the_addresses_are_the_machine_s_own() -> None:
    """Each is one that the system itself names."""
    ip = shutil.which("ip") or shutil.which("ip", path="/usr/sbin:/sbin")
    if ip is None:
        pytest.skip("no `ip` on this machine to ask for a second opinion")
    said = json.loads(subprocess.run([ip, "-j", "addr"], capture_output=True, check=True).stdout)
    own = {info["local"] for link in said for info in link["addr_info"]}
    assert set(addresses()) <= own
    assert not {"127.0.0.1", "::1"} & set(addresses())


def test_what_a_phone_most_likely_reaches_comes_first() -> None:
    """Private IPv4 first, then public, self-given ones and IPv6; neither loopback, guests' networks nor fe80."""
    found = [
        ("lo", "127.0.0.1"),
        ("lo", "::1"),
        ("docker0", "172.17.0.1"),
        ("eth0", "fe80::1"),
        ("eth0", "2600::5"),
        ("eth0", "fd00::2"),
        ("eth1", "8.8.4.4"),
        ("usb0", "169.254.3.3"),
        ("wlan0", "192.168.1.20"),
        ("wlan0", "192.168.1.20"),
        ("eth0", "10.0.0.3"),
    ]
    assert reachable(found) == ["10.0.0.3", "192.168.1.20", "8.8.4.4", "169.254.3.3", "fd00::2", "2600::5"]


def test_an_address_stands_in_a_url() -> None:
    """IPv6 in brackets, all else as it is."""
    assert in_url("fd00::2") == "[fd00::2]"
    assert in_url("192.168.1.20") == "192.168.1.20"
    assert in_url("hokage-1.local") == "hokage-1.local"


def test_a_qr_code_is_a_picture_without_styles() -> None:
    """One SVG that a page with a strict policy may hold; what it encodes never becomes markup."""
    picture = ET.fromstring(qr_svg('https://192.168.1.20:8765/join?a=<b>&c="d"'))
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert picture.get("viewBox") and picture.get("width") is None
    assert not [one for one in picture.iter() if "style" in one.attrib or one.tag.endswith(("style", "script"))]


def test_a_qr_code_says_what_it_was_given() -> None:
    """Read back by the modules of the picture: the same text gives the same code, another text another."""
    assert qr_svg("https://10.0.0.3:8765") == qr_svg("https://10.0.0.3:8765")
    assert qr_svg("https://10.0.0.3:8765") != qr_svg("https://10.0.0.4:8765")
