"""Weights and what they add, as a reader of the report and the workbook meets them."""

from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pytest

from cluster_geo.audit import audit
from cluster_geo.export import write_outputs
from cluster_geo.report import report_page
from cluster_geo.report.sections import weight_rows
from cluster_geo.rules import Size, Trusts, kind_of
from cluster_geo.scenario import brief_of, read_scenario, rulebook_of, with_inputs
from cluster_geo.scenario.known import ANY, known_settings
from tests.markup import words_of
from tests.outputs import BRIEF, make_world
from tests.rules.test_said_of_rules import COUNTY, with_layers

# Every setting with a dot in it, as a reader must never meet it.
PATHS = {".".join(key) for key in known_settings() if ANY not in key and len(key) > 1}
WEIGHTS = {"trusts": 3.0, "boundaries.district": 1.5, "srp": 5.0, "pairs": 6.0, "reference": 0.0}


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def published(world):
    """Of these weights those of the pairs and of an earlier plan count nowhere here."""
    return world.published(replace(BRIEF, weights=WEIGHTS))


def run_facts(published, folder):
    """The sheet Run as a reader sees it: fact and value."""
    write_outputs(folder, published)
    rows = openpyxl.load_workbook(folder / "plan.xlsx")["Run"].iter_rows(values_only=True)
    return [(row[0], row[1]) for row in rows if row[0]]


def test_only_weights_that_count_are_listed_by_the_titles_of_their_rules(world, published):
    """A weight of a rule that is a requirement, or only shown, or not there, adds nothing."""
    priced = {rule.heading for rule in world.rulebook.rules if kind_of(rule) == "priced"}
    rows = weight_rows(published)
    assert rows
    assert {title for title, _ in rows} <= priced
    assert ("Few clusters for each multi-academy trust", 3.0) in rows
    assert not any("pair" in title.casefold() or "earlier" in title for title, _ in rows)
    assert weight_rows(replace(published, rulebook=None)) == []


def test_the_report_and_the_workbook_have_the_same_titles(published, tmp_path):
    """And no path of a setting, nor a code for how sure the plan is."""
    text = words_of(report_page(published))
    table = text[text.index("Weights chosen") : text.index("SRPs", text.index("Weights chosen"))]
    facts = run_facts(published, tmp_path / "out")
    of_weights = [(fact, value) for fact, value in facts if fact.startswith("Weight")]
    assert of_weights == [(f"Weight: {title}", weight) for title, weight in weight_rows(published)]
    for title, weight in weight_rows(published):
        assert f"{title} {weight}" in table
    for fact, value in facts:
        assert not [path for path in PATHS if re.search(rf"\b{path}\b", f"{fact} {value}")]
    assert dict(facts)["How sure it is"] == published.certainty
    assert not {"optimal", "feasible", "audited"} & {value for _, value in facts}


def test_every_rule_that_can_count_has_its_weight_by_its_title(tmp_path):
    """Whatever a scenario asks for: no preference is without its row, none is called by a path."""
    networks = tmp_path / "networks.csv"
    networks.write_text(f"urn,network\n{COUNTY.urns[0]},Oak\n{COUNTY.urns[1]},Oak\n")
    settings = {
        "networks.file": networks,
        "balance.pupils.column": "pupils",
        "balance.pupils.base": "schools",
        "balance.pupils.weight": "0.5",
    }
    settings |= {f"{name}.rule": "priced" for name in ("networks", "srp", "federations", "trusts")}
    settings |= {"clusters.non_selective.rule": "priced", "boundaries.pcn.rule": "priced"}
    scenario = read_scenario("example", settings)
    county = with_inputs(with_layers(), scenario)
    rulebook, weights = rulebook_of(county, scenario), brief_of(scenario).weights
    counted = [rule for rule in rulebook.rules if kind_of(rule) == "priced"]
    assert len(counted) >= 5
    for rule in counted:
        assert rule.setting in weights, rule.name
    for title in rulebook.headings.values():
        assert "." not in title.removesuffix(".")
        assert title[0].isupper()
        assert "_" not in title


def test_the_unavoidable_part_of_the_score_of_trusts_is_given(world):
    """Each trust needs a cluster at least; what is beyond that could be saved."""
    found = world.audit.by_rule.loc["trusts"]
    (rule,) = [rule for rule in world.rulebook.rules if isinstance(rule, Trusts)]
    fewest = len(rule.members_of)
    assert all(len(schools) <= 8 for schools in rule.members_of.values())
    assert rule.unavoidable(8)[0] == rule.price * fewest <= found["price"]
    words = f"at least {rule.price * fewest:.1f} of what it adds is unavoidable"
    assert found["found"].startswith(words)
    assert f"{words}: trusts of these sizes need at least {fewest} cluster" in words_of(
        report_page(world.published())
    )


@pytest.mark.parametrize(("largest", "fewest"), [(None, 2), (9, 2), (4, 3), (2, 4), (1, 7)])
def test_a_trust_larger_than_a_cluster_needs_several(largest, fewest):
    """Five schools and two: as few clusters as their sizes allow."""
    rule = Trusts({"A": frozenset(range(5)), "B": frozenset(range(5, 7))}, 3.0)
    assert rule.unavoidable(largest)[0] == 3.0 * fewest


def test_a_rule_without_weight_has_no_unavoidable_part(world):
    """Nothing is added, so nothing is unavoidable; and most rules can be met in full."""
    shown = replace(
        world.rulebook,
        rules=tuple(
            replace(rule, price=0.0) if isinstance(rule, Trusts) else rule
            for rule in world.rulebook.rules
        ),
    )
    assert audit(world.county, shown, world.plan).by_rule.loc["trusts", "found"] == ""
    assert world.audit.by_rule.loc["size", "found"] == ""


def test_nothing_is_unavoidable_in_a_plan_that_avoids_it(world):
    """A part of the schools, or all of them in one cluster, larger than any may be."""
    part = world.plan.within(set(world.plan.clusters[0].members))
    assert audit(world.county, world.rulebook, part).by_rule.loc["trusts", "found"] == ""
    (trust,) = [rule for rule in world.rulebook.rules if isinstance(rule, Trusts)]
    small = replace(world.rulebook, rules=(Size(1, 1), trust))
    whole = world.rulebook.plan([world.county.urns])
    judged = audit(world.county, small, whole).by_rule.loc["trusts"]
    assert judged["price"] < trust.unavoidable(1)[0]
    assert judged["found"] == ""
