"""The note that marks a folder whose files must not leave the authority.

Pages and sheets bear the marking themselves. A table that other systems import (CSV, Parquet,
GeoPackage) has no place for it, so that every folder with one bears it as a file of its own.
"""

from __future__ import annotations

from pathlib import Path

from cluster_geo.publish.edition import MARKING, Edition

NOTE = f"{MARKING}.txt"


def write_note(folder: Path, edition: Edition) -> list[Path]:
    """Write the note where an edition is marked; return the paths, none for the public."""
    if not edition.marking:
        return []
    text = (
        f"{edition.marking}\n\n{edition.title}\n{edition.line}\n\n"
        "The files in this folder may show counts below 5 that are the authority's own, and texts "
        "of responses to a consultation that are not for publication. They must not leave it, and "
        "a table that is copied from here needs this marking beside it. Files for the public are "
        "made by the same command with --audience public.\n"
    )
    (folder / NOTE).write_text(text, encoding="utf-8", newline="\n")
    return [folder / NOTE]
