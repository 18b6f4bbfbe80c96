"""The report on who gains and who loses, the least favourable clusters and the divisions."""

from dataclasses import replace

import pytest

from cluster_geo.audience import Disclosure
from cluster_geo.plan import Cluster, Papers, Plan
from cluster_geo.publish import Publication
from cluster_geo.report import report_page
from cluster_geo.report.divisions import divisions_affected
from cluster_geo.report.effects import effects_section
from cluster_geo.report.least_favourable import NO_MITIGATION, least_favourable
from cluster_geo.report.money_effects import money_effects
from cluster_geo.scenario import Brief
from cluster_geo.scenario.funding import FundingSection, pot_of
from tests.markup import markup_of, unescaped, words_of
from tests.measures.test_effects import AFTER, BEFORE, COUNTY, FIVE, FOUR, ONE, SIX, THREE, TWO
from tests.outputs import HOSTILE
from tests.worlds import make_layer

BRIEF = Brief(audience="public")
WARDS = make_layer("ward", {ONE: "a", TWO: "a", THREE: "b", FOUR: "c", FIVE: "b"})


def published(brief=BRIEF, county=COUNTY, before=BEFORE, plan=AFTER):
    """The plan of six schools, after the one before."""
    return Publication(Disclosure(county, brief), plan, papers=Papers(previous=before))


def test_the_page_compares_with_the_plan_before():
    """The row of a group, and what is not compared, in words."""
    before = Plan.coded({"W": BEFORE.clusters[0], "E": Cluster((FIVE,), FIVE)})
    text = words_of(report_page(published(before=before)))
    assert "1, most deprived 2 0.5 0.5 1 1 2 2 32.0 20.0" in text
    assert "the 5 schools that are in both" in text
    assert "Not compared, since the plan before does not have them: 1" in text
    assert "changes by more than 0.5 km" in text


def test_the_page_of_a_first_plan_compares_with_the_mean():
    """Shorter and longer than the mean of all, without a before."""
    text = words_of(report_page(published(before=None)))
    assert "No plan before this one is named" in text
    assert "All schools 6 0.8 2 1 3 16.0" in text
    assert "Who gains and who loses" not in text


def test_groupings_of_which_nothing_is_known_are_left_out():
    """There is no pupil on SEN support on record in this county."""
    titles = [table.title for table in effects_section(published()).tables]
    assert titles == [
        "Fifth of areas by child poverty (IDACI)",
        "Rural or urban place",
        "Share of pupils with an EHCP",
    ]


def test_the_least_favourable_clusters_are_named_with_their_reasons():
    """Three clusters: one far from its central school, one without an SRP, one poor."""
    plan = Plan.coded(
        {
            "A": Cluster((ONE, TWO), ONE),
            "B": Cluster((THREE, SIX), THREE),
            "C": Cluster((FOUR, FIVE), FIVE),
        }
    )
    found = {row.code: row for row in least_favourable(COUNTY, plan, {"B": "A minibus"})}
    # Places for the first two: 20 for 200 and 210 pupils. Two of the five schools are poor.
    poor = (
        "100 % of its schools are in the poorest fifth of areas (40 % of all), and of such "
        "clusters it has the fewest SRP places for each 1,000 pupils: 48.8"
    )
    assert found["A"].reasons == (poor,)
    assert found["A"].mitigation == NO_MITIGATION
    assert found["B"].reasons == (
        "The longest mean journey to the central school: 1.5 km",
        "No school of the cluster has an SRP",
    )
    assert found["B"].mitigation == "A minibus"
    assert "C" not in found


def test_clusters_that_are_all_alike_are_not_named():
    """One cluster, and no SRP anywhere: nobody is served less favourably than others."""
    bare = replace(
        COUNTY, schools=replace(COUNTY.schools, table=COUNTY.schools.table.assign(srp=False))
    )
    plan = Plan.coded({"A": Cluster((ONE, TWO, THREE, FOUR, FIVE, SIX), THREE)})
    assert least_favourable(bare, plan, {}) == []
    assert "No cluster is listed" in words_of(report_page(published(county=bare, plan=plan)))


@pytest.mark.parametrize("column", ["pupils", "srp_places"])
def test_the_fewest_places_are_not_told_by_a_withheld_count(column):
    """The only poor cluster has a withheld part: it is not named for its places."""
    schools = replace(COUNTY.schools, small={column: frozenset({ONE})})
    county = Disclosure(replace(COUNTY, schools=schools), BRIEF).county
    found = least_favourable(county, AFTER, {})
    assert not any("fewest SRP" in reason for row in found for reason in row.reasons)
    inside = least_favourable(COUNTY, AFTER, {})
    assert any("fewest SRP" in reason for row in inside for reason in row.reasons)


