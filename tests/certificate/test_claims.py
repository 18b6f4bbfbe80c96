"""The certificate of a small county: every claim holds, and what it adds up to is the bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest

from cluster_geo.certificate import Certificate, certificate_of
from cluster_geo.certificate.arithmetic import tree_bound
from cluster_geo.certificate.claims import Claims
from cluster_geo.certificate.document import List, Weights
from cluster_geo.certificate.instance import Instance
from cluster_geo.certificate.tree import leaves_of, require_known
from cluster_geo.county import County
from cluster_geo.rules import Rulebook
from tests.books import random_rulebook
from tests.optimise.exercised import CHOSEN, SCHOOLS
from tests.optimise.test_solve import BRANCHES, LISTS
from tests.oracle import best_plan
from tests.solving import NEAR, solved
from tests.worlds import random_county

# Of the counties whose search makes use of what few do, those that take every kind of split, cuts,
# rules over the plan and lists with and without cuts.
FEW = (9, 31, 84, 187, 225)
WHOLE = {"instance": "", "unit": "km", "program": "1"}


@dataclass(frozen=True)
class Certified:
    """A small county, its rules, its best plan's cost, and the certificate of its search."""

    county: County
    rulebook: Rulebook
    best: float
    certificate: Certificate

    def claims(self, certificate: Certificate | None = None) -> Claims:
        """Return the claims, of another certificate if one is given."""
        asked = certificate or self.certificate
        instance = Instance.of(self.county, self.rulebook, [])
        rules = [rule.name for rule in instance.rulebook.plan_rules]
        require_known(asked, instance.urns, rules)
        return Claims(instance, leaves_of(asked), asked.unit, asked.scale)

    def bound(self, certificate: Certificate | None = None) -> Fraction:
        """Return what the certificate adds up to."""
        asked = certificate or self.certificate
        return tree_bound(asked, self.claims(asked).bounds())


@cache
def certified(seed: int, *, lists: bool = True, scale: float = 1.0) -> Certified | None:
    """Solve a small county; None where it has no plan."""
    county = random_county(seed, SCHOOLS)
    rulebook = random_rulebook(county, seed, scale)
    best = best_plan(county, rulebook)
    if best is None:
        return None
    result = solved(county, rulebook, params=LISTS if lists else BRANCHES)
    certificate = certificate_of(result, **WHOLE)
    assert certificate is not None, "a plan was found, and its bound proven"
    return Certified(county, rulebook, best[0], certificate)


def everywhere(seeds: Iterable[int] = FEW, **options) -> list[Certified]:
    """Return the counties that have a plan."""
    found = [certified(seed, **options) for seed in seeds]
    return [one for one in found if one is not None]


def contradictions(one: Certified) -> list[str]:
    """Return what contradicts a certificate: its claims, or what they add up to; nothing if it holds."""
    claims = one.claims()
    findings = [claims.check(claim, None) for claim in claims.all()]
    found = [f"{f.claim}: {f.outcome}, {f.words}" for f in findings if f.outcome != "holds"]
    if not Fraction(one.certificate.bound) - Fraction(1e-9) <= one.bound() <= one.best + NEAR:
        found.append(f"adds up to {float(one.bound())}")
    return found


@pytest.mark.parametrize("lists", [False, True], ids=["branches", "lists"])
def test_every_claim_holds(lists):
    """Each by a model that shares nothing with the pricing that made it."""
    assert [contradictions(one) for one in everywhere(lists=lists)] == [[]] * len(FEW)


@pytest.mark.nightly
@pytest.mark.parametrize("lists", [False, True], ids=["branches", "lists"])
@pytest.mark.parametrize("seed", [*CHOSEN, *range(2000, 2060)])
def test_every_claim_of_any_small_county_holds(seed, lists):
    """As they come, and those whose search is the most varied."""
    one = certified(seed, lists=lists)
    assert one is None or contradictions(one) == []


@pytest.mark.parametrize("lists", [False, True], ids=["branches", "lists"])
def test_it_adds_up_to_the_bound_and_to_no_more_than_the_best_plan(lists):
    """In exact fractions; lowered by what a claim may be out by, it is hardly less."""
    for one in everywhere(lists=lists):
        bound, claims = one.bound(), one.claims()
        assert one.certificate.bound - NEAR <= bound <= one.best + NEAR
        assert bound >= Fraction(one.certificate.bound) - Fraction(1e-9)
        lowered = tree_bound(one.certificate, claims.bounds(lowered=True))
        assert bound - Fraction(1e-2) < lowered < bound


