"""HTTPS in the LAN: real handshakes with the authority trusted, and what a stolen key cannot do."""

from __future__ import annotations

import ipaddress
import plistlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from wayhome.links import certificates as c
from wayhome.values.when import Moment, moment

NOW = Moment(1_772_352_000_000, "Europe/Andorra")
LAN = ("192.168.7.20", "fd00::7", "10.0.0.3")


def today() -> Moment:
    """Handshakes are held against the machine's clock."""
    return moment(datetime.now(UTC))


def made(
    folder: Path, *, now: Moment = NOW, names: Sequence[str] = (), addresses: Sequence[str] = LAN
) -> c.Certificates:
    return c.ensure(folder / c.TLS_FOLDER, names=names, addresses=addresses, hostname="Hokage-1.leaf.example", now=now)


@contextmanager
def desk(chain: Path) -> Iterator[int]:
    """A TLS server on loopback that shakes hands with whoever comes; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                try:
                    context.wrap_socket(caller, server_side=True).close()
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def shake_hands(port: int, name: str, authority: bytes) -> None:
    """A phone that trusts the authority opens the desk by a name. Raises SSLError where it would warn."""
    phone = ssl.create_default_context(cadata=authority)
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as line,
        phone.wrap_socket(line, server_hostname=name),
    ):
        pass


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "::1", "hokage-1.local", *LAN, "desk.leaf.example", "203.0.113.9"]
)
def test_a_phone_that_trusts_the_authority_opens_the_desk_by_each_name(name: str, tmp_path: Path) -> None:
    """Loopback, the machine's private addresses, its .local name and the names given are all good in a handshake."""
    held = made(tmp_path, now=today(), names=("desk.leaf.example", "203.0.113.9"))
    assert name in held.names
    with desk(held.server) as port:
        shake_hands(port, name, held.authority)


@pytest.mark.parametrize("name", ["www.example.org", "192.168.7.21", "hokage-2.local", "hokage-1.leaf.example"])
def test_by_any_other_name_the_phone_warns(name: str, tmp_path: Path) -> None:
    """The certificate is good for its own names alone."""
    held = made(tmp_path, now=today())
    with desk(held.server) as port, pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        shake_hands(port, name, held.authority)


def test_who_does_not_trust_the_authority_is_warned(tmp_path: Path) -> None:
    """Another desk's authority does not vouch for this one."""
    held, other = made(tmp_path / "one", now=today()), made(tmp_path / "other", now=today())
    with desk(held.server) as port, pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(port, "localhost", other.authority)


