"""The packs of a plan as a folder: a list, a pack for each cluster, a page for each school."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from cluster_geo.export.csvfile import ENCODING, write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.publish import Publication
from cluster_geo.publish.templates import write_page
from cluster_geo.report.packs import packs_of

# The list of the folder's pages, by which an earlier folder of packs is known.
PACKS_FILE = "packs.csv"


def require_packs_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no packs.csv of an earlier time.
    """
    refuse_strangers(Path(folder), PACKS_FILE)


def write_packs(folder: Path, published: Publication) -> list[Path]:
    """Write the packs of a plan into a folder, whole or not at all; return the paths.

    Pages of an earlier time go with it, also those of schools that are no longer in the plan;
    what else lies in the folder is kept.

    Raises
    ------
    OutputError
        If the folder holds somebody's files or cannot be written; it is then as it was.
    """
    folder = Path(folder)
    pages = packs_of(published)
    own = frozenset((*pages, PACKS_FILE, NOTE)) | _listed(folder / PACKS_FILE)
    with replaced_folder(folder, own, PACKS_FILE) as draft:
        for name, page in pages.items():
            write_page(draft / name, page)
        write_csv(draft / PACKS_FILE, pd.DataFrame({"file": list(pages)}))
        notes = [path.name for path in write_note(draft, published.edition)]
    return [folder / name for name in (*pages, PACKS_FILE, *notes)]


def _listed(path: Path) -> frozenset[str]:
    """Return the names of the pages that an earlier time wrote."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding=ENCODING, errors="replace", newline="") as lines:
        return frozenset(row[0] for row in csv.reader(lines) if row)
