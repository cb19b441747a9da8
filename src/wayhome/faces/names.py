"""How members are called, as one of them sees it."""

from __future__ import annotations

from wayhome.usecases.session import Session


def names(me: Session) -> dict[str, str]:
    """Names by id, of those whose name can be seen."""
    return {str(name.member): name.name for name in me.read("callsigns").value}