def forged(folder: Path, name: x509.GeneralName, into: Path) -> Path:
    """What somebody makes who stole the key: a certificate for any name they like."""
    body = (folder / c.TLS_FOLDER / c.AUTHORITY).read_bytes()
    _, lower = x509.load_pem_x509_certificates(body)
    stolen, key = serialization.load_pem_private_key(body, None), ec.generate_private_key(ec.SECP256R1())
    assert isinstance(stolen, ec.EllipticCurvePrivateKey)
    certificate = (
        x509.CertificateBuilder(
            issuer_name=lower.subject,
            subject_name=x509.Name([]),
            public_key=key.public_key(),
            serial_number=7,
            not_valid_before=lower.not_valid_before_utc,
            not_valid_after=lower.not_valid_before_utc + timedelta(days=90),
        )
        .add_extension(x509.SubjectAlternativeName([name]), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(stolen.public_key()), critical=False)
        .sign(stolen, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    into.write_bytes(certificate.public_bytes(pem) + lower.public_bytes(pem) + private)
    return into


def address(text: str) -> x509.IPAddress:
    return x509.IPAddress(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("name", "open_by"),
    [
        (x509.DNSName("www.example.org"), "www.example.org"),
        (x509.DNSName("*.example.org"), "www.example.org"),
        (x509.DNSName("local.example.org"), "local.example.org"),
        (address("203.0.113.9"), "203.0.113.9"),
        (address("2001:db8::1"), "2001:db8::1"),
    ],
)
def test_a_stolen_key_cannot_forge_the_web(name: x509.GeneralName, open_by: str, tmp_path: Path) -> None:
    """A forged certificate for a public name or address is refused for the authority's constraints."""
    held = made(tmp_path, now=today())
    chain = forged(tmp_path, name, tmp_path / "forged.pem")
    with desk(chain) as port, pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(port, open_by, held.authority)


def test_a_forged_name_inside_the_constraints_shows_that_the_forgery_works(tmp_path: Path) -> None:
    """The same forgery for a .local name passes: what stops the others is the constraint and nothing else."""
    held = made(tmp_path, now=today())
    chain = forged(tmp_path, x509.DNSName("printer.local"), tmp_path / "forged.pem")
    with desk(chain) as port:
        shake_hands(port, "printer.local", held.authority)


def test_a_second_opinion_on_chain_and_constraints(tmp_path: Path) -> None:
    """Another verifier says the same: the desk's chain holds for its names, a forged one does not."""
    held = made(tmp_path, now=today())
    root = x509.load_der_x509_certificate(held.authority)
    policy = PolicyBuilder().store(Store([root])).time(today().utc)
    leaf, lower = x509.load_pem_x509_certificates(held.server.read_bytes())
    policy.build_server_verifier(x509.DNSName("localhost")).verify(leaf, [lower])
    policy.build_server_verifier(address("192.168.7.20")).verify(leaf, [lower])
    fake, _ = x509.load_pem_x509_certificates(
        forged(tmp_path, x509.DNSName("www.example.org"), tmp_path / "forged.pem").read_bytes()
    )
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("www.example.org")).verify(fake, [lower])


def test_openssl_reads_the_chain_as_well(tmp_path: Path) -> None:
    """`openssl verify` finds the chain good under its strictest reading."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine")
    held = made(tmp_path, now=today())
    trusted = tmp_path / c.TLS_FOLDER / c.FOR_PHONES
    command = [
        openssl,
        "verify",
        "-x509_strict",
        "-CAfile",
        str(trusted),
        "-untrusted",
        str(held.server),
        str(held.server),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_the_key_that_phones_trust_is_nowhere(tmp_path: Path) -> None:
    """Of the upper authority, which has no way to be bounded on every phone, no key is kept."""
    held = made(tmp_path)
    trusted = x509.load_der_x509_certificate(held.authority).public_key()
    keys = []
    for path in (tmp_path / c.TLS_FOLDER).iterdir():
        if b"PRIVATE KEY" in path.read_bytes():
            keys.append(serialization.load_pem_private_key(path.read_bytes(), None).public_key())
    assert len(keys) == 2
    assert trusted not in keys


def test_both_authorities_carry_the_constraints_as_critical(tmp_path: Path) -> None:
    """The lower one is bounded by itself: some verifiers do not look for constraints in what they are told to trust."""
    made(tmp_path, names=("desk.leaf.example",))
    both = x509.load_pem_x509_certificates((tmp_path / c.TLS_FOLDER / c.AUTHORITY).read_bytes())
    for one in both:
        found = one.extensions.get_extension_for_class(x509.NameConstraints)
        assert found.critical
        named = [name.value for name in found.value.permitted_subtrees or [] if isinstance(name, x509.DNSName)]
        assert named == ["desk.leaf.example", "local", "localhost"]


def test_keys_are_for_the_server_alone_and_a_note_says_what_they_are(tmp_path: Path) -> None:
    """Files with keys are 0600 in a folder that is 0700; a README says which they are; phones get one without."""
    made(tmp_path)
    folder = tmp_path / c.TLS_FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        if b"PRIVATE KEY" in path.read_bytes():
            assert path.stat().st_mode & 0o777 == 0o600, path.name
            assert path.name in (folder / c.README).read_text()
    assert b"PRIVATE KEY" not in (folder / c.FOR_PHONES).read_bytes()


def test_phones_would_take_how_long_it_holds(tmp_path: Path) -> None:
    """The desk's certificate holds for at most 397 days in all, the authority for five years; both from a day ago."""
    held = made(tmp_path)
    leaf = x509.load_pem_x509_certificates(held.server.read_bytes())[0]
    root = x509.load_der_x509_certificate(held.authority)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)
    assert timedelta(days=5 * 365) <= root.not_valid_after_utc - NOW.utc <= timedelta(days=5 * 366)
    assert leaf.not_valid_before_utc <= NOW.utc - timedelta(days=1)
    assert held.authority_until.utc == root.not_valid_after_utc


def test_nothing_is_made_anew_while_it_is_good(tmp_path: Path) -> None:
    """The next start with the same addresses changes no byte."""
    made(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / c.TLS_FOLDER).iterdir()}
    made(tmp_path, now=NOW.plus(days=300))
    assert {path.name: path.read_bytes() for path in (tmp_path / c.TLS_FOLDER).iterdir()} == before


@pytest.mark.parametrize(("days", "addresses"), [(370, LAN), (0, (*LAN, "192.168.8.20")), (0, LAN[:1]), (1825, LAN)])
def test_the_desk_s_certificate_is_made_anew_and_the_authority_stays(
    days: int, addresses: tuple[str, ...], tmp_path: Path
) -> None:
    """When it nears its end, or the addresses changed: phones that trust the authority need nothing new."""
    first = made(tmp_path)
    leaf = first.server.read_bytes()
    second = made(tmp_path, now=NOW.plus(days=days), addresses=addresses)
    assert second.server.read_bytes() != leaf
    assert second.authority == first.authority
    assert set(addresses) <= set(second.names)
    assert second.server_until.ms <= second.authority_until.ms


