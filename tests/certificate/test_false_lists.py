"""Certificates of a bound that no plan keeps, by a list of clusters: each must be refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from cluster_geo.certificate import verify
from cluster_geo.certificate.document import (
    Certificate,
    Leaf,
    List,
    Node,
    Weights,
    read_certificate,
    write_certificate,
)
from cluster_geo.certificate.subject import Subject
from tests.certificate.test_tampering import Content, changed, content_of, leaf_of, refused

# How far above the best plan the false bounds are.
TOO_MUCH = 3.0


def listed(folder: Path, cutoff: float) -> list[list[int]]:
    """All clusters that a plan below a cutoff may have, by the weights of the street's one leaf."""
    rulebook = Subject.of(folder, {}).instance.rulebook
    weights = leaf_of(content_of(folder))["weights"]["schools"]
    threshold = cutoff - float(sum(map(Fraction, weights.values()))) + 1e-3
    found = []
    for size in range(2, 6):
        for members in combinations(sorted(map(int, weights)), size):
            cluster = rulebook.cluster(members)
            reduced = rulebook.price(cluster) - sum(weights[str(urn)] for urn in members)
            if rulebook.admits(cluster) and reduced < threshold:
                found.append(list(members))
    return found


def claim(folder: Path, bound: float, part: Content) -> None:
    """Let the certificate be one list that states a bound."""

    def state(content: Content) -> None:
        leaf = leaf_of(content)
        content["nodes"] = [{"list": {"leaf": leaf, "weights": leaf["weights"]} | part}]
        content["bound"] = bound

    changed(folder, state)


def test_a_list_as_it_should_be_holds(copied):
    """What the false ones are made of: the best plan is in the list, and bounds it."""
    best = content_of(copied)["cost"]
    clusters = listed(copied, best + TOO_MUCH)
    assert len(clusters) > 10
    claim(copied, best, {"cutoff": best + TOO_MUCH, "clusters": clusters, "bound": best})
    assert verify(copied, processes=1).complete


def test_a_cutoff_that_asks_nothing(copied):
    """All clusters cost more than next to nothing, but their stated least is still to be checked.

    The leaf's own bound counts where it is higher than the list's.
    """

    def state(content: Content) -> None:
        schools = dict.fromkeys(leaf_of(content)["weights"]["schools"], 5.0)
        leaf = {"weights": {"schools": schools}, "least": {}}
        content["nodes"] = [{"list": {"leaf": leaf, "cutoff": -1e6, "clusters": [], "bound": -1e6}}]
        content["bound"] = 5.0 * len(schools)

    changed(copied, state)
    assert "has a reduced cost of" in refused(copied)


def test_listed_clusters_that_are_too_cheap(copied):
    """What is stated of a central school must hold of its listed clusters too."""

    def state(content: Content) -> None:
        urns = list(leaf_of(content)["weights"]["schools"])
        leaf = {"weights": {"schools": dict.fromkeys(urns, 5.0)}, "least": {}}
        every = [
            members
            for size in range(2, 6)
            for members in combinations(sorted(map(int, urns)), size)
        ]
        part = {"leaf": leaf, "weights": leaf["weights"], "clusters": every}
        content["nodes"] = [{"list": part | {"cutoff": -1e6, "bound": -1e6}}]
        content["bound"] = 5.0 * len(urns)

    changed(copied, state)
    assert "has a reduced cost of" in refused(copied)


def test_listed_clusters_that_break_a_rule_by_naming_a_school_twice(copied):
    """No plan has them, yet the clusters of the same schools would count as listed."""
    bound = content_of(copied)["cost"] + TOO_MUCH
    clusters = [[members[0]] * (6 - len(members)) + members for members in listed(copied, bound)]
    claim(copied, bound, {"cutoff": bound, "clusters": clusters, "bound": bound})
    assert "lists a cluster that names a school twice" in refused(copied)


@pytest.mark.parametrize("stated", [0.0, 1e8])
def test_a_bound_so_high_that_its_rounding_is_kilometres(copied, stated):
    """A list says nothing of plans above its cutoff, so no more counts as rounding either."""
    bound = content_of(copied)["cost"] + TOO_MUCH
    clusters = listed(copied, bound)
    claim(copied, bound, {"cutoff": bound, "clusters": clusters, "bound": max(bound, stated)})
    assert "form a plan that costs" in refused(copied)


def test_what_the_integer_programme_may_miss_is_taken_off(copied):
    """As is what each claim may be out by."""
    best = content_of(copied)["cost"]
    part = {"cutoff": best + TOO_MUCH, "clusters": listed(copied, best + TOO_MUCH)}
    claim(copied, best, part | {"bound": best * (1.0 + 0.95e-6)})
    found = verify(copied, processes=1)
    assert found.complete
    assert found.bound < best


def test_an_empty_list_can_be_read_as_it_was_written(tmp_path):
    """It has no weights, and needs none."""
    leaf = Leaf(weights=Weights(schools={1: 1.0}))
    node = Node(list=List(leaf=leaf, cutoff=3.0, clusters=(), weights=None, bound=3.0))
    about = {"program": "", "unit": "km", "instance": "", "plan": "", "scale": 1.0}
    whole = Certificate(**about, cost=3.0, bound=3.0, numbers=(1, 1), nodes=(node,))
    write_certificate(tmp_path / "certificate.json.gz", whole)
    assert read_certificate(tmp_path / "certificate.json.gz") == whole
