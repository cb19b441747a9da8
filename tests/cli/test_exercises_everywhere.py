"""What looks everywhere looks everywhere: each command that shows something is among those it runs."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.exercises.everywhere import OF_A_MEMBER, OF_A_MISSION, PLAIN
from wayhome.cli.main import build

CHANGES = {
    "acknowledge", "add", "admit", "agree", "agree-limit", "agree-watch", "amend", "answer", "answer-request", "ask",
    "ask-backup", "assume", "available", "begin", "bond", "break", "brief", "ceiling", "change", "check-in", "choose",
    "close", "close-to", "command", "contact", "contact-plan", "defer", "depart", "doubt", "draft", "duties", "eaten",
    "end", "end-limit", "erase", "exception", "exposure", "fail", "fallen", "feed", "form", "found", "handled",
    "handover", "hear", "heard", "help", "hold", "hold-back", "home", "init", "invite", "ipp", "join", "kin", "leave",
    "lift", "limit", "line", "lkp", "login", "logout", "look-in", "make", "mask", "medical", "never", "new",
    "not-myself", "note", "off", "official", "on", "open-together", "outcome", "over", "own", "pace", "pass-on",
    "password", "place", "plan", "post", "promise", "qualification", "quarry", "rank", "read", "read-in", "read-out",
    "recover", "refuse", "refused", "regrade", "release", "rename", "reopen", "resume", "role", "role-end", "routine",
    "segment", "send-backup", "set", "settle", "sign-in", "sign-out", "signs", "skill", "slept", "someone-else",
    "stage", "stake", "start-home", "status", "suspend", "take", "take-over", "take-worry", "tell", "tell-identity",
    "ticks", "treat", "triage", "unavailable", "unbond", "undo", "unlock", "urgency", "vehicle-release",
    "vehicle-take", "veil", "walk-in", "warn", "watch", "weighs", "weigh", "withdraw", "withdraw-invitation",
    "withhold", "worry",
}  # fmt: skip
"""What states something: it answers with what was stated, and no more."""

OF_FILES = {"export", "import", "backup", "restore", "exchange", "merge", "verify", "serve", "terrain", "search"}
"""What works on files and terrains: an exercise has none. The two-worlds test covers these."""

ELSEWHERE = {
    "care watch report": "states what was seen",
    "field rest": "states that somebody ate or slept",
    "care show": "a case of one's own, which `care mine` shows, or of those that `care cases` lists",
    "care supporters": "made of the roster and bonds, which are looked through, for a case that one can open",
    "propose": "advice is written down; `mission advice` shows it",
    "field backup": "advice is written down; `mission advice` shows it",
    "field track": "needs somebody's name; `field places` shows whose places are known",
    "report pdf": "a file of what `report show`, `log list` and the others show",
    "report log-pdf": "a file of what `log list` shows",
    "report log-csv": "a file of what `log list` shows",
    "report briefing-pdf": "a file of what `mission briefing` shows",
    "telling show": "states that a telling may be seen; `telling list MISSION` shows it",
    "member recovery-codes": "of a sign-in, and an exercise signs nobody in",
    "member sessions": "of a sign-in, and an exercise signs nobody in",
    "member end-session": "of a sign-in, and an exercise signs nobody in",
    "photo save": "a file of what `photo list` shows",
    "exercise": "plays in a house of its own",
    "demo": "makes a folder of its own",
}


def commands(app: App, path: tuple[str, ...] = ()) -> list[str]:
    """Every command of the tree that does something by itself."""
    found = []
    for name in app:
        if name.startswith("-"):
            continue
        under = app[name]
        here = (*path, name)
        if under.default_command is not None:
            found.append(" ".join(here))
        found += commands(under, here)
    return found


def test_every_command_that_shows_something_is_looked_through() -> None:
    """A new command is either run by `nowhere`, or stands here as one that shows nothing of the record."""
    looked = {*PLAIN, *OF_A_MEMBER, *OF_A_MISSION}
    unplaced = [
        command
        for command in commands(build())
        if command not in looked
        and command.split()[-1] not in CHANGES
        and command.split()[0] not in OF_FILES
        and command not in ELSEWHERE
        and command.split()[0] not in ELSEWHERE
    ]
    assert not unplaced, f"looked through by no exercise: {unplaced}"


def test_whatever_is_looked_through_is_there() -> None:
    """Each command that `nowhere` runs exists."""
    assert not {*PLAIN, *OF_A_MEMBER, *OF_A_MISSION} - set(commands(build()))
