"""Masked identities: whoever is not told who it is reads a label wherever one of the names stands. Pure.

A mask is laid over a row before anything is made of it, so that reads, exports, searches and messages hold the label
as though it were the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from wayhome.mission.need_to_know import knows_identity, masked_names
from wayhome.mission.rules.common import sees
from wayhome.mission.state import Mission, World
from wayhome.values.ids import MissionId, PersonId

AS_THEY_ARE = frozenset(
    {
        "zone", "local", "state", "grade", "triage", "answer", "rank", "skill", "subject_category", "sort", "stage",
        "urgency", "engine", "engine_version", "kind",
    }
)  # fmt: skip
"""Fields that hold one of a fixed set of words: no name is said in them, and another word would not be understood."""
FINGERPRINTS = frozenset({"inputs_digest"})
"""Fields that are made of everything beside them, the name included: by them a guess could be tried out."""

MADE_OF_WORDS = frozenset({"assumption"})
"""Ids that are made of the words beside them: where a name stands in those, a guess could be tried out by the id."""


class NameMask:
    """One label laid over some names: whole words, whatever their case, the longest first."""

    def __init__(self, label: str, names: Iterable[str]) -> None:
        self._label = label
        self._names = frozenset({" ".join(_folded(name)[0].split()) for name in names} - {""})
        found = "|".join(_words_of(name) for name in sorted(self._names, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])") if found else None

    def over(self, text: str) -> str:
        """The text with the label in place of each name."""
        plain = unicodedata.normalize("NFC", text)
        if self._pattern is None:
            return plain
        folded, places = _folded(plain)
        made, at = [], 0
        for match in self._pattern.finditer(folded):
            start, end = (
                (match.start(), match.end()) if places is None else (places[match.start()], places[match.end()])
            )
            made += [plain[at:start], self._label]
            at = end
        return "".join([*made, plain[at:]])

    def over_but(self, text: str, *, said: str) -> str:
        """As `over`, but for those names that stand in what was `said` by whoever is answered."""
        if self._pattern is None:
            return text
        folded, _ = _folded(said)
        own = {match.group() for match in self._pattern.finditer(folded)}
        return NameMask(self._label, self._names - own).over(text) if own else self.over(text)

    def over_json(self, body: bytes) -> bytes:
        """A row's body with the label in every text that it holds."""
        return msgspec.json.encode(self._over_value(msgspec.json.decode(body)))

    def plain_json(self, body: bytes) -> bytes:
        """A row's body written as `over_json` would write it where no name stands in it."""
        return NOTHING.over_json(body)

    def _over_value(self, value: Any) -> Any:
        match value:
            case str():
                return self._over_json_text(value) if value[:1] in ("{", "[") else self.over(value)
            case list():
                return [self._over_value(one) for one in value]
            case dict():
                told = {key: self._over_field(key, one) for key, one in value.items()}
                return told | dict.fromkeys(MADE_OF_WORDS & told.keys(), "") if told != value else told
            case _:
                return value

    def _over_field(self, key: str, value: Any) -> Any:
        if key in FINGERPRINTS:
            return ""
        return value if key in AS_THEY_ARE else self._over_value(value)

    def _over_json_text(self, text: str) -> str:
        """What an engine said is kept as JSON inside a text; other words may begin with a bracket as well."""
        try:
            return self.over_json(text.encode()).decode()
        except msgspec.MsgspecError:
            return self.over(text)


def _folded(text: str) -> tuple[str, list[int] | None]:
    """The text with its case folded, and where each letter of that stood; None where each stands in its own place."""
    plain = unicodedata.normalize("NFC", text)
    parts = [letter.casefold() for letter in plain]
    folded = "".join(parts)
    if len(folded) == len(plain):
        return folded, None
    places = [place for place, part in enumerate(parts) for _ in part]
    return folded, [*places, len(plain)]


def _words_of(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


NOTHING = NameMask("", ())
"""The mask that covers nothing."""


@lru_cache(maxsize=64)
def _compiled(label: str, names: tuple[str, ...]) -> NameMask:
    return NameMask(label, names)


def masks_over(
    world: World, masked: Iterable[MissionId], viewer: PersonId, *, openly: bool = False
) -> dict[MissionId, NameMask]:
    """The masks through which somebody reads, by mission: of those they may know of, and are not told who it is.

    `openly`: over a way that others may overhear, everybody reads the label.
    """
    found: dict[MissionId, NameMask] = {}
    for mission in list(masked):
        held = world.missions.get(mission)
        if held is not None and sees(held, viewer) and (openly or not knows_identity(held, viewer)):
            found[mission] = mask_of(held)
    return found


def mask_of(mission: Mission) -> NameMask:
    """What is laid over everything of a masked mission."""
    mask = mission.secrecy.mask
    if mask is None:
        return NOTHING
    return _compiled(mask.label, masked_names(mask, mission.subject))
