"""Which addresses may be told, and that the others are refused in words that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.formats.channels import ARGUMENTS, MOST_LETTERS, SCHEMES, BadChannel, checked_channel, shown_channel


@pytest.mark.parametrize(
    "url",
    [
        "mailto://desk:word@example.org?to=naruto@example.org&from=desk@example.org",
        "mailtos://desk:word@mail.example.org:465?smtp=mail.example.org&to=a@b.org,c@d.org",
        "ntfys://ntfy.example.org/leaf-naruto?priority=high",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
        "twilio://AC123:token@15551234567/15557654321",
        "json://127.0.0.1:8080/hook?+Authorization=Bearer%20abc",
        "signal://signal.lan:8080/+15551234567/+15557654321",
    ],
)
def test_what_sends_a_message_elsewhere_is_let_through(url: str) -> None:
    """Mail, SMS gateways, push services and hooks are channels as they stand."""
    assert checked_channel(f"  {url}\n") == url


def test_the_kind_is_read_whatever_its_case() -> None:
    """MAILTO is mailto; what comes after is left alone."""
    assert checked_channel("MailTo://A:B@example.org") == "mailto://A:B@example.org"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("syslog://localhost", "syslog:// is not among"),
        ("dbus://", "that is no channel"),
        ("windows://x", "windows:// is not among"),
        ("file:///etc/passwd", "that is no channel"),
        ("vapid://me@example.org?keyfile=/etc/key", "vapid:// is not among"),
        ("fcm://project@key?keyfile=/etc/key", "fcm:// is not among"),
        ("workflows://host/a/b/c?template=/etc/passwd", "workflows:// is not among"),
        ("https://hooks.example.org/x", "json://"),
        ("naruto@example.org", "mailto://"),
        ("", "that is no channel"),
        ("json:///path", "that is no channel"),
        ("json://one, syslog://two", "no spaces"),
        ("json://one\nsyslog://two", "no line breaks"),
        ("tgram://bot/12?template=/etc/passwd", "may not be given template="),
        ("tgram://bot/12?to=1&template=/etc/passwd", "may not be given template="),
        ("tgram://bot/12?to=1;template=/etc/passwd", "may not be given template="),
        ("tgram://bot/12?%74emplate=/etc/passwd", "without %"),
        ("tgram://bot/12?Template=/etc/passwd", "small letters"),
        ("slack://a/b/c?template", "may not be given template="),
        ("ntfy://host/topic?attach=/etc/passwd", "may not be given attach="),
        ("mailto://a:b@c.org?pgp=yes", "may not be given pgp="),
        ("json://127.0.0.1:9200/record?method=DELETE", "may not be given method="),
        ("json://host?:all=mine", "written as it is"),
        ("ntfy://host/topic?+X=1", "written as it is"),
        ("json://host?verify=no", "may not be given verify="),
        (f"json://{'a' * MOST_LETTERS}", "at most"),
    ],
)
def test_what_could_do_more_than_send_is_refused(url: str, words: str) -> None:
    """What writes to this machine, reads its files, or steers a request is refused, and the words say what works."""
    with pytest.raises(BadChannel, match=words.replace("?", r"\?").replace("+", r"\+")):
        checked_channel(url)


@given(st.text())
def test_any_text_is_a_channel_or_is_refused(text: str) -> None:
    """Whatever is typed, the answer is a channel of a known kind or a refusal; a channel stays what it is."""
    try:
        channel = checked_channel(text)
    except BadChannel:
        return
    assert channel.partition("://")[0] in SCHEMES
    assert checked_channel(channel) == channel


@given(st.sampled_from(sorted(SCHEMES)), st.text("abc/?&;=%+:@", max_size=40))
def test_no_argument_gets_past_the_list(scheme: str, rest: str) -> None:
    """However an address is written, what it asks for after its question mark is on the list, or a hook's header."""
    try:
        query = checked_channel(f"{scheme}://h{rest}").partition("?")[2]
    except BadChannel:
        return
    names = {part.partition("=")[0] for piece in query.split("&") for part in piece.split(";")} - {""}
    assert all(name in ARGUMENTS or name.startswith("+") for name in names)


def test_a_refusal_repeats_no_password() -> None:
    """What is wrong is said without the address: it may hold a password."""
    with pytest.raises(BadChannel) as refused:
        checked_channel("mailto://desk:tsukuyomi@example.org?template=x")
    assert "tsukuyomi" not in str(refused.value)


def test_a_channel_is_shown_by_its_kind_alone() -> None:
    """On a screen stands what kind a channel is; neither address nor key."""
    assert shown_channel("mailto://desk:tsukuyomi@example.org") == "mail (mailto)"
    assert shown_channel("json://10.0.0.2/x") == "hook (json)"
    assert shown_channel("twilio://AC1:tok@1/2") == "SMS (twilio)"
    assert shown_channel("ntfys://h/t") == "push (ntfys)"
