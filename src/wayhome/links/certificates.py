"""HTTPS in a LAN: a small authority of our own, which phones are taught to trust, and a certificate for the desk.

The authority is two certificates. The upper one is what phones install; its key signs the lower one and is thrown
away, never written. The lower one, whose key must lie here so that the server starts unattended, may vouch only for
private addresses, `.local`, localhost and the names given when it was made. Whoever steals the key can pass for this
desk; they cannot pass for a bank.
"""

from __future__ import annotations

import hashlib
import ipaddress
import plistlib
import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wayhome.links.files import FileError, read_file, write_atomic
from wayhome.values.when import Moment, moment

TLS_FOLDER: Final = "tls"
"""Beside the record, in the data folder."""
AUTHORITY: Final = "authority.pem"
SERVER: Final = "server.pem"
FOR_PHONES: Final = "wayhome-authority.crt"
README: Final = "README.txt"

AUTHORITY_DAYS: Final = 5 * 365 + 1
SERVER_DAYS: Final = 395
"""With the day by which it is dated back, 396: phones refuse certificates that hold for more than 397."""
DATED_BACK: Final = timedelta(days=1)
"""Phones in the field may be behind; a certificate from just now would not hold for them yet."""
RENEWED_BEFORE: Final = timedelta(days=30)

PRIVATE: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7",
        "fe80::/10",
    )
)  # fmt: skip
ALWAYS: Final = ("localhost", "127.0.0.1", "::1")
LOCAL: Final = "local"
NAME: Final = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")

README_WORDS: Final = """\
What lies here lets phones and laptops reach the desk by HTTPS.

wayhome-authority.crt  install this on phones; it holds no secret
authority.pem          holds a SECRET KEY, readable by the server's user only
server.pem             the desk's certificate and its SECRET KEY; made anew by itself

The keys are not encrypted, so that the server can start with nobody there. Whoever takes them can pass for this desk
in the LAN, and for nothing beyond: the authority may vouch for private addresses and this desk's names only. If that
happened, make a new authority and install it again. Without this folder nothing of the record is lost.
"""

Key = ec.EllipticCurvePrivateKey
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class CertificateError(Exception):
    """HTTPS cannot be served; the text says why and what to do."""


class Certificates(msgspec.Struct, frozen=True, kw_only=True):
    """What HTTPS is served with. `server` holds chain and key, for `ssl.SSLContext.load_cert_chain`.

    `authority` is the DER of what phones install. `left_out` are names and addresses for which it may not vouch.
    """

    server: Path
    authority: bytes
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    server_until: Moment
    authority_until: Moment


class _Authority(msgspec.Struct, frozen=True):
    """The upper certificate, which phones install, and the lower one with its key."""

    upper: x509.Certificate
    lower: x509.Certificate
    key: Key


def ensure(
    folder: Path, *, names: Sequence[str] = (), addresses: Sequence[str] = (), hostname: str = "", now: Moment
) -> Certificates:
    """The certificates in `folder`, made where there are none; the desk's own anew when it ends or names changed.

    `names` are what people call this desk by, host names or addresses: a new authority is made to vouch for them.
    `addresses` are this machine's own, for which it vouches where they are private. Raises CertificateError.
    """
    given = tuple(_plain(name) for name in names)
    if not (folder / AUTHORITY).exists():
        return replace_authority(folder, names=names, addresses=addresses, hostname=hostname, now=now)
    authority = _read_authority(folder)
    _must_hold(authority.upper, now)
    wanted = list(dict.fromkeys((*ALWAYS, *_local_name(hostname), *given, *map(_plain, addresses))))
    vouched = [name for name in wanted if _may_vouch(authority.lower, name)]
    server = _read_server(folder)
    if server is None or not _still_good(server, authority, vouched, now):
        server = _new_server(folder, authority, vouched, now)
    return Certificates(
        server=folder / SERVER,
        authority=authority.upper.public_bytes(serialization.Encoding.DER),
        names=tuple(vouched),
        left_out=tuple(name for name in wanted if name not in vouched),
        server_until=_moment(server.not_valid_after_utc, now),
        authority_until=_moment(authority.upper.not_valid_after_utc, now),
    )


