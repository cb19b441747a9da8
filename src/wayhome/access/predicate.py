"""The condition under which a viewer sees a row, compiled once and run inside the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from wayhome.values.ids import OPEN, Mark, PersonId


class Predicate(msgspec.Struct, frozen=True):
    """What `access` compiled a viewer into: a condition over `row.mark`, evaluated inside the query itself.

    `sql` is a WHERE expression over the columns of table `row` and the table `grant_held(person, mark)`, with named
    parameters (`:viewer`) from `params`. `allows(mark, holds)` is the same condition for a store without SQL: `holds`
    says whether a person holds a mark.
    """

    sql: str
    params: Mapping[str, str]
    allows: Callable[[Mark, Callable[[PersonId, Mark], bool]], bool]


def predicate_for(viewer: PersonId, *, openly: bool = False) -> Predicate:
    """A row is seen by whoever holds its mark, and by nobody else.

    `openly`: over a way that others may overhear, only what everybody in the organisation may see, whatever the viewer
    holds besides.
    """
    if openly:
        return Predicate(
            sql="row.mark = :open AND row.mark IN (SELECT mark FROM grant_held WHERE person = :viewer)",
            params={"viewer": viewer, "open": OPEN},
            allows=lambda mark, holds: mark == OPEN and holds(viewer, mark),
        )
    return Predicate(
        sql="row.mark IN (SELECT mark FROM grant_held WHERE person = :viewer)",
        params={"viewer": viewer},
        allows=lambda mark, holds: holds(viewer, mark),
    )
