"""The versions of a plan as files: their page, and their tables for other programs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.report.versions import edition_of_lineage, version_row, write_versions_page
from cluster_geo.versions import Lineage, table_of

VERSION_FILES = ("history.html", "versions.csv", "schools_by_version.csv", "corrections.csv")
MARK = "history.html"
CORRECTION_COLUMNS = ("version", "figure", "published", "correct", "since", "reason")


def require_history_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no history.html of an earlier time.
    """
    refuse_strangers(Path(folder), MARK)


def write_history(folder: Path, lineage: Lineage) -> list[Path]:
    """Write the versions of a plan into a folder, whole or not at all; return the paths.

    Raises
    ------
    OutputError
        If the folder holds somebody's files or cannot be written; it is then as it was.
    """
    folder = Path(folder)
    tables = {
        "versions.csv": version_table(lineage),
        "schools_by_version.csv": table_of(lineage),
        "corrections.csv": correction_table(lineage),
    }
    with replaced_folder(folder, frozenset((*VERSION_FILES, NOTE)), MARK) as draft:
        write_versions_page(draft / "history.html", lineage, folder)
        for name, table in tables.items():
            write_csv(draft / name, table)
        notes = [path.name for path in write_note(draft, edition_of_lineage(lineage))]
    return [folder / name for name in (*VERSION_FILES, *notes)]


def version_table(lineage: Lineage) -> pd.DataFrame:
    """Return one row for each version, oldest first, with what a register of plans asks."""
    rows = []
    for place, version in enumerate(lineage.versions):
        row = version_row(lineage, place)
        newer = lineage.replaced_by(place)
        rows.append(
            {
                "version": version.version,
                "folder": version.folder.name,
                "title": version.title,
                "status": row.status,
                "effective_date": version.effective_date,
                "end_date": lineage.ends(place),
                "replaces": row.replaces.removeprefix("version "),
                "superseded_by": "" if newer is None else lineage.versions[newer].version,
                "reason": version.reason,
                "decision_reference": version.decision_reference,
                "informed": row.informed,
                "schools": row.schools,
                "clusters": row.clusters,
                "moved": row.moved,
                "schools_as_at": version.as_at,
                "sha256": version.sha256,
            }
        )
    table = pd.DataFrame(rows)
    return table.assign(moved=table["moved"].astype("Int64"))


def correction_table(lineage: Lineage) -> pd.DataFrame:
    """Return one row for each correction, with the version that corrects."""
    rows = [
        {"version": version.version, **one}
        for version in lineage.versions
        for one in version.corrections
    ]
    return pd.DataFrame(rows, columns=list(CORRECTION_COLUMNS))