def replace_authority(
    folder: Path, *, names: Sequence[str] = (), addresses: Sequence[str] = (), hostname: str = "", now: Moment
) -> Certificates:
    """Makes a new authority in the place of any before: every phone must learn it. Raises CertificateError."""
    authority = _new_authority([_plain(name) for name in names], _label(hostname), now.utc)
    upper, lower = (one.public_bytes(serialization.Encoding.PEM) for one in (authority.upper, authority.lower))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(folder / README, README_WORDS.encode())
        write_atomic(folder / AUTHORITY, upper + lower + _key_pem(authority.key), mode=0o600)
        write_atomic(folder / FOR_PHONES, upper)
    except OSError as error:
        raise CertificateError(f"the folder {folder} cannot be made: {error.strerror}") from error
    except FileError as error:
        raise CertificateError(str(error)) from error
    return ensure(folder, names=names, addresses=addresses, hostname=hostname, now=now)


# What phones are given


def authority_pem(authority: bytes) -> bytes:
    """The authority as PEM."""
    return x509.load_der_x509_certificate(authority).public_bytes(serialization.Encoding.PEM)


def mobileconfig(authority: bytes) -> bytes:
    """The authority as a profile that an iPhone installs (`application/x-apple-aspen-config`). Same in, same out."""
    digest = hashlib.sha256(authority).digest()
    called = _common_name(x509.load_der_x509_certificate(authority).subject)
    certificate = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"org.wayhome.authority.{digest.hex()[:16]}.root",
        "PayloadUUID": str(uuid.UUID(bytes=digest[:16], version=4)).upper(),
        "PayloadDisplayName": called,
        "PayloadContent": authority,
        "PayloadCertificateFileName": FOR_PHONES,
    }
    profile = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"org.wayhome.authority.{digest.hex()[:16]}",
        "PayloadUUID": str(uuid.UUID(bytes=digest[16:], version=4)).upper(),
        "PayloadDisplayName": called,
        "PayloadDescription": "Lets this phone open the Wayhome desk by HTTPS. It vouches for nothing beyond the LAN.",
        "PayloadContent": [certificate],
    }
    return plistlib.dumps(profile, sort_keys=True)


def fingerprint(authority: bytes) -> str:
    """The SHA-256 fingerprint as phones show it: pairs of hex digits."""
    return hashlib.sha256(authority).digest().hex(" ").upper()


LETTERS: Final = {"A": "Alfa", "B": "Bravo", "C": "Charlie", "D": "Delta", "E": "Echo", "F": "Foxtrot"}


def spoken(fingerprint: str) -> tuple[str, ...]:
    """A fingerprint to read aloud over the radio and compare with what a phone shows: eight lines of four pairs."""
    pairs = [" ".join(LETTERS.get(digit, digit) for digit in pair) for pair in fingerprint.split()]
    return tuple(", ".join(pairs[start : start + 4]) for start in range(0, len(pairs), 4))


# Names


def _plain(name: str) -> str:
    """A name or address as certificates hold it. Raises CertificateError for what can be neither."""
    text = name.strip().strip("[]").rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    if text == "localhost" or NAME.fullmatch(text):
        return text
    raise CertificateError(
        f"{name!r} is neither an address nor a full host name: give one such as desk.team.example or 192.168.1.20"
    )


def _local_name(hostname: str) -> list[str]:
    """What other machines of the LAN call this one by multicast DNS. A bare host name is nobody's to vouch for."""
    name = f"{hostname.partition('.')[0].lower()}.{LOCAL}"
    return [name] if NAME.fullmatch(name) else []


def _label(hostname: str) -> str:
    return hostname.partition(".")[0][:30] or "desk"


