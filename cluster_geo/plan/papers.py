"""What a planner adds to a plan: decisions, the version before it, and venues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.plan.plan import Plan
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
    withheld : WithheldRequests
        What is left out of the decisions, since the public is not shown it.
    """

    decisions: pd.DataFrame | None = None
    previous: Plan | None = None
    venues: Mapping[str, str] = field(default_factory=dict)
    decisions_file: Path | None = None
    previous_sha256: str = ""
    withheld: WithheldRequests = NOTHING_WITHHELD

    @property
    def kept_out(self) -> tuple[Path, ...]:
        """Files that must not lie among what is published: they hold what is withheld."""
        listed = self.decisions_file if self.withheld.open else None
        return self.withheld.files if listed is None else (*self.withheld.files, listed)


NO_PAPERS = Papers()
