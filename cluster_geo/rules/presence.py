"""Each cluster has at least one of some schools: hard, priced, or with exceptions counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.phrases import named
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import EXCEPTION, Loosened
from cluster_geo.rules.clash import Need
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict


@dataclass(frozen=True)
class Wording:
    """How messages describe some schools and clusters without them.

    Parameters
    ----------
    lacking : str
        A finding about a cluster without one: "no school with an SRP".
    one : str
        One of the schools: "an SRP".
    what : str
        The schools after their number: "with an SRP".
    sentence, wish : str
        What the rule asks for, as a requirement and as a preference; the same by default.
    heading : str
        What the rule is called on a page; its name by default.
    setting : str
        The setting of a scenario that asks for the rule; its name by default.
    """

    lacking: str
    one: str = ""
    what: str = ""
    sentence: str = ""
    wish: str = ""
    heading: str = ""
    setting: str = ""


@dataclass(frozen=True)
class Presence(PricedOrHard):
    """Each cluster has one of `schools`: the sum of x over them is at least one.

    Parameters
    ----------
    name : str
        Name of the rule.
    schools : frozenset of int
        URNs of the schools that count.
    price : float
        Per cluster without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    wording : Wording
    others : frozenset of int, optional
        Schools that may seem to count but do not; messages name them.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    name: str
    schools: frozenset[int]
    price: float = 0.0
    hard: bool = False
    wording: Wording = field(default=Wording("none of the schools asked for"), repr=False)
    others: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict, repr=False)

    def judge(self, cluster: Cluster) -> Verdict:
        """Look for a member that counts; the verdict's count is one if there is none."""
        if any(urn in self.schools for urn in cluster.members):
            return Verdict()
        words = self.wording.lacking
        if others := self.others.intersection(cluster.members):
            words += f", only {named(others, self.names)}"
        return Verdict(not self.hard, 0.0 if self.hard else self.price, count=1, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Require such a school, or charge its absence."""
        if self.hard:
            model.require(self.schools, 1)
        elif self.price:
            model.charge_absence(self.schools, self.price)

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return self.wording.heading or super().heading

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule."""
        return self.wording.setting or super().setting

    def sentence(self, county: County) -> str:
        """Say what the rule asks for."""
        return self.wording.sentence or super().sentence(county)

    def wish(self, county: County) -> str:
        """Say what the rule asks for as a preference."""
        return self.wording.wish or super().wish(county)

    def needs(self) -> Iterator[Need]:
        """Yield the schools that count."""
        yield Need(self.name, self.schools, 1, self.wording.what)

    def free_where_kept(self, county: County) -> bool:  # noqa: ARG002 - so in every county
        """A cluster that keeps the rule is charged nothing."""
        return True

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Allow exceptions, as few as possible."""
        softer = replace(self, hard=False, price=EXCEPTION)
        yield Loosened(f"allow {{found}} without {self.wording.one}", softer, exception=self.name)
