"""Options, and what they agree on."""

from dataclasses import replace

import pytest

from cluster_geo.alternatives import (
    contested,
    differences,
    doubts,
    find_options,
    matched_codes,
    pairs_together,
    settled_schools,
    share_moved,
)
from cluster_geo.alternatives.different import Different
from cluster_geo.alternatives.options import _best_first
from cluster_geo.alternatives.unlike import Unlike
from cluster_geo.optimise import Result, TracePoint, solve
from cluster_geo.optimise.certainty import ending
from cluster_geo.plan import Cluster, Plan, movers
from cluster_geo.rules import OnePiece, Phases, Rulebook, Size, TravelToHub
from cluster_geo.scenario import read_scenario
from tests.worlds import FIRST_URN, draw_county

# Units of work, enough for a proof: a machine that is busy, or must compile first, finds the same.
WORK = 20_000
# Two rows of six: cut into quarters of three upright, lying down, or mixed.
TOWN = """
p s p p s p
p s p p s p
"""


@pytest.fixture(scope="module")
def county():
    return draw_county(TOWN)


@pytest.fixture(scope="module")
def rulebook(county):
    schools = county.schools
    return Rulebook(
        (
            Size(3, 6),
            Phases(schools.primaries, schools.secondaries, 1, 1),
            OnePiece(county.neighbours.graph, schools.names),
            TravelToHub(county.travel),
        ),
        county.travel,
    )


def plan_of(rulebook, *groups):
    """A plan of groups of letters' places, from 0."""
    return rulebook.plan([[FIRST_URN + k for k in group] for group in groups])


@pytest.fixture(scope="module")
def plans(rulebook):
    rows = plan_of(rulebook, [0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11])
    west = plan_of(rulebook, [0, 6, 7, 8], [1, 2], [3, 4, 5], [9, 10, 11])
    return {"A": rows, "B": west, "C": rows}


def test_a_share_moved_is_what_matching_says(plans):
    """The share is that of the movers, the same both ways, and 0 between equal plans."""
    first, second = plans["A"], plans["B"]
    assert share_moved(first, second) == len(movers(first, second)) / 12 == 1 / 12
    assert share_moved(first, second) == share_moved(second, first)
    table = differences(plans)
    assert table.loc["A", "C"] == 0
    assert (table == table.T).all().all()


def test_clusters_are_called_as_in_the_first_plan(plans):
    """Matched clusters share a code; one that matches none is told apart by its plan."""
    codes = matched_codes({"A": plans["A"], "D": Plan.of([*plans["B"].clusters])})
    assert (codes["A"] == codes["D"]).sum() == 11
    more = plan_of(HubBook(plans), [0, 1, 2], [3, 4, 5], [6, 7], [8], [9, 10, 11])
    assert any("(E)" in code for code in matched_codes({"A": plans["A"], "E": more})["E"])


class HubBook:
    """Makes clusters whose hub is their first member."""

    def __init__(self, plans):
        self.plans = plans

    def plan(self, groups):
        return Plan.of(Cluster(tuple(group), group[0]) for group in groups)


def test_what_is_settled(plans, county):
    """The school that one plan of three moves is the least settled, and is put first."""
    table = settled_schools(plans, county)
    assert table.index[0] == FIRST_URN
    assert table.loc[FIRST_URN, "settled"] == pytest.approx(2 / 3)
    assert (table["settled"].iloc[1:] == 1).all()
    assert list(contested(table).index) == [FIRST_URN]
    pairs = pairs_together(plans, county).set_index(["urn", "neighbour"])["together"]
    assert pairs[FIRST_URN, FIRST_URN + 1] == pytest.approx(2 / 3)
    assert pairs[FIRST_URN, FIRST_URN + 6] == pytest.approx(1 / 3)
    assert pairs[FIRST_URN + 3, FIRST_URN + 4] == 1


def test_one_plan_alone_is_settled_everywhere(plans, county):
    """With one option nothing is contested."""
    table = settled_schools({"A": plans["A"]}, county)
    assert (table["settled"] == 1).all()
    assert contested(table).empty


def test_unlike_charges_what_it_says_to_a_model(plans, county, rulebook):
    """The optimum of a search under the charge is priced as its rule judges it."""
    unlike = Unlike(county.urns, (plans["A"],), (5.0,))
    assert sum(unlike.judge(c).count for c in plans["A"].clusters) == 12
    charged = replace(rulebook, rules=(*rulebook.rules, unlike))
    result = solve(county, charged, work=WORK, seed=1)
    assert result.cost == pytest.approx(charged.cost(result.plan))
    assert share_moved(plans["A"], result.plan) > 0


def test_options_are_good_different_and_kept(county, rulebook):
    """Each option keeps the rules, is within the share, and different from all others."""
    scenario = read_scenario("example", {"solve.work": "20000"})
    result = solve(county, rulebook, work=WORK, seed=1)
    found = find_options(
        county, scenario, number=3, within=0.5, least_different=0.2, best=(result, rulebook)
    )
    assert len(found.options) >= 2
    for option in found.options:
        assert option.audit.kept
        assert option.cost == pytest.approx(rulebook.cost(option.plan))
        assert option.beyond <= 0.5
        assert option.result.bound <= option.cost + 1e-9
        others = found.differences.loc[option.name].drop(option.name)
        assert others.min() >= 0.2
    assert list(found.table.index) == ["A", "B", "C"][: len(found.options)]
    assert found.table["title"].str.len().gt(5).all()
    assert found.table.loc["A", "title"].startswith("Best score")


