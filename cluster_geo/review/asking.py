"""What a review asks of a session that takes its time: how it is called is known here alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cluster_geo.session import Draft, Request, Session
from cluster_geo.session.answers import answers_for


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


def offers_for(session: Session, draft: Draft, request: Request, seconds: float) -> Offers:
    """Fit the clusters around a request.

    Raises
    ------
    InputError
        Where it cannot be done at all.
    """
    found = answers_for(draft, session.judge, request, seconds=seconds)
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
