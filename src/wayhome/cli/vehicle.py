"""`wayhome vehicle`: what there is to drive, and whether it is here."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import things
from wayhome.cli.context import session
from wayhome.cli.naming import Count, name
from wayhome.cli.show import done, table
from wayhome.mission.intents.people import AddVehicle, SetVehicleStatus
from wayhome.values.ids import handle

app = App(name="vehicle", help="Vehicles and whether they are here.")


@app.command(name="add")
def add(vehicle: str, *, what: str = "", seats: Count = 0) -> None:
    """Adds a vehicle.

    Example: wayhome vehicle add "Rescue 1" --what "four-wheel drive" --seats 5

    Parameters
    ----------
    what: what kind it is
    seats: how many people it carries, the driver among them
    """
    said = name(vehicle, "the vehicle's name")
    done(session().do(AddVehicle(name=said, what=what, seats=seats)), f"Added {said}")


@app.command(name="list")
def listing() -> None:
    """Lists vehicles.

    Example: wayhome vehicle list
    """
    table(
        session().read("vehicles"),
        [
            ("VEHICLE", lambda v: v.name),
            ("ID", lambda v: handle(v.vehicle)),
            ("WHAT", lambda v: v.what),
            ("SEATS", lambda v: v.seats or ""),
            ("STATUS", lambda v: v.status),
        ],
        empty="no vehicles",
    )


@app.command(name="status")
def status(vehicle: str, status: str) -> None:
    """Sets a vehicle's status, in the organisation's own words.

    Example: wayhome vehicle status "Rescue 1" "in the workshop"
    """
    me = session()
    done(me.do(SetVehicleStatus(vehicle=things.vehicle(me, vehicle), status=status)), f"{vehicle}: {status}")