@pytest.mark.parametrize("scale", [1e-5, 1e5])
def test_it_holds_at_any_scale_of_prices(scale):
    """Tolerances go with the scale."""
    for one in everywhere(FEW[:2], scale=scale):
        claims = one.claims()
        assert {claims.check(claim, None).outcome for claim in claims.all()} == {"holds"}
        assert float(one.bound()) <= one.best * (1 + 1e-6)
        assert float(one.bound()) >= one.best * (1 - 1e-3)


def test_the_counties_have_splits_cuts_and_lists():
    """Otherwise the tests of this file would say nothing of them."""
    seen: Counter[str] = Counter()
    for one in everywhere(lists=False) + everywhere(lists=True):
        for node in one.certificate.nodes:
            if node.split is not None:
                seen[f"split on a {node.split.kind}"] += 1
            if node.list is not None:
                seen["list"] += 1
                seen["list with clusters"] += bool(node.list.clusters)
                seen["list with cuts"] += node.list.weights is not None and bool(
                    node.list.weights.cuts
                )
            if node.leaf is not None:
                seen["leaf"] += 1
                seen["leaf with cuts"] += bool(node.leaf.weights.cuts)
                seen["leaf with a rule"] += bool(node.leaf.weights.plan)
    wanted = (
        *("split on a number", "split on a hub", "split on a served", "leaf", "list"),
        *("leaf with cuts", "leaf with a rule", "list with clusters", "list with cuts"),
    )
    assert [kind for kind in wanted if not seen[kind]] == [], seen


def raised_school(weights: Weights) -> Weights:
    """Raise the weight of one school."""
    school = min(weights.schools)
    schools = weights.schools | {school: weights.schools[school] + 1.0}
    return weights.model_copy(update={"schools": schools})


def raised_number(weights: Weights) -> Weights:
    """Raise the weight of every cluster, by the rule that counts them."""
    plan = weights.plan | {"number of clusters": weights.plan.get("number of clusters", 0.0) + 1.0}
    return weights.model_copy(update={"plan": plan})


@pytest.mark.parametrize("raised", [raised_school, raised_number])
def test_a_weight_that_is_raised_is_refuted(raised):
    """The cheapest clusters cost what their weights add up to: with more, one is too cheap."""
    refuted = 0
    for one in everywhere(lists=False):
        for place, node in enumerate(one.certificate.nodes):
            if node.leaf is None:
                continue
            leaf = node.leaf.model_copy(update={"weights": raised(node.leaf.weights)})
            claims = one.claims(with_node(one.certificate, place, leaf=leaf))
            mine = [claim for claim in claims.all() if claims.leaves[claim.leaf].place == place]
            refuted += any(claims.check(claim, None).outcome == "refuted" for claim in mine)
    assert refuted >= 5


def with_node(certificate: Certificate, place: int, **parts) -> Certificate:
    """Return a certificate with a part of one node replaced."""
    nodes = list(certificate.nodes)
    nodes[place] = nodes[place].model_copy(update=parts)
    return certificate.model_copy(update={"nodes": tuple(nodes)})


def test_a_cluster_left_out_of_a_list_is_found():
    """Every one that could be in a plan below the cutoff."""
    refuted = 0
    for one in everywhere(lists=True):
        for place, node in enumerate(one.certificate.nodes):
            if node.list is None:
                continue
            for members in node.list.clusters[:4]:
                refuted += _found(one, place, node.list, members)
    assert refuted >= 6


def _found(one: Certified, place: int, listed: List, members: tuple[int, ...]) -> bool:
    """Whether a cluster that is taken out of a list is found by the claim of its central school."""
    others = tuple(found for found in listed.clusters if found != members)
    less = listed.model_copy(update={"clusters": others})
    claims = one.claims(with_node(one.certificate, place, list=less))
    hub = claims.instance.rulebook.cluster(members).hub
    claim = next(c for c in claims.all() if claims.leaves[c.leaf].place == place and c.hub == hub)
    return claims.check(claim, None).outcome == "refuted"