def test_fewer_options_than_asked_for_are_told(county, rulebook):
    """Where nothing else is good enough the statements say so and claim no proof."""
    scenario = read_scenario("example", {"solve.work": "4000"})
    result = solve(county, rulebook, work=WORK, seed=1)
    found = find_options(
        county, scenario, number=2, within=0.0001, least_different=0.9, best=(result, rulebook)
    )
    assert len(found.options) == 1
    assert "There may be one" in found.statements[-1]


def test_no_plan_gives_no_option(county, rulebook):
    """A scenario without a plan has no options, and the result tells why."""
    scenario = read_scenario("example")
    none = Result("none found", "time limit", None, None, None, 1.0, 1, statements=("Why.",))
    found = find_options(county, scenario, best=(none, rulebook))
    assert found.options == ()
    assert found.statements == ("Why.",)


@pytest.mark.parametrize(
    "wrong", [{"number": 0}, {"within": 0}, {"within": 2}, {"least_different": 1}]
)
def test_shares_are_fractions(county, wrong):
    """A share of 2 is refused: it is not guessed whether per cent are meant."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        find_options(county, read_scenario("example"), **wrong)


def test_every_weight_that_counts_is_doubted():
    """Each weight moves by a quarter both ways; shown rules have none; factors frame the road's."""
    found = {v.name: v.settings for v in doubts(read_scenario("example"), after="base")}
    assert found["trusts-more"] == {"trusts.weight": "3.75"}
    assert found["boundaries.district-less"] == {"boundaries.district.weight": "1.125"}
    assert found["travel.factor-1.2"] == {"travel.factor": "1.2"}
    assert not any("pcn" in name or "networks" in name for name in found)
    assert len(found) == 14


def test_an_earlier_plan_is_doubted_where_it_counts(tmp_path):
    """To stay close to it is a weight like others; where it weighs nothing there is no doubt."""
    before = tmp_path / "before.csv"
    before.write_text("urn,cluster\n900001,C-1\n")
    for weight, expected in (("2", {"reference.weight": "2.5"}), ("0", None)):
        asked = read_scenario("example", {"reference.plan": before, "reference.weight": weight})
        found = {v.name: v.settings for v in doubts(asked, after="base")}
        assert found.get("reference-more") == expected


def one(plan, cost, **changes):
    """A search that ended with a plan."""
    return replace(Result("feasible", "time limit", plan, cost, None, 1.0, 1), **changes)


def test_the_best_plan_is_the_first_whatever_search_met_it(plans):
    """A better one met later comes first; what is then no longer nearly as good is left out."""
    found = [(plans["A"], one(plans["A"], 100.0)), (plans["B"], one(plans["B"], 101.0))]
    assert _best_first(found, 0.02) == found
    better = (plans["C"], one(plans["C"], 99.5))
    assert _best_first([*found, better], 0.02) == [better, *found]
    much = (plans["C"], one(plans["C"], 98.5))
    assert _best_first([*found, much], 0.02) == [much, found[0]]


def test_what_a_search_with_a_charge_has_proven_is_not_told_of_the_plan(county, rulebook, plans):
    """Cost and bound are by the scenario's rules; trace and reason were those of other scores."""
    asked = read_scenario("example")
    cost = rulebook.cost(plans["B"])
    different = Different(asked, county, rulebook, 0.5, 0.2, None, bound=cost - 1.0)
    trace = (TracePoint(1.0, 1, "cuts", 999.0, 900.0, 3),)
    charged = one(plans["B"], 999.0, status="optimal", stopped_by="proof", bound=998.0, trace=trace)
    told = different._by_the_rules(charged)
    assert (told.status, told.cost, told.bound, told.trace) == ("feasible", cost, cost - 1.0, ())
    assert ending(told).endswith("ended because it found what it looked for.")
    assert "likeness" in told.statements[0]
    refuted = replace(different, bound=cost + 1.0)
    with pytest.raises(AssertionError, match="no plan scores less than is proven"):
        refuted._by_the_rules(charged)


def test_a_solvers_failure_among_the_searches_is_told(county, rulebook, monkeypatch):
    """In the first search or in those for others: said once, with what still stands."""
    asked = read_scenario("example", {"solve.work": "4000"})
    best = solve(county, rulebook, work=WORK, seed=1)
    failed = Result("none found", "solver failure", None, None, None, 1.0, 1, failure="HiGHS: no")
    monkeypatch.setattr("cluster_geo.optimise.solve", lambda *_, **__: failed)
    found = find_options(county, asked, number=3, best=(best, rulebook))
    assert len(found.options) == 1
    (said,) = [words for words in found.statements if "The solver failed" in words]
    assert said == (
        "The solver failed during the search (HiGHS: no). The results shown were found and proven "
        "before the failure, or by other searches; run it again, and report it if it happens "
        "again."
    )
    first = replace(best, stopped_by="solver failure", failure="HiGHS: first")
    alone = find_options(county, asked, number=1, best=(first, rulebook))
    assert "(HiGHS: first)" in alone.statements[-1]
    assert (
        find_options(county, asked, best=(failed, rulebook))
        .statements[-1]
        .startswith(
            "The solver failed during the search (HiGHS: no). No plan was found before the failure"
        )
    )
    assert alone.table["failure"].tolist() == ["HiGHS: first"]
