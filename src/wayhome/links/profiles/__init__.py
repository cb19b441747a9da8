"""The profiles that come with Wayhome, and those a team writes itself."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from wayhome.formats.errors import BadProfile
from wayhome.formats.profile import MAX_TOML_CHARS, Profile, decode_profile

SHIPPED: Final = ("leaf", "county")


@cache
def shipped_profile(name: str) -> Profile:
    """The shipped profile called `name`. Raises BadProfile for another name."""
    if name not in SHIPPED:
        raise BadProfile(f"there is no profile called {name!r}: {', '.join(SHIPPED)}, or the path of a .toml file")
    return decode_profile(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def load_profile(name_or_path: str) -> Profile:
    """A shipped profile by its name, or one from a TOML file by its path. Raises BadProfile with what to do."""
    if name_or_path in SHIPPED:
        return shipped_profile(name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml":
        return shipped_profile(name_or_path)
    try:
        if path.stat().st_size > 4 * MAX_TOML_CHARS:
            raise BadProfile(f"{name_or_path} is {path.stat().st_size:,} bytes: that is no profile")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadProfile(f"{name_or_path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadProfile(f"{name_or_path} is not UTF-8 text: save it as UTF-8") from error
    try:
        return decode_profile(text)
    except BadProfile as error:
        raise BadProfile(f"{name_or_path}: {error}") from error
