"""What a planner adds to a plan, as tables beside it: decisions, responses, corrections, moves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from cluster_geo.errors import OutputError
from cluster_geo.export.comparison import moves_sheet
from cluster_geo.export.responses import RESPONSES_FILE, responses_file
from cluster_geo.publish import Publication
from cluster_geo.records import sha256_of
from cluster_geo.scenario import RUN_RECORD

DECISIONS, CORRECTIONS, MOVES = "decisions.csv", "corrections.csv", "moves.csv"
AREAS = "by_area.csv"
# In the record of a run for the authority, the hashes of what it wrote beside the plan's outputs.
INSIDE = "inside_sha256"


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
    if published.by_area is not None:
        tables[AREAS] = published.by_area
    if (responses := responses_file(folder, published)) is not None:
        tables[RESPONSES_FILE] = responses
    return tables


def _is_here(folder: Path, name: str, source: Path | None) -> bool:
    return source is not None and source.resolve() == (folder / name).resolve()


def written_inside(
    folder: Path, published: Publication, draft: Path, names: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return what a run for the authority writes beside a plan's own outputs, for its record.

    With what earlier such runs left in the folder: a run for the public must know all of it.

    Parameters
    ----------
    folder : Path
    published : Publication
    draft : Path
        Where the files are now.
    names : iterable of str
        Of the files.
    """
    if not published.edition.marking:
        return {}
    now = {name: sha256_of(draft / name) for name in names}
    return {INSIDE: _of_earlier_runs(folder) | now}


def left_over(folder: Path, published: Publication, written: Collection[str]) -> list[str]:
    """Return which files in a folder for the public runs for the authority have written there.

    The next run removes them. One that the planner has put there, or has changed by a byte, is the
    planner's.

    Parameters
    ----------
    folder : Path
    published : Publication
        What is written now.
    written : collection of str
        Names of the files that are written now.

    Raises
    ------
    OutputError
        Where the list of decisions is one of them and no other takes its place: it may be the only
        one that has what was decided in a meeting.
    """
    if published.edition.marking:
        return []
    found = list(_of_earlier_runs(folder))
    if DECISIONS in found and DECISIONS not in written:
        raise OutputError(
            f"{folder}: it holds {DECISIONS}, which an internal run has written. Keep it in "
            "another folder, or choose another one with --out."
        )
    return found


def require_inside(path: Path) -> None:
    """Refuse to put what is for the authority among what a run has written for the public.

    Raises
    ------
    OutputError
    """
    try:
        plan = json.loads((path.parent / RUN_RECORD).read_bytes())["plan"]
        public = plan["audience"] == "public"
    except (OSError, ValueError, KeyError, TypeError):
        return
    if public:
        raise OutputError(
            f"{path}: the folder is for the public, and this is not. Choose another folder."
        )


def _of_earlier_runs(folder: Path) -> dict[str, str]:
    """Return the hashes of files that runs for the authority wrote and that are as they were."""
    try:
        recorded = json.loads((folder / RUN_RECORD).read_bytes())[INSIDE]
        hashes = {Path(name).name: sha256 for name, sha256 in recorded.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: sha256 for name, sha256 in hashes.items() if _hash(folder / name) == sha256}


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
