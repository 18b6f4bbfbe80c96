"""The minutes of a session: what was asked, what was decided and what it did, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_geo.publish.edition import Edition
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import template_of


@dataclass(frozen=True, slots=True)
class Item:
    """A request and what was decided.

    Parameters
    ----------
    request : str
        What was asked, in the words of who asked, or in the program's.
    does : str
        What the program did, if that is said in other words.
    decision : {"granted", "refused"}
    reason, role, date : str
        The date in ISO 8601.
    change : float or None
        Change of the score; None for what was refused.
    """

    request: str
    does: str
    decision: str
    reason: str
    role: str
    date: str
    change: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A school that changed its cluster: its name, and the names of the two clusters."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Minutes:
    """What was decided in a session.

    Parameters
    ----------
    began, ended : str
        Dates in ISO 8601.
    items : sequence of Item
        In the order of the session; what was undone is not among them.
    moved : sequence of Moved
    broken : sequence of str
        Requirements that the plan breaks, in sentences.
    reason : str
        Why it was finished all the same.
    score, change : float
    certainty : str
    locked : sequence of str
        Names of the clusters that are locked.
    """

    began: str
    ended: str
    items: Sequence[Item]
    moved: Sequence[Moved]
    broken: Sequence[str]
    reason: str
    score: float
    change: float
    certainty: str
    locked: Sequence[str]


def minutes_page(edition: Edition, minutes: Minutes) -> str:
    """Return the minutes as one HTML page that needs no network."""
    page = template_of("cluster_geo.report", "minutes.html").render(
        edition=edition, minutes=minutes
    )
    return with_policy(page)
