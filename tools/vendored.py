"""The modules of others that the desk ships, with version, licence and digest: `python -m tools.vendored [FOLDER]`.

With the node_modules folder of a fresh install they are copied in anew; without one, what is there is checked against
`vendor.json`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "wayhome" / "desk" / "static" / "vendor"
FILES = {
    "preact.mjs": ("preact", "dist/preact.mjs"),
    "hooks.mjs": ("preact", "hooks/dist/hooks.mjs"),
    "signals-core.mjs": ("@preact/signals-core", "dist/signals-core.mjs"),
    "signals.mjs": ("@preact/signals", "dist/signals.mjs"),
    "htm.mjs": ("htm", "dist/htm.mjs"),
    "mgrs.mjs": ("mgrs", "dist/mgrs.esm.js"),
    "utm.mjs": ("utm", "index.es.js"),
    "maplibre-gl.mjs": ("maplibre-gl", "dist/maplibre-gl.mjs"),
    "maplibre-gl-worker.mjs": ("maplibre-gl", "dist/maplibre-gl-worker.mjs"),
    "maplibre-gl-shared.mjs": ("maplibre-gl", "dist/maplibre-gl-shared.mjs"),
    "maplibre-gl.css": ("maplibre-gl", "dist/maplibre-gl.css"),
}
"""What each file is: the package it comes from, and where it lies in it. Nothing in them is changed."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wrong() -> list[str]:
    """What differs from `vendor.json`, in words."""
    known = json.loads((VENDOR / "vendor.json").read_text())
    found = [
        f"{name} is not the file that vendor.json names"
        for name in FILES
        if digest(VENDOR / name) != known[name]["sha256"]
    ]
    there = {path.name for path in VENDOR.iterdir() if path.suffix in (".mjs", ".css")}
    return found + [f"{name} is not in vendor.json" for name in sorted(there - set(known))]


def copy(modules: Path) -> None:
    """Copies every file from a node_modules folder, and writes what they are."""
    known = {}
    for name, (package, path) in FILES.items():
        about = json.loads((modules / package / "package.json").read_text())
        shutil.copyfile(modules / package / path, VENDOR / name)
        known[name] = {
            "package": package,
            "version": about["version"],
            "licence": about.get("license", "MIT"),
            "sha256": digest(VENDOR / name),
        }
    (VENDOR / "vendor.json").write_text(json.dumps(known, indent=2) + "\n")


def main() -> int:
    if len(sys.argv) > 1:
        copy(Path(sys.argv[1]))
    found = wrong()
    for words in found:
        sys.stderr.write(f"{words}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
