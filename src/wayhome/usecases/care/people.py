"""Who could look after a member, as far as whoever asks may see: made of rows that passed for them, and of letters.

What comes of a mission that they are not read in to is not among it, so that no proposal betrays one.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wayhome.engines.care.supporters import Lived, Sought, Supporter
from wayhome.engines.care.table import KINDS
from wayhome.mission.views import shapes as v
from wayhome.usecases.rows import Rows
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import Moment

AT_HAND = frozenset({"available"})
"""Duty statuses of whoever can look after somebody now."""
WENT_BADLY = frozenset({"killed", "hurt", "missing", "froze"})
"""Outcomes of a mission after which nobody is said to have handled an earlier one well."""
AS_KINDS = {"killed": "kill"}
"""Deeds of somebody's history that are kinds of exposure as well."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the letters of a case say of whom its member would have: nothing of it stands in the record."""

    case: Id
    member: PersonId
    follow_ups: frozenset[Id] = frozenset()
    vetoes: frozenset[PersonId] = frozenset()
    close: frozenset[PersonId] = frozenset()
    agreed: frozenset[PersonId] = frozenset()
    wish: PersonId | None = None
    looks_after: frozenset[PersonId] = frozenset()


class People:
    """The roster as a viewer sees it, for one question."""

    def __init__(self, rows: Rows, now: Moment) -> None:
        self._now = now
        self.members = {one.member: one for one in rows.fetch("member", v.MemberView)}
        self._names = {one.member: one for one in rows.fetch("name", v.NameView)}
        self._bonds = rows.fetch("bond", v.BondView)
        self._history = rows.by_scope("history", v.HistoryView)
        self._out = rows.by_scope("out", v.OutView)
        self._exposed = rows.by_scope("exposure", v.ExposureView)
        self._missions = {one.mission: one for one in rows.fetch("mission", v.MissionView)}
        organisation = rows.fetch("organisation", v.OrganisationView)
        self._commander = organisation[0].commander if organisation else None

    def sought(self, asked: Asked) -> Sought:
        """For whom a supporter is sought."""
        missions = frozenset(self._come_of(asked))
        kinds = (self._kinds(mission, asked.member) for mission in missions)
        return Sought(
            member=asked.member,
            case=asked.case,
            missions=missions,
            kinds=frozenset().union(*kinds),
            languages=self._languages(asked.member),
            command=frozenset(self._command_of(asked.member)) - {asked.member},
            led=frozenset(self._led(asked.member)) - {asked.member},
            agreed=asked.agreed,
            close=asked.close | self._bound(asked.member, "kin"),
            trusts=self._bound(asked.member, "steadies") | self._bound(asked.member, "teaches"),
            vetoes=asked.vetoes,
            wish=asked.wish,
            looks_after=asked.looks_after,
        )

    def supporters(self, looked_after: Mapping[PersonId, frozenset[PersonId]]) -> tuple[Supporter, ...]:
        """Everybody on the roster who is still there, with whose open cases they own as far as is known."""
        return tuple(
            self._supporter(one, looked_after.get(one.member, frozenset()))
            for one in self.members.values()
            if not one.erased and one.status != "lost" and not one.synthetic
        )

    def _supporter(self, one: v.MemberView, looks_after: frozenset[PersonId]) -> Supporter:
        return Supporter(
            person=one.member,
            near="team",
            languages=self._languages(one.member),
            trained="carer" in one.duties,
            here=self._status(one) in AT_HAND,
            missions=frozenset(self._went(one.member)),
            lived=tuple(self._lived(one.member)),
            open_cases=len(looks_after),
            looks_after=looks_after,
        )

    def _status(self, one: v.MemberView) -> str:
        over = one.status_until is not None and one.status_until.ms <= self._now.ms
        return "available" if over and one.status != "lost" else one.status

    def _come_of(self, asked: Asked) -> list[str]:
        """The missions that follow-ups came of, where the viewer may know of them: their ids are made of these."""
        return [one for one in self._missions if derive(one, "follow-up", asked.member) in asked.follow_ups]

    def _kinds(self, mission: str, member: PersonId) -> frozenset[str]:
        found = (set(one.kinds) for one in self._exposed.get(mission, ()) if one.member == member)
        return frozenset[str]().union(*found) & frozenset(KINDS)

    def _languages(self, member: PersonId) -> frozenset[str]:
        held = self._names.get(member)
        return frozenset(held.languages) if held else frozenset()

    def _bound(self, member: PersonId, what: str) -> frozenset[PersonId]:
        """Who is tied to a member: kin either way, else whoever teaches or steadies them."""
        tied = {bond.one for bond in self._bonds if bond.what == what and bond.other == member}
        if what == "kin":
            tied |= {bond.other for bond in self._bonds if bond.what == what and bond.one == member}
        return frozenset(tied)

    def _command_of(self, member: PersonId) -> set[PersonId]:
        """Who commands them now: the organisation's commander, and of the missions they are out on."""
        found = {self._commander} if self._commander else set[PersonId]()
        for mission, out in self._out.items():
            held = self._missions.get(MissionId(mission))
            if held is not None and any(one.member == member and not (one.home or one.handed_to) for one in out):
                found |= {held.owner, held.commander}
        return found - {PersonId("")}

    def _led(self, member: PersonId) -> set[PersonId]:
        by_name = {one.name.casefold(): one.member for one in self._names.values()}
        events = self._history.get(member, ())
        leaders = (one.leader or by_name.get(one.led_by.casefold()) for one in events)
        return {leader for leader in leaders if leader}

    def _went(self, member: PersonId) -> set[str]:
        out = {mission for mission, gone in self._out.items() if any(one.member == member for one in gone)}
        return out | {mission for mission, hit in self._exposed.items() if any(one.member == member for one in hit)}

    def _lived(self, member: PersonId) -> list[Lived]:
        lived = []
        for mission, exposed in self._exposed.items():
            kinds = {kind for one in exposed if one.member == member for kind in one.kinds} & set(KINDS)
            days = [one.departed.day for one in self._out.get(mission, ()) if one.member == member]
            held = self._missions.get(MissionId(mission))
            if kinds and held is not None:
                day = days[0] if days else held.opened.day
                lived.append(Lived(mission=mission, day=day, kinds=tuple(sorted(kinds))))
        lived += [
            Lived(mission=one.mission, day=one.on, kinds=tuple(sorted({AS_KINDS[deed] for deed in told})))
            for one in self._history.get(member, ())
            if (told := {one.what, *one.deeds} & set(AS_KINDS))
        ]
        return [msgspec.structs.replace(one, well_since=self._well_since(member, one)) for one in lived]

    def _well_since(self, member: PersonId, lived: Lived) -> bool | None:
        """Whether they have been on a mission since, and each went well; None where they have not."""
        since = [
            one.outcome
            for one in self._history.get(member, ())
            if one.what == "mission" and one.on > lived.day and one.mission != lived.mission
        ]
        return not WENT_BADLY & set(since) if since else None
