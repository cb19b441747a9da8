"""What leaves care, as those read it whom it was agreed to be shown to: rows of the record like all others."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.rows import Rows
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import MissionId, PersonId


class CareShownReading(Viewing):
    """The little that care lets be seen."""

    def care_requests(self) -> Seen[tuple[v.CareRequestView, ...]]:
        """Requests in agreed words: those put to the viewer, and those that went out in their name."""
        return self._list("care_request", v.CareRequestView)

    def contact_ticks(self) -> Seen[tuple[v.ContactTickView, ...]]:
        """On which days somebody was in touch: one's own, and for command those of members who let it see."""
        return self._list("contact_tick", v.ContactTickView)

    def visits(self) -> Seen[tuple[v.VisitView, ...]]:
        """Minutes of duty spent on visits, never to whom: one's own, and for command everybody's."""
        return self._list("visit", v.VisitView)

    def care_erased(self) -> Seen[tuple[v.CareErasedView, ...]]:
        """When the viewer erased what was written of them."""
        return self._list("care_erased", v.CareErasedView)

    def published_counts(self) -> Seen[tuple[v.PublishedCountsView, ...]]:
        """Counts of care for closed quarters, in which nobody can be picked out."""
        return self._list("care_counts", v.PublishedCountsView)

    def given_words(self, mission: MissionId) -> Seen[tuple[v.GivenWordsView, ...]]:
        """What survivors gave of their own words to the report of a mission."""
        return self._list("given_words", v.GivenWordsView, scope=mission)


def waits_for_an_owner(rows: Rows, viewer: PersonId) -> Iterator[WaitingView]:
    """Requests that were put to the viewer and are not answered yet."""
    for one in rows.fetch("care_request", v.CareRequestView):
        if one.owner == viewer and one.granted is None:
            words = f"{one.member_name} asks: {one.words}"
            yield WaitingView(what="a request to answer", words=words, about=one.request)
