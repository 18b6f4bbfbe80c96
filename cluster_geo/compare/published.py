"""Plans as others publish them: a list of schools, by URN or by name, and their clusters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.compare.find_names import match_entries
from cluster_geo.compare.name_register import Entry
from cluster_geo.county import County
from cluster_geo.delimited import DelimitedFile, open_delimited
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.plan import Cluster, Plan, central_school, read_plan
from cluster_geo.records import Source, source_of

# What the columns of a published list may be called, the best first.
HEADINGS = {
    "urn": ("urn", "school_urn", "unique_reference_number"),
    "school": ("school", "school_name", "name", "name_of_school", "establishmentname"),
    "cluster": (
        *("cluster", "cluster_code", "cluster_number", "group", "community"),
        *("community_of_schools", "community_name", "cluster_name", "group_name"),
    ),
    "district": ("district", "district_name", "local_authority_district"),
    "phase": ("phase", "phase_of_education"),
    "postcode": ("postcode", "post_code"),
}


@dataclass(frozen=True, eq=False)
class PlanFile:
    """A plan and how it was read.

    Parameters
    ----------
    title : str
        What a reader calls it.
    plan : Plan
        As it stands in the file.
    names : DataFrame, optional
        For a list read by names, one row for each of the list's, see `read_plan_file`.
    source : Source, optional
        The file it was read from.
    """

    title: str
    plan: Plan
    names: pd.DataFrame | None = None
    source: Source | None = None


def read_plan_file(path: str | Path, county: County, title: str | None = None) -> PlanFile:
    """Read a plan file, or a published list of school names or URNs and clusters.

    Parameters
    ----------
    path : path
        A text table. With columns `urn` and `cluster`, every URN given, it is read as
        `plan.read_plan` does. Else it is a published list: a column of clusters and one of
        names or URNs, under any usual heading (`HEADINGS`); `district`, `phase` and
        `postcode`, where there are such columns, distinguish schools of the same name.
    county : County
    title : str, optional
        What a reader calls it; the file's name where not given.

    Returns
    -------
    PlanFile
        For a published list `names` has, indexed by `row` (line of the file): `school` and
        `cluster` as the list has them, `urn` and `matched` (missing and "" where no school was
        found), `how` ("URN", "same name", "same but for common words", "name of its predecessor
        or successor", "same but for the place", "close name" or "not matched"), `likeness` (1 is
        equal) and `note` (why not, and which schools come near). Written as a table, with `urn`
        put right, it is read again as a list of URNs.

    Raises
    ------
    InputError
        Where the file cannot be read, a column is missing, or no row names a school of the
        county.
    """
    name = file_name(path)
    title = title or name
    table = open_delimited(path)
    columns = _columns(table)
    if _is_plan(table, columns):
        return PlanFile(title, read_plan(path, county), source=source_of(path, "plan"))
    faults = []
    if "cluster" not in columns:
        fix = "Name the column of clusters 'cluster'"
        faults.append(Fault(name, "there is no column of clusters", fix, 1, "cluster"))
    if "school" not in columns and "urn" not in columns:
        fix = "Name the column 'urn' or 'school'"
        faults.append(Fault(name, "there is no column of URNs or school names", fix, 1))
    if faults:
        raise InputError(faults)
    names = match_entries(_entries(table, columns), county.schools)
    plan = _plan_of(names, county)
    if not len(plan):
        found = f"none of its {len(names):,} rows puts a school of this county in a cluster"
        raise InputError([Fault(name, found, "Check that it is a list of this county's schools")])
    return PlanFile(title, plan, names, source_of(path, "published list"))


def _columns(table: DelimitedFile) -> dict[str, str]:
    """Return the file's heading for each kind of column it has."""
    header_of = {_heading(header): header for header in reversed(table.header)}
    found = {}
    for kind, headings in HEADINGS.items():
        known = [header_of[heading] for heading in headings if heading in header_of]
        if known:
            found[kind] = known[0]
    return found


def _heading(text: str) -> str:
    return text.casefold().replace(" ", "_").replace("(name)", "").strip("_")


def _is_plan(table: DelimitedFile, columns: dict[str, str]) -> bool:
    """Whether the file is a plan's own, or has no names to make up for URNs that are missing."""
    if _heading(columns.get("urn", "")) != "urn" or _heading(columns.get("cluster", "")) != (
        "cluster"
    ):
        return False
    if "school" not in columns:
        return True
    urns = table.columns({columns["urn"]: "urn", columns["school"]: "school"})["urn"]
    return bool(urns.str.fullmatch("[0-9]+").all())


def _entries(table: DelimitedFile, columns: dict[str, str]) -> list[Entry]:
    rows = table.columns({header: kind for kind, header in columns.items()})
    return [
        Entry(row=int(str(line)), **{kind: str(row[kind]) for kind in columns})
        for line, row in rows.iterrows()
    ]


def _plan_of(names: pd.DataFrame, county: County) -> Plan:
    """Make the plan of the rows that were matched and have a cluster."""
    found = names[names["urn"].notna() & (names["cluster"] != "")]
    groups = found.groupby("cluster", sort=True)["urn"]
    clusters = {str(code): tuple(sorted({int(urn) for urn in urns})) for code, urns in groups}
    return Plan.coded(
        {
            code: Cluster(urns, central_school(urns, county.travel))
            for code, urns in clusters.items()
        }
    )
