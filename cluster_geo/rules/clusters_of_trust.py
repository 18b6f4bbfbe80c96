"""A limit on the number of clusters that a multi-academy trust sits in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.phrases import counted, trust_name
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import EXCEPTION, Loosened, Turn
from cluster_geo.rules.clash import Clash, Counting
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.plan_rule import PlanRule
from cluster_geo.rules.trust_clashes import clashes_of_trust
from cluster_geo.rules.trusts import Trusts


@dataclass(frozen=True)
class MostClustersOfTrust(PlanRule):
    """A trust sits in at most `most` clusters: sum over clusters of [C meets T] <= most.

    Parameters
    ----------
    trust : str
        As in `Trusts.members_of`.
    schools : frozenset of int
        URNs of the trust's schools.
    most : int
    title : str, optional
        Name of the trust for readers.
    elsewhere : int
        Number of frozen clusters with schools of the trust, if the rule is about the rest of a
        plan; they count towards `most`.
    """

    trust: str
    schools: frozenset[int]
    most: int
    title: str = ""
    elsewhere: int = 0
    low: float = -math.inf

    @property
    def name(self) -> str:
        """Name of the rule, with the name of the trust."""
        return f"clusters of {self.title or self.trust}"

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return f"Clusters of {self.called}"

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return "trusts.most"

    @property
    def called(self) -> str:
        """Name of the trust for readers."""
        return trust_name(self.title or self.trust)

    @property
    def high(self) -> float:
        """Most clusters allowed, less those elsewhere."""
        return float(self.most - self.elsewhere)

    def coefficient(self, cluster: Cluster) -> float:
        """One if the trust has a school in the cluster."""
        return float(any(urn in self.schools for urn in cluster.members))

    def formulate(self, model: ClusterModel, price: float) -> None:
        """Charge the trust's presence; a row with only an upper limit has price >= 0."""
        if price:
            model.charge_presence(self.schools, price)

    def clashes(self, counting: Counting) -> Iterator[Clash]:
        """Count the clusters that the trust's schools need."""
        yield from clashes_of_trust(self, counting)

    def less(self, added: float) -> MostClustersOfTrust:
        """Count the frozen clusters apart, so that messages still name the limit asked for."""
        return replace(self, elsewhere=self.elsewhere + int(added))

    def demands(self) -> Iterator[Demand]:
        """Yield the limit."""
        words = f"{self.called} sits in at most {counted(self.most, 'cluster')}"
        yield Demand(self.name, "high", words)

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[PlanRule]]:  # noqa: ARG002
        """Let the trust sit in more clusters, as few as possible; the plan found shows how many."""
        fewest = Trusts({self.trust: self.schools}, EXCEPTION, name=f"{self.name}, few")
        words = f"allow {self.called} to sit in {{found}}"
        if self.elsewhere:
            words += f" besides {counted(self.elsewhere, 'frozen cluster')}"
        yield Loosened(words, None, fewest, fewest.name)

    def turns(self) -> Iterator[Turn[PlanRule]]:
        """Let the trust sit anywhere, in one cluster fewer, and in one more."""
        yield from super().turns()
        for most in (self.most - 1, self.most + 1):
            if 0 < most < len(self.schools):
                yield Turn(
                    f"at most {most}",
                    f"{self.called} in at most {counted(most, 'cluster')}",
                    replace(self, most=most),
                    tighter=most < self.most,
                    looser=most > self.most,
                )
