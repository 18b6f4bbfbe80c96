"""What a rule is: something that judges one cluster, can say the same to a model, and explain.

A rule knows all that follows from it. No other part of the program asks for a rule's class: what
a page calls it, what is asked of a council in its name, how it can be loosened or tightened, and
what counting can tell of it, is asked of the rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import networkx as nx

from cluster_geo.county import County
from cluster_geo.phrases import heading_of
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import Loosened, Turn
from cluster_geo.rules.clash import Need
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.verdict import Verdict

if TYPE_CHECKING:
    from cluster_geo.rules.trusts import Trusts
    from cluster_geo.rules.zones import Zones


class Rule(ABC):
    """A statement about a single cluster, hard or priced.

    Fields `name` and `hard`, and the two abstract methods, are a rule. Everything else has a
    default, which a rule overrides where it has more to say.

    `judge` and `formulate` say the same thing and are written apart, so that each tests the
    other: the price of the best cluster a model finds must be what the judge charges.
    """

    if TYPE_CHECKING:  # at run time they are fields of each rule

        @property
        def name(self) -> str:
            """Name of the rule in tables and messages, as in the scenario ("size", "trusts")."""

        @property
        def hard(self) -> bool:
            """Whether the rule admits or refuses, rather than charges."""

    @abstractmethod
    def judge(self, cluster: Cluster) -> Verdict:
        """Judge one cluster."""

    @abstractmethod
    def formulate(self, model: ClusterModel) -> None:
        """Say the rule to a cluster model."""

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return heading_of(self.name)

    @property
    def setting(self) -> str:
        """The setting of a scenario that asks for the rule: a section, or a part of one."""
        return self.name

    def sentence(self, county: County) -> str:  # noqa: ARG002 - some rules name the county's zones
        """Say what the rule asks for, in one clause: "each cluster has a school with an SRP"."""
        return f"the rule {self.name!r} holds in each cluster"

    def wish(self, county: County) -> str:
        """Say the same where it is asked for if possible."""
        return self.sentence(county)

    # What counting and looking can tell of a hard rule, before any search.

    @property
    def size_limits(self) -> tuple[int, int] | None:
        """Fewest and most schools that a cluster may have, where the rule says so."""
        return None

    def needs(self) -> Iterator[Need]:
        """Yield the kinds of schools of which each cluster must have some."""
        yield from ()

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Yield why no cluster can hold a group, in a clause: "they are 3, and ..."."""
        yield from ()

    @property
    def tied(self) -> Mapping[str, frozenset[int]]:
        """Groups of schools that must be in one cluster, each by its part of the rule."""
        return {}

    @property
    def layer(self) -> Zones | None:
        """The layer whose zones the rule keeps clusters to."""
        return None

    @property
    def neighbours(self) -> nx.Graph[int] | None:
        """The graph of schools in which the rule keeps clusters in one piece."""
        return None

    @property
    def longest_trip(self) -> float | None:
        """Longest trip to a central school that the rule allows."""
        return None

    @property
    def gathers(self) -> Trusts | None:
        """The trusts that the rule keeps in few clusters."""
        return None

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:  # noqa: ARG002
        """Yield what ties a school to the cluster that it is in."""
        yield from ()

    def within(self, county: County) -> Rule:  # noqa: ARG002 - most know schools by URN
        """Return the rule for some schools of the county it was made for (`County.within`)."""
        return self

    # What a council could give up, and what it would be worth.

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield what a hard rule asks for, each part that could be given up singly."""
        yield Demand(self.name, "", self.sentence(county))

    def only(self, parts: Collection[str], county: County) -> Rule | None:  # noqa: ARG002
        """Return what is left where only these of its demands are asked for; None for nothing.

        Of rules with a price only travel is left, so that a search for any plan has something to
        go by.
        """
        return self if self.hard and parts else None

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:
        """Yield the ways to loosen one of its demands, the mildest first."""
        others = {other.part for other in self.demands(county)} - {demand.part}
        yield Loosened(f"do not ask that {demand.words}", self.only(others, county))

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the rule relaxed and tightened, to see what it is worth."""
        if self.hard and any(self.demands(county)):
            yield Turn("relaxed", f"{self.name} given up", None, looser=True)

    def at_first(self) -> Rule:
        """Return the rule as it is while a first plan with exceptions is looked for."""
        return self