def _address(name: str) -> Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _general(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.IPAddress(address) if address else x509.DNSName(name)


def _may_vouch(authority: x509.Certificate, name: str) -> bool:
    """Whether the authority's own constraints let it vouch for a name."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    address = _address(name)
    if address:
        return any(_lies_in(address, one.value) for one in permitted if isinstance(one, x509.IPAddress))
    domains = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _lies_in(address: Address, network: object) -> bool:
    return isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network) and address in network


def _constraints(names: Iterable[str]) -> x509.NameConstraints:
    permitted: list[x509.GeneralName] = [x509.IPAddress(network) for network in PRIVATE]
    domains = {"localhost", LOCAL}
    for name in names:
        address = _address(name)
        if address is None:
            domains.add(name)
        elif not any(_lies_in(address, network) for network in PRIVATE):
            permitted.append(x509.IPAddress(ipaddress.ip_network(address)))
    permitted += [x509.DNSName(domain) for domain in sorted(domains)]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


# Making


def _new_authority(names: Sequence[str], label: str, now: datetime) -> _Authority:
    begins, ends = now - DATED_BACK, now + timedelta(days=AUTHORITY_DAYS)
    constraints = _constraints(names)
    upper_key, lower_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    upper_name = _named(f"Wayhome {label} {now:%Y-%m-%d}")
    upper = _signing(upper_name, upper_name, upper_key, upper_key, 1, constraints, begins, ends)
    lower_name = _named(f"Wayhome {label} {now:%Y-%m-%d}, desk")
    lower = _signing(lower_name, upper_name, lower_key, upper_key, 0, constraints, begins, ends)
    return _Authority(upper, lower, lower_key)


def _signing(
    name: x509.Name, by: x509.Name, key: Key, by_key: Key, below: int, constraints: x509.NameConstraints,
    begins: datetime, ends: datetime,
) -> x509.Certificate:  # fmt: skip
    """A certificate that may sign others, so many floors below, within the constraints."""
    return (
        _begun(name, by, key, by_key, begins, ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(constraints, critical=True)
        .sign(by_key, hashes.SHA256())
    )


def _new_server(folder: Path, authority: _Authority, names: Sequence[str], now: Moment) -> x509.Certificate:
    """Makes the desk's certificate and writes it, with its key and the lower authority's certificate, as one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    ends = min(now.utc + timedelta(days=SERVER_DAYS), authority.lower.not_valid_after_utc)
    begins = max(now.utc - DATED_BACK, authority.lower.not_valid_before_utc)
    certificate = (
        _begun(_named("Wayhome desk"), authority.lower.subject, key, authority.key, begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    body = certificate.public_bytes(pem) + authority.lower.public_bytes(pem) + _key_pem(key)
    try:
        write_atomic(folder / SERVER, body, mode=0o600)
    except FileError as error:
        raise CertificateError(str(error)) from error
    return certificate


def _begun(
    name: x509.Name, by: x509.Name, key: Key, by_key: Key, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(
        issuer_name=by,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=begins,
        not_valid_after=ends,
    )
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key())
    return builder.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
    ).add_extension(signer, critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _common_name(name: x509.Name) -> str:
    return str(name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _key_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


# Reading


def _read_authority(folder: Path) -> _Authority:
    path = folder / AUTHORITY
    try:
        body = read_file(path, most_bytes=1 << 20)
        upper, lower = x509.load_pem_x509_certificates(body)
        key = serialization.load_pem_private_key(body, password=None)
    except (FileError, ValueError) as error:
        raise CertificateError(
            f"{path} cannot be used ({error}): bring it back from a copy, or make a new authority and install that on "
            "the phones"
        ) from error
    if not isinstance(key, Key) or key.public_key() != lower.public_key():
        raise CertificateError(f"{path} holds a key that is not its certificate's: make a new authority")
    return _Authority(upper, lower, key)


def _must_hold(authority: x509.Certificate, now: Moment) -> None:
    """Never mends a wrong clock by a new authority: the phones would have to learn it for nothing."""
    begins, ends = authority.not_valid_before_utc, authority.not_valid_after_utc
    if begins <= now.utc < ends:
        return
    raise CertificateError(
        f"this machine's clock says {now.utc:%Y-%m-%d}, and the authority that phones trust holds from "
        f"{begins:%Y-%m-%d} to {ends:%Y-%m-%d}: set the clock, or make a new authority and install it on the phones"
    )


def _read_server(folder: Path) -> x509.Certificate | None:
    """The desk's certificate, where it can be read and its key fits; it is cheap to make a new one."""
    try:
        body = read_file(folder / SERVER, most_bytes=1 << 20)
        server, *_ = x509.load_pem_x509_certificates(body)
        key = serialization.load_pem_private_key(body, password=None)
    except (FileError, ValueError):
        return None
    return server if isinstance(key, Key) and key.public_key() == server.public_key() else None


def _still_good(server: x509.Certificate, authority: _Authority, names: Sequence[str], now: Moment) -> bool:
    try:
        server.verify_directly_issued_by(authority.lower)
        held = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    ends, begins = server.not_valid_after_utc, server.not_valid_before_utc
    renewed = ends if ends == authority.lower.not_valid_after_utc else ends - RENEWED_BEFORE
    return list(held) == [_general(name) for name in names] and begins <= now.utc < renewed


def _moment(at: datetime, now: Moment) -> Moment:
    return moment(at).at(now.zone)
