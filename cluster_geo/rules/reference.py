"""Stay close to a reference plan: the previous plan, or the one in a consultation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.phrases import counted, named
from cluster_geo.plan import Cluster, main_zone
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.priced import Priced
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True)
class CloseToReference(Priced):
    """Charge `price` for each member that was not in the cluster's main reference cluster.

    The reference clusters are treated as zones, and a school outside the main zone is a mover.
    This is a statement about one cluster, as a rule must be. Matching clusters one to one
    (`plan.match`) is not, and counts slightly more movers if a reference cluster is split: here
    it is the main one of both halves, so no school has moved. Each half still has only schools
    that were together, which is what head teachers ask for.

    A school that is not in the reference plan is new and never a mover.

    Parameters
    ----------
    cluster_of : mapping of int to str
        Code of each school's cluster in the reference plan, by URN.
    new : frozenset of int
        URNs of this plan's schools that are not in the reference plan.
    price : float
        Per mover, in the currency of travel; 0 to show only.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    cluster_of: Mapping[int, str]
    new: frozenset[int] = frozenset()
    price: float = 0.0
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "reference"
    hard: bool = False

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Close to the earlier plan"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the movers."""
        movers = movers_of(cluster, self.cluster_of)
        if not movers:
            return Verdict()
        main = main_zone(cluster, self.cluster_of)
        words = f"{named(movers, self.names)} not in {main} in the reference plan"
        return Verdict(price=self.price * len(movers), count=len(movers), words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Charge the movers."""
        if self.price:
            _charge_movers(model, self.cluster_of, self.new, self.price)


# Name of the rule.
MOST_MOVERS = "most movers"


@dataclass(frozen=True)
class MostMovers(PlanRule):
    """At most `most` schools move: the sum over the plan of each cluster's movers.

    Movers are those of `CloseToReference`.
    """

    cluster_of: Mapping[int, str]
    most: int
    new: frozenset[int] = frozenset()
    name: str = MOST_MOVERS
    low: float = -math.inf

    @property
    def high(self) -> float:
        """Most movers allowed."""
        return float(self.most)

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Most schools that may move from the earlier plan"

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return "reference.most_movers"

    def coefficient(self, cluster: Cluster) -> float:
        """Count the cluster's movers."""
        return float(len(movers_of(cluster, self.cluster_of)))

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge the movers; a row with only an upper limit has price >= 0."""
        if price:
            _charge_movers(model, self.cluster_of, self.new, price)

    def less(self, added: float) -> MostMovers:
        """Subtract the movers of the frozen clusters."""
        return replace(self, most=self.most - int(added))

    def demands(self) -> Iterator[Demand]:
        """Yield the limit."""
        movers = counted(self.most, "school")
        words = f"at most {movers} may leave the clusters of the earlier plan"
        yield Demand(self.name, "high", words)


def limit_of_movers(rulebook: Rulebook) -> int | None:
    """Return the most schools that may move: asked for, or the fewest that a first stage found.

    None without a limit.
    """
    limits = [int(rule.high) for rule in rulebook.plan_rules if rule.name == MOST_MOVERS]
    return limits[0] if limits else None


def movers_of(cluster: Cluster, cluster_of: Mapping[int, str]) -> list[int]:
    """Return the URNs of the members that were not in the main reference cluster."""
    main = main_zone(cluster, cluster_of)
    return [urn for urn in cluster.members if cluster_of.get(urn, main) != main]


def _charge_movers(
    model: ClusterModel, cluster_of: Mapping[int, str], new: frozenset[int], price: float
) -> None:
    model.charge_outside_main(cluster_of, price)
    if new:
        # The model counts a school in no zone as outside; a new school has not moved.
        model.charge_members(dict.fromkeys(sorted(new), -price))
