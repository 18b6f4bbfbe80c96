"""Plan files: a run's clusters.csv, or any table of urn and cluster drawn by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.county import County
from cluster_geo.delimited import open_delimited, required_columns
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import listed, named
from cluster_geo.plan.plan import Cluster, Plan, central_school
from cluster_geo.records import Notice, report
from cluster_geo.schools.headings import URN_PATTERN
from cluster_geo.schools.identity import Identity

PURPOSE = {"urn": "which school", "cluster": "code or number of its cluster"}
PLAN_FILE = "clusters.csv"
RUN_RECORD = "run.json"
# Rows that a message names; the rest are counted.
MOST_LINES = 5


@dataclass(frozen=True)
class PlanRows:
    """What a plan file says, of whatever county.

    Parameters
    ----------
    members : mapping of str to frozenset of int
        URNs by the code of their cluster.
    names : mapping of str to str
        Names of clusters by code.
    retired : tuple of str
        Codes that are not to be used again.
    colours : mapping of str to str
        Colours on the map by code.
    others : mapping of int to tuple of int
        URNs that the schools of the file have now, by the URN in the file, where they differ.
    """

    members: Mapping[str, frozenset[int]]
    names: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def carried(self, identity: Identity, where: str) -> PlanRows:
        """Return the rows with the URNs that the schools have now.

        A school that has become part of one with a row of its own is in that one's cluster; if two
        of different clusters have become one, that is in no cluster until somebody decides. Both
        parts of a school that was split are in its cluster. A code without a school is retired.

        Parameters
        ----------
        identity : Identity
        where : str
            What to call the file in what is reported.
        """
        now = identity.carried({u for urns in self.members.values() for u in urns}, where)
        own = {urn for urn, new in now.items() if new == (urn,)}
        homes: dict[int, list[str]] = defaultdict(list)
        for code, urns in sorted(self.members.items()):
            for new in sorted({n for urn in urns - own for n in now[urn]} - own):
                homes[new].append(code)
        for urn, codes in sorted(homes.items()):
            if len(codes) > 1:
                who = named([urn], identity.names)
                text = f"{who} was made of schools of {listed(codes)}, so it is in none yet"
                report(Notice("identity", f"{where}: {text}", urn))
        members = {
            code: (urns & own) | {new for new, codes in homes.items() if codes == [code]}
            for code, urns in self.members.items()
        }
        kept = {code: urns for code, urns in members.items() if urns}
        gone = self.members.keys() - kept.keys()
        others = {urn: new for urn, new in now.items() if urn not in own}
        return replace(self, members=kept, retired=(*self.retired, *sorted(gone)), others=others)

    def plan(self, county: County) -> Plan:
        """Return the plan in a county, whose travel says which schools are the hubs."""
        clusters = {code: _cluster(urns, county) for code, urns in self.members.items()}
        return Plan.coded(clusters, self.names, self.retired, self.colours)


def read_plan(path: str | Path, county: County) -> Plan:
    """Read a plan from its file, without correcting it.

    Parameters
    ----------
    path : str or Path
        As for `read_plan_rows`.
    county : County
        For the hubs, which are always the members with the least travel, whatever the file
        has.

    Returns
    -------
    Plan
        Schools have the URNs of now, see `PlanRows.carried`. Those that are not in the county and
        those in two clusters are kept as in the file; `audit` names them and those that are
        missing.

    Raises
    ------
    InputError
        As `read_plan_rows`.
    """
    rows = read_plan_rows(path).carried(county.schools.identity, file_name(path))
    return rows.plan(county)


def read_plan_rows(path: str | Path) -> PlanRows:
    """Read which schools a plan file puts together.

    Parameters
    ----------
    path : str or Path
        A text table with columns `urn` and `cluster`, and optionally `cluster_name`; others are
        ignored. A school whose cluster is blank is not in any. A cluster of two names has the one
        that is its own (`_own_names`), and that is reported. If the folder also has the
        run.json of the run that wrote the file, retired codes and colours are read from it.

    Raises
    ------
    InputError
        A column is missing, a URN is not a number, or no school is in a cluster.
    """
    name = file_name(path)
    table = open_delimited(path)
    header_of = {header.casefold().replace(" ", "_"): header for header in table.header}
    faults = required_columns(tuple(header_of), PURPOSE, name)
    if faults:
        raise InputError(faults)
    wanted = {header_of[key]: key for key in (*PURPOSE, "cluster_name") if key in header_of}
    rows = table.columns(wanted)
    groups, faults = _groups(rows, name)
    if not faults and not groups:
        faults.append(
            Fault(
                name,
                "no school is in a cluster",
                "Write each school's cluster in the column",
                None,
                "cluster",
            )
        )
    if faults:
        raise InputError(faults)
    names = _names(rows, name)
    members = {code: frozenset(urns) for code, urns in groups.items()}
    record = _record(Path(path))
    return PlanRows(members, names, _retired(record, set(members)), _colours(record, set(members)))


def _groups(rows: pd.DataFrame, name: str) -> tuple[dict[str, set[int]], list[Fault]]:
    groups: dict[str, set[int]] = defaultdict(set)
    faults = []
    for line, text, code in zip(rows.index, rows["urn"], rows["cluster"], strict=True):
        if not URN_PATTERN.fullmatch(text):
            found = f"{text!r} is not a URN" if text else "the URN is missing"
            faults.append(Fault(name, found, "Give the school's six figures", int(line), "urn"))
        elif code:
            groups[code].add(int(text))
    return dict(groups), faults


def _names(rows: pd.DataFrame, name: str) -> dict[str, str]:
    """Return the name of each cluster; where rows of it have others, report which were left out."""
    if "cluster_name" not in rows:
        return {}
    given = rows[(rows["cluster"] != "") & (rows["cluster_name"] != "")]
    names = _own_names(given)
    for code, title in names.items():
        other = given[(given["cluster"] == code) & (given["cluster_name"] != title)]
        if len(other):
            titles = listed([repr(text) for text in dict.fromkeys(other["cluster_name"])])
            lines = ", ".join(map(str, other.index[:MOST_LINES]))
            more = len(other) - MOST_LINES
            lines += f" and {more:,} more" if more > 0 else ""
            word = "row" if len(other) == 1 else "rows"
            text = f"{name}: {code} is called {title!r}; {titles} in {word} {lines} was left out."
            report(Notice("file", text))
    return names


def _own_names(given: pd.DataFrame) -> dict[str, str]:
    """Return the name that is each code's own.

    A school that was moved by hand may still have its old cluster's name. So the name is the one
    that most rows of the code have; of those that as many have, first one that no other code has
    more often, then the one that stands first.
    """
    counts = given.groupby(["cluster", "cluster_name"], sort=False).size()
    of_title = counts.groupby("cluster_name").max()
    names: dict[str, str] = {}
    for code in dict.fromkeys(given["cluster"]):
        own = counts[code]
        names[code] = max(own.index, key=lambda title: (own[title], own[title] >= of_title[title]))
    return names


def _cluster(urns: frozenset[int], county: County) -> Cluster:
    members = tuple(sorted(urns))
    known = tuple(urn for urn in members if urn in county.travel.position)
    return Cluster(members, central_school(known, county.travel) if known else members[0])


def record_beside(path: str | Path) -> Path:
    """Return the path of the run's record for a plan file that was written by a run."""
    return Path(path).parent / RUN_RECORD


