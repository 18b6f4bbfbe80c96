"""Two plans of a drawn county compared."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.audit import audit
from cluster_geo.compare import compare_plans, comparison_sentences, measure_titles
from cluster_geo.measures import totals
from cluster_geo.plan import Plan, movers
from tests.briefs import disclosed
from tests.compare.pairs import AFTER, BEFORE, as_file, make_county, make_plan, make_rulebook, urns
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def county():
    return make_county(ehcp={urns(3)[0]: 7.0}, sen_support={urns(3)[0]: 30.0})


@pytest.fixture(scope="module")
def found(county):
    return compare_plans(
        disclosed(county), make_rulebook(county), as_file(BEFORE, "old"), as_file(AFTER, "new")
    )


def compare(before: Plan, after: Plan, county):
    return compare_plans(disclosed(county), make_rulebook(county), as_file(before), as_file(after))


def test_identical_plans_move_nobody(county):
    """A plan against itself: no move, no change of any rule or measure."""
    same = compare(BEFORE, BEFORE, county)
    assert same.moves.empty
    assert same.trusts.empty
    assert set(same.clusters["change"]) == {"unchanged"}
    assert not same.rules["price_change"].any()
    assert not same.measures["change"].any()
    assert same.touched.drop("schools").eq(0).all()
    said = comparison_sentences(same)
    assert said[0] == "None of the 8 schools moves from one cluster to another."
    assert said[1] == "All 3 clusters have the same schools in both plans."
    assert said[2].startswith("Both plans are judged by the rules of “Plan of school clusters”")
    assert said[2].endswith("as at 18 July 2025.")
    assert "and so does the second" in said[3]
    assert len(said) == 4


def test_a_relabelled_plan_moves_nobody(county):
    """Other codes for the same clusters, even the first plan's own in another order."""
    relabelled = make_plan({"B": "Old west"}, B=(1, 2, 5), C=(3, 6, 7), A=(4, 8))
    same = compare(BEFORE, relabelled, county)
    assert same.moves.empty
    assert set(same.clusters["change"]) == {"unchanged"}
    assert list(same.clusters["name"]) == ["West", "Middle", "East"]
    assert list(same.clusters["code_after"]) == ["B", "C", "A"]
    assert list(same.clusters["name_after"]) == ["Old west", "", ""]
    assert same.after.plan.code_of == BEFORE.code_of


@given(st.permutations(["A", "B", "C"]), st.lists(st.integers(0, 2), min_size=8, max_size=8))
@settings(max_examples=15, deadline=None)
def test_what_a_plan_is_called_changes_nothing(codes, places):
    """As few move as can, and a second plan's labels do not count."""
    county = make_county()
    groups = {code: [i + 1 for i, p in enumerate(places) if p == k] for k, code in enumerate(codes)}
    after = make_plan(**{code: tuple(group) for code, group in groups.items() if group})
    found = compare(BEFORE, after, county)
    # Among equally good matchings the hubs decide, which here the rules choose.
    assert len(found.moves) == len(movers(BEFORE, after))


def test_the_table_of_moves(found):
    """Who moves, from where to where, under names that hold in both plans."""
    columns = ["change", "from_cluster", "from_name", "to_cluster", "to_name"]
    assert found.moves[columns].to_dict("index") == {
        urns(5)[0]: dict(zip(columns, ["moves", "A", "West", "A (new)", "A (new)"], strict=True)),
        urns(3)[0]: dict(zip(columns, ["moves", "B", "Middle", "C", "East"], strict=True)),
    }
    school_3 = found.moves.loc[urns(3)[0]]
    assert school_3["name"] == "School 3"
    assert school_3["trust"] == "Trust x"
    assert (school_3["pupils"], school_3["ehcp"]) == (220.0, 7.0)
    # In Middle the hub is school 7, just below; in East school 4, beside it.
    assert (school_3["travel_before"], school_3["travel_after"]) == (1.0, 1.0)


def test_the_table_of_clusters(found):
    """Each cluster under one name, with what it had and what it has."""
    table = found.clusters
    assert dict(table["change"]) == {
        "A": "changed", "A (new)": "new", "B": "changed", "C": "changed",
    }  # fmt: skip
    assert table[["stay", "leave", "join"]].loc["C"].tolist() == [2, 0, 1]
    assert table[["stay", "leave", "join"]].loc["A"].tolist() == [2, 1, 0]
    assert (table.at["B", "name"], table.at["B", "name_after"]) == ("Middle", "Centre")
    assert (table.at["C", "schools_before"], table.at["C", "schools_after"]) == (2, 3)
    assert table.loc[["A (new)"], "schools_before"].isna().all()
    assert table.at["A (new)", "code_after"] == "A"
    assert (table.at["C", "srps_before"], table.at["C", "srps_after"]) == (2, 2)