@pytest.mark.parametrize("broken", [b"", b"not PEM", "another desk's"])
def test_a_certificate_that_is_broken_or_foreign_is_made_anew(broken: bytes | str, tmp_path: Path) -> None:
    """Cut off, or copied from another desk: the server starts all the same, with a new one."""
    held = made(tmp_path, now=today())
    body = broken if isinstance(broken, bytes) else made(tmp_path / "other", now=today()).server.read_bytes()
    held.server.write_bytes(body)
    again = made(tmp_path, now=today())
    with desk(again.server) as port:
        shake_hands(port, "localhost", held.authority)


@pytest.mark.parametrize("days", [-400, 5 * 366])
def test_a_wrong_clock_never_costs_the_authority(days: int, tmp_path: Path) -> None:
    """Long before or after, it is said, and nothing is made anew: a flat clock battery must not undo every phone."""
    made(tmp_path)
    before = (tmp_path / c.TLS_FOLDER / c.AUTHORITY).read_bytes()
    with pytest.raises(c.CertificateError, match="set the clock, or make a new authority"):
        made(tmp_path, now=NOW.plus(days=days))
    assert (tmp_path / c.TLS_FOLDER / c.AUTHORITY).read_bytes() == before


def test_a_broken_authority_is_said_and_kept(tmp_path: Path) -> None:
    """It is not replaced by itself: every phone would have to learn a new one."""
    made(tmp_path)
    path = tmp_path / c.TLS_FOLDER / c.AUTHORITY
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(c.CertificateError, match="bring it back from a copy"):
        made(tmp_path)
    c.replace_authority(path.parent, addresses=LAN, hostname="hokage-1", now=NOW)
    assert made(tmp_path).names


def test_names_beyond_the_constraints_are_left_out_and_said(tmp_path: Path) -> None:
    """A public address or a name given later is not vouched for; a new authority vouches for it."""
    held = made(tmp_path, addresses=(*LAN, "203.0.113.9"))
    assert held.left_out == ("203.0.113.9",)
    later = made(tmp_path, names=("desk.leaf.example",))
    assert later.left_out == ("desk.leaf.example",)
    new = c.replace_authority(tmp_path / c.TLS_FOLDER, names=("desk.leaf.example",), now=NOW)
    assert new.left_out == ()
    assert new.authority != held.authority


@pytest.mark.parametrize(
    "name", ["*.leaf.example", "dev", "com", "", "a b", "x..y", "https://desk", "desk.leaf.example/x"]
)
def test_what_is_no_full_name_is_refused(name: str, tmp_path: Path) -> None:
    """A bare word may be a whole top-level domain, and a star anything: neither is vouched for."""
    with pytest.raises(c.CertificateError, match="full host name"):
        made(tmp_path, names=(name,))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where the folder's name is taken by a file, the text says which."""
    (tmp_path / c.TLS_FOLDER).write_text("in the way")
    with pytest.raises(c.CertificateError, match=c.TLS_FOLDER):
        made(tmp_path)


def test_a_profile_for_iphones_holds_the_authority(tmp_path: Path) -> None:
    """The profile installs exactly the authority; the same authority gives the same bytes, another other ids."""
    held, other = made(tmp_path / "one"), made(tmp_path / "other")
    profile = plistlib.loads(c.mobileconfig(held.authority))
    (payload,) = profile["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == held.authority
    assert profile["PayloadDisplayName"].startswith("Wayhome Hokage-1")
    assert c.mobileconfig(held.authority) == c.mobileconfig(held.authority)
    assert plistlib.loads(c.mobileconfig(other.authority))["PayloadUUID"] != profile["PayloadUUID"]


def test_the_authority_for_android_is_the_same(tmp_path: Path) -> None:
    """What lies in the folder to be carried to a phone is the authority that is served."""
    held = made(tmp_path)
    assert (tmp_path / c.TLS_FOLDER / c.FOR_PHONES).read_bytes() == c.authority_pem(held.authority)


def test_the_fingerprint_reads_as_phones_show_it_and_aloud(tmp_path: Path) -> None:
    """SHA-256 in pairs of hex digits; aloud, letters by the radio's alphabet, eight lines that say the same."""
    held = made(tmp_path)
    shown = c.fingerprint(held.authority)
    assert (
        shown.replace(" ", "").lower()
        == x509.load_der_x509_certificate(held.authority).fingerprint(hashes.SHA256()).hex()
    )
    assert c.spoken("0A 1F 22 B3 C4 5D E6 77")[0] == "0 Alfa, 1 Foxtrot, 2 2, Bravo 3"
    back = {word: letter for letter, word in c.LETTERS.items()}
    words = " ".join(c.spoken(shown)).replace(",", "").split()
    assert "".join(back.get(word, word) for word in words) == shown.replace(" ", "")
    assert len(c.spoken(shown)) == 8
