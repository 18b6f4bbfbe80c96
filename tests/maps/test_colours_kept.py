"""A colour belongs to a cluster's code: on every page, and from one plan to the next."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import cluster_geo as cg
from cluster_geo.maps.pair import pair_colours
from cluster_geo.naming import name_plan
from cluster_geo.plan import PLAN_FILE, read_plan
from cluster_geo.publish import Publication
from cluster_geo.publish.colours import PALETTE, area_colours
from cluster_geo.scenario import rulebook_of
from tests.briefs import disclosed
from tests.halves import halved_plan


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example county, its scenario, and the folder of a plan of it."""
    scenario = cg.read_scenario("example")
    county = cg.load_county(scenario)
    plan = name_plan(halved_plan(county, rulebook_of(county, scenario)), county)
    folder = tmp_path_factory.mktemp("colours") / "out"
    cg.write(cg.proposal_of(county, scenario, plan), folder)
    return county, scenario, folder


def colours_of(county, plan):
    return Publication(disclosed(county), plan).colours


def recorded(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))["colours"]


def moves(county, plan):
    """Yield each school that has a neighbour in another cluster, and that cluster's code."""
    code_of = plan.code_of
    for urn in county.urns:
        beside = {code_of[other] for other in county.neighbours.graph[urn]} - {code_of[urn]}
        if beside:
            yield urn, min(beside)


def moved(folder, plan, urn, code):
    """Write the run's plan beside it with one school in another cluster, as by hand."""
    rows = [f"{school},{own}" for school, own in (plan.code_of | {urn: code}).items()]
    path = folder / "by_hand.csv"
    path.write_text("\n".join(["urn,cluster", *rows]), encoding="utf-8")
    return path


def test_moving_one_school_leaves_the_colours(example):
    """Beside its run a plan keeps every colour but of one of two clusters that now touch."""
    county, _, folder = example
    before = recorded(folder)
    plan = read_plan(folder / PLAN_FILE, county)
    assert colours_of(county, plan) == before
    for urn, code in list(moves(county, plan))[::9]:
        drawn = read_plan(moved(folder, plan, urn, code), county)
        after = colours_of(county, drawn)
        changed = [c for c in drawn.labels if after[c] != before[c]]
        # What has changed would clash, and for nothing else does a colour change.
        published = Publication(disclosed(county), drawn)
        assert len(changed) <= 1
        for one in changed:
            trial = area_colours(published.areas, kept=({**after, one: before[one]},))
            assert trial != {**after, one: before[one]}


def test_the_next_plan_and_the_comparison_have_the_same_colours(example):
    """A code that is inherited brings its colour; both maps of a pair show those of the first."""
    county, scenario, folder = example
    before = recorded(folder)
    plan = read_plan(folder / PLAN_FILE, county)
    bare = replace(plan, codes=(), names={}, colours={})
    # Every colour is another than a plan without a past would have.
    turned = dict(zip(PALETTE, (*PALETTE[1:], PALETTE[0]), strict=True))
    had = {code: turned[colour] for code, colour in before.items()}
    again = name_plan(bare, county, previous=replace(plan, colours=had))
    assert again.labels == plan.labels
    assert colours_of(county, again) == had
    urn, code = next(moves(county, plan))
    compared = cg.compare(county, scenario, folder, moved(folder, plan, urn, code))
    sides = [Publication(disclosed(county), s.plan) for s in (compared.before, compared.after)]
    # On this border nothing clashes; of plans without a record the first one's map decides.
    assert pair_colours(*sides) == before
    bare = [replace(side, plan=replace(side.plan, colours={})) for side in sides]
    assert pair_colours(*bare) == before


def test_colours_are_no_part_of_what_a_plan_is(example):
    """Two plans of the same clusters are equal, whatever their colours."""
    county, _, folder = example
    plan = read_plan(folder / PLAN_FILE, county)
    assert plan == replace(plan, colours={})