def test_rules_and_measures_are_those_of_each_plan(found, county):
    """One set of rules judges both; the differences are of its figures."""
    rules = found.rules
    assert rules.at["size", "kept_before"]
    assert not rules.at["size", "kept_after"]
    assert rules.at["trusts", "price_before"] == 12.0
    assert rules.at["trusts", "price_after"] == 12.0
    assert rules.at["srp", "price_change"] == 5.0
    assert found.measures.at["clusters", "change"] == 1
    assert found.measures.at["without_srp", "after"] == 3
    expected = totals(found.after.plan, county, 5)
    assert found.measures["after"].equals(expected.rename("after"))
    assert set(found.measures.index) == set(measure_titles("km"))


def test_trusts_and_pupils_touched(found):
    """The trust of the school that moves, and its pupils; others are left alone."""
    assert found.trusts.loc["x"].to_dict() == {
        "trust": "Trust x", "schools": 2, "moving": 1, "clusters_before": 2, "clusters_after": 2,
        "change": 0,
    }  # fmt: skip
    assert list(found.trusts.index) == ["x"]
    touched = found.touched
    assert (touched["moving"], touched["trusts"], touched["srps"]) == (2, 1, 0)
    assert (touched["pupils"], touched["ehcp"], touched["sen_support"]) == (460, 7, 30)


def test_the_sentences(found):
    """What a head teacher reads first."""
    said = comparison_sentences(found)
    assert said[0] == "2 of the 8 schools move from one cluster to another."
    assert said[1] == (
        "None of the first plan's 3 clusters are unchanged; 3 have different schools; 1 is new."
    )
    assert said[2] == (
        "This touches 1 multi-academy trust, 460 pupils (7 with an EHCP, 30 on SEN support) and "
        "no SRP."
    )
    first, second = found.scores
    assert (
        f"The first plan scores {first:.1f}, the second {second:.1f}: {second - first:.1f} more. "
        "That does not make either plan the better one: the second breaks requirements."
    ) in said
    assert "The second plan breaks requirements in 1 way." in said


def test_schools_that_are_in_one_plan_alone(county):
    """One that has closed and one that is new are told apart from movers."""
    before = make_plan(A=(1, 2, 5), B=(3, 6, 7))
    after = make_plan(A=(1, 2, 5), B=(3, 6, 8))
    found = compare(before, after, county)
    assert dict(found.moves["change"]) == {
        urns(7)[0]: "only in the first plan",
        urns(8)[0]: "only in the second plan",
    }
    touched = found.touched
    assert (touched["moving"], touched["leaving"], touched["joining"]) == (0, 1, 1)
    assert comparison_sentences(found)[0] == (
        "None of the 7 schools moves from one cluster to another; 1 is only in the first plan; "
        "1 is only in the second plan."
    )


def test_strangers_are_told_by_the_audit_and_left_out(county):
    """A URN that is no school of the county is neither a move nor a crash."""
    strange = make_plan(A=(1, 2, 5), B=(3, 6, 7), C=(4, 8), D=(900,))
    found = compare(BEFORE, strange, county)
    assert found.moves.empty
    assert found.after.audit.unknown == (FIRST_URN + 899,)
    assert list(found.clusters.index) == ["A", "B", "C"]


def test_unknown_pupils_are_said_to_be_unknown(county):
    """Schools without figures are counted apart, not as nought."""
    unknown = float("nan")
    found = compare(BEFORE, AFTER, make_county(pupils={urns(3)[0]: unknown}))
    assert (found.touched["pupils"], found.touched["pupils_unknown"]) == (240, 1)
    assert found.touched[["ehcp", "sen_support"]].isna().all()
    assert (
        "240 pupils and no SRP; for 1 school the number of pupils is not known."
        in (comparison_sentences(found)[2])
    )
    bare = compare(BEFORE, AFTER, make_county(pupils=dict.fromkeys(urns(3, 5), unknown)))
    assert bare.touched[["pupils"]].isna().all()
    assert "an unknown number of pupils" in comparison_sentences(bare)[2]


def test_a_code_given_up_before_is_not_taken_for_the_same(county):
    """A new cluster under a code that the first plan has retired is marked as new."""
    before = Plan.coded(dict(zip(BEFORE.codes, BEFORE.clusters, strict=True)), {}, ["Z"])
    after = make_plan(A=(1, 2), B=(3, 6, 7), C=(4, 8), Z=(5,))
    found = compare(before, after, county)
    assert found.clusters.at["Z (new)", "change"] == "new"


