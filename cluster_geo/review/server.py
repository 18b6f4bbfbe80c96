"""The server of a review: on this machine alone, until nobody needs it any more."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from cluster_geo.review import handlers as at
from cluster_geo.review import room as asks
from cluster_geo.review.hall import Hall
from cluster_geo.review.page import review_page
from cluster_geo.review.room import Room
from cluster_geo.review.safety import HOSTS, Keys
from cluster_geo.review.worker import Opening, Worker
from cluster_geo.session import Session

# A decision with its words, or the codes of all clusters of a county.
MOST_BODY = 256 * 1024
MOST_HEADERS = 16 * 1024
# How often it is looked at whether anybody is there.
LOOK_S = 1.0


@dataclass(frozen=True)
class Ended:
    """Why a server ended: "asked" by Ctrl-C or the like, or "idle"."""

    why: str


def serve(
    session: Session, opening: Opening, *, idle_s: float, announce: Callable[[str], None]
) -> Ended:
    """Serve a session until Ctrl-C, or until nobody has asked anything for so long.

    Parameters
    ----------
    session : Session
        It is not closed.
    opening : Opening
        What it was opened with, for the process that searches.
    idle_s : float
        Seconds.
    announce : callable
        Called with the address, which works once, when the page can be opened.
    """
    return asyncio.run(_serve(session, opening, idle_s, announce))


async def _serve(
    session: Session, opening: Opening, idle_s: float, announce: Callable[[str], None]
) -> Ended:
    worker = Worker(opening)
    worker.start()
    sockets = bind_sockets(0, HOSTS[0])
    keys = Keys(sockets[0].getsockname()[1])
    room = Room(session)
    room.start()
    hall = Hall(room, worker, review_page(room.picture, keys.port))
    server = HTTPServer(
        application(hall, keys), max_body_size=MOST_BODY, max_header_size=MOST_HEADERS
    )
    server.add_sockets(sockets)
    try:
        announce(keys.address)
        with _asked_to_end() as asked:
            while not asked.is_set() and hall.idle < idle_s:
                try:
                    await asyncio.wait_for(asked.wait(), min(LOOK_S, idle_s))
                except TimeoutError:
                    continue
        return Ended("asked" if asked.is_set() else "idle")
    finally:
        server.stop()
        worker.close()
        await server.close_all_connections()


@contextmanager
def _asked_to_end() -> Iterator[asyncio.Event]:
    """Have Ctrl-C and a request to terminate set an event, where the system lets them."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(one) for one in signals]
    try:
        for one in signals:
            loop.add_signal_handler(one, asked.set)
    except (NotImplementedError, RuntimeError):
        # Windows: Ctrl-C interrupts the loop itself.
        yield asked
        return
    try:
        yield asked
    finally:
        for one, handler in zip(signals, before, strict=True):
            loop.remove_signal_handler(one)
            signal.signal(one, handler)


def application(hall: Hall, keys: Keys) -> Application:
    """Return the addresses of a server."""
    own = {"keys": keys, "hall": hall}

    def look(kind: type, act: str) -> dict[str, Any]:
        return {**own, "kind": kind, "act": act}

    changes = {
        "accept": asks.Decide,
        "refuse": asks.Decide,
        "undo": asks.Nothing,
        "redo": asks.Nothing,
        "goto": asks.ToStep,
        "branch": asks.OfVariant,
        "switch": asks.OfVariant,
    }
    return Application(
        [
            (r"/", at.Page, own),
            (r"/follow-me", at.Page, own),
            (r"/state", at.State, own),
            (r"/parts", at.Parts, look(asks.Codes, "parts")),
            (r"/preview", at.Look, look(asks.Ask, "preview")),
            (r"/ranking", at.Look, look(asks.OfSchool, "ranking")),
            *((f"/{act}", at.Change, look(kind, act)) for act, kind in changes.items()),
            (r"/settings", at.Look, look(asks.Nothing, "settings")),
            (r"/whatif", at.WhatIf, own),
            (r"/county", at.WholeCounty, own),
            (r"/drop", at.Drop, own),
            (r"/cancel", at.Cancel, own),
            (r"/finish", at.Finish, own),
            (r"/compare", at.Compare, own),
            (r"/follow", at.Follow, own),
        ],
        default_handler_class=at.Unknown,
        default_handler_args={"keys": keys},
        xsrf_cookies=True,
        xsrf_cookie_name=f"{keys.cookie}_xsrf",
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict", "path": "/"},
        websocket_ping_interval=30,
        websocket_max_message_size=MOST_HEADERS,
        log_function=lambda _: None,
    )
