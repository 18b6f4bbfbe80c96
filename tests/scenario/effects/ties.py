"""Settings of `trusts`, `federations`, `pairs`, `networks` and `pins`: who stays with whom."""

from __future__ import annotations

import pytest

from cluster_geo.schools.pairs import propose_pairs
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town, strengths, urn, urns


@sets("trusts.rule")
def trusts_rule(town: Town) -> None:
    """Trusts that are only shown are counted and charged nothing, by judge and model alike."""
    priced, shown = (
        town.verdict("trusts", 1, 2, 4, trusts__rule=rule) for rule in ("priced", "shown")
    )
    assert (priced.price, priced.count) == (3.0 * 2, 2)
    assert (shown.price, shown.count, shown.words) == (0.0, 2, priced.words)


@sets("trusts.weight")
def trusts_weight(town: Town) -> None:
    """Each trust present in a cluster costs so much, however many of its schools are there."""
    for places, present in (((1, 3, 8), 1), ((1, 2), 2), ((4, 5, 7), 0), ((1, 2, 3, 6), 2)):
        assert town.verdict("trusts", *places, trusts__weight=4.25).price == 4.25 * present


@sets("trusts.most.*")
def trusts_most(town: Town) -> None:
    """A plan with the trust in more clusters than asked breaks a rule over it; others may."""
    one, two, three = ((1, 3, 8), (2, 6)), ((1, 3), (8, 2, 6)), ((1,), (3, 2), (8, 6))
    for asked, kept in ((1, (True, False, False)), (2, (True, True, False)), ("free", (True,) * 3)):
        limit = {"trusts__most__Oak": asked}
        assert tuple(town.sums_kept(*plan, **limit) for plan in (one, two, three)) == kept
    assert town.sums_kept((2, 1), (6, 3, 8), trusts__most__Elm=2, trusts__most__Oak=2)
    assert not town.sums_kept((2, 1), (6, 3, 8), trusts__most__Elm=1, trusts__most__Oak=2)


def added_up(town: Town, name: str, *clusters: tuple[int, ...], **settings: object) -> float:
    """What a rule charges all clusters of a plan together."""
    return sum(town.verdict(name, *places, **settings).price for places in clusters)


@sets("federations.rule")
def federations_rule(town: Town) -> None:
    """A cluster with part of a federation is refused, charged or shown."""
    strengths(town, "federations", "federations", (3, 4, 1), 6.0)
    assert town.verdict("federations", 3, 4, 7, 1, federations__rule="hard").kept


@sets("federations.weight")
def federations_weight(town: Town) -> None:
    """Each cluster beyond the first that a federation sits in costs so much."""
    weighed = {"federations__rule": "priced", "federations__weight": 2.5}
    plans = (((3, 4, 7), (1, 2)), ((3, 4), (7, 1)), ((3, 1), (4, 2), (7, 5)))
    for beyond, plan in enumerate(plans):
        assert added_up(town, "federations", *plan, **weighed) == pytest.approx(2.5 * beyond)


def pairs_file(town: Town):
    """One pair confirmed, one likely, one doubtful; return the path of the file."""
    rows = (
        f"{urn(1)},{urn(3)},high,yes", f"{urn(5)},{urn(8)},medium,", f"{urn(6)},{urn(4)},low,"
    )  # fmt: skip
    return town.file("pairs.csv", "infant_urn,junior_urn,confidence,confirmed", *rows)


@sets("pairs.rule")
def pairs_rule(town: Town) -> None:
    """Only the pairs that a planner has confirmed are hard; the likely ones keep their price."""
    confirmed = {"pairs__file": pairs_file(town)}
    strengths(town, "pairs", "pairs", (1, 2), 6.0, **confirmed)
    hard = confirmed | {"pairs__rule": "hard"}
    assert town.verdict("pairs", 1, 3, **hard).kept
    assert town.verdict("pairs", 5, 2, **hard).kept
    assert town.verdict("pairs not confirmed", 5, 2, **hard).price == 6.0 / 2
    assert town.verdict("pairs not confirmed", 6, 2, **hard).price == 0
    # Without a file they are proposed: Holly's infant and junior school, 2 km apart.
    assert town.rule("pairs").groups == {f"{urn(5)}-{urn(6)}": {*urns(5, 6)}}
    assert town.verdict("pairs", 5, 2, pairs__rule="priced").price == 6.0 / 2
    assert town.verdict("pairs", 5, 2).price == 0
    # 200 m apart and nothing else alike: a pair of low confidence waits until it is confirmed.
    ages, names = {"age_low": {1: 4, 3: 7}, "age_high": {1: 7, 3: 11}}, {1: "Ash", 3: "Yew"}
    beside = {"easting": {1: 550_000, 3: 550_200}, "northing": {1: 150_000, 3: 150_000}}
    lines = town.table(name=names, trust={}, federation={}, **ages, **beside)
    near = town.file("near.csv", lines[0], lines[1], lines[3])
    assert len(propose_pairs(town.county(schools__file=near).schools)) == 1
    assert town.rule("pairs", schools__file=near).groups == {}