def test_names_of_the_second_plan_serve_where_the_first_has_none(county):
    """A plan without names against one with: both sides of a move are called the same."""
    before = make_plan(A=(1, 2, 5), B=(3, 6, 7), C=(4, 8))
    after = make_plan({"P": "West", "Q": "Middle"}, P=(1, 2), Q=(3, 5, 6, 7), C=(4, 8))
    move = compare(before, after, county).moves.loc[urns(5)[0]]
    assert (move["from_name"], move["to_name"]) == ("West", "Middle")


def score_sentence(found) -> str:
    """The sentence that has the scores."""
    return next(s for s in comparison_sentences(found) if "scores" in s)


def test_scores_are_over_the_schools_of_both_plans(county):
    """A list of half the schools scores less because it holds less, which makes it no better."""
    half = make_plan(A=(1, 6), B=(2, 5))
    found = compare(BEFORE, half, county)
    assert found.only == (urns(3, 4, 7, 8), ())
    restricted = make_plan(A=(1, 2, 5), B=(6,))
    expected = [audit(county, make_rulebook(county), p).cost for p in (restricted, half)]
    assert list(found.scores) == expected
    assert found.before.audit.cost > expected[0]
    # Scores and measures of tables are of the same schools; what is broken is of the whole plan.
    assert found.rules["price_before"].sum() == pytest.approx(expected[0])
    assert found.measures.at["schools", "before"] == found.measures.at["schools", "after"] == 4
    assert not found.rules.at["every school once", "kept_after"]
    sentence = score_sentence(found)
    assert sentence.startswith("Over the 4 schools that both plans hold, the first scores")
    assert sentence.endswith(
        "That does not make either plan the better one: they do not hold the same schools and the "
        "second breaks requirements."
    )


def test_plans_without_a_common_school_have_no_scores_to_compare(county):
    """Nor figures: every table has its rows, and nothing is divided by nought."""
    found = compare(make_plan(A=(1, 2, 5)), make_plan(A=(3, 4, 8)), county)
    assert found.scores == (0.0, 0.0)
    assert score_sentence(found) == (
        "No school is in both plans, so their scores cannot be compared."
    )
    assert found.measures.at["schools", "after"] == 0


plans = st.lists(st.integers(0, 3), min_size=8, max_size=8)


@given(plans, plans)
@settings(max_examples=60, deadline=None)
def test_better_is_said_of_whole_plans_that_keep_the_rules_alone(first, second):
    """And what is printed adds up. A school in cluster 0 is in none."""
    county = make_county()
    sides = []
    for places in (first, second):
        groups = {f"C{k}": tuple(i + 1 for i, p in enumerate(places) if p == k) for k in (1, 2, 3)}
        sides.append(make_plan(**{code: group for code, group in groups.items() if group}))
    if not all(map(len, sides)):
        return
    found = compare(*sides, county)
    sentence = score_sentence(found)
    same = set(sides[0].cluster_of) == set(sides[1].cluster_of)
    kept = found.before.audit.kept and found.after.audit.kept
    verdict = re.search("which is (better|worse)", sentence)
    if verdict:
        assert same
        assert kept
        better = found.after.audit.cost < found.before.audit.cost
        assert verdict.group(1) == ("better" if better else "worse")
    if figures := re.search(
        r"scores ([\d.]+), the second ([\d.]+): ([\d.]+) (more|less)", sentence
    ):
        before, after, difference = (Decimal(text) for text in figures.groups()[:3])
        sign = 1 if figures.group(4) == "more" else -1
        assert before + sign * difference == after
        assert verdict or not (same and kept)


def test_what_a_file_holds_beside_its_plan_is_said(county):
    """A school listed twice, and a URN of no school, are in no cluster that is compared."""
    twice = make_plan(A=(1, 2, 5), B=(3, 4, 6, 7), C=(4, 8), D=(900,))
    found = compare(BEFORE, twice, county)
    words = comparison_sentences(found)
    assert (
        "Left out of the second plan here: 1 URN not in the register and 1 second listing of a school."
    ) in words
    same = compare(BEFORE, make_plan(A=(1, 2, 5), B=(3, 6, 7), C=(4, 8), D=(900,)), county)
    assert score_sentence(same).endswith(
        "and so does the second. That does not make either plan the better one: the second breaks "
        "requirements."
    )
