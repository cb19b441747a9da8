"""What is before whoever is signed in: the organisation, and what waits for them."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.context import session
from wayhome.cli.pages import facts, page, section
from wayhome.cli.show import put, table
from wayhome.faces.names import names
from wayhome.mission.views.shapes import OrganisationView
from wayhome.values.ids import handle

app = App(help="What is before you.")


@app.command(name="organisation")
def organisation() -> None:
    """Shows the organisation: who commands it, its ranks and skills, the standing succession.

    Example: wayhome organisation
    """
    me = session()
    called = names(me)

    def draw(found: OrganisationView) -> None:
        put(found.name)
        facts(
            [
                ("commands", found.commander_name),
                ("then", [called.get(one, one[:6]) for one in found.succession]),
                ("zone", found.zone),
                ("profile", found.profile),
                ("member ranks", found.member_ranks),
                ("skills", found.skills),
                ("treats the hurt", found.healer_skill),
            ]
        )
        ranks = [(rank.name, rank.least, "yes" if rank.grave else "no") for rank in found.mission_ranks]
        section("Mission ranks", ["RANK", "LEAST MEMBER RANK", "ASKS FOR HISTORY"], ranks)

    page(me.read("organisation"), draw)


@app.command(name="waiting")
def waiting() -> None:
    """Lists what waits for whoever is signed in: offers to answer, alarms, clashes, conflicts.

    Example: wayhome waiting
    """
    table(
        session().read("waiting"),
        [
            ("WHAT", lambda w: w.what),
            ("WORDS", lambda w: w.words),
            ("DUE", lambda w: w.due),
            ("ID", lambda w: handle(w.about)),
        ],
        empty="nothing waits for you",
    )
