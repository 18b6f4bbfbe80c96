"""Schools that also work with a second cluster, as where a catchment is split.

Such a school is a member of one cluster alone. The second one is shown beside it, and counted
nowhere.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.plan.plan import Plan
from cluster_geo.schools.headings import blank_cells, read_list, urns_of
from cluster_geo.schools.identity import NO_IDENTITY, Identity

SYNONYMS = {
    "urn": ("schoolurn",),
    "cluster": ("code", "clustercode", "secondcluster"),
    "reason": ("why", "note"),
}
REQUIRED = {"urn": "the school", "cluster": "the code of the cluster it also works with"}
BLANK = {"cluster": "Write the code of a cluster, as in clusters.csv, or delete the row"}


@dataclass(frozen=True, slots=True, order=True)
class SecondCluster:
    """A school, the code of a cluster that it also works with, and why ("" where nobody said)."""

    urn: int
    code: str
    reason: str = ""


@dataclass(frozen=True)
class SecondClusters:
    """The rows of a planner's list, by URN and code.

    Parameters
    ----------
    rows : tuple of SecondCluster
    """

    rows: tuple[SecondCluster, ...]

    def of_plan(self, plan: Plan) -> tuple[tuple[SecondCluster, ...], tuple[str, ...]]:
        """Return the rows that fit a plan, with its codes, and what is wrong with the others.

        Examples
        --------
        A school in cluster A that also works with B, and one that is in B already:

        >>> from cluster_geo.plan import Cluster, Plan
        >>> plan = Plan.of([Cluster((1, 2), hub=1), Cluster((3,), hub=3)], codes=("A", "B"))
        >>> ties = SecondClusters((SecondCluster(1, "b"), SecondCluster(3, "B")))
        >>> ties.of_plan(plan)
        ((SecondCluster(urn=1, code='B', reason=''),), ('3 is in B already.',))
        """
        codes = {code.casefold(): code for code in plan.labels}
        shown, wrong = [], []
        for row in self.rows:
            code = codes.get(row.code.casefold())
            if code is None:
                wrong.append(f"{row.urn}: no cluster of this plan is called {row.code}.")
            elif row.urn not in plan.code_of:
                wrong.append(f"{row.urn} is in no cluster of this plan.")
            elif plan.code_of[row.urn] == code:
                wrong.append(f"{row.urn} is in {code} already.")
            else:
                shown.append(SecondCluster(row.urn, code, row.reason))
        return tuple(shown), tuple(wrong)


def read_second_clusters(
    path: str | Path, known: Container[int], identity: Identity = NO_IDENTITY
) -> SecondClusters:
    """Read a CSV with `urn` and `cluster` (a code), and perhaps `reason`.

    Parameters
    ----------
    path : str or Path
    known : container of int
        URNs of the schools that there are.
    identity : Identity
        By which old URNs are read as those of today; they are reported.

    Raises
    ------
    InputError
        With every fault: missing columns, URNs that are none or of no school that is planned, blank
        codes, a school and a cluster twice.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    frame = frame.assign(urn=urns_of(frame, "urn", path, faults))
    faults += blank_cells(frame, BLANK, name)
    good = frame["urn"] != 0
    frame = identity.carried_rows(frame[good], ["urn"], name)
    strangers = [urn not in known for urn in frame["urn"]]
    for row, urn in cells(frame.loc[strangers, "urn"]):
        found = f"{urn} is none of the schools that are planned"
        faults.append(Fault(name, found, "Correct the URN, or delete the row", row, "urn"))
    pairs = frame.assign(cluster=frame["cluster"].str.casefold())[["urn", "cluster"]]
    for row, code in cells(frame.loc[pairs.duplicated() & (pairs["cluster"] != ""), "cluster"]):
        found = f"{code} appears twice for this school"
        faults.append(Fault(name, found, "Keep one row", row, "cluster"))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    rows = zip(frame["urn"].astype(int), frame["cluster"], frame["reason"], strict=True)
    return SecondClusters(tuple(sorted(SecondCluster(*row) for row in rows)))
