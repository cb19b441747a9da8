"""Caring: what people went through opens a follow-up for each, by itself, from what happened and never from symptoms."""

from __future__ import annotations

from wayhome.mission.intents.base import Intent
from wayhome.usecases.acting import Acting
from wayhome.values.when import Moment


class Caring:
    """Looks after each intent whether somebody's exposure now asks for a follow-up."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def after(self, intent: Intent, now: Moment) -> None:
        """Opens what the intent just written asks for."""
