"""Command lines in a house: one in memory with members in it, and a real folder as the shell opens it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.house import StandingClock, memory_house, run_in

from wayhome.cli.context import Context
from wayhome.cli.main import run
from wayhome.cli.opening import open_from_shell, token_of


class Desk:
    """A house in memory: Tsunade commands; Ana, Marc and Jordi are on the roster."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.house, self.founder = memory_house(clock=self.clock)
        for name, ref in (("Ana", "17"), ("Marc", "18"), ("Jordi", "19")):
            self.done("member", "add", name, "--ref", ref, "--rank", "genin")

    def type(self, *words: str, who: str = "Tsunade") -> tuple[int, str, str]:
        """Status, output and complaints of one command line."""
        return run_in(self.house, list(words), who)

    def done(self, *words: str, who: str = "Tsunade") -> str:
        """The output of a command line that must succeed."""
        status, out, err = self.type(*words, who=who)
        assert (status, err) == (0, ""), f"{words}: {status} {err}"
        return out

    def refused(self, *words: str, who: str = "Tsunade") -> str:
        """The complaint of a command line that must be refused."""
        status, out, err = self.type(*words, who=who)
        assert status == 1, f"{words}: {status} {out}"
        assert err.startswith("wayhome: ")
        return err

    def json(self, *words: str, who: str = "Tsunade") -> Any:
        return json.loads(self.done(*words, "--json", who=who))


class Shell:
    """Command lines as they come from a shell, on a data folder; secrets are typed from a list."""

    def __init__(self, data: Path, *typed: str, key_file: Path | None = None) -> None:
        self.data = data
        self.typed = list(typed)
        self.key_file = key_file

    def __call__(self, *words: str, at: Path | None = None) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        context = Context(
            open_house=open_from_shell,
            out=out,
            err=err,
            data=at or self.data,
            key_file=self.key_file,
            token_of=token_of,
            ask_secret=self._next(),
        )
        try:
            return run(words, context), out.getvalue(), err.getvalue()
        finally:
            context.close()

    def done(self, *words: str, at: Path | None = None) -> str:
        status, out, err = self(*words, at=at)
        assert status == 0, f"{words}: {status} {err}"
        return out

    def _next(self) -> Callable[[str], str]:
        def ask(prompt: str) -> str:
            assert self.typed, f"asked for {prompt!r}, and nothing is left to type"
            return self.typed.pop(0)

        return ask
