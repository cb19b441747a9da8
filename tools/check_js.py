"""The desk's scripts: their types, by their JSDoc, and that what is sent of them says what they say.

Both by `tsc`, which is fetched where node is there and it is not.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from wayhome.desk.statics import without_comments

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "tools" / "js"
SCRIPTS = ROOT / "src" / "wayhome" / "desk" / "static"
PROJECT = SCRIPTS / "jsconfig.json"


def compiler() -> Path | None:
    """The compiler, fetched as the lock file says; None where there is no node to run it."""
    found = HOME / "node_modules" / ".bin" / "tsc"
    if found.exists():
        return found
    npm = shutil.which("npm")
    if npm is None:
        return None
    done = subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HOME, check=False)
    return found if done.returncode == 0 and found.exists() else None


def changed_by_sending(tsc: Path) -> list[str]:
    """The scripts that say something else once their comments are left out; there should be none."""
    ours = [path.relative_to(SCRIPTS) for path in SCRIPTS.rglob("*.js") if "vendor" not in path.parts]
    with tempfile.TemporaryDirectory() as folder:
        written, sent = Path(folder, "written"), Path(folder, "sent")
        for path in ours:
            for root, text in ((written, _read(path)), (sent, without_comments(_read(path)))):
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
        first, second = _compiled(tsc, written), _compiled(tsc, sent)
        return [str(path) for path in ours if _words(first / path) != _words(second / path)]


def _read(path: Path) -> str:
    return (SCRIPTS / path).read_text(encoding="utf-8")


def _compiled(tsc: Path, root: Path) -> Path:
    """The scripts as the compiler writes them without comments."""
    out = root.with_name(root.name + "-out")
    flags = ["--allowJs", "--noCheck", "--noResolve", "--removeComments", "--target", "esnext", "--module", "esnext"]
    names = [str(path) for path in sorted(root.rglob("*.js"))]
    subprocess.run([str(tsc), *flags, "--rootDir", str(root), "--outDir", str(out), *names], check=False)
    return out


def _words(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()


def main() -> int:
    tsc = compiler()
    if tsc is None:
        sys.stdout.write("the types of the desk's scripts were not checked: that needs node and npm\n")
        return 0
    wrong = subprocess.run([str(tsc), "-p", str(PROJECT)], check=False).returncode
    changed = changed_by_sending(tsc)
    for path in changed:
        sys.stderr.write(f"{path}: a line inside a template begins as a comment does, and would not be sent\n")
    return wrong or bool(changed)


if __name__ == "__main__":
    sys.exit(main())
