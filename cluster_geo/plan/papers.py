"""What a planner adds to a plan: decisions, responses, the version before it, and more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.plan.plan import Plan
from cluster_geo.plan.responses import Responses
from cluster_geo.plan.second_clusters import SecondClusters
from cluster_geo.plan.waves import Wave
from cluster_geo.plan.withheld import NOTHING_WITHHELD, WithheldRequests


@dataclass(frozen=True, eq=False)
class Papers:
    """The papers of a plan, which do not change it but are shown with it.

    Parameters
    ----------
    decisions : DataFrame or None
        As `read_decisions` gives them; None where no list was given.
    previous : Plan or None
        The plan before this one, as in its file; None if none was named.
    venues : mapping of str to str
        Where a cluster would meet instead of at its central school, by its code.
    decisions_file : Path or None
        Where the decisions were read from, so that nothing is written over it.
    previous_sha256 : str
        Hash of the file that the previous plan was read from; "" where none was named.
    previous_urns : mapping of int to tuple of int
        URNs that the schools of that file have now, by the URN in it, where they differ.
    corrections : DataFrame or None
        As `read_corrections` gives them; None where no list was given.
    corrections_file : Path or None
        Where they were read from, so that nothing is written over it.
    waves : mapping of str to Wave
        When clusters start, by code, where not all do so when the plan takes effect.
    second_clusters : SecondClusters or None
        Which schools also work with a second cluster; None where no list was given.
    responses : Responses or None
        Responses to the consultation; None where no table was given.
    withheld : WithheldRequests
        What is left out of the decisions, since the public is not shown it.
    """

    decisions: pd.DataFrame | None = None
    previous: Plan | None = None
    venues: Mapping[str, str] = field(default_factory=dict)
    decisions_file: Path | None = None
    previous_sha256: str = ""
    previous_urns: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    corrections: pd.DataFrame | None = None
    corrections_file: Path | None = None
    waves: Mapping[str, Wave] = field(default_factory=dict)
    second_clusters: SecondClusters | None = None
    responses: Responses | None = None
    withheld: WithheldRequests = NOTHING_WITHHELD

    @property
    def kept_out(self) -> tuple[Path, ...]:
        """Files that must not lie among what is published: they hold what is withheld."""
        listed = self.decisions_file if self.withheld.open else None
        return self.withheld.files if listed is None else (*self.withheld.files, listed)


NO_PAPERS = Papers()
