"""The part of the table that covers the command line: every command, and the lines in which it is typed.

In a line, {mission} {handle} {name} name the secret mission by a guessed id, its short form and its very name; {open}
is an open mission; {insider} {outsider} are members; {file} is a file that the command writes.
"""

from __future__ import annotations

import shlex
from typing import Any

import msgspec


class Lines(msgspec.Struct, frozen=True):
    """How a command is typed. One that reads is asked of an unfiltered world as well."""

    lines: tuple[str, ...]
    reads: bool
    writes_file: str = ""
    """The ending of the file that it writes."""

    def words(self, number: int, known: dict[str, Any]) -> list[str]:
        return [part.format(**known) for part in shlex.split(self.lines[number])]


class NotHere(msgspec.Struct, frozen=True):
    """A command that shows nothing of the record, and why this test leaves it out."""

    because: str


COMMANDS: dict[str, Lines | NotHere] = {}
"""Every command by its words."""


def _reads(command: str, *rests: str, writes_file: str = "") -> None:
    COMMANDS[command] = Lines(tuple(f"{command} {rest}".strip() for rest in rests or ("",)), True, writes_file)


def _reads_mission(*commands: str) -> None:
    for command in commands:
        _reads(command, "{mission}", "{open}", "{handle}", "'{name}'")


def _acts(command: str, *rests: str, writes_file: str = "") -> None:
    COMMANDS[command] = Lines(tuple(f"{command} {rest}".strip() for rest in rests), False, writes_file)


def _left(because: str, *commands: str) -> None:
    for command in commands:
        COMMANDS[command] = NotHere(because)


_reads("member list", "", "--status away", "--skill medic")
_reads("member show", "'{insider}'", "'{outsider}'")
_reads("member bonds")
_reads("member letters")
_reads("member availability", "", "2026-03-02", "--free")
_reads("member routines")
_reads("member personal", "", "'{insider}'")
_reads("member invitations")
_reads("member recovery-codes")
_reads("command succession list")
_reads("command succession")
_reads("command history")
_reads("vehicle list")
_reads("memorial list")
_reads("memorial")
_reads("petition list", "", "--open")
_reads("care list", "", "--mine")
_reads("care", "", "--mine")
_reads("mission list")
_reads_mission(
    "mission read-ins", "mission briefing", "mission stakes", "mission exceptions", "mission show", "mission situation",
    "mission notes", "mission conflicts", "mission advice", "team list", "field signed-in", "field places",
    "field finds", "clue list", "photo list", "draw list", "casualty list", "report list", "report testimony",
    "report assumptions", "report show", "report papers", "report exposures", "know", "mission losses",
    "field wait-or-go",
)  # fmt: skip
_reads("telling list", "", "{mission}", "{open}", "'{name}'")
_reads("offer list", "", "{mission}", "{open}", "'{name}'", "--mine")
_reads("field out", "", "{mission}", "{open}", "--still")
_reads("field track", "{mission} '{insider}'", "{open} Alpha")
_reads("log list", "{mission}", "{open}", "'{name}' --find Kagerou", "{open} --last 2")
_reads("alarm list", "", "{mission}", "{open}", "--unanswered")
_reads("whoami")
_reads("organisation")
_reads("waiting")
_reads("bonds")
_reads("export roster", "{file}", writes_file=".csv")
_reads("export log", "{mission} {file}", "{open} {file}", "'{name}' {file} --form 214", writes_file=".csv")
_reads("export places", "{mission} {file}", "{open} {file}", "{handle} {file}", writes_file=".geojson")
_reads("photo save", "{mission} {photo} {file}", "{open} {photo} {file}", writes_file=".jpg")
_reads("report log-csv", "{mission} {file}", "{open} {file}", writes_file=".csv")
_reads("report pdf", "{mission} {file}", "'{name}' {file}", "{handle} {file}", writes_file=".pdf")
_reads("report log-pdf", "{mission} {file}", "'{name}' {file}", "{handle} {file}", writes_file=".pdf")
_reads("report briefing-pdf", "{mission} {file}", "'{name}' {file}", "{handle} {file}", writes_file=".pdf")

