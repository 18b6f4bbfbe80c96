"""What a review asks of a session that takes its time: how it is called is known here alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cluster_geo.session import Draft, Request, Session
from cluster_geo.session.answers import Answers, answers_for, better_plan


@dataclass(frozen=True)
class Fit:
    """Fit the clusters around a request.

    Parameters
    ----------
    request : Request
    seconds : float
    """

    request: Request
    seconds: float

    def answers(self, session: Session, draft: Draft) -> Answers:
        """Look for them."""
        return answers_for(draft, session.judge, self.request, seconds=self.seconds)


@dataclass(frozen=True)
class Better:
    """Look for a better plan in the whole county.

    Parameters
    ----------
    most_movers : int
        Schools that may move.
    seconds : float
    """

    most_movers: int
    seconds: float

    def answers(self, session: Session, draft: Draft) -> Answers:
        """Look for it."""
        most, seconds = self.most_movers, self.seconds
        return better_plan(draft, session.judge, most_movers=most, seconds=seconds)


Job = Fit | Better


@dataclass(frozen=True)
class Offer:
    """An answer to "what if", as it passes from one process to another.

    Parameters
    ----------
    requests : tuple of Request
        To be accepted one after the other.
    others : tuple of int
        URNs of the schools that move besides.
    best : bool
        Whether it is proven to be the best of its kind.
    """

    requests: tuple[Request, ...]
    others: tuple[int, ...]
    best: bool


@dataclass(frozen=True)
class Offers:
    """Up to three answers; `words` says why there is none."""

    found: tuple[Offer, ...] = ()
    words: str = ""


def offers_for(session: Session, draft: Draft, job: Job) -> Offers:
    """Answer "what if".

    Raises
    ------
    InputError
        Where it cannot be done at all.
    """
    found = job.answers(session, draft)
    offers = tuple(Offer(one.requests, one.others, one.best) for one in found.found)
    return Offers(offers, found.words)


def finished(session: Session, folder: Path, reason: str) -> Sequence[Path]:
    """Write the outputs of the plan as it stands into a new folder; return the paths.

    Raises
    ------
    InputError
        Where a requirement is broken and no reason is given.
    OutputError
        Where the folder holds something else or cannot be written.
    """
    return session.finish(folder, reason=reason)
