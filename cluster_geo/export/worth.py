"""What each rule is worth, and each trust in one cluster fewer, as tables and as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.files import write_files
from cluster_geo.publish import WorthPublication
from cluster_geo.report import write_worth_page

DECIMALS = 3


def write_worth(folder: Path, published: WorthPublication) -> list[Path]:
    """Write price.csv and price.html, and trusts.csv where trusts were solved for.

    Return the paths.

    Parameters
    ----------
    folder : Path
        May hold other files, such as the plan's.
    published : WorthPublication

    Raises
    ------
    OutputError
        Where a file cannot be written.
    """
    tables = {"price.csv": published.worth.table}
    if published.trusts is not None:
        tables["trusts.csv"] = published.trusts.reset_index()
    writers: dict[str, Callable[[Path], object]] = {
        name: partial(write_csv, table=rows.round(DECIMALS)) for name, rows in tables.items()
    }
    writers["price.html"] = partial(write_worth_page, published=published)
    return write_files(folder, writers, published.edition, own=False)
