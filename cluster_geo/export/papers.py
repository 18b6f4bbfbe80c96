"""What a planner adds to a plan, as tables beside it: decisions, responses, corrections, moves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pandas as pd

from cluster_geo.errors import OutputError
from cluster_geo.export.comparison import moves_sheet
from cluster_geo.export.csvfile import csv_bytes
from cluster_geo.export.responses import RESPONSES_FILE, responses_file
from cluster_geo.publish import Publication
from cluster_geo.records import sha256_of
from cluster_geo.scenario import RUN_RECORD

DECISIONS, CORRECTIONS, MOVES = "decisions.csv", "corrections.csv", "moves.csv"
# Tables that a planner may keep in the very folder, under the name that a run gives them.
PLANNERS = (DECISIONS, CORRECTIONS, RESPONSES_FILE)
# In the record of a run, the hashes of those that it wrote, by name.
WRITTEN = "written_sha256"


def paper_tables(folder: Path, published: Publication) -> dict[str, pd.DataFrame]:
    """Return the planner's own tables and the moves since the version before, by file name.

    A planner may keep a list in the folder of the outputs: then it stays as it is, if it may be
    published there.
    """
    tables, papers = {}, published.papers
    if papers.decisions is not None and not _is_here(folder, DECISIONS, papers.decisions_file):
        # The report has the figures; their files are named from where the list is.
        tables[DECISIONS] = papers.decisions.drop(columns="figures", errors="ignore")
    own = papers.corrections_file
    if papers.corrections is not None and not _is_here(folder, CORRECTIONS, own):
        tables[CORRECTIONS] = papers.corrections
    if published.moves is not None:
        tables[MOVES] = moves_sheet(published.moves, published.county.travel.unit)
    if (responses := responses_file(folder, published)) is not None:
        tables[RESPONSES_FILE] = responses
    return tables


def _is_here(folder: Path, name: str, source: Path | None) -> bool:
    return source is not None and source.resolve() == (folder / name).resolve()


def hashes_of_written(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, str]]:
    """Return the hashes of the tables that a run writes, by which the next run knows them."""
    found = {
        name: hashlib.sha256(csv_bytes(tables[name])).hexdigest()
        for name in PLANNERS
        if name in tables
    }
    return {WRITTEN: found} if found else {}


def left_over(folder: Path, published: Publication, written: Collection[str]) -> list[str]:
    """Return which tables in a folder for the public a run for the authority has written there.

    The next run removes them. One that the planner has put there, or has changed by a byte, is the
    planner's.

    Parameters
    ----------
    folder : Path
    published : Publication
        What is written now.
    written : collection of str
        Names of the tables that are written now.

    Raises
    ------
    OutputError
        Where the list of decisions is one of them and no other takes its place: it may be the only
        one that has what was decided in a meeting.
    """
    if published.edition.marking:
        return []
    try:
        record = json.loads((folder / RUN_RECORD).read_bytes())
        inside = record["plan"]["audience"] == "internal"
        hashes = {name: record[WRITTEN][name] for name in PLANNERS if name in record[WRITTEN]}
    except (OSError, ValueError, KeyError, TypeError):
        return []
    found = [name for name, sha256 in hashes.items() if inside and _hash(folder / name) == sha256]
    if DECISIONS in found and DECISIONS not in written:
        raise OutputError(
            f"{folder}: it holds {DECISIONS}, which an internal run has written. Keep it in "
            "another folder, or choose another one with --out."
        )
    return found


def _hash(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""


def require_kept_out(folder: Path, files: Iterable[Path]) -> None:
    """Refuse a folder for the public in which the planner keeps what is not for the public.

    Parameters
    ----------
    folder : Path
    files : iterable of Path
        `Papers.kept_out`: a list with open requests, figures that are not shown.

    Raises
    ------
    OutputError
        Where one of them is in it.
    """
    here = folder.resolve()
    inside = sorted(path.name for path in files if path.resolve().is_relative_to(here))
    if inside:
        raise OutputError(
            f"{folder}: it holds {', '.join(inside)}, with requests that the public is not shown. "
            "Keep them in another folder, or choose another one with --out."
        )
