"""Commands that keep their names from the first day, in as much as there is of them."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.context import here
from wayhome.cli.member import career
from wayhome.cli.show import put

app = App(name="standing-names")
TOP = True


@app.command(name="bonds")
def bonds() -> None:
    """Who hangs on whom.

    Example: wayhome bonds
    """
    career.bonds()
    _not_yet("how bonds grow and fall, what hangs on one person, and what would mend it")


def _not_yet(what: str) -> None:
    if not here().as_json:
        put(f"not there yet: {what}")
