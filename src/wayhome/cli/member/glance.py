"""One member at a glance."""

from __future__ import annotations

from datetime import date

from wayhome.cli.pages import facts, section
from wayhome.cli.show import put, words
from wayhome.mission.views.shapes import BondView, HistoryView, MemberView, QualificationView
from wayhome.usecases.composed import MemberPage
from wayhome.values.when import Moment


def draw(page: MemberPage, today: date) -> None:
    """Writes the page: what they can do, the last mission, roles since, what they never did, who hangs on them."""
    member = page.member
    put(member.member_name + (f" ({page.callsign})" if page.callsign else "") + _remarks(member))
    facts(
        [
            ("number", member.ref),
            ("rank", member.rank),
            ("duty status", member.status + _until(member.status_until)),
            ("duties", member.duties),
            ("roles", member.roles),
            ("skills", member.skills),
            ("last mission", _mission(page.last_mission)),
            ("never before", page.never),
        ]
    )
    _tables(page, today)


def _remarks(member: MemberView) -> str:
    return (", synthetic" if member.synthetic else "") + (", personal fields erased" if member.erased else "")


def _until(until: Moment | None) -> str:
    return f" until {words(until)}" if until else ""


def _mission(last: HistoryView | None) -> str:
    if last is None:
        return "none that is known"
    led = f", led by {last.led_by}" if last.led_by else ""
    went = f": {last.outcome}" if last.outcome else ""
    return f"{last.on.isoformat()} {last.mission or last.what}{led}{went}"


def _tables(page: MemberPage, today: date) -> None:
    member = page.member
    section("Role changes since", ["DAY", "WHAT", "AT WHOSE WISH", "WHY"],
            [(e.on, e.what, e.wish, e.outcome) for e in page.roles_since])  # fmt: skip
    section("Qualifications", ["QUALIFICATION", "AWARDED", "EXPIRES", "HOLDS"],
            [(q.name, q.awarded, q.expires or "never", _holds(q, today)) for q in member.qualifications])  # fmt: skip
    section("History", ["DAY", "WHAT", "MISSION", "LED BY", "HOW IT WENT"],
            [(e.on, e.what, e.mission, e.led_by, e.outcome) for e in page.history])  # fmt: skip
    section("Bonds", ["WITH", "WHAT", "WHAT IS LOST WHEN AWAY"],
            [(_other(b, member), b.what, b.says) for b in page.bonds])  # fmt: skip
    section("Said when they can come", ["FROM", "TO", "CAN COME", "WORDS"],
            [(s.start, s.end, s.available, s.words) for s in member.spans])  # fmt: skip
    section("Leave letters", ["UNTIL", "LETTER"],
            [(letter.until or "further notice", letter.letter) for letter in page.letters])  # fmt: skip
    section("Routines", ["WHAT", "WITH", "EVERY", "FIRST"],
            [(r.what, r.companion_name, f"{r.every_days} d", r.first) for r in page.routines])  # fmt: skip
    section("Personal", ["WHAT", "WORDS"], [(p.what, p.words) for p in page.personal])


def _holds(qualification: QualificationView, today: date) -> str:
    return "yes" if qualification.expires is None or qualification.expires >= today else "EXPIRED"


def _other(bond: BondView, member: MemberView) -> str:
    return bond.other_name if bond.one == member.member else f"{bond.one_name} (from their side)"
