"""What changed since the plan before, and why: the page of a plan carried to a new date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cluster_geo.publish.edition import Edition
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of
from cluster_geo.report import amounts


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of a school: its name, what happened, and from what to what."""

    school: str
    what: str
    before: str
    after: str
    cluster: str
    note: str


@dataclass(frozen=True, slots=True)
class Joining:
    """A cluster that a school without one could join, if nothing else changes.

    Parameters
    ----------
    school, cluster : str
        What a reader calls them.
    change : float
        Of the score.
    breaks : str
        Requirements that it breaks, "" for none.
    """

    school: str
    cluster: str
    change: float
    breaks: str


@dataclass(frozen=True, slots=True)
class Mover:
    """A school that moves, and the requirements that its two clusters would break without it."""

    school: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A plan in which a few more schools may move.

    Parameters
    ----------
    moved : int
    score : float
    far : str
        How far it may be from the best with so few movers, "" where that is not known.
    file : str
        Its list, beside the page; "" for the plan itself.
    """

    moved: int
    score: float
    far: str
    file: str


@dataclass(frozen=True)
class UpdatePage:
    """What the page says.

    Parameters
    ----------
    version : str
        Of the plan before, "" where it is not known.
    changes : sequence of Change
    broken : sequence of str
        What the plan before breaks with the schools of now, in sentences.
    as_it_is : float
        Its score.
    joining : sequence of Joining
    movers : sequence of Mover
    certainty : str
    statements : sequence of str
    plans : sequence of Beside
        The plan itself first.
    """

    version: str
    changes: Sequence[Change]
    broken: Sequence[str]
    as_it_is: float
    joining: Sequence[Joining]
    movers: Sequence[Mover]
    certainty: str
    statements: Sequence[str]
    plans: Sequence[Beside]


def update_page(edition: Edition, page: UpdatePage) -> str:
    """Return the page as HTML that needs no network."""
    html = template_of("cluster_geo.report", "update.html").render(
        edition=edition, page=page, words=amounts, scripts=scripts_of(*TABLE_SCRIPTS)
    )
    return with_policy(html)