_acts("member add", "'New {number}' --rank genin", "'Twice' --ref 101")
_acts("member rename", "'{insider}' 'Another {number}'")
_acts("member skill", "'{insider}' medic 3")
_acts("member qualification", "'{insider}' Rope --expires 2027-01-01")
_acts("member rank", "'{insider}' jounin")
_acts("member duties", "'{insider}' clerk")
_acts("member role", "'{insider}' cook --wish own")
_acts("member role-end", "cook --wish command --reason 'no kitchen'")
_acts("member history", "'{insider}'", "'{insider}' froze --mission '{name}' --outcome froze")
_acts("member never", "'{insider}' killed")
_acts("member bond", "'{insider}' teammate '{outsider}'", "'{outsider}' couple '{insider}' --private")
_acts("member unbond", "'{outsider}' couple '{insider}'", "'{insider}' kin '{outsider}'")
_acts("member status", "'{insider}' resting", "'{insider}' away", "'{outsider}' leave --until 'tomorrow 12:00'")
_acts("member leave", "'{insider}' --letter tired")
_acts("member available", "'{insider}' 2026-03-04T08:00 2026-03-04T12:00")
_acts("member unavailable", "'{insider}' 2026-03-04T08:00 2026-03-04T12:00")
_acts("member routine", "'{insider}' tea --every 7 --first 2026-03-05T17:00")
_acts("member weighs", "03-01")
_acts("member not-myself", "")
_acts("member home", "'{insider}' 'by the ford'")
_acts("member kin", "'{insider}' 'his mother'")
_acts("member medical", "'{insider}' penicillin")
_acts("member channels", "", "'{outsider}' ntfy://example.org/topic", "'{insider}' ntfy://example.org/topic")
_acts("member feed", "", "--off")
_acts("member invite", "'{insider}'", "'{outsider}' --hours 2")
_acts("member withdraw-invitation", "'{insider}'")
_acts("member erase", "'{insider}' --reason asked --yes")
_acts("command succession set", "'{insider}' '{outsider}'")
_acts("command take", "--reason 'somebody must'")
_acts("vehicle add", "'Sled {number}'")
_acts("vehicle status", "Falcon available", "Falcon 'in repair'")
_acts("memorial add", "Obito --on 2020-01-01 --mission '{name}'")
_acts("memorial veil", "{clue} date")
_acts("petition make", "teacher")
_acts("petition answer", "{offer} granted")
_reads_mission("mission identity", "mission emergencies", "mission looks")
_reads("glass list")
_acts("mission mask", "{mission} 'the target' --name '{name}'", "{open} 'the target' --name '{name}'")
_acts("mission tell-identity", "{mission} '{outsider}'", "{open} '{insider}'")
_acts("glass break", "'{insider}' --reason unheard", "'{outsider}' --reason unheard --hours 99")
_acts("glass end", "{mission}", "{open}", "'{name}'")
_reads_mission("cover list", "field contact-plans")
_reads("care left-behind")
_reads("care looked-in")
_acts(
    "cover set",
    "{mission} '{insider}' --until 2026-03-09",
    "{mission} --vehicle Falcon --status x",
    "{open} '{insider}'",
)
_acts("cover end", "{mission} '{insider}'", "{open} Falcon", "'{name}' {cover}")
_acts("field contact-plan", "{mission} '{insider}' --every 30 --signals lamp --way-out ferry")
_acts("mission quarry", "{mission} '{insider}' seen", "{open} '{insider}' seen --accused")
_acts("care look-in", "'{outsider}' '{insider}'", "'{insider}' '{outsider}' well")
_reads("care mine")
_reads("care who-reads")
_reads("care cases")
_reads("care show", "me", "'{insider}'")
_reads("care supporters", "me", "'{insider}'")
_reads("care desk")
_reads("care waiting")
_reads("care worries")
_reads("care to-medic")
_reads("care requests")
_reads("care contacts")
_reads("care visits")
_reads("care counts", "", "2025-Q1")
_reads("care words list")
_reads("care export", "--text")
_acts("care ask", "")
_acts("care check-in", "--sleep badly", "'{name}' --safe yes")
_acts("care answer", "accept", "later --until 2026-04-01")
_acts("care pace", "less")
_acts("care someone-else", "--never '{insider}'", "--wish '{insider}'")
_acts("care ticks", "yes")
_acts("care pass-on", "", "{offer} please")
_acts("care agree-limit", "", "{offer} --refuse")
_acts("care agree-watch", "", "{offer} --refuse")
_acts("care close", "")
_acts("care reopen", "")
_acts("care erase", "--yes")
_acts("care begin", "'{insider}'", "'{outsider}' {offer}")
_acts("care take", "'{insider}'")
_acts("care leave", "'{insider}'")
_acts("care close-to", "'{insider}' kin")
_acts("care agree", "me 2026-03-09", "'{insider}' 2026-03-09")
_acts("care contact", "me", "'{insider}' well --minutes 30")
_acts("care signs", "'{insider}' pale", "'{insider}' pale --head --medic '{outsider}'")
_acts("care refused", "me treatment", "'{insider}' treatment")
_acts("care promise", "'{insider}' '{outsider}' 'out together'")
_acts("care stage", "me observe", "'{insider}' full --partner '{outsider}'")
_acts("care limit", "'{insider}' 2026-06-01 'short tasks'")
_acts("care watch set", "me '{insider}' home", "'{insider}' '{outsider}' home --danger x")
_acts("care watch report", "", "{offer} --change")
_acts("care watch end", "", "{offer}")
_acts("care own", "", "'{insider}'")
_acts("care over", "me", "'{insider}'")
_acts("care heard", "", "'{insider}'")
_acts("care admit", "'{insider}'")
_acts("care open-together", "'{insider}' consent")
_acts("care worry", "'{insider}' '{name}'")
_acts("care take-worry", "", "'{insider}'")
_acts("care handled", "", "'{insider}'")
_acts("care answer-request", "'{insider}' granted", "{offer} refused")
_acts("care words hold", "{mission} 'my words'", "{open} 'my words'", "'{name}' 'my words'")
_acts("care words release", "", "{offer} 'my words'")
_acts("mission new", "'{name}'", "'{name}' --secret --alarm ours")
_acts("mission plan", "{mission} --people 2-4", "'{name}' --people 2-4")
_acts("mission regrade", "{mission} S --reason worse")
_acts("mission command", "{mission} '{outsider}' --reason mine")
_acts("mission suspend", "{mission} --reason night --reopens-when day")
_acts("mission resume", "{mission} --reason day")
_acts("mission refuse", "{mission} --reason no")
_acts("mission close", "{mission} --reason over")
_acts("mission reopen", "{mission} --reason again")
_acts("mission settle", "{mission} {conflict} so", "{open} {conflict} so")
_acts("mission urgency", "{mission}", "{open}")
_acts("mission subject", "{mission}", "{mission} name=Ana")
_acts("mission ipp", "{mission} 42.5,1.5 --seen 08:00")
_acts("mission lkp", "{mission} 42.5,1.5 --seen 08:00")
_acts("mission read-in", "{mission} '{outsider}'", "{open} '{outsider}'")
_acts("mission ceiling", "{mission} --most 3", "{open} --most 3 --tellings-shown")
_acts("tell", "'{insider}' that {mission}", "'{insider}' all {open}", "'{insider}' that --of {telling} --show")
_acts("telling promise", "{telling} never")
_acts("telling show", "{telling}")
_acts("mission read-out", "{mission} '{insider}' --reason out")
_acts("mission brief", "{mission} go")
_acts("mission acknowledge", "{mission}")
_acts("mission stake", "{mission} '{insider}' sister --for knows --against fears")
_acts("mission hold-back", "{mission} '{insider}' --reason close")
_acts("mission lift", "{mission} '{insider}' --reason calm")
_acts("mission exception", "{mission} rank --reason short")
_acts("offer make", "{mission} '{outsider}'", "{open} '{insider}'", "'{name}' '{outsider}'")
_acts("offer answer", "{offer} accepted", "'{name}' accepted")
_acts("offer withdraw", "{offer}")
_acts("offer defer", "{offer} --by 'tomorrow 12:00'")
_acts("team form", "{mission} Bravo", "{open} Charlie '{insider}'")
_acts("team change", "{mission} {team} '{insider}'", "{open} {team} '{insider}'")
_acts("field sign-in", "{mission}", "{open} '{insider}'")
_acts("field sign-out", "{mission}", "{open} '{insider}'")
_acts("field depart", "{mission}", "{open} '{insider}'")
_acts("field walk-in", "{mission} '{outsider}' --post cook", "{open} '{insider}' --post cook")
_acts("field doubt", "{mission} '{outsider}' hm")
_acts("field start-home", "{mission} --by 'tomorrow 12:00'")
_acts("field home", "{mission}", "{open} '{insider}' --channel radio")
_acts("field handover", "{mission} '{insider}' --to hospital")
_acts("field rest", "{mission} '{insider}' ate", "{open} '{insider}' slept --hours 2")
_reads_mission("field endurance")
_reads("duty")
_reads("duty show")
_reads("duty fitness")
_reads("duty limits")
_acts("duty on", "--slept 4 --worked 6", "'{insider}' --slept 7 --channel radio")
_acts("duty off", "--driving", "'{insider}' --channel radio")
_acts("duty end-limit", "{mission}")
_acts("field vehicle-take", "{mission} Falcon", "{open} Falcon")
_acts("field vehicle-release", "{mission} Falcon", "{open} Falcon")
_acts("field place", "{mission} 42.5,1.5", "{open} 42.5,1.5 --member '{insider}'")
_acts("field contact", "{mission}", "{open} '{insider}'")
_acts("field watch", "{mission} '{insider}' 30")
_acts("field fallen", "{mission} '{insider}' fell", "{open} '{insider}' fell")
_acts("field found", "{mission} Ana --state alive")
_acts("field ask-backup", "{mission} 42.5,1.5 rope", "{open} 42.5,1.5 rope --for '{insider}'")
_acts("field choose", "{mission} {backup} wait", "{open} {backup} 'go on' --for '{insider}' --channel radio")
_acts(
    "field send-backup", "{mission} {backup} '{insider}' --arrives +30m", "{open} {backup} '{insider}' --arrives +30m"
)
_acts("field backup", "{mission} 42.5,1.5 --pursuer '{insider}'", "{open} 42.5,1.5 --pursuer '{insider}'")
_acts("log add", "{mission} hello", "{open} hello", "'{name}' hello")
_acts("log amend", "{mission} {line} better", "{open} {line} better")
_acts("log undo", "{mission} {line}", "{open} {line}", "{open}")
_acts("clue add", "{mission} boot", "{open} boot")
_acts("clue withdraw", "{mission} {clue} --reason no", "{open} {clue} --reason no")
_acts("photo add", "{mission} {photo_file} --words boot", "{open} {photo_file} --words boot --clue {clue}")
_acts("photo withdraw", "{mission} {photo} --reason no", "{open} {photo} --reason no")
_acts("draw segment", "{mission} A1 42.5,1.5 42.5,1.6 42.6,1.6", "{open} 'A {number}' 42.5,1.5 42.5,1.6 42.6,1.6")
_acts("draw post", "{mission} Gate 42.5,1.5", "{open} Gate 42.5,1.5 --holder '{insider}'")
_acts("draw line", "{mission} Road 42.5,1.5 42.6,1.5", "{open} '{name}' 42.5,1.5 42.6,1.5")
_acts("draw note", "{mission} 42.5,1.5 mud", "{open} 42.5,1.5 mud")
_acts("draw change", "{mission} {drawing} --words x", "{open} {drawing} --words x")
_acts("draw erase", "{mission} {drawing} --reason no", "{open} {drawing} --reason no")
_acts("casualty add", "{mission} somebody", "{open} --member '{insider}'")
_acts("casualty triage", "{mission} {casualty} red", "{open} {casualty} red")
_acts("casualty treat", "{mission} {casualty} splint", "{open} {casualty} splint")
_acts("casualty help", "{mission} {casualty} litter --at 2026-03-03T10:00")
_acts("alarm answer", "{alarm} heard")
_acts("report hear", "{mission} seen --source friend")
_acts("report withhold", "{mission} '{outsider}' it")
_acts("report release", "{mission} {testimony} it", "{open} {testimony} it")
_acts("report assume", "{mission} 'it holds'")
_acts("report fail", "{mission} {assumption} no", "{open} {assumption} no")
_acts("report warn", "{mission} {assumption} look", "{open} {assumption} look")
_acts("report draft", "{mission} words", "{open} words")
_acts("report official", "{mission} words", "{open} words")
_acts("report exposure", "{mission} '{insider}' death")
_acts("report outcome", "{mission} '{insider}' hurt")
_acts("clock take-over", "")
_acts(
    "propose", "{mission}", "{open}", "{open} --next 3", "'{name}'", "", "--pin '{insider}'",
    "{open} --without '{insider}' --pin '{outsider}'", "{mission} --without '{insider}'",
)  # fmt: skip
_acts("search map", "{mission} {file}", "{open} {file} --hours 1", "'{name}' {file}", writes_file=".geojson")
_acts("search odds", "{mission}", "{open} --hours 1", "'{name}'")
_reads_mission("search evidence list", "search hypothesis list", "search dog list")
_acts("search evidence area", "{mission} A1 --pod 0.5 --from 08:00 --until 08:30")
_acts(
    "search evidence sweep",
    "{mission} --width 30 --team Alpha --from 08:00",
    "{open} --width 30 --team Alpha --from 08:00",
)
_acts("search evidence watch", "{mission} 42.5,1.5 --from 08:00 --pod 0.5", "{open} 42.5,1.5 --from 08:00 --pod 0.5")
_acts("search evidence sighting", "{mission} 42.5,1.5 --at now --other 0.5", "{open} 42.5,1.5 --at now --other 0.5")
_acts(
    "search evidence bearing",
    "{mission} Pakkun 42.5,1.5 --degrees 9 --wind-from 9 --wind 2",
    "{open} Pakkun 42.5,1.5 --degrees 9 --wind-from 9 --wind 2",
)
_acts("search evidence trail", "{mission} Pakkun 42.5,1.5 --wind 2", "{open} Pakkun 42.5,1.5 --wind 2")
_acts("search evidence phone", "{mission} 42.5,1.5 --at now --far 900", "{open} 42.5,1.5 --at now --far 900")
_acts("search evidence says", "{mission} odd --if fled=0.5", "{open} odd --if {hypothesis}=0.5")
_acts("search evidence withdraw", "{mission} {evidence} --reason no", "{open} {evidence} --reason no")
_acts("search hypothesis state", "{mission} he fled", "{open} he fled {number}", "'{name}' he fled")
_acts("search hypothesis drop", "{mission} {hypothesis} --reason no", "{open} {hypothesis} --reason no")
_acts("search dog lend", "{mission} Pakkun '{insider}' --words go", "{open} Pakkun '{insider}' --words go")
_acts("search dog state", "{mission} {dog} tired", "{open} {dog} tired")
_acts("clue weigh", "{mission} {clue} --anothers 0.2", "{open} {clue} --anothers 0.2")
_acts("search cut-off", "{mission}", "{open} --hours 1 --ours 'Alpha@42.5,1.5'", "'{name}'")
_acts("search plan", "{mission}", "{open}", "'{name}'")
_acts("search contain", "{mission}", "{open}", "'{name}'")
_acts("merge", "{exchange}")
_reads("verify")

_left(
    "it reads or makes a file of this machine, and speaks only of that",
    "init",
    "restore",
    "import roster",
    "log read",
    "search score",
)
_left("signing in names nobody but whoever signs in", "login", "logout", "join", "recover", "member password")
_left("it speaks of one's own devices, and of nothing of the record", "member sessions", "member end-session")
_left("it speaks of the process that owns the folder", "serve", "unlock")
_left(
    "a copy of the whole record, sealed; that there is more in it than one sees is said in the docs",
    "backup",
    "exchange",
)
_left(
    "ground is public data: it holds nothing of the record",
    "terrain leaf",
    "terrain jacksboro",
    "terrain import",
    "terrain list",
    "terrain show",
    "terrain map",
    "terrain tiles",
    "terrain time",
)
_left("it plays a story in a house of its own", "demo", "exercise list", "exercise run", "exercise words")
