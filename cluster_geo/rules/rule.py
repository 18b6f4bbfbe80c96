"""The interface of a rule: it judges one cluster, formulates itself in a model and explains itself.

No other part of the program checks the class of a rule. Its heading on a page, its sentence for a
council, the ways to loosen or tighten it, and the facts used by counting are all its own methods.
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

    A rule needs the fields `name` and `hard` and the two abstract methods. Everything else has a
    default to override.

    `judge` and `formulate` state the same thing independently, so that each tests the other: the
    price of the best cluster that a model finds must be what the judge charges.
    """

    if TYPE_CHECKING:  # at run time they are fields of each rule

        @property
        def name(self) -> str:
            """Name of the rule in tables and messages, as in the scenario ("size", "trusts")."""

        @property
        def hard(self) -> bool:
            """Whether the rule refuses clusters that break it, rather than charging for them."""

    @abstractmethod
    def judge(self, cluster: Cluster) -> Verdict:
        """Judge one cluster."""

    @abstractmethod
    def formulate(self, model: ClusterModel) -> None:
        """Add the rule to a cluster model."""

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
        """Say what the rule asks for as a preference."""
        return self.sentence(county)

    def unavoidable(self, largest: int | None) -> tuple[float, str]:  # noqa: ARG002 - most rules
        """Return what the rule adds to the score of every plan, and why; 0 where nothing is known.

        Parameters
        ----------
        largest : int or None
            Most schools that a cluster may have; None where no rule says.
        """
        return 0.0, ""

    # Facts about a hard rule that are used before any search.

    @property
    def size_limits(self) -> tuple[int, int] | None:
        """Fewest and most schools that a cluster may have, if the rule limits them."""
        return None

    def needs(self) -> Iterator[Need]:
        """Yield the kinds of school that each cluster must have."""
        yield from ()

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Yield why no cluster can contain a group, as a clause: "they are 3, and ..."."""
        yield from ()

    def stranded(self, schools: frozenset[int], county: County) -> Iterator[str]:  # noqa: ARG002
        """Yield why some schools of a region are in no cluster within it, as a clause."""
        yield from ()

    @property
    def tied(self) -> Mapping[str, frozenset[int]]:
        """Groups of schools that must be in one cluster, by the part of the rule."""
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
        """The rule itself, if it keeps trusts in few clusters."""
        return None

    def ties(self, urn: int, cluster: Cluster) -> Iterator[str]:  # noqa: ARG002
        """Yield the reasons of this rule for a school to be in its cluster."""
        yield from ()

    def within(self, county: County) -> Rule:  # noqa: ARG002 - most know schools by URN
        """Return the rule for a part of the county it was made for (`County.within`)."""
        return self

    # What a council could give up, and the effect that it would have.

    def demands(self, county: County) -> Iterator[Demand]:
        """Yield the demands of a hard rule: the parts that could be given up one by one."""
        yield Demand(self.name, "", self.sentence(county))

    def only(self, parts: Collection[str], county: County) -> Rule | None:  # noqa: ARG002
        """Return the rule with only these of its demands; None if there are none.

        The only priced rule that stays is travel, to guide a search for any plan.
        """
        return self if self.hard and parts else None

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:
        """Yield the ways to loosen one of its demands, the mildest first."""
        others = {other.part for other in self.demands(county)} - {demand.part}
        yield Loosened(f"do not ask that {demand.words}", self.only(others, county))

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the rule relaxed and tightened, to see its effect."""
        if self.hard and any(self.demands(county)):
            yield Turn("relaxed", f"“{self.heading}” given up", None, looser=True)

    def at_first(self) -> Rule:
        """Return the rule for the search for a first plan with exceptions."""
        return self
