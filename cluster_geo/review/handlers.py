"""The addresses of a review's server: each hands a question on, and its answer back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from cluster_geo.errors import ClusterGeoError, InputError
from cluster_geo.publish.door import as_html, harmless
from cluster_geo.review import room as asks
from cluster_geo.review.asking import Fit
from cluster_geo.review.background import County
from cluster_geo.review.hall import Hall
from cluster_geo.review.page import MARK
from cluster_geo.review.safety import Guarded, Keys, is_own, require_host, require_origin
from cluster_geo.review.words import faults_of
from cluster_geo.review.worker import CancelledError

UNREADABLE = "The question could not be read. Reload the page."
USED = (
    "This address has been used. Go on in the window where it was opened; or end the command with "
    "Ctrl-C and begin it again: nothing is lost."
)
ENTER = (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Review</title>'
    '<link rel="icon" href="data:,">'
    '<meta http-equiv="refresh" content="0; url=/"></head>'
    '<body><p><a href="/">Open the review</a></p></body></html>'
)


class Own(Guarded):
    """A request to this server, with all that it answers from."""

    hall: Hall

    def initialize(self, keys: Keys, hall: Hall) -> None:  # type: ignore[override]
        """Take what opens the page, and where the meeting is held."""
        super().initialize(keys)
        self.hall = hall

    def prepare(self) -> None:
        """Refuse what comes from elsewhere; count the rest as a sign of life."""
        super().prepare()
        self.hall.noticed()

    def read(self, kind: type[BaseModel]) -> Any:  # noqa: ANN401 - what `kind` is
        """Return what was asked.

        Raises
        ------
        HTTPError
            Where it cannot be read.
        """
        try:
            return kind.model_validate_json(self.request.body or b"{}")
        except ValidationError as error:
            raise HTTPError(400, reason=UNREADABLE.removesuffix(".")) from error

    def complain(self, error: ClusterGeoError) -> None:
        """Say what cannot be done."""
        faults = faults_of(error) if isinstance(error, InputError) else [str(error)]
        status = 409 if isinstance(error, asks.ConflictError | CancelledError) else 422
        self.answer({"faults": harmless(faults)}, status)


class Page(Own):
    """The page; the one-time address is exchanged for a cookie first."""

    def prepare(self) -> None:
        """Let the right token pass without a cookie."""
        require_host(self.request, self.keys)
        token = self.get_query_argument("token", None)
        if token is None or self.request.method != "GET":
            # What only asks for the head must not use the token up.
            super().prepare()
        elif not self.keys.exchange(token):
            raise HTTPError(403, reason=USED.removesuffix("."))

    def get(self) -> None:
        """Send the page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if self.get_query_argument("token", None) is not None:
            keys = self.keys
            self.set_cookie(keys.cookie, keys.session, httponly=True, samesite="Strict", path="/")
            # A page that leads on: a cookie for this site alone is not sent where another leads.
            self.finish(ENTER)
            return
        window = "follow" if self.request.path == "/follow-me" else "lead"
        meta = f'<meta name="review" content="{window}">'
        # Without it browsers ask for an icon.
        meta += '<link rel="icon" href="data:,">'
        meta += f'<meta name="review-token" content="{as_html(self.xsrf_token.decode())}">'
        head, mark, rest = self.hall.page.partition(MARK)
        self.finish(f"{head}{meta}{mark}{rest}")

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's
        """Say in a page what is wrong."""
        self.set_status(status_code, self._reason)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{self._reason}.")


class State(Own):
    """Where the plan stands."""

    def get(self) -> None:
        """Send it."""
        search = {"search": self.hall.background.state()}
        self.answer(harmless(self.hall.room.state() | search))


class Look(Own):
    """A question that changes nothing."""

    kind: type[BaseModel]
    act: Callable[[Any], Any]

    def initialize(self, keys: Keys, hall: Hall, kind: type[BaseModel], act: str) -> None:  # type: ignore[override]
        """Take which question it is."""
        super().initialize(keys, hall)
        self.kind, self.act = kind, getattr(hall.room, act)

    def post(self) -> None:
        """Answer it."""
        asked = self.read(self.kind)
        try:
            self.answer(harmless(self.act(asked)))
        except ClusterGeoError as error:
            self.complain(error)


class Parts(Look):
    """Clusters to draw, whose texts have passed the door already."""

    def post(self) -> None:
        """Send them."""
        found = self.act(self.read(self.kind))
        self.answer(found)


