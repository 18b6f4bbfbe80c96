"""A secondary that a child of any ability can enter at 11, in each cluster."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.records import Notice
from cluster_geo.rules.change import EXCEPTION, Loosened
from cluster_geo.rules.clash import Need
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.priced import PricedOrHard
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.words import named
from cluster_geo.schools import Schools

ENTRY_AGE = 11


@dataclass(frozen=True)
class NonSelective(PricedOrHard):
    """Each cluster has a secondary of `open_to_all`, or is charged `price`.

    A cluster whose only secondary is a grammar school does not plan transition for most
    pupils of its primaries.

    Parameters
    ----------
    open_to_all : frozenset of int
        URNs of the secondaries any child can enter at 11; see `open_to_all`.
    price : float
        Per cluster without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    secondaries : frozenset of int, optional
        All secondaries, so that the words can name those that do not serve.
    names : mapping of int to str, optional
        Schools' names, for the words.
    """

    open_to_all: frozenset[int]
    price: float = 0.0
    hard: bool = False
    secondaries: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    name: str = "non-selective"

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "A secondary school open to children of any ability"

    @property
    def setting(self) -> str:
        """The part of the section on clusters that asks for the rule."""
        return "clusters.non_selective"

    def sentence(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say what the rule asks for."""
        return "each cluster has a secondary that a child of any ability can enter"

    def wish(self, county: County) -> str:  # noqa: ARG002 - the same in every county
        """Say the same where it is asked for if possible."""
        return "each cluster has a secondary school that any child can enter at 11"

    def judge(self, cluster: Cluster) -> Verdict:
        """Look for a member that serves; the count is one where there is none."""
        if any(urn in self.open_to_all for urn in cluster.members):
            return Verdict()
        others = self.secondaries.intersection(cluster.members)
        words = "no secondary that a child of any ability can enter at 11"
        if others:
            words += f", only {named(others, self.names)}"
        return Verdict(not self.hard, 0.0 if self.hard else self.price, count=1, words=words)

    def formulate(self, model: ClusterModel) -> None:
        """Require such a secondary, or charge its absence."""
        if self.hard:
            model.require(self.open_to_all, 1)
        elif self.price:
            model.charge_absence(self.open_to_all, self.price)

    def needs(self) -> Iterator[Need]:
        """Yield the secondaries that serve."""
        what = "secondaries that a child of any ability can enter at 11"
        yield Need(self.name, self.open_to_all, 1, what)

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Allow exceptions, as few as possible."""
        softer = replace(self, hard=False, price=EXCEPTION)
        yield Loosened("allow {found} without a secondary open to all", softer, exception=self.name)


def open_to_all(schools: Schools) -> tuple[frozenset[int], tuple[Notice, ...]]:
    """Find the secondaries that a child of any ability can enter at 11.

    Admissions not "Selective" and lowest age at most 11; where the register leaves admissions
    blank the school counts as non-selective, and where it leaves the age blank as one that
    takes children at 11. Both are listed.

    Returns
    -------
    frozenset of int
        URNs, all-through schools among them.
    tuple of Notice
        One for each blank.
    """
    found = []
    notices = []
    table = schools.table.loc[sorted(schools.secondaries)]
    for urn, name, admissions, age_low in zip(
        sorted(schools.secondaries),
        table["name"].astype(str),
        table["admissions"].astype(str),
        table["age_low"].astype(float),
        strict=True,
    ):
        if not admissions:
            text = f"{name} ({urn}) has no admissions policy on record: counted as non-selective"
            notices.append(Notice("admissions", text, urn))
        if math.isnan(age_low):
            text = f"{name} ({urn}) has no lowest age on record: counted as entered at 11"
            notices.append(Notice("admissions", text, urn))
        if admissions != "Selective" and not age_low > ENTRY_AGE:
            found.append(urn)
    return frozenset(found), tuple(notices)
