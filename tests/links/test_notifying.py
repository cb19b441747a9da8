"""Messages that really go out: to a web hook and a mail server on loopback, through dead networks and kills."""

from __future__ import annotations

import email
import email.policy
import importlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.fakes.house import SCALES
from tests.fakes.logs import CHEAP, PASSPHRASE
from tests.fakes.receivers import Inbox, free_port, hook, mail_server
from tests.fakes.scene import Scene

from wayhome.assembly.local import Founding, found, open_house
from wayhome.formats.channels import HOOKS, MAIL, PUSH, SCHEMES, SMS, BadChannel
from wayhome.links.notifying import AT_ONCE, AppriseMessenger, message_pool, usable_channel
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.notifying import BODY, TITLE, Notifier
from wayhome.usecases.ports import NotSent
from wayhome.values.ids import MissionId, PersonId

REPOSITORY = Path(__file__).parents[2]
SECRETS = (b"Kagerou", b"Lost hiker", b"Neji", b"Shizune", b"offer", b"mission", b"42.5")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with message_pool() as threads:
        yield threads


def drain(pool: ThreadPoolExecutor) -> None:
    """Waits until every message handed over is done with: each thread must be free to meet the others."""
    meeting = threading.Barrier(AT_ONCE)
    for waiting in [pool.submit(meeting.wait, 60) for _ in range(AT_ONCE)]:
        waiting.result()


class Told:
    """The scene, with a notifier that sends for real to one address of Neji's."""

    def __init__(self, url: str, pool: ThreadPoolExecutor) -> None:
        self.scene, self._pool = Scene(), pool
        self.neji = self.scene["Neji"]
        house = self.scene.house
        channels = {self.neji: (url,)}
        self.notifier = Notifier(
            house.log, house.acting, AppriseMessenger(), pool, lambda member: channels.get(member, ())
        )

    def tick(self) -> None:
        self.notifier.notify(self.scene.now)
        drain(self._pool)
        self.notifier.notify(self.scene.now)


def test_a_hook_gets_the_message_and_nothing_else(pool: ThreadPoolExecutor) -> None:
    """An offer of a secret mission arrives at a web hook as "Wayhome: open Wayhome"; no word of it is in there."""
    inbox, port = Inbox(), free_port()
    told = Told(f"json://127.0.0.1:{port}/leaf?+X-Token=abc", pool)
    told.scene.offer("Neji", told.scene.secret("Kagerou"))
    with hook(port, inbox):
        told.tick()
    (message,) = inbox.messages
    body = json.loads(message[message.index(b"{") :])
    assert (body["title"], body["message"]) == ("Wayhome", "open Wayhome")
    assert body["attachments"] == []
    assert b"X-Token: abc" in message
    assert not [word for word in SECRETS if word in message]


def test_a_mail_arrives_and_says_nothing(pool: ThreadPoolExecutor) -> None:
    """By SMTP to a real mail server: subject "Wayhome", text "open Wayhome", no word of what waits."""
    inbox, port = Inbox(), free_port()
    told = Told(f"mailto://127.0.0.1:{port}?from=desk@leaf.example&to=n@leaf.example", pool)
    told.scene.offer("Neji", told.scene.secret("Kagerou"))
    with mail_server(port, inbox):
        told.tick()
    (message,) = inbox.messages
    mail = email.message_from_bytes(message.partition(b"\n")[2], policy=email.policy.default)
    text = mail.get_body(("plain", "html"))
    assert message.startswith(b"RCPT n@leaf.example")
    assert mail["Subject"] == "Wayhome"
    assert text is not None and "open Wayhome" in text.get_content()
    assert not [word for word in SECRETS if word in message]


@pytest.mark.parametrize("kind", ["json", "mail"])
def test_what_could_not_go_out_goes_out_when_the_server_is_back(kind: str, pool: ThreadPoolExecutor) -> None:
    """Nobody answers: it is kept and said why; once somebody answers there it arrives, once."""
    inbox, port = Inbox(), free_port()
    urls = {"json": f"json://127.0.0.1:{port}/x", "mail": f"mailto://127.0.0.1:{port}?from=a@b.org&to=c@d.org"}
    told = Told(urls[kind], pool)
    told.scene.offer("Neji")
    told.tick()
    (item,) = told.notifier.told(told.neji).value
    assert (item.at, item.tries) == (None, 1)
    assert "cannot be reached" in item.failed
    with hook(port, inbox) if kind == "json" else mail_server(port, inbox):
        for _ in range(3):
            told.scene.clock.forward(minutes=1)
            told.tick()
    assert len(inbox.messages) == 1
    assert told.notifier.told(told.neji).value[0].at is not None


