"""What a planner adds to a plan: decisions, the version before it, venues and responses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.plan.plan import Plan
from cluster_geo.plan.responses import Responses


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
    responses : Responses or None
        Responses to the consultation; None where no table was given.
    """

    decisions: pd.DataFrame | None = None
    previous: Plan | None = None
    venues: Mapping[str, str] = field(default_factory=dict)
    decisions_file: Path | None = None
    previous_sha256: str = ""
    responses: Responses | None = None


NO_PAPERS = Papers()
