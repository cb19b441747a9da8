"""Missions one after another on one time line, one skill per person at a time, the last ended as soon as can be."""

from wayhome.engines.tasking.slots.breaches import breaches
from wayhome.engines.tasking.slots.data import Served, SlotMission, SlotPerson, SlotsPlan, SlotsProblem
from wayhome.engines.tasking.slots.plan import plan_slots

__all__ = ["Served", "SlotMission", "SlotPerson", "SlotsPlan", "SlotsProblem", "breaches", "plan_slots"]