@sets("pairs.weight")
def pairs_weight(town: Town) -> None:
    """A pair in two clusters costs so much, half in each."""
    weighed = {"pairs__rule": "priced", "pairs__weight": 2.5}
    assert added_up(town, "pairs", (5, 1), (6, 2), **weighed) == 2.5
    assert added_up(town, "pairs", (5, 6), (1, 2), **weighed) == 0


@sets("pairs.file")
def pairs_of_a_file(town: Town) -> None:
    """The pairs of the file take the place of those proposed; a doubtful one is not counted."""
    found = town.rule("pairs", pairs__file=pairs_file(town), pairs__rule="priced").groups
    assert {*found.values()} == {frozenset(urns(1, 3)), frozenset(urns(5, 8))}


def networks_file(town: Town):
    """A network with a weight of its own and one without; return the path of the file."""
    rows = [f"{urn(k)},River,7.5" for k in (2, 6)] + [f"{urn(k)},Coast," for k in (4, 7, 8)]
    return town.file("networks.csv", "urn,network,weight", *rows)


@sets("networks.rule")
def networks_rule(town: Town) -> None:
    """A cluster with part of a network is refused, charged or shown."""
    strengths(town, "networks", "networks", (4, 7, 1), 3.0, networks__file=networks_file(town))
    shown = {"networks__file": networks_file(town), "networks__rule": "shown"}
    assert town.verdict("networks", 2, 1, **shown).price == 0


@sets("networks.weight")
def networks_weight(town: Town) -> None:
    """Each cluster beyond the first costs so much, where the file gives a network none."""
    weighed = {"networks__file": networks_file(town), "networks__weight": 1.25}
    assert added_up(town, "networks", (4, 7), (8, 1), **weighed) == pytest.approx(1.25)
    assert added_up(town, "networks", (4, 1), (7, 2, 6), (8, 3), **weighed) == pytest.approx(2.5)
    assert added_up(town, "networks", (2, 1), (6, 3), **weighed) == pytest.approx(7.5)


@sets("networks.file")
def networks_of_a_file(town: Town) -> None:
    """The networks of the file are rules, and without it there is none."""
    assert "networks" not in [rule.name for rule in town.rules().rules]
    found = town.rule("networks", networks__file=networks_file(town)).groups
    assert found == {"River": {*urns(2, 6)}, "Coast": {*urns(4, 7, 8)}}


@sets("pins.together")
def together(town: Town) -> None:
    """The schools of a group share a cluster, whichever; other schools may be with them."""
    asked = {"pins__together": [urns(1, 7), urns(2, 3, 4)]}
    for places, kept in (((1, 7), True), ((1, 5), False), ((2, 3), False), ((2, 3, 4, 8), True)):
        assert town.kept("pins.together", *places, **asked) == kept
    assert "pins.together" not in [rule.name for rule in town.rules().rules]


@sets("pins.apart")
def apart(town: Town) -> None:
    """No two schools of a group share a cluster."""
    asked = {"pins__apart": [urns(1, 5, 7), urns(2, 8)]}
    for places, kept in (((1, 2), True), ((1, 5), False), ((5, 7, 3), False), ((2, 8), False)):
        assert town.kept("pins.apart", *places, **asked) == kept
    assert "pins.apart" not in [rule.name for rule in town.rules().rules]


@sets("pins.fixed.*")
def fixed(town: Town) -> None:
    """Schools of one number are together, those of two are apart, and the code has the number."""
    asked = {"pins__fixed__7": urns(1, 2), "pins__fixed__4": urns(3, 8)}
    book, ties = town.rules(**asked), ("pins.fixed", "pins.fixed apart")
    for places, kept in (((1, 2, 5), True), ((1, 5), False), ((1, 2, 3, 8), False), ((5, 6), True)):
        verdicts = book.judge(book.cluster(urns(*places)))
        assert all(verdicts[name].kept for name in ties) == kept
        assert all(town.verdict(name, *places, **asked).kept for name in ties) == kept
    plan = town.named((1, 2, 5, 6), (3, 4, 7, 8), **asked)
    assert {plan.code_of[urn(1)], plan.code_of[urn(8)]} == {"WES-07", "EAS-04"}
