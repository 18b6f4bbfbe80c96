"""The tree of a certificate: that it is one, and what each leaf's plans have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cluster_geo.certificate.arithmetic import RefutedError, weights_of
from cluster_geo.certificate.document import Certificate, Leaf, List, Node
from cluster_geo.optimise.decisions import Decisions, Split
from cluster_geo.tolerances import LARGEST_CLAIM


@dataclass(frozen=True)
class LeafNode:
    """A leaf with what its plans have in common.

    Parameters
    ----------
    place : int
        In the list of nodes.
    node : Node
    decisions : Decisions
    """

    place: int
    node: Node
    decisions: Decisions

    @property
    def leaf(self) -> Leaf:
        """The weights by which each central school's clusters are judged."""
        found = self.node.leaf if self.node.list is None else self.node.list.leaf
        assert found is not None, "a split has no weights"
        return found

    @property
    def list(self) -> List | None:
        """The list of clusters, if it has one."""
        return self.node.list

    @property
    def numbers(self) -> tuple[int, int]:
        """Fewest and most clusters of its plans."""
        return self.decisions.numbers[0], self.decisions.numbers[-1]


def leaves_of(certificate: Certificate) -> list[LeafNode]:
    """Return the leaves with their decisions, in the order of the nodes.

    Raises
    ------
    RefutedError
        Where the nodes are not a tree, or a split does not divide.
    """
    numbers = range(certificate.numbers[0], certificate.numbers[1] + 1)
    decided = {0: Decisions(numbers)}
    found = []
    for place, node in enumerate(certificate.nodes):
        decisions = decided.get(place)
        if decisions is None:
            raise RefutedError(f"Node {place} of the tree belongs to no split before it.")
        if sum(part is not None for part in (node.split, node.leaf, node.list)) != 1:
            raise RefutedError(f"Node {place} must have one of a split, a leaf and a list.")
        if node.split is None:
            found.append(LeafNode(place, node, decisions))
            continue
        split = Split(node.split.kind, node.split.of)
        if not _divides(split, decisions):
            raise RefutedError(f"The split of node {place} does not divide its plans in two.")
        for branch, further in zip(node.split.branches, split.branches(decisions), strict=True):
            if branch <= place or branch in decided or branch >= len(certificate.nodes):
                raise RefutedError(f"The branches of node {place} are not its own.")
            decided[branch] = further
    return found


def require_known(
    certificate: Certificate, urns: Collection[int], plan_rules: Collection[str]
) -> None:
    """Refuse schools or rules that the run did not have, and schools that are named twice.

    Raises
    ------
    RefutedError
    """
    urns = set(urns)
    for place, node in enumerate(certificate.nodes):
        strange = sorted(set(_schools(node)) - urns)
        if strange:
            raise RefutedError(
                f"Node {place} is about a school that is not in the run: {strange[0]}."
            )
        if node.list is not None and any(len(set(m)) < len(m) for m in node.list.clusters):
            raise RefutedError(f"Node {place} lists a cluster that names a school twice.")
        for weights in weights_of(node):
            if unknown := sorted(set(weights.plan) - set(plan_rules)):
                raise RefutedError(f"Node {place} has a weight of an unknown rule: {unknown[0]}.")
            if any(len(set(cut.schools)) < len(cut.schools) for cut in weights.cuts):
                raise RefutedError(f"Node {place} has a cut that names a school twice.")


def require_measured(certificate: Certificate) -> None:
    """Refuse amounts so large, for the scale, that rounding would decide what is checked.

    Raises
    ------
    RefutedError
    """
    largest = LARGEST_CLAIM * certificate.scale
    amounts = [certificate.cost, certificate.bound]
    for node in certificate.nodes:
        amounts += _amounts(node)
    if too_large := next((amount for amount in amounts if abs(amount) > largest), 0.0):
        raise RefutedError(
            f"The certificate has an amount of {too_large:,.6g}: too large to be checked at a "
            f"scale of {certificate.scale:,.6g}."
        )


def _amounts(node: Node) -> Iterator[float]:
    """Yield every amount of a node."""
    leaf = node.leaf if node.list is None else node.list.leaf
    if leaf is not None:
        yield from leaf.least.values()
    for weights in weights_of(node):
        yield from weights.schools.values()
        yield from weights.plan.values()
        yield from (cut.weight for cut in weights.cuts)
    if node.list is not None:
        yield from (node.list.cutoff, node.list.bound)


def _divides(split: Split, decisions: Decisions) -> bool:
    if split.kind == "number":
        (most, *others) = split.of
        return not others and decisions.numbers[0] <= most < decisions.numbers[-1]
    return len(split.of) == (1 if split.kind == "hub" else 2)


def _schools(node: Node) -> Iterator[int]:
    """Yield every school that a node names."""
    if node.split is not None and node.split.kind != "number":
        yield from node.split.of
    leaf = node.leaf if node.list is None else node.list.leaf
    if leaf is not None:
        yield from leaf.least
    for weights in weights_of(node):
        yield from weights.schools
        for cut in weights.cuts:
            yield from cut.schools
    if node.list is not None:
        for members in node.list.clusters:
            yield from members
