"""Why there is no plan, as its audience may read it."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.explain import Explanation
from cluster_geo.optimise import Result
from cluster_geo.publish.edition import Edition, edition_of


@dataclass(frozen=True, eq=False)
class ExplanationPublication:
    """An explanation, with the county as its audience may see it.

    Parameters
    ----------
    disclosed : Disclosure
        The county that it is about, and what was asked.
    explanation : Explanation
        It names rules that must be kept; none of them is made of counts.
    result : Result, optional
        The search that ended without a plan; None where counting was enough.
    """

    disclosed: Disclosure
    explanation: Explanation
    result: Result | None = None

    @property
    def county(self) -> County:
        """The county, without the counts that are withheld from the audience."""
        return self.disclosed.county

    @property
    def edition(self) -> Edition:
        """Which plan there is none of."""
        return edition_of(self.disclosed)
