"""From a scenario and a county to the rules."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import Plan
from cluster_geo.rules import kind_of
from cluster_geo.scenario import load_county, read_scenario, rulebook_of, with_inputs


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example"))


def kinds(county, overrides=None, wishes=None):
    """Return the kind of each rule by name."""
    rulebook = rulebook_of(county, read_scenario("example", overrides), wishes)
    return {rule.name: kind_of(rule) for rule in rulebook.rules}


def test_the_example_asks_for_these_rules(county):
    """Each setting of the scenario is a rule of the strength it states."""
    assert kinds(county) == {
        "size": "hard",
        "phases": "hard",
        "one piece": "hard",
        "travel": "priced",
        "non-selective": "priced",
        "district": "priced",
        "pcn": "shown",
        "trusts": "priced",
        "federations": "priced",
        "pairs": "priced",
        "srp": "priced",
        "pathways": "shown",
    }


def test_a_wish_is_hard_where_it_is_granted(county):
    """The same scenario gives the hard rule or the priced one, as the caller says."""
    name = "clusters.non_selective"
    assert kinds(county, wishes={name: True})["non-selective"] == "hard"
    assert kinds(county, wishes={name: False})["non-selective"] == "priced"


@pytest.mark.parametrize("rule", ["hard", "priced", "shown"])
@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("boundaries.district", "district"),
        ("federations", "federations"),
        ("srp", "srp"),
        ("clusters.non_selective", "non-selective"),
    ],
)
def test_each_strength_is_what_it_says(county, setting, name, rule):
    """A rule is as strict as its setting."""
    assert kinds(county, {f"{setting}.rule": rule})[name] == rule


def test_weights_are_prices(county):
    """A cluster without an SRP is charged what the scenario says."""
    rulebook = rulebook_of(county, read_scenario("example", {"srp.weight": "7.5"}))
    srp = next(rule for rule in rulebook.rules if rule.name == "srp")
    without = [urn for urn in county.urns if urn not in county.schools.where("srp")][:8]
    assert srp.judge(rulebook.cluster(without)).price == 7.5


def test_a_cap_on_the_worst_trip_binds_the_hub_too(county):
    """The hub is chosen among members that meet the cap."""
    rulebook = rulebook_of(county, read_scenario("example", {"travel.worst": "9"}))
    assert rulebook.hub.worst == 9
    assert "worst trip" in {rule.name for rule in rulebook.rules}


def test_the_number_of_clusters_is_a_rule_over_the_plan(county):
    """A count is a range over the plan; free is no rule."""
    assert rulebook_of(county, read_scenario("example")).plan_rules == ()
    (rule,) = rulebook_of(county, read_scenario("example", {"clusters.count": "10:12"})).plan_rules
    assert (rule.low, rule.high) == (10, 12)


def test_pairs_without_a_file_are_the_likely_ones(county):
    """Proposed pairs are priced; the doubtful ones wait until they are confirmed."""
    rulebook = rulebook_of(county, read_scenario("example"))
    pairs = next(rule for rule in rulebook.rules if rule.name == "pairs")
    assert len(pairs.groups) >= 5
    names = county.schools.names
    for urns in pairs.groups.values():
        assert sorted(names[urn].split()[-2] for urn in urns) == ["Infant", "Junior"]


def test_only_confirmed_pairs_are_hard(county, tmp_path):
    """Where pairs are hard, those the planner has not confirmed keep their price."""
    infants = [u for u, n in county.schools.names.items() if "Infant" in n]
    juniors = [u for u, n in county.schools.names.items() if "Junior" in n]
    path = tmp_path / "pairs.csv"
    path.write_text(
        "infant_urn,junior_urn,confidence,confirmed\n"
        f"{infants[0]},{juniors[0]},high,yes\n{infants[1]},{juniors[1]},high,\n"
        f"{infants[2]},{juniors[2]},low,\n"
    )
    scenario = read_scenario("example", {"pairs.file": path, "pairs.rule": "hard"})
    rulebook = rulebook_of(with_inputs(county, scenario), scenario)
    rules = {rule.name: rule for rule in rulebook.rules}
    assert list(rules["pairs"].groups) == [f"{infants[0]}-{juniors[0]}"]
    assert rules["pairs"].hard
    assert list(rules["pairs not confirmed"].groups) == [f"{infants[1]}-{juniors[1]}"]
    assert kind_of(rules["pairs not confirmed"]) == "priced"


def test_networks_bring_their_prices(county, tmp_path):
    """A network's own weight counts; where it gives none, the scenario's does."""
    a, b, c, d = county.urns[:4]
    path = tmp_path / "networks.csv"
    path.write_text(f"urn,network,weight\n{a},Rural,2\n{b},Rural,2\n{c},Town,\n{d},Town,\n")
    scenario = read_scenario("example", {"networks.file": path, "networks.weight": "4"})
    county = with_inputs(county, scenario)
    rules = {rule.name: rule for rule in rulebook_of(county, scenario).rules}
    assert rules["networks"].price == {"Rural": 2.0, "Town": 4.0}
    shown = read_scenario("example", {"networks.file": path, "networks.rule": "shown"})
    rules = {rule.name: rule for rule in rulebook_of(county, shown).rules}
    assert kind_of(rules["networks"]) == "shown"


def test_balance_is_kept_by_column(county):
    """Each balance is a rule of its own name."""
    found = kinds(county, {"balance.ehcp.column": "ehcp", "balance.ehcp.base": "pupils"})
    assert found["balance.ehcp"] == "priced"


def test_unknown_schools_and_columns_are_named_at_once(county):
    """A pin on a school that is not there and a column that is none are one message."""
    scenario = read_scenario(
        "example",
        {
            "pins.together": f"[[{county.urns[0]}, 118229]]",
            "balance.x.column": "pupil",
            "balance.y.column": "name",
        },
    )
    with pytest.raises(InputError) as caught:
        rulebook_of(county, scenario)
    found = {fault.setting: fault for fault in caught.value.faults}
    assert set(found) == {"pins.together", "balance.x.column", "balance.y.column"}
    assert found["balance.x.column"].fix == "Did you mean 'pupils'?"


def test_a_reference_plan_is_a_rule_and_a_limit(county, tmp_path):
    """Staying close charges movers; a most number of movers limits them over the plan."""
    path = tmp_path / "before.csv"
    rows = [f"{urn},C-{k // 10:02d}" for k, urn in enumerate(county.urns[:-2])]
    path.write_text("\n".join(["urn,cluster", *rows]))
    scenario = read_scenario(
        "example",
        {"reference.plan": path, "reference.weight": "2", "reference.most_movers": "5"},
    )
    rulebook = rulebook_of(with_inputs(county, scenario), scenario)
    rule = next(rule for rule in rulebook.rules if rule.name == "reference")
    assert rule.new == frozenset(county.urns[-2:])
    same = rulebook.cluster(county.urns[:10])
    assert rule.judge(same).price == 0
    assert rule.judge(rulebook.cluster(county.urns[:11])).price == 2
    assert rulebook.plan_rules[-1].high == 5
    assert isinstance(rulebook.plan([county.urns]), Plan)


@pytest.mark.real
def test_kents_default_and_benchmark(real_data):
    """The benchmark prices 40 trusts; the default's wishes can be granted on their own."""
    files = {"schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv"}
    benchmark = read_scenario("kent-benchmark", files)
    county = load_county(benchmark)
    rules = {rule.name: rule for rule in rulebook_of(county, benchmark).rules}
    assert len(rules["trusts"].members_of) == 40
    assert sum(map(len, rules["trusts"].members_of.values())) == 247
    kent = read_scenario("kent", files)
    rulebook = rulebook_of(load_county(kent), kent, {"boundaries.area": True})
    hard = {rule.name for rule in rulebook.rules if rule.hard}
    assert hard == {"size", "phases", "one piece", "area"}
