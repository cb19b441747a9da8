"""What is kept of a member beside the record, for themselves alone: where they are signed in."""

from __future__ import annotations

from typing import TypeVar

from wayhome.access.seen import Seen, Warden
from wayhome.usecases.standing import Standing
from wayhome.values.ids import PersonId

T = TypeVar("T")


def ones_own(value: T, standing: Standing, viewer: PersonId) -> Seen[T]:
    """Something that was made of the viewer's own sessions and of no row of the record."""
    return Warden(viewer, standing.held(viewer)).seen(value, ())
