"""Rules by the names that a planner gives them."""

import pytest

from cluster_geo.rules import OF_SETTING, MostMovers, rules_called
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from cluster_geo.scenario.known import known_settings
from cluster_geo.scenario.responses import rule_words

ASKED = {
    "clusters.count": "10:12",
    "travel.worst": 40,
    "balance.pupils.column": "pupils",
    "balance.pupils.weight": 0.1,
    "solve.work": 1,
}


@pytest.fixture(scope="module")
def scenario():
    return read_scenario("example", ASKED)


@pytest.fixture(scope="module")
def rulebook(scenario):
    return rulebook_of(load_county(scenario), scenario)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("size", ("size",)),
        ("clusters.size", ("size",)),
        ("clusters.primaries", ("phases",)),
        ("clusters.count", ("number of clusters",)),
        ("clusters.non_selective", ("non-selective",)),
        ("neighbours", ("one piece",)),
        ("travel", ("travel",)),
        ("travel.worst", ("worst trip",)),
        ("pcn", ("pcn",)),
        ("boundaries.pcn", ("pcn",)),
        ("boundaries", ("district", "pcn")),
        ("balance", ("balance.pupils",)),
        ("trusts", ("trusts",)),
        ("srp", ("srp",)),
        ("networks", ()),
        ("reference.most_movers", ()),
        ("trust", ()),
    ],
)
def test_a_rule_is_known_by_its_name_and_by_its_setting(rulebook, word, names):
    """Also by the section of several; a rule that was not asked for is none."""
    assert rules_called(word, rulebook) == names


def test_a_limit_over_the_plan_is_known_by_its_setting():
    """It is in no section of its own."""
    assert MostMovers({}, 3).setting == "reference.most_movers"


def test_every_rule_of_a_scenario_can_be_named(scenario, rulebook):
    """By its name or its setting; and what can be named is a setting, or a rule."""
    words = rule_words(scenario)
    rules = [*rulebook.rules, *rulebook.plan_rules]
    assert [rule.name for rule in rules if not {rule.name, rule.setting} & words] == []
    settings = {".".join(key[:depth]) for key in known_settings() for depth in (1, 2)}
    names = {*OF_SETTING.values(), *scenario.boundaries}
    layers = {f"boundaries.{name}" for name in scenario.boundaries} | {"balance.pupils"}
    assert words <= settings | names | layers
