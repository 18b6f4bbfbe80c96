"""Balance: the total of a column in each cluster stays near the county's rate."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cluster_geo.phrases import amount
from cluster_geo.plan import Cluster
from cluster_geo.records import Notice
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import Priced
from cluster_geo.rules.verdict import Verdict
from cluster_geo.schools import Schools

AVERAGE_USED = "the county's average is used"


@dataclass(frozen=True)
class Balance(Priced):
    """Charge `price` per unit of |sum of the column - rate x sum of the base| of a cluster.

    Parameters
    ----------
    name : str
        Name of the rule, as in the scenario ("balance.pupils").
    excess : mapping of int to float
        By URN, the school's value of the column less the rate times its base, in the unit of
        the column; see `excess_of`. Every school of the plan has one.
    price : float
        Per unit of the column, in the currency of travel; 0 to show only.
    unit : str
        Unit of the column, for messages ("pupils").
    """

    name: str
    excess: Mapping[int, float]
    price: float = 0.0
    unit: str = ""
    hard: bool = False

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return f"Even shares: {self.name.partition('.')[2].replace('_', ' ') or self.name}"

    def judge(self, cluster: Cluster) -> Verdict:
        """Sum the members' excess; the count is its absolute value."""
        # fsum is exact, so the price does not depend on the order of the members.
        excess = math.fsum(self.excess[urn] for urn in cluster.members)
        off = abs(excess)
        side = "above" if excess > 0 else "below"
        words = f"{amount(off, self.unit)} {side} its share" if round(off, 2) else ""
        return Verdict(price=self.price * off, count=off, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Charge the absolute value of the summed excess."""
        if self.price:
            model.charge_imbalance(self.excess, self.price)


def excess_of(
    schools: Schools, column: str, base: str = "schools"
) -> tuple[dict[int, float], float, tuple[Notice, ...]]:
    """Calculate each school's excess of a column over the county's rate.

    The rate is calculated from the county's totals, so that it does not depend on the number of
    clusters. A missing value of the column is replaced by the rate times the school's base (its
    excess is 0), and a missing base by the average base; both are reported.

    Parameters
    ----------
    schools : Schools
    column : str
        A numeric column ("pupils", "ehcp" ...).
    base : str
        Another numeric column, or "schools" (each school counts one).

    Returns
    -------
    excess : dict of int to float
        By URN, in the unit of the column.
    rate : float
        Units of the column per unit of the base.
    notices : tuple of Notice
    """
    values = schools.table[column].astype(float)
    bases = pd.Series(1.0, values.index)
    if base != "schools":
        bases = schools.table[base].astype(float)
    names = schools.names
    notices = [
        Notice("balance", f"{names[urn]} ({urn}) has no {what} on record: {AVERAGE_USED}", urn)
        for what, series in ((column, values), (base, bases))
        for urn, missing in zip(schools.urns, series.isna(), strict=True)
        if missing
    ]
    bases = bases.fillna(bases.mean())
    known = values.notna()
    total = math.fsum(bases[known])
    rate = math.fsum(values[known]) / total if total else 0.0
    excess = (values - rate * bases).where(known, 0.0)
    by_urn = dict(zip(schools.urns, excess.to_numpy(dtype=float).tolist(), strict=True))
    return by_urn, rate, tuple(notices)
