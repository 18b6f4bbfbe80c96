"""What each rule is worth, as its audience may see it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cluster_geo.explain import Worth
from cluster_geo.publish.edition import Edition
from cluster_geo.scenario import Brief


@dataclass(frozen=True, eq=False)
class WorthPublication:
    """What each rule is worth, and for whom that is written.

    Parameters
    ----------
    brief : Brief
        What was asked.
    worth : Worth
        Scores and measures of whole plans, by rules that the audience may see: `verbs.price`
        leaves out those that weigh withheld counts.
    trusts : DataFrame, optional
        What each trust in one cluster fewer would mean, from `explain.trusts_apart`.
    unit : str
        Of travel, and so of scores.
    notes : tuple of str
        Sentences about what is left out for the audience, and what is frozen.
    """

    brief: Brief
    worth: Worth
    trusts: pd.DataFrame | None = None
    unit: str = "km"
    notes: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition:
        """Which plan it is about."""
        return Edition.of(self.brief)
