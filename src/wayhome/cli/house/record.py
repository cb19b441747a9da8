"""Keeping the record: checking it, backing it up, and bringing two laptops together."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from cyclopts import App

from wayhome.assembly.folders import restore as restore_folder
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.opening import passphrase
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.progress import waiting
from wayhome.cli.show import put, put_json
from wayhome.links.files import read_file
from wayhome.usecases.keeping import Merged
from wayhome.usecases.ports import Finding
from wayhome.usecases.session import Session
from wayhome.values.ids import handle

MOST_EXCHANGE_BYTES = 1024 * 1024 * 1024

app = App(help="Keeping the record.")


@app.command(name="verify")
def verify(*, rebuild: bool = False) -> None:
    """Checks every chain and signature, folds everything anew and compares. Exits 1 when anything is wrong.

    Example: wayhome verify
    Example: wayhome verify --rebuild

    Parameters
    ----------
    rebuild: first make anew, from the facts, all rows that are shown: for when the facts are whole and rows are not
    """
    with waiting("Checking the whole record"):
        if rebuild:
            here().house.rebuild(token())
        findings = here().house.verify(token())
    if here().as_json:
        put_json({"ok": not findings, "findings": findings})
    elif not findings:
        put("All is well: every chain, every signature, every row")
    else:
        _put_findings(findings)
        put(f"{len(findings)} wrong. {_remedy(findings)}")
    if findings:
        raise SystemExit(1)


MADE_ANEW = ("row ", "mark ", "timer ")
"""Findings about what is made of the facts, and can be made of them again."""


def _remedy(findings: list[Finding]) -> str:
    if all(finding.where.startswith(MADE_ANEW) for finding in findings):
        return "The facts are whole: `wayhome verify --rebuild` makes anew what is shown of them"
    return "Keep this folder as it is, and restore the last good backup beside it"


def _put_findings(findings: list[Finding] | tuple[Finding, ...]) -> None:
    for finding in findings:
        put(f"{finding.where}: {finding.what}")


@app.command(name="backup")
def backup(file: Path) -> None:
    """Writes a backup of everything, encrypted as the folder is. Work may go on meanwhile.

    Example: wayhome backup /media/stick/leaf-2026-03-01.backup
    """
    must_not_be_there(file)
    with waiting("Writing the backup"):
        here().house.backup(token(), file)
    _said(f"Backed up to {file}: it opens with the passphrase or key file of this folder", {"backup": str(file)})


@app.command(name="restore")
def restore(file: Path) -> None:
    """Makes a new data folder (--data) from a backup. It is a replica of its own: merge it with the others.

    Example: wayhome restore leaf-2026-03-01.backup --data leaf-again
    """
    context = here()
    typed = os.environ.get("WAYHOME_PASSPHRASE") if context.key_file else passphrase(context)
    with waiting("Restoring"):
        restore_folder(file, context.data, passphrase=None if context.key_file else typed, key_file=context.key_file)
    text = f"Restored into {context.data} as a replica of its own. Merge it with the others; sign in: `wayhome login`"
    _said(f"{text}\nTerrains are not in a backup: import them again.", {"restored": str(context.data)})


def _said(text: str, value: dict[str, str | int]) -> None:
    put_json(value) if here().as_json else put(text)


@app.command(name="exchange")
def exchange(file: Path, *, overwrite: bool = False) -> None:
    """Writes what another laptop of the organisation needs, as one sealed file; there, `wayhome merge` takes it in.

    Example: wayhome exchange /media/stick/from-base.exchange

    Parameters
    ----------
    overwrite: write over a file that is there
    """
    must_not_be_there(file, overwrite=overwrite)
    with waiting("Writing the exchange"):
        body = here().house.exchange(token())
    write_out(file, body, overwrite=overwrite, mode=0o600)
    _said(f"Wrote {file}: on the other laptop `wayhome merge {file.name}`", {"exchange": str(file), "bytes": len(body)})


class OpenConflict(msgspec.Struct, frozen=True):
    """A conflict that a merge brought, and the command that settles it."""

    mission: str
    conflict: str
    words: str
    settle: str


@app.command(name="merge")
def merge(file: Path) -> None:
    """Takes in what another laptop wrote, all or nothing, and says what came and what has to be settled.

    Example: wayhome merge /media/stick/from-field.exchange
    """
    body = read_file(file, most_bytes=MOST_EXCHANGE_BYTES)
    if not body:
        raise UsageError(f"{file} is empty: write it anew with `wayhome exchange`")
    with waiting("Merging"):
        merged = here().house.merge(token(), body)
    conflicts = _open_conflicts(session())
    if here().as_json:
        shown = msgspec.to_builtins(merged) | {"conflicts": msgspec.to_builtins(conflicts)}
        put_json(shown)
    else:
        _put_merged(merged, conflicts)
    if merged.findings:
        raise SystemExit(1)


def _put_merged(merged: Merged, conflicts: list[OpenConflict]) -> None:
    put(f"{merged.new} facts were new, {merged.already_held} were here already" if merged.new else "Nothing was new")
    if merged.skewed:
        put(f"  ! {merged.skewed} came with a clock more than 5 minutes ahead of ours: they are kept as claimed")
    if merged.findings:
        put("What was wrong with the file:")
        _put_findings(merged.findings)
    for conflict in conflicts:
        put(f"  ! open conflict in {conflict.mission}: {conflict.words}")
        put(f"    settle it: {conflict.settle}")


def _open_conflicts(me: Session) -> list[OpenConflict]:
    """Every open conflict that whoever asks may see."""
    found = []
    for mission in me.read("missions").value:
        for one in me.read("conflicts", mission=mission.mission).value:
            if not one.settled:
                settle = f'wayhome mission settle {handle(mission.mission)} {handle(one.conflict)} "how"'
                found.append(OpenConflict(mission.name, handle(one.conflict), one.words, settle))
    return found