def test_a_mitigation_for_no_cluster_of_the_plan_is_shown_as_such():
    """A code that was mistyped, or has been retired, is not passed over."""
    page = report_page(published(replace(BRIEF, mitigation={"W": "A bus", "OLD-1": "A taxi"})))
    text = words_of(page)
    assert "A bus" in text
    assert "recorded for OLD-1, which is not a cluster of this plan: A taxi" in text


def test_a_hostile_mitigation_is_text():
    """What a planner writes is shown, never run, also beside a code that is out to do harm."""
    placed = {"W": HOSTILE[2], "E": HOSTILE[3]}
    page = report_page(published(replace(BRIEF, mitigation={w: w for w in HOSTILE} | placed)))
    text = words_of(page)
    assert unescaped(HOSTILE, markup_of(page)) == []
    assert "<script" not in markup_of(page)
    for words in HOSTILE:
        shown = " ".join(words.split())
        assert f"recorded for {shown}, which is not a cluster of this plan: {shown}" in text
    assert all(text.count(words) == 3 for words in placed.values())


def with_layers(**layers):
    """The county with these layers."""
    return replace(COUNTY, layers=layers)


def test_divisions_of_schools_that_move_are_counted_and_named():
    """Only the fourth school moves; it stands in the zone c."""
    found = divisions_affected(published(county=with_layers(ward=WARDS)))
    assert (found.moving, found.schools, found.names, found.outside) == (True, 1, ("Zone c",), 0)


def test_divisions_of_a_first_plan_are_those_of_all_schools():
    """Five of the six schools are in three zones."""
    county = with_layers(ward=WARDS)
    found = divisions_affected(published(county=county, before=None))
    assert (found.moving, found.schools, found.outside) == (False, 6, 1)
    assert found.names == ("Zone a", "Zone b", "Zone c")
    text = words_of(report_page(published(county=county, before=None)))
    assert "3 divisions or wards hold a school of this plan: Zone a; Zone b; Zone c." in text
    assert "Schools of that kind in no division of the layer: 1." in text
    assert "comprising two or more wards or electoral divisions" in text


def test_a_plan_in_which_nothing_moves_affects_no_division():
    """The plan before is the same: no zone is named."""
    text = words_of(report_page(published(county=with_layers(ward=WARDS), before=AFTER)))
    assert "no division is affected by a move" in text


def test_the_layer_of_divisions_is_the_named_one_else_the_usual_one():
    """A named layer first, then `division`, then `ward`; without any nothing is said."""
    county = with_layers(ward=WARDS, division=replace(WARDS, name="division"), ed=WARDS)
    assert divisions_affected(published(county=county)).layer == "division"
    named = published(replace(BRIEF, divisions="ed"), county)
    assert divisions_affected(named).layer == "ed"
    assert divisions_affected(published()) is None
    assert "Electoral divisions affected" not in words_of(report_page(published()))


def test_money_is_compared_with_the_plan_before_by_hand():
    """A sum for each cluster: its pounds for each pupil follow the pupils of the cluster alone."""
    terms = {"lump": {"column": "clusters", "share": "100"}}
    pot = pot_of("locality", FundingSection(amount="1200.00", audience="public", terms=terms))
    county = replace(COUNTY, schools=with_pupils(COUNTY.schools, 100.0))
    paid = published(replace(BRIEF, pots=(pot,)), county)
    (found,) = money_effects(paid)
    for plan, name in ((BEFORE, "before"), (AFTER, "after")):
        each = {c: 1200 / len(plan.clusters) / (100 * len(c.members)) for c in plan.clusters}
        mean = sum(each[c] * len(c.members) for c in plan.clusters) / 6
        assert found.whole[found.headings.index(f"Pounds {name}, mean")] == f"{mean:.2f}"
    assert "Money by group" in words_of(report_page(paid))
    assert "Money by group" not in words_of(report_page(published()))
    first = published(replace(BRIEF, pots=(pot,)), county, before=None)
    (alone,) = money_effects(first)
    assert alone.headings == ["Schools", "Pounds, mean", "Above the mean of all", "Below it"]
    assert "so each school is compared with the mean of all" in words_of(report_page(first))


def with_pupils(schools, number):
    """Return schools that all have so many pupils."""
    return replace(schools, table=schools.table.assign(pupils=number))
