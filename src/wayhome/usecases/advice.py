"""How every advice is written down, and what is said where none can be given."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

import wayhome
from wayhome.mission.intents.missions import RecordAdvice
from wayhome.values.ids import MissionId

SEED = 1


class AdviceError(Exception):
    """An engine cannot answer what it was asked; the text says why and what to give it."""


def record(
    do: Callable[..., Any], mission: MissionId, engine: str, inputs: object, summary: str, result: object
) -> None:
    """Writes an advice down with what is needed to compute it again."""
    do(
        RecordAdvice(
            mission=mission,
            engine=engine,
            engine_version=wayhome.__version__,
            seed=SEED,
            work="deterministic",
            inputs_digest=hashlib.blake2b(msgspec.json.encode(inputs), digest_size=16).hexdigest(),
            summary=summary,
            result=msgspec.json.encode(result).decode(),
        )
    )