@pytest.mark.parametrize(("code", "words"), [(401, "password or key"), (404, "nothing at that"), (503, "fault")])
def test_a_refusal_is_said_in_words_without_the_address(code: int, words: str) -> None:
    """Why a message was not taken is told, and nothing of the address or its password."""
    inbox, port = Inbox(), free_port()
    inbox.answer = code
    with hook(port, inbox), pytest.raises(NotSent, match=words) as refused:
        AppriseMessenger().send(f"json://naruto:rasengan@127.0.0.1:{port}/topic", TITLE, BODY)
    assert not [word for word in ("naruto", "rasengan", "topic", str(port)) if word in str(refused.value)]


def test_a_channel_that_could_do_more_is_not_even_tried() -> None:
    """However an address came to be kept, what may not be used is refused where messages go out."""
    for url in ("syslog://localhost", "tgram://1:a/2?template=/etc/hostname", "json://"):
        with pytest.raises(NotSent):
            AppriseMessenger().send(url, TITLE, BODY)


def test_a_channel_is_checked_before_it_is_kept() -> None:
    """What lacks its target is refused in words; what is whole comes back as it is; nothing is sent for it."""
    assert usable_channel(" ntfys://ntfy.example.org/leaf ") == "ntfys://ntfy.example.org/leaf"
    with pytest.raises(BadChannel, match="not complete"):
        usable_channel("tgram://nothing")


def test_the_channels_in_the_manual_are_whole() -> None:
    """Every address that docs/reaching.md shows as an example can be kept as a channel."""
    shown = re.findall(r'"(\w+://[^"]+)"', (REPOSITORY / "docs" / "reaching.md").read_text())
    assert len(shown) >= 3
    for url in shown:
        assert usable_channel(url) == url


def test_every_kind_of_channel_that_is_let_through_exists() -> None:
    """The list of kinds holds only what Apprise knows: no promise that nothing can keep."""
    manager = importlib.import_module("apprise.manager_plugins").NotificationManager()
    assert set(manager.schemas()) >= SCHEMES
    assert not MAIL & SMS and not PUSH & HOOKS


def test_nothing_is_written_about_what_was_sent(capfd: pytest.CaptureFixture[str]) -> None:
    """A failed message leaves nothing on the server's terminal: an address may hold a password."""
    with pytest.raises(NotSent):
        AppriseMessenger().send(f"json://naruto:rasengan@127.0.0.1:{free_port()}", TITLE, BODY)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


class Served:
    """A folder on disk in which an offer waits for Neji, and a server of it in a process of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        founding = Founding(
            name="The Leaf",
            zone="Asia/Tokyo",
            profile="leaf",
            scales=SCALES,
            founder="Tsunade",
            password="sannin no hime",
        )
        house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP)
        tsunade = PersonId(next(iter(house.acting.standing.world.people)))
        desk = house.as_member(tsunade)
        self.neji = PersonId(desk.do(p.EnrolMember(name="Neji")).made)
        mission = MissionId(desk.do(m.RaiseAlarm(name="Lost hiker", rank="D")).made)
        desk.do(m.MakeOffer(mission=mission, member=self.neji))
        house.close()

    def started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.links.telling", str(self.folder), self.url]
        return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def tick(server: subprocess.Popen[str]) -> None:
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write("tick\n")
    server.stdin.flush()
    assert server.stdout.readline() == "ticked\n"


def test_a_server_killed_before_it_could_note_tells_again(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    """Killed with SIGKILL after the message arrived and before that was noted: the next start sends it once more."""
    inbox, port = Inbox(), free_port()
    served = Served(tmp_path / "leaf", f"json://127.0.0.1:{port}/x")
    with hook(port, inbox), ExitStack() as ending:
        first = served.started()
        ending.callback(_end, first)
        tick(first)
        inbox.wait_for(1)
        first.kill()
        first.wait(timeout=30)
        house = open_house(served.folder, passphrase=PASSPHRASE)
        ending.callback(house.close)
        for _ in range(2):
            notifier = Notifier(house.log, house.acting, AppriseMessenger(), pool, lambda _: (served.url,))
            notifier.notify(house.clock())
            drain(pool)
            notifier.notify(house.clock())
            assert len(inbox.wait_for(2)) == 2
            assert notifier.told(served.neji).value[0].at is not None


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
