"""What an exercise file may say. One list of lines for each step; a line is something done, something checked, or both.

A line that runs:
    at       when: "2026-03-01 09:00", "tomorrow 12:00", "18:30" or "+20m". The clock never goes back.
    as       as whom; a step's own `as` stands for all its lines.
    run      one command line of wayhome, without the word wayhome. {name} stands for something kept before.
    file     the name of a file that the line writes, for example "log.csv"; {file} stands for it in `run`. What stands
             in it is checked together with what was printed. It is gone when the exercise ends.
    keep     names the handle that the line printed in brackets, for later lines.

What must then hold:
    says     words that it must print. A word, or a list of them.
    hides    words that it must not print.
    refused  it must be refused, with these words.

What must hold of its rows (the line is run with --json):
    in       the list inside the answer to look at, for example "marks" or "teams.0.picks".
    where    only rows with these values. Without `count`, at least one row must be left.
    count    exactly so many rows are left.
    expect   each of them has these values.
    holds    each of them has these words in that field.
    lacks    none of them has anything in these fields.
    take     keeps a field of the first of them under a name, for later lines: {name} stands for it there, in what must
             hold as well.

Who is told of it, without asking:
    live     members whose open desk must hear of what the line did, within a second of its being acknowledged.
    still    members whose open desk must hear nothing of it.
    told     what members are told through their channels from this line on, by their names: words of the message.
    untold   members who must be told nothing through them. Channels have those named under `phones`.

A line that looks everywhere:
    nowhere  words that must be nowhere in anything that this member can list, show, count or be refused.

And `so` says in a few words what the line has shown; the words of a step's lines become its evidence.
"""

from __future__ import annotations

from typing import Any

import msgspec

Words = str | list[str]


class Line(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One thing done or checked."""

    at: str = ""
    who: str = msgspec.field(name="as", default="")
    run: str = ""
    file: str = ""
    keep: str = ""
    says: Words = []
    hides: Words = []
    refused: str = ""
    inside: str = msgspec.field(name="in", default="")
    where: dict[str, Any] = {}
    count: int | None = None
    expect: dict[str, Any] = {}
    holds: dict[str, Words] = {}
    lacks: list[str] = []
    take: dict[str, str] = {}
    nowhere: list[str] = []
    live: list[str] = []
    still: list[str] = []
    told: dict[str, Words] = {}
    untold: list[str] = []
    so: str = ""
    number: int = 0
    """Where the line stands in its file; filled in as it is loaded."""

    @property
    def wants_rows(self) -> bool:
        """Whether anything is asked of the rows of its answer."""
        return bool(
            self.where or self.expect or self.holds or self.lacks or self.take or self.inside or self.count is not None
        )


class Step(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One step of a story. `partial` says what is still missing where not all of it is there."""

    id: str
    title: str = ""
    who: str = msgspec.field(name="as", default="")
    partial: str = ""
    do: list[Line]


class Cast(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The people of a world, as the command lines that enrol them."""

    setup: list[Line]


class Exercise(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A whole exercise: who takes part, when it starts, and its steps in the order in which they happen."""

    name: str
    title: str
    about: str = ""
    starts: str
    zone: str = ""
    profile: str = "leaf"
    founder: str = "Tsunade"
    cast: str = ""
    phones: list[str] = []
    """Members who have a channel through which they are told."""
    setup: list[Line] = []
    step: list[Step] = []
