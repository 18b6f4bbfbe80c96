"""What a rule is: something that judges one cluster, can say the same to a model, and explain.

A rule knows all that follows from it. No other part of the program asks for a rule's class: what
a page calls it, what is asked of a council in its name, how it can be loosened or tightened, and
what counting can tell of it, is asked of the rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.words import heading_of


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
