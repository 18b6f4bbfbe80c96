"""Multi-academy trusts, which should each sit in as few clusters as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.phrases import counted, trust_name
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Turn
from cluster_geo.rules.kind import kind_of
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import Priced
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.sizes import fewest_by_size
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True)
class Trusts(Priced):
    """Charge `price` for each trust present in a cluster.

    The unavoidable first cluster of every trust is charged too, so that the cost of a plan is the
    sum over its clusters.

    Parameters
    ----------
    members_of : mapping of str to frozenset of int
        URNs by trust (`trust_uid`), trusts with two or more schools in the plan. A school is
        in at most one.
    price : float
        In the currency of travel; 0 to show only.
    trust_names : mapping of str to str, optional
        Trusts' names, for the words.
    """

    members_of: Mapping[str, frozenset[int]]
    price: float
    trust_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    name: str = "trusts"
    hard: bool = False
    _trust_of: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        trust_of = {urn: t for t, schools in self.members_of.items() for urn in schools}
        object.__setattr__(self, "_trust_of", trust_of)

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Few clusters for each multi-academy trust"

    def called(self, trust: str) -> str:
        """Return the name of a trust for readers."""
        return trust_name(self.trust_names.get(trust, trust))

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the trusts present."""
        here = Counter(self._trust_of[u] for u in cluster.members if u in self._trust_of)
        words = "; ".join(
            f"{self.called(trust)}: {number} of its "
            f"{counted(len(self.members_of[trust]), 'school')}"
            for trust, number in sorted(here.items())
        )
        return Verdict(price=self.price * len(here), count=len(here), words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Charge the presence of each trust."""
        if self.price:
            for trust in sorted(self.members_of):
                model.charge_presence(self.members_of[trust], self.price)

    def unavoidable(self, largest: int | None) -> tuple[float, str]:
        """Charge every trust the clusters that it needs by its size."""
        fewest = sum(fewest_by_size(len(schools), largest) for schools in self.members_of.values())
        return (
            self.price * fewest,
            f"trusts of these sizes need at least {counted(fewest, 'cluster')} in all",
        )

    @property
    def gathers(self) -> Trusts:
        """The trusts themselves."""
        return self

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:
        """Yield how many schools of its trust are in the cluster."""
        here = set(cluster.members)
        for trust, schools in sorted(self.members_of.items()):
            if urn in schools:
                yield (
                    f"{self.called(trust)}: {len(schools & here):,} of its "
                    f"{counted(len(schools), 'school')} are in this cluster"
                )

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the rule without its weight, and with twice the weight."""
        yield from super().turns(county)
        if kind_of(self) == "priced":
            words, twice = (
                f"“{self.heading}” at twice the weight",
                replace(self, price=2 * self.price),
            )
            yield Turn("tightened", words, twice, tighter=True)