class Change(Look):
    """A question that changes the plan, or the record: every window is told."""

    def post(self) -> None:
        """Do it, and tell."""
        asked = self.read(self.kind)
        try:
            done = harmless(self.act(asked))
        except ClusterGeoError as error:
            self.complain(error)
            return
        self.answer(done | {"state": self.hall.tell(done.get("said", ""))})


class WhatIf(Own):
    """A question that takes its time, in another process."""

    async def post(self) -> None:
        """Answer it when it is answered."""
        asked = self.read(asks.WhatIf)
        hall, draft = self.hall, self.hall.room.session.draft
        try:
            found = await hall.worker.offers(draft, Fit(asked.request, asked.seconds))
            self.answer(harmless(hall.room.offers(draft, found)))
        except ClusterGeoError as error:
            self.complain(error)


class WholeCounty(Own):
    """A search that goes on while others are answered; every window is told how it stands."""

    async def post(self) -> None:
        """Begin it."""
        asked = self.read(County)
        try:
            self.hall.background.begin(asked)
        except ClusterGeoError as error:
            self.complain(error)
            return
        self.answer({"said": "Looking for a better plan in the whole county."})


class Drop(Own):
    """What a search in the whole county has found is not wanted."""

    def post(self) -> None:
        """Forget it."""
        self.read(asks.Nothing)
        dropped = self.hall.background.drop()
        self.answer(
            {"said": "Dropped. The plan is as it was." if dropped else "Nothing was found."}
        )


class Cancel(Own):
    """End what is being looked into."""

    async def post(self) -> None:
        """End it, and get ready for the next."""
        self.read(asks.Nothing)
        ended = self.hall.worker.cancel()
        self.answer({"said": "Cancelled." if ended else "Nothing was being looked into."})
        if ended:
            await asyncio.sleep(0)
            self.hall.worker.start()


class Finish(Own):
    """Write the outputs, while others are answered."""

    async def post(self) -> None:
        """Write them in a thread."""
        asked, room = self.read(asks.Finish), self.hall.room
        loop = asyncio.get_running_loop()
        try:
            # Here and not in the thread, which may have to wait for its turn.
            folder = room.begin_finish(asked)
            done = harmless(await loop.run_in_executor(None, room.finish, folder, asked.reason))
        except ClusterGeoError as error:
            self.complain(error)
            return
        self.answer(done | {"state": self.hall.tell(done["said"])})


class Compare(Own):
    """Two variants side by side, on the page that compares plans."""

    async def get(self) -> None:
        """Make the page in a thread, and send it."""
        first, second = (self.get_query_argument(side, "") for side in ("first", "second"))
        loop = asyncio.get_running_loop()
        try:
            page = await loop.run_in_executor(None, self.hall.room.compared, first, second)
        except ClusterGeoError as error:
            self.complain(error)
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


class Unknown(Guarded):
    """An address that is none."""

    def prepare(self) -> None:
        """Refuse strangers first."""
        super().prepare()
        raise HTTPError(404, reason="There is nothing at this address")


class Follow(WebSocketHandler):
    """A window that hears of every change."""

    def initialize(self, keys: Keys, hall: Hall) -> None:
        """Take what opens the page, and where the meeting is held."""
        self.keys, self.hall = keys, hall

    def prepare(self) -> None:
        """Refuse what comes from elsewhere, before the socket is opened."""
        require_host(self.request, self.keys)
        if not self.keys.opens(self.get_cookie(self.keys.cookie)):
            raise HTTPError(403)
        # Tornado asks `check_origin` only where there is one.
        require_origin(self.request, self.keys)
        self.check_xsrf_cookie()

    def check_origin(self, origin: str) -> bool:
        """Only the page of this very address."""
        return is_own(origin, self.request, self.keys)

    def open(self, *_: str, **__: str) -> None:
        """Listen from now on."""
        self.hall.followers.add(self)

    def on_close(self) -> None:
        """Listen no more."""
        self.hall.followers.discard(self)

    def on_message(self, message: str | bytes) -> None:
        """Nothing is asked this way."""

    def hear(self, text: str) -> None:
        """Send a text, if the window is still there."""
        try:
            sending = self.write_message(text)
        except WebSocketClosedError:
            self.hall.followers.discard(self)
            return
        sending.add_done_callback(lambda done: done.exception())
