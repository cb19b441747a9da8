"""`wayhome search dog`: whose orders a dog takes, what it smells for, and how it is."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, typed
from wayhome.cli.context import session
from wayhome.cli.find import pick
from wayhome.cli.show import done, table
from wayhome.mission.intents.searching import LendDog, SayDogState
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId, handle

app = App(name="dog", help="Dogs: whose orders they take, what they smell for, how they are.")


@app.command(name="lend")
def lend(mission: str, dog: str, handler: str, *, words: str = "", article: str = "", owner: str = "") -> None:
    """Passes command over a dog to a handler, in the words it was passed with; both are in the log.

    Example: wayhome search dog lend "Lost hiker" Pakkun Kiba --words "his orders are mine" --article "a strand of hair"

    Parameters
    ----------
    mission: the mission, by name or number
    dog: the dog, by name
    handler: whose orders it takes from now on
    words: in which words command was passed
    article: the scent article it was given
    owner: whose dog it is, where it is new here and not your own
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = LendDog(
        mission=mission_id,
        dog=dog,
        handler=find.member(me, handler),
        words=words,
        article=article,
        owner=find.member(me, owner) if owner else None,
    )
    done(me.do(intent), f"Command over {dog} passed")


@app.command(name="state")
def state(mission: str, dog: str, how: str, *words: typed.FreeWord) -> None:
    """Says how a dog is: working, tired, resting or out. A tired dog's bearings count for less.

    Example: wayhome search dog state "Lost hiker" Pakkun tired two hours on the trail

    Parameters
    ----------
    mission: the mission, by name or number
    dog: the dog, by name
    how: working, tired, resting or out
    words: what else there is to say of it
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = SayDogState(mission=mission_id, dog=_dog(me, mission_id, dog), state=how, words=typed.words(words))
    done(me.do(intent), f"{dog}: {how}")


def _dog(me: Session, mission: MissionId, said: str) -> Id:
    dogs = me.read("dogs", mission=mission).value
    found = pick(said, dogs, lambda d: (d.name, handle(d.dog), d.dog), "dog", "wayhome search dog list MISSION")
    return Id(found.dog)


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists the dogs of a mission.

    Example: wayhome search dog list "Lost hiker"

    Parameters
    ----------
    mission: the mission, by name or number
    """
    me = session()
    table(
        me.read("dogs", mission=find.mission(me, mission)),
        [
            ("DOG", lambda d: d.name),
            ("BELONGS TO", lambda d: d.owner_name),
            ("TAKES ORDERS OF", lambda d: d.handler_name),
            ("SINCE", lambda d: d.since),
            ("SCENT", lambda d: d.article),
            ("IS", lambda d: d.state),
            ("SINCE", lambda d: d.state_at),
        ],
        empty="no dogs",
    )
