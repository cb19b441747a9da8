"""One's own care: the check-in, the offer, pace, what is agreed, who read it; and how to stop it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from wayhome.access.seen import Seen
from wayhome.cli import care_asking as asking
from wayhome.cli import care_shown as shown
from wayhome.cli import times, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.opening import secret
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.show import put, put_json
from wayhome.engines.care import stated as s
from wayhome.engines.care.screen import EVERY_TAP_IS_FREE, QUESTIONS, Question
from wayhome.engines.care.shapes import ExportedCase, ScreenView
from wayhome.values.ids import handle

app = App(help="One's own care.")

Flag = Annotated[bool, Parameter(negative="")]
YES_NO = {"yes": True, "no": False}


@app.command(name="mine")
def mine() -> None:
    """Shows your own: what was offered, when the next contact is, what is agreed, and who has read it.

    Example: wayhome care mine
    """
    seen = asking.read("my_care")
    if here().as_json:
        put_json(seen.value)
    elif seen.value is None:
        put("nothing is written of you in care: `wayhome care ask` if you want somebody to talk to")
    else:
        for line in shown.case_lines(seen.value):
            put(line)


@app.command(name="who-reads")
def who_reads() -> None:
    """Shows who reads what you say in care, what the law protects, and whom to call at once.

    Example: wayhome care who-reads
    """
    seen: Seen[ScreenView] = asking.read("care_screen")
    if here().as_json:
        put_json(seen.value)
        return
    for line in shown.screen_lines(seen.value):
        put(line)


@app.command(name="ask")
def ask() -> None:
    """Says that you want somebody to talk to. It opens your own case, or reopens it. Command sees nothing of it.

    Example: wayhome care ask
    """
    asking.state(s.AskForCare(), "Asked: the desk of care looks for somebody")


@app.command(name="check-in")
def check_in(
    *words: typed.FreeWord, safe: str = "", sleep: str = "", colour: str = "", need: str = "", at: str = ""
) -> None:
    """How you are, in four questions. Each may be left out; without any, they are asked one by one.

    Example: wayhome care check-in --safe yes --sleep badly --colour yellow --need company

    Parameters
    ----------
    words: anything besides, in your own words
    safe: yes or no
    sleep: well, badly or hardly
    colour: green, yellow, orange or red
    need: company, 'time off', visit, money, family, professional or nothing
    at: when it was so, if not now
    """
    screen: ScreenView = asking.read("care_screen").value
    if not here().as_json:
        for line in shown.screen_lines(screen):
            put(line)
    given = {"safe": safe, "sleep": sleep, "colour": colour, "need": need}
    if not any(given.values()) and not words:
        given = _asked()
    intent = s.CheckIn(
        safe=YES_NO[_one_of("safe", given["safe"])] if given["safe"] else None,
        sleep=_one_of("sleep", given["sleep"]) or None,
        colour=_one_of("colour", given["colour"]) or None,
        need=_one_of("need", given["need"]) or None,
        words=typed.words(words),
        typed_at=times.moment(at, session().now()) if at else None,
    )
    asking.state(intent, "Checked in")


def _one_of(name: str, answer: str) -> str:
    """An answer as it is stated, by its value or the beginning of its words. Raises UsageError for any other."""
    asked = next(one for one in QUESTIONS if one.name == name)
    said = answer.strip().casefold()
    for one in asked.answers:
        if said in ("", one.value):
            return said
    raise UsageError(
        f"{times.short(answer)} answers nothing: {name} is {', '.join(one.value for one in asked.answers)}"
    )


def _asked() -> dict[str, str]:
    """The four questions, one by one. Raises UsageError where nobody can answer them."""
    lines = _answers()
    put(EVERY_TAP_IS_FREE)
    return {question.name: _answer(question, lines) for question in QUESTIONS}


def _answer(question: Question, lines: Iterator[str]) -> str:
    numbered = "  ".join(f"{number} {one.words}" for number, one in enumerate(question.answers, start=1))
    put(f"{question.words}  {numbered}  (Enter leaves it out)")
    said = next(lines, "").strip()
    if said.isdecimal() and 1 <= int(said) <= len(question.answers):
        return question.answers[int(said) - 1].value
    return _one_of(question.name, said)


def _answers() -> Iterator[str]:
    given = here().read_input
    if given is None and not sys.stdin.isatty():
        raise UsageError("nobody is at the keyboard: answer with --safe, --sleep, --colour or --need")
    return iter(given().decode(errors="replace").splitlines()) if given is not None else iter(sys.stdin)


@app.command(name="answer")
def answer(said: str, *, until: str = "") -> None:
    """Answers the offer: accept, later (--until a day), no, or 'someone else'. A no is seen by nobody in command.

    Example: wayhome care answer later --until 2026-06-10
    """
    day = times.day(until, session().now()) if until else None
    asking.state(s.AnswerCare(answer=said, until=day), f"Answered: {said}")


@app.command(name="pace")
def pace(how: str) -> None:
    """Less contact, as proposed, or more: it is yours to say, at any time.

    Example: wayhome care pace less
    """
    asking.state(s.SetPace(pace=how), f"Pace: {how}")


@app.command(name="someone-else")
def someone_else(*, never: str = "", wish: str = "") -> None:
    """Asks for somebody else, without a reason. --never names whom you will not have, --wish whom you would.

    Example: wayhome care someone-else --wish Sakura
    """
    intent = s.AskForSomeoneElse(
        never=asking.member(never) if never else None, wish=asking.member(wish) if wish else None
    )
    asking.state(intent, "Asked for somebody else")


@app.command(name="ticks")
def ticks(allowed: str) -> None:
    """Whether command may see that contact took place: a day, no more. `yes` or `no`.

    Example: wayhome care ticks yes
    """
    said = allowed.strip().casefold()
    if said not in YES_NO:
        raise UsageError(f"{times.short(allowed)}: say yes or no")
    asking.state(s.AllowTicks(ticks=YES_NO[said]), f"Command sees that contact took place: {said}")


@app.command(name="pass-on")
def pass_on(promise: str = "", *words: typed.FreeWord) -> None:
    """Lets what your supporter promised go to its owner as a request, in these words (or as it was promised).

    Example: wayhome care pass-on K7QF2M "Please send the two of us out together."
    """
    promises = [one for case in _own_case() for one in case.promises if not one.passed_on]
    held = asking.one_of(promise, promises, lambda p: (p.words, handle(p.promise), p.promise), "promise")
    asking.state(s.PassPromiseOn(promise=held.promise, words=typed.words(words)), "Passed on as a request")


@app.command(name="agree-limit")
def agree_limit(limit: str = "", *, refuse: Flag = False) -> None:
    """Agrees to a duty limit that was proposed, so that tasking holds to it; or refuses or ends it with --refuse.

    Example: wayhome care agree-limit
    """
    limits = [one for case in _own_case() for one in case.limits if one.state not in ("refused", "ended")]
    held = asking.one_of(limit, limits, lambda one: (one.words, handle(one.limit), one.limit), "limit")
    asking.state(s.AgreeLimit(limit=held.limit, agreed=not refuse), "Not agreed" if refuse else "Agreed")


@app.command(name="agree-watch")
def agree_watch(watch: str = "", *, refuse: Flag = False) -> None:
    """Agrees that somebody keeps an eye on you or your place; --refuse ends that.

    Example: wayhome care agree-watch
    """
    watches = [one for case in _own_case() for one in case.watches if not one.ended]
    held = asking.one_of(watch, watches, lambda one: (one.over, handle(one.watch), one.watch), "watch")
    asking.state(s.AgreeWatch(watch=held.watch, agreed=not refuse), "Not agreed" if refuse else "Agreed")


def _own_case() -> tuple[Any, ...]:
    held = asking.read("my_care").value
    return (held,) if held is not None else ()


@app.command(name="close")
def close() -> None:
    """Closes your own case. It can be opened again at any time.

    Example: wayhome care close
    """
    asking.state(s.CloseCase(), "Closed: `wayhome care reopen` opens it again")


@app.command(name="reopen")
def reopen() -> None:
    """Opens your own case again, at any time and without a reason.

    Example: wayhome care reopen
    """
    asking.state(s.ReopenCase(), "Open again")


@app.command(name="export")
def export(file: Path | None = None, *, text: Flag = False) -> None:
    """Writes everything that was written of you in care to a file: as JSON, or with --text to be read as it is.

    Example: wayhome care export mine.json
    """
    if file is not None:
        must_not_be_there(file)
    held: ExportedCase = asking.read("export_care").value
    body = "\n".join(held.text) if text else shown.as_json(held)
    if file is None:
        put(body)
    else:
        write_out(file, f"{body}\n".encode(), mode=0o600)
        put(f"Written to {file}: keep it where only you look")


@app.command(name="erase")
def erase(*, yes: Flag = False) -> None:
    """Destroys everything that was written of you in care, for good. The record says only: erased on this day.

    What it cannot reach: backups and copies made before, what somebody else wrote down, and what they remember.

    Example: wayhome care erase --yes

    Parameters
    ----------
    yes: you are sure; without it you are asked
    """
    if not yes:
        said = secret(here(), "Type ERASE to destroy all that was written of you in care, for good: ")
        if said.strip() != "ERASE":
            raise UsageError("nothing was erased")
    asking.state(s.EraseCase(), f"Erased on {session().now().day.isoformat()}")
