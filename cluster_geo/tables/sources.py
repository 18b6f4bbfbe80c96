"""Where the data came from, and the words its licences ask every output to carry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import pandas as pd

from cluster_geo.county import County
from cluster_geo.records import Source


def attributions(county: County) -> tuple[str, ...]:
    """Return each attribution once, in the order of the sources."""
    return tuple(dict.fromkeys(s.attribution for s in county.sources if s.attribution))


def source_table(sources: Iterable[Source]) -> pd.DataFrame:
    """Return one row per file read: its role, name, date of the data, hash and attribution."""
    rows = [(s.role, PurePath(s.path).name, s.vintage, s.sha256, s.attribution) for s in sources]
    return pd.DataFrame(rows, columns=["role", "file", "vintage", "sha256", "attribution"])
