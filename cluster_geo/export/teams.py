"""The roles of a Team Around the Cluster as files: their page, and tables for other programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.export.papers import AREAS
from cluster_geo.export.record import versions, write_json
from cluster_geo.publish.teams import TeamsPublication, facts_of
from cluster_geo.report.teams import write_teams_page

MARK = "teams.json"
TEAM_FILES = ("teams.html", "patches.csv", "posts.csv", "meeting_places.csv", MARK)
DECIMALS = 3


def require_teams_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no teams.json of an earlier time.
    """
    refuse_strangers(Path(folder), MARK)


def write_teams(folder: Path, published: TeamsPublication) -> list[Path]:
    """Write the roles of a plan into a folder, whole or not at all; return the paths.

    Raises
    ------
    OutputError
        If the folder holds somebody's files or cannot be written; it is then as it was.
    """
    folder = Path(folder)
    tables = team_tables(published)
    with replaced_folder(folder, frozenset((*TEAM_FILES, AREAS, NOTE)), MARK) as draft:
        write_teams_page(draft / "teams.html", published)
        for name, table in tables.items():
            write_csv(draft / name, table.round(DECIMALS))
        write_json(draft / MARK, teams_record(published))
        notes = [path.name for path in write_note(draft, published.edition)]
    return [folder / name for name in ("teams.html", *tables, MARK, *notes)]


def team_tables(published: TeamsPublication) -> dict[str, pd.DataFrame]:
    """Return the tables of all roles, by the name of their file."""
    patches = [_of(role.name, role.patches.reset_index()) for role in published.roles]
    shares = [_of(role.name, role.shares.reset_index()) for role in published.roles]
    tables = {
        "patches.csv": pd.concat(patches, ignore_index=True),
        "posts.csv": pd.concat(shares, ignore_index=True),
        "meeting_places.csv": published.meeting,
    }
    if published.areas is not None:
        tables[AREAS] = published.areas
    return tables


def teams_record(published: TeamsPublication) -> dict[str, Any]:
    """Return the record of the roles: what was asked, what was found, and from which files.

    Score and bound are in the unit of travel; `gap` is (score - bound) / score as a fraction.
    """
    county = published.county
    return {
        "plan": asdict(published.edition),
        "clusters": len(published.plan),
        "roles": {role.name: facts_of(role) for role in published.roles},
        "unit": county.travel.unit,
        "travel": county.travel.method,
        "scenario": dict(published.disclosed.brief.settings),
        "versions": versions(),
        "inputs": [asdict(source) for source in county.sources],
    }


def _of(role: str, table: pd.DataFrame) -> pd.DataFrame:
    table.insert(0, "role", role)
    return table
