"""Names for what is shown of care: the pure shapes hold ids, and are given words for whoever reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from wayhome.usecases.rows import Rows, called

T = TypeVar("T")

LISTS = frozenset({"readers", "closed_by"})
"""Fields that hold ids of people, as they are shown by name."""
PAIRS = frozenset({"read_by", "sought", "lent_by"})
"""Fields that hold tuples in which people are named by id."""


def with_names(rows: Rows, views: T) -> T:
    """Fills in every name that the viewer may see, however deep it lies."""
    wanted = {one for one in _ids(views) if _is_id(one)}
    names = rows.names(wanted)
    found: T = _named(views, {one: names.get(one) or called(one) for one in wanted})
    return found


def _is_id(value: object) -> bool:
    """A person's id, or the clock's."""
    return isinstance(value, str) and (value == "clock" or (len(value) == 32 and set(value) <= set("0123456789abcdef")))


def _is_name(field: str) -> bool:
    return field == "name" or field.endswith("_name")


def _beside(value: msgspec.Struct, field: str) -> str:
    """The id that a name is to be given for: `x` beside `x_name`, `person` beside `name`."""
    return str(getattr(value, "person" if field == "name" else field.removesuffix("_name"), None) or "")


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            held = getattr(value, field)
            if _is_name(field):
                yield from (one for one in (held, _beside(value, field)) if one)
            elif field in LISTS | PAIRS:
                yield from _words(held)
            else:
                yield from _ids(held)
    elif isinstance(value, tuple):
        for one in value:
            yield from _ids(one)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif isinstance(value, str):
        yield value


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_named(one, names) for one in value)
    if not isinstance(value, msgspec.Struct):
        return value
    changed = {}
    for field in value.__struct_fields__:
        held = getattr(value, field)
        if _is_name(field):
            changed[field] = names.get(_beside(value, field) or held, held)
        elif field in LISTS | PAIRS:
            changed[field] = _in_words(held, names)
        else:
            changed[field] = _named(held, names)
    return msgspec.structs.replace(value, **changed)


def _in_words(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_in_words(one, names) for one in value)
    return names.get(value, value) if isinstance(value, str) else value
