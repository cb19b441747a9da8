"""The server: the one process that owns the folder, answering others of this machine over the local socket."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from wayhome.assembly.local import LocalHouse
from wayhome.assembly.types_ready import make_types_ready
from wayhome.assembly.wire import ADVICE, CARE_READS, FAMILIES, READS, Call, Reply, arguments, fault_of
from wayhome.engines.care import stated
from wayhome.links.notifying import AppriseMessenger, care_pool, message_pool
from wayhome.log.socket_server import SocketServer
from wayhome.log.sqlite_store import SqliteLog
from wayhome.mission import intents
from wayhome.mission.rules import Refused
from wayhome.usecases.ports import LogError

TICK_S = 1.0


def serve(
    house: LocalHouse,
    stop: threading.Event,
    *,
    ticked: Callable[[int], None],
    started: Callable[[], None] = lambda: None,
) -> None:
    """Answers calls until `stop` is set, and lets the clockwork tick; `ticked` hears how many things fell due.

    `started` is called once calls are answered.
    """
    if not isinstance(house.log, SqliteLog) or house.log.lock is None:
        raise LogError("only a data folder on disk can be served")
    make_types_ready()
    server = SocketServer(house.log.lock, lambda body: answer(house, body))
    messages, care = message_pool(), care_pool()
    house.begin_telling(AppriseMessenger(), messages, care)
    try:
        started()
        while not stop.wait(TICK_S):
            raised = house.tick()
            if raised:
                ticked(raised)
    finally:
        for pool in (messages, care):
            pool.shutdown(wait=False, cancel_futures=True)
        server.close()


def answer(house: LocalHouse, body: bytes) -> bytes:
    """One call answered; an error becomes a fault, never a lost connection."""
    try:
        call = msgspec.msgpack.decode(body, type=Call)
        reply = _reply(house, call)
    except msgspec.MsgspecError as error:
        reply = Reply(fault=fault_of(LogError(f"that was no call: {error}")))
    except tuple(FAMILIES.values()) as error:
        reply = Reply(fault=fault_of(error))
    return msgspec.msgpack.encode(reply)


def _reply(house: LocalHouse, call: Call) -> Reply:
    match call.what:
        case "sign_in":
            name, password = msgspec.json.decode(call.body, type=tuple[str, str])
            return Reply(body=msgspec.json.encode(house.sign_in(name, password)))
        case "sign_out":
            house.sign_out(call.token)
            return Reply()
        case "take_invitation":
            invitation, password = msgspec.json.decode(call.body, type=tuple[str, str])
            return Reply(body=msgspec.json.encode(house.take_invitation(invitation, password)))
        case "sign_ins" | "end_sign_in" | "end_other_sign_ins":
            return _elsewhere(house, call)
        case "recover" | "confirm" | "open_care" | "change_password" | "new_recovery_codes":
            return _at_the_door(house, call)
        case "verify":
            return Reply(body=msgspec.json.encode(house.verify(call.token)))
        case "rebuild":
            house.rebuild(call.token)
            return Reply()
        case "backup":
            house.backup(call.token, Path(call.name))
            return Reply()
        case "exchange":
            return Reply(body=house.exchange(call.token))
        case "merge":
            return Reply(body=msgspec.json.encode(house.merge(call.token, call.body)))
        case _:
            return _in_session(house, call)


def _at_the_door(house: LocalHouse, call: Call) -> Reply:
    """What concerns one's own coming in, by password or code."""
    match call.what:
        case "recover":
            name, code, password = msgspec.json.decode(call.body, type=tuple[str, str, str])
            return Reply(body=msgspec.json.encode(house.recover(name, code, password)))
        case "confirm":
            return Reply(body=msgspec.json.encode(house.confirm(call.token, msgspec.json.decode(call.body, type=str))))
        case "open_care":
            house.open_care(call.token, msgspec.json.decode(call.body, type=str))
            return Reply()
        case "change_password":
            old, new = msgspec.json.decode(call.body, type=tuple[str, str])
            return Reply(body=msgspec.json.encode(house.change_password(call.token, old, new)))
        case _:
            return Reply(body=msgspec.json.encode(house.new_recovery_codes(call.token)))


def _elsewhere(house: LocalHouse, call: Call) -> Reply:
    """Where else one is signed in."""
    match call.what:
        case "end_sign_in":
            house.end_sign_in(call.token, call.name)
            return Reply()
        case "end_other_sign_ins":
            house.end_other_sign_ins(call.token)
            return Reply()
        case _:
            seen = house.sign_ins(call.token)
            return Reply(body=msgspec.json.encode(seen.value), viewer=seen.viewer)


def _in_session(house: LocalHouse, call: Call) -> Reply:
    session = house.session(call.token)
    match call.what:
        case "viewer":
            return Reply(viewer=session.viewer)
        case "now":
            return Reply(body=msgspec.json.encode(session.now()))
        case "do":
            try:
                intent = intents.decode(call.body)
            except intents.UnreadableIntent as error:
                raise Refused("cannot be read", str(error)) from error
            return Reply(body=msgspec.json.encode(session.do(intent, key=call.key or None)))
        case "care_do":
            return Reply(body=msgspec.json.encode(session.care_do(_care_intent(call.body), key=call.key or None)))
        case "care_read":
            seen = session.care_read(call.name, **arguments(CARE_READS, call.name, call.body))
        case "read":
            seen = session.read(call.name, **arguments(READS, call.name, call.body))
        case "advise":
            seen = session.advise(call.name, **arguments(ADVICE, call.name, call.body))
        case _:
            raise LogError(f"there is no call {call.what!r}")
    return Reply(body=msgspec.json.encode(seen.value), viewer=seen.viewer)


def _care_intent(body: bytes) -> stated.CareIntent:
    try:
        return stated.decode(body)
    except stated.UnreadableCareIntent as error:
        raise Refused("cannot be read", str(error)) from error
