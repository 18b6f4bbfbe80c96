"""What a rule is: something that judges one cluster, can say the same to a model, and explain.

A rule knows all that follows from it. No other part of the program asks for a rule's class: what
a page calls it, what is asked of a council in its name, how it can be loosened or tightened, and
what counting can tell of it, is asked of the rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import networkx as nx

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules.clash import Need
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.words import heading_of

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
