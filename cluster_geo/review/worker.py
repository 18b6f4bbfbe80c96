"""Solves in a process of its own, so that the page is answered meanwhile and one can be ended."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cluster_geo.errors import ClusterGeoError, Fault, InputError
from cluster_geo.review.asking import Fit, Job, Offers, offers_for
from cluster_geo.session import Draft, Session

# How long a process that was asked to end may take before it is ended at once.
PATIENCE_S = 0.2
# What the process may search for before anybody asks, to load what a search needs.
WARM_UP_S = 1.0
BUSY = "another question is being looked into"
DIED = "The search ended without an answer. Ask again; the plan is as it was."


@dataclass(frozen=True)
class Opening:
    """What a session is opened with, so that another process can open the same."""

    plan: Path
    scenario: str | None = None
    overrides: Mapping[str, object] = field(default_factory=dict)


class WorkerError(ClusterGeoError):
    """A search that came to no end of its own."""


class CancelledError(ClusterGeoError):
    """A search that was ended by who had asked for it."""


@dataclass(eq=False)
class Worker:
    """One process that searches, made anew when it is ended.

    Parameters
    ----------
    opening : Opening
    """

    opening: Opening
    _process: BaseProcess | None = None
    _pipe: Connection | None = None
    _busy: bool = False
    _ended: bool = False
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "search"), repr=False
    )

    @property
    def busy(self) -> bool:
        """Whether it is searching."""
        return self._busy

    def start(self) -> None:
        """Begin the process; it reads its inputs while others go on."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=run, args=(theirs, self.opening), name="cluster-geo search", daemon=True
        )
        # Ctrl-C is for the process that the page talks to, which then ends this one: a process
        # begins with what its parent ignores, and may still be loading when it is pressed.
        with _ignored_here():
            self._process.start()
        theirs.close()

    async def offers(self, draft: Draft, job: Job) -> Offers:
        """Answer "what if".

        Raises
        ------
        InputError
            Where it cannot be done at all, or another one is being looked into.
        CancelledError
            Where `cancel` ended it.
        WorkerError
            Where the process ended by itself, or failed.
        """
        if self._busy:
            raise InputError([Fault("request", BUSY, "Wait for it, or cancel it")])
        if self._process is None or not self._process.is_alive():
            self._end()
            self.start()
        self._busy, self._ended = True, False
        loop, pipe = asyncio.get_running_loop(), self._pipe
        assert pipe is not None, "it has been started"
        try:
            kind, content = await loop.run_in_executor(self._thread, _asked, pipe, (draft, job))
        except (EOFError, OSError) as error:
            if self._ended:
                raise CancelledError("Cancelled. The plan is as it was.") from error
            # Its pipe is closed before the system says that it is dead: the next question must
            # not be put to it.
            self._end()
            raise WorkerError(DIED) from error
        finally:
            self._busy = False
        if kind == "faults":
            raise InputError(content)
        if kind == "failed":
            raise WorkerError(f"{DIED} ({content})")
        assert isinstance(content, Offers), "the only other kind of answer"
        return content

    def cancel(self) -> bool:
        """End what is being looked into; return whether there was anything."""
        if not self._busy:
            return False
        self._ended = True
        self._end()
        return True

    def close(self) -> None:
        """End the process for good."""
        self._ended = True
        self._end()
        self._thread.shutdown(wait=False)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.join(PATIENCE_S)
        if process.exitcode is None:
            process.kill()
            process.join(PATIENCE_S)


@contextmanager
def _ignored_here() -> Iterator[None]:
    """Ignore Ctrl-C in this process for the time being; only its main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _asked(pipe: Connection, job: tuple[Draft, Job]) -> tuple[str, Any]:
    """Hand a job over, and wait for what comes of it."""
    pipe.send(job)
    kind, content = pipe.recv()
    return str(kind), content


def run(pipe: Connection, opening: Opening) -> None:
    """Answer jobs until nobody asks any more: what the process does."""
    # Where a process does not begin with what its parent ignores.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        session = Session.open(opening.plan, scenario=opening.scenario, overrides=opening.overrides)
        warm_up(session)
    except Exception as error:  # noqa: BLE001 - said to who asks first
        _refuse(pipe, error)
        return
    while True:
        try:
            draft, job = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(session, draft, job))


def warm_up(session: Session) -> None:
    """Answer one question that nobody asked, so that the first one need not wait for the rest."""
    for urn in sorted(session.draft.code_of)[:1]:
        for found in session.ranking(urn)[:1]:
            offers_for(session, session.draft, Fit(found.request, WARM_UP_S))


def _answer(session: Session, draft: Draft, job: Job) -> tuple[str, object]:
    try:
        return "offers", offers_for(session, draft, job)
    except InputError as error:
        return "faults", error.faults
    except Exception as error:  # noqa: BLE001 - the page says that it failed, and goes on
        return "failed", _called(error)


def _refuse(pipe: Connection, error: Exception) -> None:
    try:
        pipe.recv()
        pipe.send(("failed", _called(error)))
    except (EOFError, OSError):
        return


def _called(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
