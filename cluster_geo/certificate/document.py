"""The certificate of a bound: a file with which anyone can check it, by schools and rules.

It holds a tree. A split divides all plans into two branches, by a decision that every plan settles
one way. A leaf has *weights*: an amount for each school, each rule over the plan and each cut. For
any weights whatever, no plan of the leaf costs less than what they earn over the schools and rules,
plus the least *reduced costs* of as many clusters as a plan may have; a cluster's reduced cost is
its cost less the weights of its schools, rules and cuts. What must be believed, or checked, is the
least reduced cost that the certificate states for each central school.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cluster_geo.errors import Fault, InputError
from cluster_geo.optimise import Result
from cluster_geo.plan import Plan

if TYPE_CHECKING:
    from cluster_geo.optimise.proof import Lagrangian, Listing, Multipliers, ProofNode, SearchProof

CERTIFICATE_FILE = "certificate.json.gz"
# Beside it, the claims that were found to hold.
CHECKED_FILE = "certificate.checked.jsonl"
# Faults of a file that a message names.
MOST_FAULTS = 5
# More than any certificate of a county has, so that no file can fill the memory.
MOST_BYTES = 1 << 30

Urn = Annotated[int, Field(ge=1)]
Amount = Annotated[float, Field(allow_inf_nan=False)]
Members = Annotated[tuple[Urn, ...], Field(min_length=1)]
Place = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cut(_Part):
    """Of three schools, at most one cluster of a plan has two or more; its weight is below 0."""

    schools: tuple[Urn, Urn, Urn]
    weight: Annotated[Amount, Field(le=0.0)]


class Weights(_Part):
    """Weights of the schools, by URN, of the rules over the plan, by name, and of the cuts."""

    schools: dict[Urn, Amount]
    plan: dict[str, Amount] = Field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()


class Leaf(_Part):
    """A bound by weights.

    Parameters
    ----------
    weights : Weights
    least : mapping of int to float
        The least reduced cost of the clusters of each central school, by URN, where it is below 0.
    """

    weights: Weights
    least: dict[Urn, Annotated[Amount, Field(le=0.0)]] = Field(default_factory=dict)


class List(_Part):
    """All clusters that a plan below `cutoff` may have, and a bound on the plans of these.

    Parameters
    ----------
    leaf : Leaf
        By its weights every other cluster would make a plan cost `cutoff` or more.
    cutoff : float
    clusters : tuple of tuple of int
        Schools of each cluster.
    weights : Weights or None
        They leave few clusters that a plan below `bound` may have; None where the list is empty.
    bound : float
        No plan of the list costs less, and none that costs less than `cutoff`.
    """

    leaf: Leaf
    cutoff: Amount
    clusters: tuple[Members, ...]
    weights: Weights | None = None
    bound: Amount


class Split(_Part):
    """A decision that divides the plans of a node; `branches` are places in the list of nodes.

    The first branch has at most so many clusters, or a school as a central school, or a school in
    the cluster of a central school; the second has all other plans.
    """

    kind: Literal["number", "hub", "served"]
    of: Annotated[tuple[Urn, ...], Field(min_length=1, max_length=2)]
    branches: tuple[Place, Place]


class Node(_Part):
    """A node of the tree: exactly one of the three."""

    split: Split | None = None
    leaf: Leaf | None = None
    list: List | None = None


class Certificate(_Part):
    """What a run has proven, and what about.

    Parameters
    ----------
    format, version
        Of the file.
    program : str
        The version of cluster-geo that wrote it.
    unit : str
        Unit of all amounts: "km" or "minutes".
    instance : str
        Hash of what was asked and of the files that were read (`instance_hash`).
    plan : str
        Hash of the plan (`plan_hash`).
    scale : float
        About the cost of a school's travel: what counts as rounding is a small part of it.
    cost, bound : float
        The plan's cost, and the cost below which no plan can be.
    numbers : (int, int)
        Fewest and most clusters that are not frozen.
    frozen : tuple of tuple of int
        Schools of each frozen cluster: the bound is of plans that keep them.
    nodes : tuple of Node
        The tree; the first is its root, and branches come after what they divide.
    """

    format: Literal["cluster_geo certificate"] = "cluster_geo certificate"
    version: Literal[1] = 1
    program: str
    unit: str
    instance: str
    plan: str
    scale: Annotated[Amount, Field(ge=1e-30, le=1e30)]
    cost: Amount
    bound: Amount
    numbers: tuple[Place, Place]
    frozen: tuple[Members, ...] = ()
    nodes: Annotated[tuple[Node, ...], Field(min_length=1)]


def certificate_of(result: Result, *, instance: str, unit: str, program: str) -> Certificate | None:
    """Return the certificate of a search's bound; None where it has no plan or proof.

    Parameters
    ----------
    result : Result
    instance, unit, program : str
        See `Certificate`.
    """
    proof = result.proof
    if proof is None or result.plan is None or result.cost is None or result.bound is None:
        return None
    return Certificate(
        program=program,
        unit=unit,
        instance=instance,
        plan=plan_hash(result.plan),
        scale=proof.unit,
        cost=result.cost,
        bound=result.bound,
        numbers=(proof.numbers[0], proof.numbers[-1]),
        frozen=proof.frozen,
        nodes=tuple(_Translation(proof).nodes()),
    )


def plan_hash(plan: Plan) -> str:
    """Return a hash of which schools are together, whatever the clusters are called."""
    members = sorted(cluster.members for cluster in plan.clusters)
    return hashlib.sha256(json.dumps(members).encode()).hexdigest()


def write_certificate(path: Path, certificate: Certificate) -> None:
    """Write a certificate; equal ones give equal bytes."""
    text = certificate.model_dump_json(exclude_none=True)
    with path.open("wb") as stream, gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
        packed.write(text.encode() + b"\n")


def read_certificate(path: Path) -> Certificate:
    """Read a certificate and check its form; what it states is checked by `verify`.

    Raises
    ------
    InputError
        Where it is not a certificate of this version: what is wrong, and where in the file.
    """
    fix = "Take the file as the run wrote it"
    try:
        with gzip.open(path) as stream:
            text = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            [Fault(path.name, f"it cannot be read as a certificate ({error})", fix)]
        ) from error
    if len(text) > MOST_BYTES:
        raise InputError([Fault(path.name, "it is too large for a certificate", fix)])
    try:
        # As JSON, in which an array may be a tuple and a key of a number is text.
        return Certificate.model_validate_json(text)
    except ValidationError as error:
        faults = [
            Fault(path.name, f"{detail['msg'].lower()} at {_where(detail['loc'])}", fix)
            for detail in error.errors(include_url=False)[:MOST_FAULTS]
        ]
        raise InputError(faults) from error


def _where(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place)) or "the top"


class _Translation:
    """Puts a search's proof, by atoms and in its own unit, in terms of schools and of the rules."""

    def __init__(self, proof: SearchProof) -> None:
        self._proof = proof

    def nodes(self) -> list[Node]:
        """Return the nodes of the tree, branches after what they divide."""
        waiting, found = [self._proof.root], []
        for node in waiting:
            found.append(self._node(node, len(waiting)))
            waiting += node.branches
        return found

    def _node(self, node: ProofNode, next_place: int) -> Node:
        if node.split is not None:
            places = (next_place, next_place + 1)
            return Node(split=Split(kind=node.split.kind, of=node.split.of, branches=places))
        if node.listing is not None:
            return Node(list=self._list(node.listing))
        assert node.lagrangian is not None, "a leaf of the least tree is proven"
        return Node(leaf=self._leaf(node.lagrangian))

    def _leaf(self, lagrangian: Lagrangian) -> Leaf:
        least = zip(self._proof.hubs, lagrangian.least.tolist(), strict=True)
        return Leaf(
            weights=self._weights(lagrangian.at),
            least={hub: self._whole(amount) for hub, amount in least if amount < 0.0},
        )

    def _list(self, listing: Listing) -> List:
        atoms = self._proof.atoms
        return List(
            leaf=self._leaf(listing.complete),
            cutoff=self._whole(listing.cutoff),
            clusters=tuple(
                tuple(sorted(urn for a in found for urn in atoms[a])) for found in listing.sets
            ),
            weights=None if listing.at is None else self._weights(listing.at),
            bound=self._whole(listing.bound),
        )

    def _weights(self, at: Multipliers) -> Weights:
        # All schools of an atom are in one cluster, so its first stands for them.
        first = [urns[0] for urns in self._proof.atoms]
        plan = zip(self._proof.plan_rules, at.plan.tolist(), strict=True)
        return Weights(
            schools=dict(zip(first, map(self._whole, at.atoms.tolist()), strict=True)),
            plan={name: self._whole(amount) for name, amount in plan if amount},
            cuts=tuple(
                Cut(schools=(first[a], first[b], first[c]), weight=self._whole(amount))
                for (a, b, c), amount in sorted(at.cuts.items())
            ),
        )

    def _whole(self, amount: float) -> float:
        """Return an amount in the unit of the rules, exactly: the search's is a power of two."""
        return amount * self._proof.unit
