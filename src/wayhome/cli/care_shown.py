"""How what is seen of care is said in the terminal: plain lines, most needful first."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.cli.show import words
from wayhome.engines.care.screen import HOW_TO_STOP, NO_RECORD, NOBODY_YET, words_of
from wayhome.engines.care.shapes import CaseView, CheckInView, ExportedCase, FlagView, ScreenView
from wayhome.values.ids import handle


def screen_lines(held: ScreenView) -> Iterator[str]:
    """What a member sees before the first word."""
    yield f"Whoever reads what you say here: {', '.join(held.readers)}." if held.readers else NOBODY_YET
    yield held.law_words
    if held.no_record:
        yield NO_RECORD
    if held.profile_words:
        yield held.profile_words
    yield HOW_TO_STOP
    yield "If you are not safe, call " + " or ".join(f"{one.number} ({one.words})" for one in held.numbers)


def case_lines(held: CaseView) -> Iterator[str]:
    """A case, as its member or whoever supports them reads it."""
    whose = "Your own" if held.mine else held.member_name
    yield f"{whose} [{handle(held.case)}]: {held.state}, since {words(held.opened)}, pace: {held.pace}"
    yield from (_flag(flag) for flag in held.flags if not flag.closed)
    if held.reasons:
        yield f"  after: {', '.join(held.reasons)}"
    who = held.supporter_name or "nobody yet"
    with_whom = f", with {held.co_supporter_name}" if held.co_supporter_name else ""
    yield f"  looked after by {who}{with_whom}{' (somebody else was asked for)' if held.someone_else else ''}"
    for contact in held.contacts:
        made = f", {words(contact.at)} {contact.by_way_of}" if contact.at else ""
        yield f"  contact {contact.name}: {words(contact.day)}, {contact.state}{made}" + _quoted(contact.words)
    yield from map(_checked_in, held.check_ins)
    for at, what in held.refusals:
        yield f"  refused {what}, {words(at)}"
    for sign in held.signs:
        head = f"; perhaps a head injury, gone to {sign.medic_name or 'a medic'}" if sign.head else ""
        yield f"  seen by {sign.by_name}, {words(sign.at)}: {sign.words}{head}"
    yield from _agreed(held)
    yield f"  command sees that contact took place: {words(held.ticks)}"
    yield f"  can read it now: {', '.join(held.readers) or 'you alone'}"
    for name, at, reason in held.lent_by:
        yield f"  ! {name} lent a share of its key, {words(at)}, because: {reason}"
    for name, at in held.read_by:
        yield f"  read by {name}, {words(at)}"


def _flag(flag: FlagView) -> str:
    """Most needful of all: who has it, or that nobody does."""
    has = f"{flag.owner_name} has it" if flag.owner else "NOBODY HAS IT YET"
    told = ", ".join(f"{name} {words(at)}" for name, at in flag.sought)
    return f"  ! NOT SAFE since {words(flag.at)} [{handle(flag.flag)}]: {has}" + (f"; told: {told}" if told else "")


def _checked_in(held: CheckInView) -> str:
    safe = None if held.safe is None else "yes" if held.safe else "no"
    taps = (("safe", safe), ("sleep", held.sleep), ("colour", held.colour), ("need", held.need))
    said = "; ".join(f"{name}: {words_of(name, value)}" for name, value in taps)
    return f"  check-in {words(held.at)}: {said}{_quoted(held.words)}"


def _agreed(held: CaseView) -> Iterator[str]:
    """What the two agreed, or have to."""
    if held.stage is not None:
        partner = f" with {held.stage.partner_name}" if held.stage.partner else ""
        review = f", looked at again on {words(held.stage.review)}" if held.stage.review else ""
        yield f"  way back: {held.stage.stage or 'nothing agreed yet'}{partner}{review}"
        if held.stage.proposed:
            beside = f" with {held.stage.proposed_partner_name}" if held.stage.proposed_partner else ""
            yield f"  a step is proposed: {held.stage.proposed}{beside}; it waits for the member's yes"
    for limit in held.limits:
        partner = f", with {limit.partner_name}" if limit.partner else ""
        yield f"  duty limit [{handle(limit.limit)}]: {limit.words}{partner}, until {words(limit.until)}: {limit.state}"
    for watch in held.watches:
        yield f"  watch [{handle(watch.watch)}] by {watch.watcher_name} over {watch.over}: " + (
            "ended" if watch.ended else "agreed" if watch.agreed else f"for danger to life: {watch.danger}"
            if watch.danger else "to be agreed"
        )  # fmt: skip
        if watch.silent_since is not None and not watch.ended:
            yield f"    ! nothing was reported since {words(watch.silent_since)}: that is a report by itself"
    for promise in held.promises:
        where = f"before {promise.owner_name}" if promise.passed_on else "not passed on"
        yield f"  promised [{handle(promise.promise)}]: {promise.words} ({where})"


def _quoted(said: str) -> str:
    return f", {said!r}" if said else ""


def as_json(held: ExportedCase) -> str:
    """The export as one JSON document."""
    return "[" + ",\n ".join(held.letters) + "]"