def _record(path: Path) -> Mapping[str, Any]:
    """Return the record of the run beside a plan file; empty if there is none."""
    try:
        record = json.loads(record_beside(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # No file, or one with this name that is not the record of a run.
    return record if isinstance(record, dict) else {}


def _retired(record: Mapping[str, Any], used: set[str]) -> tuple[str, ...]:
    codes = record.get("retired_codes", [])
    return tuple(str(code) for code in codes if code not in used) if isinstance(codes, list) else ()


def _colours(record: Mapping[str, Any], used: set[str]) -> dict[str, str]:
    colours = record.get("colours")
    given = colours if isinstance(colours, dict) else {}
    return {str(code): str(colour) for code, colour in given.items() if code in used}


@dataclass(frozen=True)
class ClusterNames:
    """What a planner calls clusters, and where these would meet.

    Parameters
    ----------
    names : mapping of str to str
        By code.
    venues : mapping of str to str
        By code; a cluster that is absent meets at its central school.
    """

    names: Mapping[str, str]
    venues: Mapping[str, str] = field(default_factory=dict)


def read_names(path: str | Path) -> ClusterNames:
    """Read a planner's own names of clusters: a text table with columns `code` and `name`.

    A column `venue` may say where a cluster would meet.

    Raises
    ------
    InputError
        A column is missing, the cell of a code or name is blank, or a code appears twice.
    """
    file = file_name(path)
    table = open_delimited(path)
    header_of = {header.casefold(): header for header in table.header}
    purpose = {"code": "code of a cluster", "name": "what to call it"}
    faults = required_columns(tuple(header_of), purpose, file)
    if faults:
        raise InputError(faults)
    names: dict[str, str] = {}
    rows = table.columns({header_of[key]: key for key in (*purpose, "venue") if key in header_of})
    for line, code, name in zip(rows.index, rows["code"], rows["name"], strict=True):
        if not code or not name:
            column = "name" if code else "code"
            faults.append(
                Fault(file, "the cell is blank", "Fill it in or delete the row", int(line), column)
            )
        elif code in names:
            faults.append(Fault(file, f"{code} appears twice", "Keep one row", int(line), "code"))
        else:
            names[code] = name
    if faults:
        raise InputError(faults)
    venues = dict(zip(rows["code"], rows["venue"], strict=True)) if "venue" in rows else {}
    return ClusterNames(names, {code: venue for code, venue in venues.items() if venue})
