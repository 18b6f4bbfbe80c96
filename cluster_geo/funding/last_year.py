"""Last year's money, by school or by cluster, from a planner's own file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.funding.pence import NotMoney, pence_of
from cluster_geo.phrases import listed
from cluster_geo.plan import Plan
from cluster_geo.records import Notice, report
from cluster_geo.schools.headings import check_once, read_list, urns_of
from cluster_geo.schools.identity import Identity
from cluster_geo.schools.typed import NOT_A_FIGURE

SYNONYMS = {
    "urn": ("schoolurn", "urnnumber"),
    "cluster": ("code", "clustercode"),
    "pounds": ("amount", "gbp", "funding", "share", "lastyear"),
}
MONEY = "the money of last year, in pounds"
PLACE = "which school (or a column 'cluster')"
WRITE_POUNDS = "Write pounds and pence, such as 1234.50, or leave it blank"


@dataclass(frozen=True)
class LastYear:
    """Last year's money in pence, of schools or of clusters; what is not listed is not known.

    Parameters
    ----------
    of_school : mapping of int to int
        By the URN of now.
    of_cluster : mapping of str to int
        By code, in the letters of its file; empty where the money is by school.
    """

    of_school: Mapping[int, int] = field(default_factory=dict)
    of_cluster: Mapping[str, int] = field(default_factory=dict)

    def shares(self, plan: Plan) -> dict[str, int]:
        """Return last year's money of today's clusters, of those of which any is known."""
        if self.of_cluster:
            known = {code.casefold(): pence for code, pence in self.of_cluster.items()}
            return {c: known[c.casefold()] for c in plan.labels if c.casefold() in known}
        found = {}
        for code, cluster in zip(plan.labels, plan.clusters, strict=True):
            parts = [self.of_school[urn] for urn in cluster.members if urn in self.of_school]
            if parts:
                found[code] = sum(parts)
        return found

    def strangers(self, plan: Plan) -> list[str]:
        """Return the codes that are no cluster of a plan, so that their money protects none."""
        codes = {code.casefold() for code in plan.labels}
        return sorted(code for code in self.of_cluster if code.casefold() not in codes)

    def unknown(self, urns: Collection[int]) -> int:
        """Count the schools of which nothing is known; 0 where the money is by cluster."""
        return 0 if self.of_cluster else sum(urn not in self.of_school for urn in urns)


def read_last_year(path: str | Path) -> LastYear:
    """Read a CSV with `pounds`, and `urn` or else `cluster` (a code).

    Raises
    ------
    InputError
        With every fault: missing columns, amounts that are none or below 0, a school twice.
    """
    frame, titles = read_list(path, SYNONYMS, _required)
    name = file_name(path)
    faults: list[Fault] = []
    pence = _pence(frame["pounds"], name, titles["pounds"], faults)
    key = "urn" if "urn" in titles else "cluster"
    if key == "urn":
        urns = urns_of(frame, "urn", path, faults, titles["urn"])
        check_once(urns, path, faults, titles["urn"])
        found = {int(urn): pence[row] for row, urn in urns.items() if row in pence}
    else:
        faults += _clusters(frame["cluster"], name, titles["cluster"])
        codes = frame["cluster"].to_dict()
    if not frame.shape[0]:
        faults.append(Fault(name, "it has no row", "Add a row for each school", 1))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    if key == "urn":
        return LastYear(of_school=found)
    return LastYear(of_cluster={codes[row]: sum_ for row, sum_ in pence.items()})


def carried(last: LastYear, identity: Identity, where: str) -> LastYear:
    """Return last year's money by the URNs of now; of a school in several parts it is not known."""
    now = identity.carried(last.of_school, where)
    sums: Counter[int] = Counter()
    for urn, pence in last.of_school.items():
        if len(now[urn]) == 1:
            sums[now[urn][0]] += pence
        else:
            text = f"{where}: the money of {urn} is not counted, since the school was split"
            report(Notice("funding", text, now[urn][0]))
    return LastYear(dict(sums), last.of_cluster)


def _required(there: Collection[str]) -> dict[str, str]:
    return {"pounds": MONEY} | ({} if "cluster" in there else {"urn": PLACE})


def _pence(texts: pd.Series, name: str, title: str, faults: list[Fault]) -> dict[int, int]:
    """Return the amount of each row that has one, by row."""
    found: dict[int, int] = {}
    for row, text in cells(texts):
        if text.casefold() in NOT_A_FIGURE:
            continue
        try:
            found[row] = pence_of(text)
        except NotMoney as error:
            faults.append(Fault(name, f"{text!r}: {error}", WRITE_POUNDS, row, title))
            continue
        if found[row] < 0:
            faults.append(Fault(name, f"{text} is below 0", WRITE_POUNDS, row, title))
    return found


def _clusters(codes: pd.Series, name: str, title: str) -> list[Fault]:
    faults = [
        Fault(name, "the cell is blank", "Write the code of a cluster", row, title)
        for row, code in cells(codes)
        if not code
    ]
    lower = codes.str.casefold()
    for _, rows in codes[lower.duplicated(keep=False) & (codes != "")].groupby(lower):
        found = f"{rows.iloc[0]} appears in rows {listed([str(row) for row in rows.index])}"
        faults.append(Fault(name, found, "Keep one row of each", int(rows.index[1]), title))
    return faults
