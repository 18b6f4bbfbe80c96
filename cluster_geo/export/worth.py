"""What each rule is worth, and each trust in one cluster fewer, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.files import write_files
from cluster_geo.publish.edition import Edition

DECIMALS = 3


def write_worth(
    folder: Path, table: pd.DataFrame, trusts: pd.DataFrame | None, record: Mapping[str, Any]
) -> list[Path]:
    """Write price.csv, and trusts.csv where trusts were solved for; return the paths.

    Parameters
    ----------
    folder : Path
        May hold other files, such as the plan's.
    table : DataFrame
        As `explain.Worth` holds it.
    trusts : DataFrame or None
        From `explain.trusts_apart`.
    record : mapping
        Of the scenario.

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    tables = {"price.csv": table}
    if trusts is not None:
        tables["trusts.csv"] = trusts.reset_index()
    writers = {
        name: partial(write_csv, table=rows.round(DECIMALS)) for name, rows in tables.items()
    }
    return write_files(folder, writers, Edition.of(record), own=False)
