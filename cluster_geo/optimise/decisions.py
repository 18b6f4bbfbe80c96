"""The decisions of a tree of branch and price: what they constrain, and how they divide plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from cluster_geo.compiled.arrays import ArrayModel


@dataclass(frozen=True)
class Decisions:
    """Branching decisions on the path to a node.

    Parameters
    ----------
    numbers : range
        Numbers of clusters a plan may have.
    hubs, no_hubs : tuple of int
        URNs of schools that are hubs, and of schools that are not.
    served, not_served : tuple of (int, int)
        URNs of a school and of the hub that serves it, or does not.

    Notes
    -----
    A decision is about the hub by which a cluster is charged, which may be any that is allowed, not
    only the one that charges least. As its own hub charges least, the best plan is in one of the
    two branches at its true cost.
    """

    numbers: range
    hubs: tuple[int, ...] = ()
    no_hubs: tuple[int, ...] = ()
    served: tuple[tuple[int, int], ...] = ()
    not_served: tuple[tuple[int, int], ...] = ()

    @property
    def touched(self) -> frozenset[int]:
        """Schools of which a cluster may be charged by another hub than its own."""
        pairs = (*self.served, *self.not_served)
        return frozenset((*self.hubs, *self.no_hubs, *(urn for urn, _ in pairs)))

    def added_to(self, model: ArrayModel) -> ArrayModel:
        """Return a copy of a model with the decisions on schools added."""
        constrained = model.copy()
        for urn in self.hubs:
            constrained.serve(urn, urn)
        for urn, hub in self.served:
            constrained.serve(urn, hub)
        for urn in self.no_hubs:
            constrained.refuse_hub(urn)
        for urn, hub in self.not_served:
            constrained.refuse(urn, hub)
        return constrained


@dataclass(frozen=True)
class Split:
    """A decision that divides the plans of a node in two.

    Parameters
    ----------
    kind : {"number", "hub", "served"}
    of : tuple of int
        The most clusters of the first branch; or the URN of a school that is a hub in the first
        branch; or the URNs of a school and of the hub that serves it there. The second branch has
        the other plans.
    """

    kind: Literal["number", "hub", "served"]
    of: tuple[int, ...]

    def branches(self, decisions: Decisions) -> tuple[Decisions, Decisions]:
        """Return the decisions of the two branches of a node."""
        if self.kind == "number":
            (most,) = self.of
            first, last = decisions.numbers[0], decisions.numbers[-1]
            return (
                replace(decisions, numbers=range(first, most + 1)),
                replace(decisions, numbers=range(most + 1, last + 1)),
            )
        if self.kind == "hub":
            (hub,) = self.of
            return (
                replace(decisions, hubs=(*decisions.hubs, hub)),
                replace(decisions, no_hubs=(*decisions.no_hubs, hub)),
            )
        school, hub = self.of
        serving = (school, hub)
        return (
            replace(decisions, served=(*decisions.served, serving)),
            replace(decisions, not_served=(*decisions.not_served, serving)),
        )
