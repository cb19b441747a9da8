"""Letters become cases. The same letters in any order, each once or twice, give the same; missing ones are missing.

A letter says what its writer had to say, and no more: what only the member can say counts only where the member wrote
it, so that a letter forged by somebody who holds a key of the case moves nothing of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from wayhome.engines.care import letters as f
from wayhome.engines.care.case import (
    Agreed,
    Case,
    Cases,
    CheckInSaid,
    Flag,
    HeldWords,
    Ladder,
    Lent,
    Limit,
    Opened,
    Promise,
    Rung,
    Signs,
    Stage,
    Taken,
    ToMedic,
    Touch,
    Watch,
    Worry,
    case_of,
)
from wayhome.engines.care.letters import CareFact, Letter
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment

_FIRST: tuple[type[CareFact], ...] = (
    f.WorryTold, f.HeadInjuryPassedOn, f.LadderCalledOff, f.CaseKeyGiven, f.CaseReopened, f.CaseOpened, f.SupporterLeft,
)  # fmt: skip
"""Of letters of one moment these come first, in this order: a supporter leaves before the next one comes."""
_RANKS = {kind: rank for rank, kind in enumerate(_FIRST)}
CLOSING_ENDS = ("contact", "owner", "stage")
"""Ladders that a closed case has no more need of; a watch, a limit and a flag go on."""

Happened = TypeVar("Happened", bound=CareFact)
_Fold = Callable[[Case, Happened, Letter], None]
_FOLDS: dict[type[CareFact], Callable[..., None]] = {}
_MEMBERS_OWN = (
    f.OfferAnswered, f.PaceSet, f.VetoSaid, f.WishSaid, f.AccessAllowed, f.PromisePassedOn, f.WordsHeld,
    f.WordsReleased,
)  # fmt: skip


def fold(letters: Iterable[Letter]) -> Cases:
    """What letters add up to."""
    known = Cases()
    for letter in sorted(letters, key=order):
        take_in(known, letter)
    return known


def order(letter: Letter) -> tuple[int, int, Id]:
    """By when it was written; letters of one moment by their kind, and then by id."""
    return letter.at.ms, _RANKS.get(type(letter.fact), len(_FIRST)), letter.id


def take_in(known: Cases, letter: Letter) -> None:
    """Adds a letter that is no older than those before it. One that was taken in already changes nothing."""
    if letter.id in known.seen:
        return
    known.seen.add(letter.id)
    fact = letter.fact
    if isinstance(fact, f.WorryTold | f.WorryTaken):
        _worry(known, fact, letter)
        return
    if letter.case != case_of(letter.member):
        return
    case = known.cases.get(letter.case)
    if case is None:
        case = known.cases[letter.case] = Case(letter.case, letter.member)
    case.letters.append(letter.id)
    case.latest = letter.at
    if isinstance(fact, f.HeadInjuryPassedOn | f.MedicalHandled):
        _medical(known, fact, letter)
    elif not isinstance(fact, _MEMBERS_OWN) or letter.by == letter.member:
        _FOLDS[type(fact)](case, fact, letter)


def _folds(kind: type[Happened]) -> Callable[[_Fold[Happened]], _Fold[Happened]]:
    def register(function: _Fold[Happened]) -> _Fold[Happened]:
        _FOLDS[kind] = function
        return function

    return register


def _worry(known: Cases, fact: f.WorryTold | f.WorryTaken, letter: Letter) -> None:
    if isinstance(fact, f.WorryTold):
        known.worries[letter.id] = Worry(letter.id, fact.about, letter.by, fact.words, letter.at)
    elif fact.worry in known.worries and known.worries[fact.worry].taken_by is None:
        known.worries[fact.worry].taken_by = letter.by


def _medical(known: Cases, fact: f.HeadInjuryPassedOn | f.MedicalHandled, letter: Letter) -> None:
    if isinstance(fact, f.HeadInjuryPassedOn):
        for medic in letter.to[:1]:
            passed = ToMedic(letter.id, letter.case, letter.member, letter.by, medic, fact.words, letter.at)
            known.to_medic[letter.id] = passed
    elif fact.about in known.to_medic and known.to_medic[fact.about].medic == letter.by:
        known.to_medic[fact.about].done = True


# the case and its people


@_folds(f.CaseOpened)
def _opened(case: Case, fact: f.CaseOpened, letter: Letter) -> None:
    if case.opened is None:
        case.opened, case.origin, case.unowned_since = letter.at, fact.origin, letter.at
        case.zone, case.profile = fact.zone, fact.profile
    case.reasons = tuple(dict.fromkeys((*case.reasons, *fact.reasons)))
    start = fact.start or letter.at.day
    held = case.openings.get(fact.follow_up or "")
    if held is None or held.start != start:
        case.openings[fact.follow_up or ""] = Opened(letter.at, start, fact.contacts)
        case.offered = letter.at
        if case.answer == "no":  # what happened since is offered anew; a day that was said stands
            case.answer, case.no_since = "", None
    elif case.answer != "no":
        held.contacts = tuple({due.id: due for due in (*held.contacts, *fact.contacts)}.values())
        held.over = False
    case.closed = None


@_folds(f.ContactsPlanned)
def _planned(case: Case, fact: f.ContactsPlanned, letter: Letter) -> None:
    held = case.openings.get(fact.follow_up or "")
    if held is None:
        case.openings[fact.follow_up or ""] = Opened(letter.at, letter.at.day, fact.contacts)
    else:
        held.contacts = fact.contacts


@_folds(f.CaseKeyGiven)
def _key(case: Case, fact: f.CaseKeyGiven, letter: Letter) -> None:
    if fact.number >= case.key_number:
        case.key_number, case.key_holders = fact.number, frozenset((letter.by, *letter.to))


@_folds(f.KeyShareGiven)
def _share(case: Case, fact: f.KeyShareGiven, letter: Letter) -> None:
    """A share says nothing of the case; whoever has two opens it where the keys are."""
    for holder in letter.to[:1]:
        case.shares.setdefault(fact.number, {})[holder] = fact.share


@_folds(f.ShareLent)
def _lent(case: Case, fact: f.ShareLent, letter: Letter) -> None:
    case.shares.setdefault(fact.number, {})[letter.by] = fact.share
    case.lent.append(Lent(letter.by, letter.at, fact.reason))


@_folds(f.OfferAnswered)
def _answered(case: Case, fact: f.OfferAnswered, letter: Letter) -> None:
    if fact.answer == "someone else":
        case.someone_else = True
        return
    case.no_since = (case.no_since or letter.at) if fact.answer == "no" else None
    case.answer, case.answered, case.later_until = fact.answer, letter.at, fact.until


@_folds(f.PaceSet)
def _pace(case: Case, fact: f.PaceSet, letter: Letter) -> None:
    case.pace = fact.pace


@_folds(f.SupporterTaken)
def _taken(case: Case, fact: f.SupporterTaken, letter: Letter) -> None:
    """Who was ruled out on another machine, and took it before the two met, does not look after the member."""
    if fact.supporter != letter.by or fact.supporter in case.vetoes | {case.member} | case.taken.keys():
        return
    case.carried[fact.supporter] = letter.at
    case.taken[fact.supporter] = Taken(fact.supporter, letter.at, fact.co)
    case.let_go -= {fact.supporter}
    if not fact.co:
        case.someone_else, case.unowned_since = False, None
        _call_off(case, ("owner",), letter.at)


@_folds(f.SupporterLeft)
def _left(case: Case, fact: f.SupporterLeft, letter: Letter) -> None:
    if letter.by not in (fact.supporter, case.member) or case.taken.pop(fact.supporter, None) is None:
        return
    if letter.by == case.member:
        case.let_go |= {fact.supporter}
        case.wishes = tuple(one for one in case.wishes if one != fact.supporter)
    if case.supporter is None:
        case.unowned_since = letter.at


@_folds(f.ClosenessDeclared)
def _close(case: Case, fact: f.ClosenessDeclared, letter: Letter) -> None:
    if fact.person is not None:
        case.close |= {fact.person}


@_folds(f.VetoSaid)
def _veto(case: Case, fact: f.VetoSaid, letter: Letter) -> None:
    case.vetoes |= {fact.against}
    if case.taken.pop(fact.against, None) is not None and case.supporter is None:
        case.unowned_since = letter.at
    case.wishes = tuple(one for one in case.wishes if one != fact.against)


@_folds(f.WishSaid)
def _wish(case: Case, fact: f.WishSaid, letter: Letter) -> None:
    case.wishes = tuple(dict.fromkeys((*case.wishes, fact.person)))
    case.vetoes -= {fact.person}
    case.let_go -= {fact.person}


# contact


@_folds(f.ContactAgreed)
def _agreed(case: Case, fact: f.ContactAgreed, letter: Letter) -> None:
    case.agreed[fact.due.id] = Agreed(fact.due, letter.at)


@_folds(f.ContactMade)
def _made(case: Case, fact: f.ContactMade, letter: Letter) -> None:
    case.touches.append(Touch(letter.at, letter.by, fact.by_way_of, fact.words))


@_folds(f.CheckedIn)
def _checked_in(case: Case, fact: f.CheckedIn, letter: Letter) -> None:
    """Two that crossed are both kept, in the order in which they were tapped."""
    tapped = fact.typed_at or letter.at
    said = CheckInSaid(tapped, letter.by, fact.safe, fact.sleep, fact.colour, fact.need, fact.words)
    case.check_ins.append(said)
    case.check_ins.sort(key=lambda one: (one.at, one.by))
    case.touches.append(Touch(letter.at, letter.by, "check-in"))


@_folds(f.RefusalRecorded)
def _refused(case: Case, fact: f.RefusalRecorded, letter: Letter) -> None:
    case.refusals.append((letter.at, fact.what))


@_folds(f.SignsSeen)
def _signs(case: Case, fact: f.SignsSeen, letter: Letter) -> None:
    case.signs.append(Signs(letter.at, letter.by, fact.words, fact.head, fact.medic))


@_folds(f.AccessAllowed)
def _access(case: Case, fact: f.AccessAllowed, letter: Letter) -> None:
    case.ticks = fact.ticks


@_folds(f.CaseRead)
def _read(case: Case, fact: f.CaseRead, letter: Letter) -> None:
    if letter.by != case.member:
        case.read_by.append((letter.by, letter.at))


# not safe


def _flag(case: Case, flag: Id) -> Flag:
    return case.flags.setdefault(flag, Flag(flag, case.id, case.member))


@_folds(f.NotSafeSaid)
def _not_safe(case: Case, fact: f.NotSafeSaid, letter: Letter) -> None:
    flag = _flag(case, fact.flag)
    flag.at = flag.at or letter.at


@_folds(f.FlagOwned)
def _flag_owned(case: Case, fact: f.FlagOwned, letter: Letter) -> None:
    if letter.by != case.member:
        _flag(case, fact.flag).owners[letter.by] = letter.at
        _off(case, fact.flag, letter.at)


@_folds(f.FlagCloseSaid)
def _flag_close(case: Case, fact: f.FlagCloseSaid, letter: Letter) -> None:
    flag = _flag(case, fact.flag)
    flag.close_said.setdefault(letter.by, letter.at)
    if flag.closed:
        _off(case, fact.flag, letter.at)


# the ladder


def _ladder(case: Case, about: Id) -> Ladder:
    return case.ladders.setdefault(about, Ladder(about, case.id, case.member))


def _off(case: Case, about: Id, at: Moment) -> None:
    ladder = _ladder(case, about)
    ladder.off = ladder.off or at


def _call_off(case: Case, whats: tuple[str, ...], at: Moment) -> None:
    for ladder in case.ladders.values():
        if ladder.what in whats:
            ladder.off = ladder.off or at


@_folds(f.LadderSet)
def _ladder_set(case: Case, fact: f.LadderSet, letter: Letter) -> None:
    ladder = _ladder(case, fact.about)
    ladder.what, ladder.steps, ladder.owner, ladder.set_at = fact.what, fact.steps, fact.owner, letter.at
    ladder.readers = tuple(dict.fromkeys((letter.by, *letter.to)))
    flag = case.flags.get(fact.about)
    if flag is None or not (flag.owners or flag.closed):
        ladder.off = None


@_folds(f.LadderCalledOff)
def _called_off(case: Case, fact: f.LadderCalledOff, letter: Letter) -> None:
    """About the case itself: every contact of it that was sought until then."""
    if fact.about == case.id:
        _call_off(case, ("contact",), letter.at)
    else:
        _off(case, fact.about, letter.at)


@_folds(f.LadderRung)
def _rung(case: Case, fact: f.LadderRung, letter: Letter) -> None:
    _ladder(case, fact.about).rung.setdefault(fact.number, Rung(fact.number, fact.to, letter.at, fact.told))


@_folds(f.LadderAnswered)
def _ladder_answered(case: Case, fact: f.LadderAnswered, letter: Letter) -> None:
    _ladder(case, fact.about).answered.setdefault(letter.by, letter.at)


# the watch


@_folds(f.WatchSet)
def _watch_set(case: Case, fact: f.WatchSet, letter: Letter) -> None:
    held = case.watches.get(fact.watch)
    agreed = fact.consent and letter.by == case.member
    if held is not None:
        held.agreed = held.agreed or agreed
        held.since = letter.at
        return
    case.watches[fact.watch] = Watch(
        fact.watch, fact.watcher, fact.over, fact.every_hours, agreed, fact.danger, letter.at, fact.until
    )


@_folds(f.WatchReported)
def _watch_reported(case: Case, fact: f.WatchReported, letter: Letter) -> None:
    watch = case.watches.get(fact.watch)
    if watch is not None and letter.by == watch.watcher:
        watch.reported, watch.reported_words, watch.changed = letter.at, fact.words, fact.change


@_folds(f.WatchEnded)
def _watch_ended(case: Case, fact: f.WatchEnded, letter: Letter) -> None:
    watch = case.watches.get(fact.watch)
    if watch is not None:
        watch.ended = letter.at
        _off(case, fact.watch, letter.at)


# promises, return, the rest


@_folds(f.PromiseMade)
def _promise(case: Case, fact: f.PromiseMade, letter: Letter) -> None:
    case.promises[fact.promise] = Promise(fact.promise, letter.by, fact.words, fact.owner)


@_folds(f.PromisePassedOn)
def _passed_on(case: Case, fact: f.PromisePassedOn, letter: Letter) -> None:
    if fact.promise in case.promises:
        case.promises[fact.promise].request = fact.request


@_folds(f.ReturnStageSet)
def _stage(case: Case, fact: f.ReturnStageSet, letter: Letter) -> None:
    agreed = fact.agreed_by_member and letter.by == case.member
    case.stages.append(Stage(fact.stage, letter.at, letter.by, fact.partner, fact.review, agreed))


@_folds(f.LimitProposed)
def _limit(case: Case, fact: f.LimitProposed, letter: Letter) -> None:
    readers = tuple(dict.fromkeys((case.member, letter.by, *letter.to)))
    limit = Limit(fact.limit, fact.words, fact.until, fact.partner, fact.clinician, readers=readers)
    case.limits.setdefault(fact.limit, limit)


@_folds(f.LimitAnswered)
def _limit_answered(case: Case, fact: f.LimitAnswered, letter: Letter) -> None:
    limit = case.limits.get(fact.limit)
    if limit is None or letter.by not in (case.member, limit.clinician):
        return
    if fact.agreed:
        limit.state = "agreed" if letter.by == case.member and limit.state == "proposed" else limit.state
    else:
        limit.state = "ended" if limit.state == "agreed" else "refused"


@_folds(f.WordsHeld)
def _held(case: Case, fact: f.WordsHeld, letter: Letter) -> None:
    case.held[fact.held] = HeldWords(fact.held, MissionId(fact.mission), fact.words)


@_folds(f.WordsReleased)
def _released(case: Case, fact: f.WordsReleased, letter: Letter) -> None:
    if fact.held in case.held:
        case.held[fact.held].released = fact.words


@_folds(f.CaseClosed)
def _closed(case: Case, fact: f.CaseClosed, letter: Letter) -> None:
    case.closed = letter.at
    _call_off(case, CLOSING_ENDS, letter.at)


@_folds(f.CaseReopened)
def _reopened(case: Case, fact: f.CaseReopened, letter: Letter) -> None:
    case.closed, case.offered = None, letter.at
    if case.answer != "accept":
        case.answer, case.no_since = "", None
    for opening in case.openings.values():
        opening.contacts = tuple(due for due in opening.contacts if due.day < letter.at.day)
        opening.over = True
    case.reasons = tuple(dict.fromkeys((*case.reasons, *fact.reasons)))
    if case.supporter is None:
        case.unowned_since = letter.at


def readers_of(case: Case) -> tuple[PersonId, ...]:
    """The member and whoever looks after them now: who can open what is written from now on."""
    return (case.member, *case.supporters)
