"""The claims of a certificate, each checked by itself: one central school of one leaf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from cluster_geo.certificate.arithmetic import (
    RefutedError,
    leaf_bound,
    list_bound,
    list_slack,
    missing_above,
    reduced_cost,
)
from cluster_geo.certificate.hub import Question, cheaper_cluster
from cluster_geo.certificate.instance import Instance
from cluster_geo.certificate.listed import admitted, require_list_bound
from cluster_geo.certificate.subject import Subject
from cluster_geo.certificate.tree import LeafNode
from cluster_geo.errors import SolverError
from cluster_geo.plan import Cluster
from cluster_geo.tolerances import CLAIM

# What contradicts a claim.
LESS = "less than the certificate says"
UNLISTED = "and it is not listed"


class Claim(NamedTuple):
    """A claim: of a central school at a leaf, or, where `hub` is 0, of the list of a leaf."""

    leaf: int
    hub: int


@dataclass(frozen=True)
class Finding:
    """What checking a claim came to.

    Parameters
    ----------
    claim : Claim
    outcome : {"holds", "unsettled", "refuted"}
    words : str
        What refutes it, or why it is not settled.
    """

    claim: Claim
    outcome: Literal["holds", "unsettled", "refuted"]
    words: str = ""


@dataclass(frozen=True)
class Claims:
    """Checks the claims of some leaves.

    Parameters
    ----------
    instance : Instance
    leaves : sequence of LeafNode
    unit : str
        Unit of costs.
    scale : float
        About the cost of a school's travel.
    """

    instance: Instance
    leaves: Sequence[LeafNode]
    unit: str
    scale: float = 1.0
    _by_hub: dict[int, defaultdict[int, list[Cluster]]] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, subject: Subject) -> Claims:
        """Return the claims of what is verified."""
        certificate = subject.certificate
        return cls(subject.instance, subject.leaves, certificate.unit, certificate.scale)

    @property
    def within(self) -> float:
        """By how much a cluster may be cheaper than a claim that counts as holding."""
        return CLAIM * self.scale

    def all(self) -> Iterator[Claim]:
        """Yield every claim, leaf by leaf."""
        for place, leaf in enumerate(self.leaves):
            for hub in self.instance.urns:
                yield Claim(place, hub)
            if leaf.list is not None:
                yield Claim(place, 0)

    def bounds(self, *, lowered: bool = False) -> dict[int, Fraction]:
        """Return the bound of each leaf by its place among the nodes, if every claim holds.

        Parameters
        ----------
        lowered : bool
            Whether by as much as the claims may be out and count as holding.

        Raises
        ------
        RefutedError
            If the arithmetic does not hold.
        """
        return {leaf.place: self._bound(leaf, lowered=lowered) for leaf in self.leaves}

    def _bound(self, leaf: LeafNode, *, lowered: bool) -> Fraction:
        rules = self.instance.rulebook.plan_rules
        within = Fraction(self.within if lowered else 0.0)
        own = leaf_bound(leaf.leaf, rules, leaf.numbers) - within * leaf.numbers[1]
        if leaf.list is None:
            return own
        # One cluster that is not listed, and the others of its plan.
        cutoff = Fraction(leaf.list.cutoff) - within * (leaf.numbers[1] + 1)
        slack = list_slack(leaf.list, self.scale) if lowered else Fraction()
        return max(own, min(list_bound(leaf.list) - slack, cutoff))

    def check(self, claim: Claim, seconds: float | None) -> Finding:
        """Check one claim, in some time.

        Raises
        ------
        KeyboardInterrupt
        """
        leaf = self.leaves[claim.leaf]
        try:
            if claim.hub == 0:
                assert leaf.list is not None, "only lists have a claim of their own"
                require_list_bound(leaf, leaf.list, self.instance, self.scale, seconds)
                return Finding(claim, "holds")
            words = self._contradiction(leaf, claim.hub, seconds)
        except TimeoutError:
            return Finding(claim, "unsettled", "the time for it was over")
        except SolverError as error:
            return Finding(claim, "unsettled", str(error))
        except RefutedError as error:
            return Finding(claim, "refuted", str(error))
        return Finding(claim, "refuted" if words else "holds", words)

    def _contradiction(self, leaf: LeafNode, hub: int, seconds: float | None) -> str:
        """Return what contradicts the claim of a central school; "" if nothing does."""
        weights = leaf.leaf.weights
        least = Fraction(leaf.leaf.least.get(hub, 0.0))
        asked = Question(hub, weights, leaf.decisions, float(least) - self.within, self.scale)
        if leaf.list is not None:
            for cluster in self._listed(leaf).get(hub, ()):
                if self._reduced(leaf, cluster.members, hub) < least - Fraction(self.within):
                    return self._words(leaf, cluster.members, hub, LESS)
            rules = self.instance.rulebook.plan_rules
            # At a cutoff below the leaf's own bound the list proves nothing: what is stated of all
            # clusters must still hold of those that are not in it.
            missing = float(max(least, missing_above(leaf.list, rules, leaf.numbers))) - self.within
            here = tuple(members for members in leaf.list.clusters if hub in members)
            asked = Question(hub, weights, leaf.decisions, missing, self.scale, here)
        below = Fraction(asked.below)
        found = cheaper_cluster(
            self.instance,
            asked,
            contradicts=lambda members: self._reduced(leaf, members, hub) <= below,
            seconds=seconds,
        )
        if found is None:
            return ""
        return self._words(leaf, found, hub, LESS if leaf.list is None else UNLISTED)

    def _listed(self, leaf: LeafNode) -> Mapping[int, Sequence[Cluster]]:
        """Return the listed clusters that a plan of a leaf may have, by central school."""
        if leaf.place not in self._by_hub:
            assert leaf.list is not None, "it has a list"
            found = self._by_hub[leaf.place] = defaultdict(list)
            for cluster, _ in admitted(leaf.decisions, leaf.list, self.instance.rulebook):
                found[cluster.hub].append(cluster)
        return self._by_hub[leaf.place]

    def _reduced(self, leaf: LeafNode, members: Sequence[int], hub: int) -> Fraction:
        """Return the reduced cost of a cluster charged by a central school."""
        cluster = Cluster(tuple(sorted(members)), hub)
        rulebook = self.instance.rulebook
        price = rulebook.price(cluster)
        return reduced_cost(cluster, price, leaf.leaf.weights, rulebook.plan_rules)

    def _words(self, leaf: LeafNode, members: Sequence[int], hub: int, what: str) -> str:
        name, urns = self._names[hub], ", ".join(map(str, members))
        return (
            f"The cluster of {len(members):,} schools around {name} ({urns}) "
            f"has a reduced cost of {float(self._reduced(leaf, members, hub)):,.6g} {self.unit}, "
            f"{what}."
        )

    @cached_property
    def _names(self) -> dict[int, str]:
        table = self.instance.county.schools.table
        return dict(zip(self.instance.county.urns, table["name"], strict=True))
