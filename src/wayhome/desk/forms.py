"""The field's own forms as data, for the desk to show: how urgent a request is, what is known of the missing one."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, get

from wayhome.desk.signed import me_of
from wayhome.faces.leads import SubjectPage, subject_page
from wayhome.mission.subject import Questionnaire
from wayhome.mission.urgency import WAYHOME, UrgencyTable
from wayhome.values.ids import MissionId

KINDS = {str: "words", int: "a number", bool: "yes or no"}


class Forms(msgspec.Struct, frozen=True, kw_only=True):
    """The urgency form with its points and their source, and every field of the questionnaire with what it takes."""

    urgency: UrgencyTable
    questionnaire: dict[str, str]


@get("/api/forms", sync_to_thread=True, tags=["desk"], summary="The urgency form and the lost-person questionnaire")
def forms(request: Request[Any, Any, Any]) -> Forms:
    me_of(request)
    asked = {
        one.name: next(words for kind, words in KINDS.items() if one.type == (kind | None))
        for one in msgspec.structs.fields(Questionnaire)
    }
    return Forms(urgency=WAYHOME, questionnaire=asked)


@get("/api/leads", sync_to_thread=True, tags=["desk"], summary="What is known of the missing one, with its leads")
def leads(request: Request[Any, Any, Any], mission: MissionId) -> SubjectPage:
    """Categories to look up, likeliest first, and the point to plan from; a person decides."""
    return subject_page(me_of(request), mission)


HANDLERS = (forms, leads)
