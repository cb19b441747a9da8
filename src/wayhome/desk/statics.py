"""The desk's own files: scripts, styles, icons. Their addresses bear a digest, so that none is ever stale."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import mimetypes
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

ROOT = files("wayhome.desk") / "static"
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".webmanifest": "application/manifest+json"}
SQUEEZED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")

MODULES = {
    "preact": "vendor/preact.mjs",
    "preact/hooks": "vendor/hooks.mjs",
    "@preact/signals-core": "vendor/signals-core.mjs",
    "@preact/signals": "vendor/signals.mjs",
    "htm": "vendor/htm.mjs",
    "mgrs": "vendor/mgrs.mjs",
    "utm": "vendor/utm.mjs",
    "maplibre-gl": "vendor/maplibre-gl.mjs",
}
"""What the vendored modules are called in `import`."""


def _walk(folder: Traversable, before: str = "") -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    for inside in folder.iterdir():
        if inside.is_dir():
            found |= _walk(inside, f"{before}{inside.name}/")
        else:
            found[before + inside.name] = inside
    return found


def without_comments(script: str) -> str:
    """A script without the comments that begin a line, and without indents: on a bad link a seventh less to wait for.

    What stands behind a comment on its line stays, as a cast does. `tools.check_js` holds what is sent
    against what the compiler makes of the script, so that no line of a template is taken for a comment.
    """
    kept: list[str] = []
    inside = False
    for line in map(str.strip, script.splitlines()):
        if inside or line.startswith("/*"):
            _, end, line = line.partition("*/")
            inside = not end
            if inside:
                continue
            line = line.strip()
        if line and not line.startswith("//"):
            kept.append(line)
    return "\n".join(kept) + "\n"


class Statics:
    """The files by their path below `static/`."""

    @cached_property
    def paths(self) -> dict[str, Traversable]:
        return dict(sorted(_walk(ROOT).items()))

    @cached_property
    def version(self) -> str:
        """Changes with any of the files."""
        digest = hashlib.blake2b(digest_size=6)
        for path in self.paths:
            digest.update(path.encode() + self.body(path, squeezed=False))
        return digest.hexdigest()

    @cached_property
    def _bodies(self) -> dict[tuple[str, bool], bytes]:
        return {}

    def body(self, path: str, *, squeezed: bool) -> bytes:
        """The file's bytes as they are sent; our own scripts without their comments. Raises KeyError."""
        at = (path, squeezed)
        if at not in self._bodies:
            held = self.paths[path].read_bytes()
            own = path.endswith(".js") and not path.startswith("vendor/")
            plain = without_comments(held.decode()).encode() if own else held
            self._bodies[at] = gzip.compress(plain, 9, mtime=0) if squeezed else plain
        return self._bodies[at]

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The addresses of the style sheets of every page; those of one page alone are loaded by it."""
        return tuple(self.address(path) for path in ("style.css", "pages.css"))

    def address(self, path: str) -> str:
        return f"/static/{self.version}/{path}"

    @cached_property
    def import_map(self) -> str:
        return json.dumps({"imports": {name: self.address(path) for name, path in MODULES.items()}})

    @cached_property
    def import_map_hash(self) -> str:
        """By which the content security policy lets the import map, and no other inline script, pass."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.import_map.encode()).digest()).decode()


STATICS = Statics()


def type_of(path: str) -> str:
    suffix = "." + path.rpartition(".")[2]
    return TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


@get("/static/{version:str}/{path:path}", include_in_schema=False)
async def static(request: Request[Any, Any, Any], version: str, path: str) -> Response[bytes]:
    """One file. Whatever version is asked for, the present one is given; only that one may be kept."""
    return _file(request, path.lstrip("/"), lasting=version == STATICS.version)


@get("/sw.js", include_in_schema=False)
async def service_worker() -> Response[bytes]:
    """The service worker stands at the root, so that it may answer for every page; it knows the program's files."""
    named = [path for path in STATICS.paths if not path.startswith(("vendor/licences", "sw.js"))]
    head = json.dumps({"version": STATICS.version, "files": [STATICS.address(path) for path in named]})
    body = f"const PROGRAM = {head};\n".encode() + STATICS.body("sw.js", squeezed=False)
    return Response(body, media_type="text/javascript", headers={"cache-control": "no-cache"})


@get("/icon.svg", include_in_schema=False)
async def icon(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _file(request, "icon.svg", lasting=False)


@get("/manifest.webmanifest", include_in_schema=False)
async def manifest(request: Request[Any, Any, Any]) -> Response[bytes]:
    """By which a phone puts the desk among its apps."""
    return _file(request, "manifest.webmanifest", lasting=False)


def _file(request: Request[Any, Any, Any], path: str, *, lasting: bool) -> Response[bytes]:
    if path not in STATICS.paths:
        raise NotFoundException("there is no such file")
    kind = type_of(path)
    squeezed = kind.startswith(SQUEEZED) and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache"}
    if squeezed:
        headers |= {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(STATICS.body(path, squeezed=squeezed), media_type=kind, headers=headers)
