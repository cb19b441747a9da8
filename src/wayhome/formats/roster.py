"""A team's roster: the CSV that D4H or a spreadsheet gives, to members, qualifications and a list of what is wrong.

Nothing is guessed: a wrong cell is a problem with its line, column, value, reason and remedy, and a column that we do
not know is reported and kept in `extra`. The caller takes a roster over only when it has no errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, Literal

import msgspec

from wayhome.formats.coordinates import find_places
from wayhome.formats.errors import BadTable
from wayhome.formats.rostercells import CellProblem, read_date, read_list, read_qualification_list, read_skills, tidy
from wayhome.formats.rosterheads import HEADS, MEMBER_HEADS, QUALIFICATION_HEADS, head_key, is_known
from wayhome.formats.tabular import Row, Table, plain_cell, read_table, write_table
from wayhome.values.places import Place

MAX_MEMBERS: Final = 200_000
LIMITS: Final = {"name": 200, "ref": 100, "rank": 100, "callsign": 100, "phone": 100, "email": 254}
MAX_CELL: Final = 10_000
COLUMNS: Final = (
    "ref", "name", "callsign", "rank", "duties", "phone", "email", "skills", "languages", "home", "next_of_kin",
    "medical", "status",
)  # fmt: skip


class RosterProblem(msgspec.Struct, frozen=True):
    """One thing wrong with a roster: where (line 1 is the heading; column by its heading), what, why and what to do.

    `grave` problems must be mended before the roster can be taken over; the others are told.
    """

    line: int
    column: str
    value: str
    reason: str
    remedy: str
    grave: bool = True

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        value = f" {self.value!r}" if self.value else ""
        return f"{where}{value}: {self.reason}; {self.remedy}"


class RosterMember(msgspec.Struct, frozen=True):
    """One member as the roster says. `home_place` is there when the home is given with coordinates."""

    line: int
    ref: str
    name: str
    callsign: str = ""
    rank: str = ""
    duties: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    skills: dict[str, int] = {}
    languages: tuple[str, ...] = ()
    home: str = ""
    home_place: Place | None = None
    next_of_kin: str = ""
    medical: str = ""
    status: str = ""
    extra: dict[str, str] = {}


class RosterQualification(msgspec.Struct, frozen=True):
    """One qualification of one member, named by reference or, where the file has none, by name.

    `expires` None never ends; otherwise it holds to the end of that day, local time.
    """

    line: int
    ref: str
    name: str
    qualification: str
    awarded: date | None = None
    expires: date | None = None
    evidence: str = ""


class RosterFile(msgspec.Struct, frozen=True):
    """A roster as read, and what is wrong with it. Take it over only when `errors` is empty."""

    members: tuple[RosterMember, ...]
    qualifications: tuple[RosterQualification, ...]
    problems: tuple[RosterProblem, ...]
    encoding: str
    delimiter: str

    @property
    def errors(self) -> tuple[RosterProblem, ...]:
        return tuple(problem for problem in self.problems if problem.grave)


class Known(msgspec.Struct, frozen=True):
    """What the organisation has; a rank, duty or skill outside these is a problem. Empty: anything goes."""

    ranks: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


Progress = Callable[[int, int], None]


def read_roster(data: bytes, known: Known | None = None, progress: Progress | None = None) -> RosterFile:
    """Members and qualifications of a file: a member a row, or a qualification a row, or both.

    `progress(done, of)` is called now and then with rows. Raises BadTable for bytes that are no table; everything else
    is in `problems`.
    """
    table = read_table(data, is_known)
    reading = _Reading(table, known if known is not None else Known())
    rows = table.rows[1:]
    if len(rows) > MAX_MEMBERS:
        raise BadTable(f"the file has {len(rows):,} rows; a roster has at most {MAX_MEMBERS:,}: split it")
    if reading.headings_serve():
        for done, row in enumerate(rows):
            reading.row(row)
            if progress is not None and done % 500 == 0:
                progress(done, len(rows))
        if not rows:
            reading.problem(2, "", "", "there is a heading and nobody under it", "export the members as well")
    if progress is not None:
        progress(len(rows), len(rows))
    return reading.file()


class _Reading:
    """A roster while it is read, row by row."""

    def __init__(self, table: Table, known: Known) -> None:
        self.table = table
        self.headings = [heading.strip() for heading in table.rows[0].cells] if table.rows else []
        self.fields: list[str | None] = []
        self.members: list[RosterMember] = []
        self.qualifications: list[RosterQualification] = []
        self.problems: list[RosterProblem] = []
        self.first_with: dict[str, RosterMember] = {}
        self.named: dict[str, int] = {}
        self.known = {
            "rank": {rank.casefold(): rank for rank in known.ranks},
            "duties": {duty.casefold(): duty for duty in known.duties},
            "skills": {skill.casefold(): skill for skill in known.skills},
        }

    def problem(self, line: int, column: str, value: str, reason: str, remedy: str, *, grave: bool = True) -> None:
        shown = value if len(value) <= 80 else value[:80] + "…"
        self.problems.append(RosterProblem(line, column, shown, reason, remedy, grave))

    # ---- headings ----

    def headings_serve(self) -> bool:
        """Finds the field of every column; says what is unknown, doubled or missing. False: nothing can be read."""
        taken: dict[str, str] = {}
        found = [HEADS.get(head_key(heading)) for heading in self.headings]
        if "qualification" not in found:  # A bare `date` or `notes` then belongs to no qualification.
            found = [None if field in QUALIFICATION_HEADS else field for field in found]
        for heading, named in zip(self.headings, found, strict=True):
            field = None if named in taken else named
            if named is not None and field is None:
                remedy = f"{taken[named]!r} is taken; this one is kept as a note"
                self.problem(1, heading, "", f"a second column for {named}", remedy, grave=False)
            elif field is None and heading:
                self.problem(1, heading, "", "a column we do not know", "it is kept as a note", grave=False)
            if field is not None:
                taken[field] = heading
            self.fields.append(field)
        self._tell_assumptions()
        who = "ref" in taken or "name" in taken
        if not ({"first_name", "last_name"} & set(taken) or who):
            self.problem(1, "", ", ".join(self.headings), "no column for a reference or a name", _heading_remedy())
            return False
        if "ref" not in taken and "qualification" not in taken:
            self.problem(1, "", ", ".join(self.headings), "no column for a reference", _heading_remedy())
        return True

    def _tell_assumptions(self) -> None:
        if self.table.assumed:
            reason = f"the file does not say its encoding; {self.table.encoding} was assumed"
            self.problem(1, "", "", reason, "look at names with accents, or save it as CSV UTF-8", grave=False)
        if self.table.broken is not None:
            line, reason = self.table.broken
            self.problem(line, "", "", f"the file cannot be read from here on: {reason}", "mend this line")

    # ---- rows ----

    def row(self, row: Row) -> None:
        cells = self._cells(row)
        if cells is None:
            return
        name = cells.get("name", "") or " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))
        ref = cells.get("ref", "")
        if cells.get("qualification") or "qualification" in self.fields:
            self._qualification(row, cells, ref, name)
        if self._is_member_row(ref, name):
            self._member(row, cells, ref, name)

    def _is_member_row(self, ref: str, name: str) -> bool:
        """Whether a row says something of a member beyond naming whose qualification it is."""
        if "qualification" not in self.fields:
            return True
        beyond = [field for field in self.fields if field in MEMBER_HEADS and field not in ("ref", "name")]
        again = self.first_with.get(ref)
        return bool(beyond) and not (again is not None and again.name == name)

    def _cells(self, row: Row) -> dict[str, str] | None:
        """The cells by field, tidied; unknown columns under their heading with a `+`. None when the row is unusable."""
        if len(row.cells) > len(self.headings) and any(cell.strip() for cell in row.cells[len(self.headings) :]):
            extra = " ".join(row.cells[len(self.headings) :])
            remedy = "put cells that hold a delimiter in quotation marks"
            self.problem(row.line, "", extra, f"{len(row.cells)} cells under {len(self.headings)} headings", remedy)
            return None
        found: dict[str, str] = {}
        for field, heading, cell in zip(self.fields, self.headings, row.cells, strict=False):
            value = tidy(plain_cell(cell.strip())) if cell else ""
            if not value:
                continue
            limit = LIMITS.get(field or "", MAX_CELL)
            if len(value) > limit:
                reason = f"{len(value):,} letters; at most {limit:,} fit"
                self.problem(row.line, heading, value, reason, "shorten it, or look for a missing quotation mark")
            elif not value.isprintable() and _unprintable(value):
                self.problem(row.line, heading, value, "unprintable characters (NUL or control)", "type it anew")
            else:
                found[field if field is not None else f"+{heading}"] = value
        return found

    def _member(self, row: Row, cells: dict[str, str], ref: str, name: str) -> None:
        first = self.first_with.get(ref) if ref else None
        self._check_identity(row, ref, name, first)
        member = RosterMember(
            line=row.line,
            ref=ref,
            name=name,
            callsign=cells.get("callsign", ""),
            rank=self._known(row, "rank", [cells["rank"]])[0] if "rank" in cells else "",
            duties=tuple(self._known(row, "duties", read_list(cells.get("duties", "")))),
            phone=self._checked(row, cells, "phone"),
            email=self._checked(row, cells, "email"),
            skills=self._skills(row, cells),
            languages=tuple(read_list(cells.get("languages", ""))),
            home=cells.get("home", ""),
            home_place=_place(cells.get("home", "")),
            next_of_kin=cells.get("next_of_kin", ""),
            medical=cells.get("medical", ""),
            status=cells.get("status", "").casefold(),
            extra={field[1:]: value for field, value in cells.items() if field.startswith("+")},
        )
        self.members.append(member)
        if first is None and ref:
            self.first_with[ref] = member

    def _check_identity(self, row: Row, ref: str, name: str, first: RosterMember | None) -> None:
        if not name:
            self.problem(row.line, self._heading("name"), "", "no name", "give every member a name")
        if not ref and "ref" in self.fields:
            self.problem(row.line, self._heading("ref"), "", "no reference", "give every member a number of their own")
        if first is not None:
            reason = f"{ref} is already {first.name} in line {first.line}"
            self.problem(row.line, self._heading("ref"), ref, reason, "give each member their own number")
        self._check_name_twice(row, name)

    def _check_name_twice(self, row: Row, name: str) -> None:
        key = " ".join(name.casefold().split())
        if key in self.named:
            reason = f"the same name as in line {self.named[key]}"
            self.problem(row.line, self._heading("name"), name, reason, "check that these are two people", grave=False)
        elif key:
            self.named[key] = row.line

    def _heading(self, field: str) -> str:
        return next((h for f, h in zip(self.fields, self.headings, strict=True) if f == field), field)

    def _known(self, row: Row, field: str, values: list[str]) -> list[str]:
        """The values as the organisation writes them; a problem for each that it does not have."""
        known = self.known[field]
        for value in values:
            if known and value.casefold() not in known:
                reason = f"no such {'duty' if field == 'duties' else field} here"
                self.problem(row.line, self._heading(field), value, reason, f"one of {', '.join(known.values())}")
        return [known.get(value.casefold(), value) for value in values]

    def _checked(self, row: Row, cells: dict[str, str], field: Literal["phone", "email"]) -> str:
        value = cells.get(field, "")
        if field == "email" and value and ("@" not in value.strip("@") or " " in value):
            self.problem(row.line, self._heading(field), value, "no e-mail address", "write it like ana@team.org")
        if field == "phone" and value and (sum(c.isdigit() for c in value) < 3 or "E+" in value.upper()):
            remedy = "format the column as text in the spreadsheet and type the number again"
            self.problem(row.line, self._heading(field), value, "no phone number", remedy)
        return value

    def _skills(self, row: Row, cells: dict[str, str]) -> dict[str, int]:
        skills, problems = read_skills(cells.get("skills", ""))
        self._cell_problems(row, "skills", problems)
        return dict(zip(self._known(row, "skills", list(skills)), skills.values(), strict=True))

    def _cell_problems(self, row: Row, field: str, problems: Iterable[CellProblem]) -> None:
        for problem in problems:
            self.problem(row.line, self._heading(field), problem.value, problem.reason, problem.remedy)

    def _qualification(self, row: Row, cells: dict[str, str], ref: str, name: str) -> None:
        if not (ref or name):
            self.problem(row.line, "", "", "nobody named", "give the member's reference or name")
        listed = read_qualification_list(cells.get("qualification", ""), dated="expires" in self.fields)
        if not listed:
            if "awarded" in cells or "expires" in cells:
                self.problem(row.line, self._heading("qualification"), "", "dates without a qualification", "name it")
            return
        awarded = self._date(row, cells, "awarded")
        for title, expiry, problem in listed:
            self._cell_problems(row, "qualification", [problem] if problem else [])
            expires = self._date(row, cells, "expires") if expiry is None else expiry
            if awarded is not None and expires is not None and expires < awarded:
                reason = f"expires before it was awarded ({awarded.isoformat()})"
                self.problem(row.line, self._heading("expires"), expires.isoformat(), reason, "correct one of the two")
            evidence = cells.get("evidence", "")
            self.qualifications.append(RosterQualification(row.line, ref, name, title, awarded, expires, evidence))

    def _date(self, row: Row, cells: dict[str, str], field: str) -> date | None:
        found, problem = read_date(cells.get(field, ""), never=field == "expires")
        self._cell_problems(row, field, [problem] if problem else [])
        return found

    def file(self) -> RosterFile:
        problems = tuple(sorted(self.problems, key=lambda problem: (problem.line, not problem.grave)))
        return RosterFile(
            tuple(self.members), tuple(self.qualifications), problems, self.table.encoding, self.table.delimiter
        )


def _heading_remedy() -> str:
    return "name the columns in the first line, for example: reference, name, rank, phone, email, skills"


def _unprintable(value: str) -> bool:
    return any(ord(letter) < 32 and letter not in "\n\t\r" for letter in value) or "\x7f" in value


def _place(home: str) -> Place | None:
    found = find_places(home)
    return found[0].place if len(found) == 1 else None


def write_roster(members: Iterable[RosterMember]) -> bytes:
    """Members as CSV that `read_roster` and D4H read again; formulas are disarmed."""
    rows = [list(COLUMNS)]
    for member in members:
        skills = "; ".join(f"{skill}:{level}" for skill, level in sorted(member.skills.items()))
        listed = {"duties": "; ".join(member.duties), "skills": skills, "languages": "; ".join(member.languages)}
        rows.append([listed[column] if column in listed else str(getattr(member, column)) for column in COLUMNS])
    return write_table(rows)


def write_qualifications(qualifications: Iterable[RosterQualification]) -> bytes:
    """Qualifications as CSV in D4H's layout: reference, name, qualification, awarded, expires (empty never ends)."""
    rows = [["ref", "name", "qualification", "awarded", "expires", "evidence"]]
    for held in qualifications:
        awarded = held.awarded.isoformat() if held.awarded else ""
        expires = held.expires.isoformat() if held.expires else ""
        rows.append([held.ref, held.name, held.qualification, awarded, expires, held.evidence])
    return write_table(rows)
