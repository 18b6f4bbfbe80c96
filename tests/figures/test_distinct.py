"""The county of figures keeps its promise: no two measures coincide."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.figures.county import OTHER, PLAN, WEIGHTS, urns

CLUSTERS = [urns(*places) for places in PLAN.values()]


def shown(figure: object) -> object:
    """A figure as the coarsest of the pages shows it."""
    return f"{figure:.1f}" if isinstance(figure, float) else figure


def alike(columns) -> list[tuple[str, str]]:
    """The pairs of columns that a page could show for one another unseen."""
    told = {name: tuple(map(shown, figures)) for name, figures in columns.items()}
    return [pair for pair in combinations(told, 2) if told[pair[0]] == told[pair[1]]]


@pytest.mark.parametrize("work", ["measures", "equality"])
def test_no_two_measures_of_the_clusters_are_alike(figures, work):
    """Any two columns differ in some cluster, and any two clusters in every journey."""
    sums = figures.sums
    found = [
        sums.measures(members) if work == "measures" else sums.equality([members])
        for members in CLUSTERS
    ]
    assert alike({name: [row[name] for row in found] for name in found[0]}) == []
    for name in ("travel_mean", "travel_worst"):
        assert len({shown(row[name]) for row in found}) == len(CLUSTERS)


def test_no_two_totals_are_alike(figures):
    """The plan's figures differ from one another, and from the mean of its clusters' means."""
    sums = figures.sums
    totals = sums.totals(CLUSTERS, 8)
    assert alike({name: [figure] for name, figure in totals.items()}) == []
    for name in ("travel_mean", "km_mean"):
        means = [sums.measures(members)[name] for members in CLUSTERS]
        assert shown(sum(means) / len(means)) != shown(totals[name])


def test_no_way_is_as_long_as_the_way_back(figures):
    """Nor as the straight line; so central schools and longest journeys depend on the way."""
    sums = figures.sums
    there = {(a, b) for a, b in sums.matrix if a != b}
    same = sum(sums.trip(a, b) == sums.trip(b, a) for a, b in there)
    assert same / len(there) < 0.1
    assert all(sums.trip(a, b) > 1.05 * sums.line(a, b) for a, b in there)
    hubs = [sums.hub(members) for members in CLUSTERS]
    back = [min(c, key=lambda h: sum(sums.trip(h, u) for u in c)) for c in CLUSTERS]
    assert sum(a != b for a, b in zip(hubs, back, strict=True)) >= 2
    for members, hub in zip(CLUSTERS, hubs, strict=True):
        assert max(sums.trip(u, hub) for u in members) != max(sums.trip(hub, u) for u in members)


def test_no_two_rules_add_alike(figures):
    """What each rule adds to the score differs, and none is its weight or its count."""
    scores = [figures.sums.scores(members, WEIGHTS) for members in CLUSTERS]
    totals = {rule: sum(row[rule] for row in scores) for rule in scores[0]}
    assert len({f"{score:.1f}" for score in totals.values()}) == len(totals)
    assert len({f"{sum(row.values()):.1f}" for row in scores}) == len(CLUSTERS)


def test_the_two_plans_differ_in_everything_counted(figures):
    """What the moves touch are numbers of their own, and both plans' figures change."""
    touched = figures.comparison.touched
    counted = [touched[name] for name in ("moving", "joining", "leaving", "trusts", "srps")]
    counted += [touched["pupils_unknown"], touched["new_hub"], touched["schools"]]
    assert len(set(counted)) == len(counted)
    assert set(figures.comparison.clusters["change"]) == {"unchanged", "changed", "new"}
    assert len(OTHER) == len(PLAN) + 1
