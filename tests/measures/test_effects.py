"""Who gains and who loses by a plan, in a county that can be counted by eye."""

from dataclasses import replace

import numpy as np
import pytest

from cluster_geo.measures.effects import (
    NOT_KNOWN,
    by_group,
    effects,
    groupings,
    of_all,
    places_in_clusters,
)
from cluster_geo.plan import Cluster, Plan
from tests.worlds import draw_county

ONE, TWO, THREE, FOUR, FIVE, SIX = range(100001, 100007)
# Six schools 1 km apart on a line; the first has a primary SRP, the fourth a secondary one.
COUNTY = draw_county(
    "P p s S a p",
    columns={
        "srp_places": {ONE: 20.0, FOUR: 12.0},
        "ehcp": {ONE: 2.0, TWO: 4.0, THREE: 7.0, FOUR: 9.0, FIVE: 12.0},
        "idaci_quintile": {ONE: 1.0, TWO: 1.0, THREE: 5.0, FOUR: 5.0, FIVE: 5.0},
        "urban_rural": {
            ONE: "Larger rural: Nearer to a city",
            TWO: "Urban: Nearer to a city",
            THREE: "(England/Wales) Urban city and town",
            FOUR: "Unclassified",
        },
    },
)
# Before: one to four around the second, five and six. After: three and three.
BEFORE = Plan.coded({"W": Cluster((ONE, TWO, THREE, FOUR), TWO), "E": Cluster((FIVE, SIX), FIVE)})
AFTER = Plan.coded({"W": Cluster((ONE, TWO, THREE), ONE), "E": Cluster((FOUR, FIVE, SIX), FIVE)})


def test_each_school_has_its_effects():
    """Journeys of 1, 0, 1, 2, 0 and 1 km before and 0, 1, 2, 1, 0 and 1 km after."""
    table = effects(AFTER, COUNTY, BEFORE)
    assert table["journey_before"].tolist() == [1, 0, 1, 2, 0, 1]
    assert table["journey_after"].tolist() == [0, 1, 2, 1, 0, 1]
    assert table["change"].tolist() == [-1, 1, 1, -1, 0, 0]
    # The third loses its secondary SRP; the all-through school has one of the two phases only.
    assert table["srp_before"].tolist() == [True, True, True, True, False, False]
    assert table["srp_after"].tolist() == [True, True, False, True, False, False]
    assert table["places_before"].tolist() == [32, 32, 32, 32, 0, 0]
    assert table["places_after"].tolist() == [20, 20, 20, 12, 12, 12]


def test_groups_have_the_sums_of_their_schools():
    """By child poverty: the first two, the next three, and the sixth, of which nothing is known."""
    table = effects(AFTER, COUNTY, BEFORE)
    found = by_group(table, groupings(COUNTY, list(table.index))["idaci"])
    assert found.index.tolist() == ["1, most deprived", "5, least deprived", NOT_KNOWN]
    assert found["schools"].tolist() == [2, 3, 1]
    assert found["journey_before"].tolist() == [0.5, 1.0, 1.0]
    assert found["journey_after"].tolist() == [0.5, 1.0, 1.0]
    assert found["shorter"].tolist() == [1, 1, 0]
    assert found["longer"].tolist() == [1, 1, 0]
    assert found["srp_before"].tolist() == [2, 2, 0]
    assert found["srp_after"].tolist() == [2, 1, 0]
    assert found["places_before"].tolist() == pytest.approx([32, 64 / 3, 0])
    assert found["places_after"].tolist() == pytest.approx([20, 44 / 3, 12])
    whole = of_all(table)
    assert (whole["schools"], whole["shorter"], whole["longer"]) == (6, 2, 2)
    assert whole["places_after"] == pytest.approx((3 * 20 + 3 * 12) / 6)


def test_schools_are_grouped_by_place_and_by_share():
    """Of five rising shares; a place that is neither rural nor urban is not known."""
    groups = groupings(COUNTY, COUNTY.urns)
    assert groups["rural"].tolist() == ["Rural", "Urban", "Urban", *[NOT_KNOWN] * 3]
    # Of five ranks, 3 x 1 <= 5, 3 x 3 <= 10.
    expected = ["Lowest third", "Middle third", "Middle third", "Highest third", "Highest third"]
    assert groups["ehcp"].tolist() == [*expected, NOT_KNOWN]
    assert set(groups["sen"]) == {NOT_KNOWN}


def test_equal_shares_are_in_the_same_third():
    """Five schools with one share: all in the middle, none by chance below another."""
    county = draw_county("p p p p s", columns={
        "ehcp": dict.fromkeys(range(ONE, SIX), 4.0), "pupils": dict.fromkeys(range(ONE, SIX), 200.0)
    })  # fmt: skip
    assert set(groupings(county, county.urns)["ehcp"]) == {"Middle third"}


@pytest.mark.parametrize(("metres", "change"), [(500, 0), (501, 1)])
def test_a_slight_change_is_none(metres, change):
    """Half a kilometre more is about the same; a metre more than that is longer."""
    matrix = np.zeros((6, 6))
    matrix[1, 0] = metres / 1000
    county = replace(COUNTY, travel=replace(COUNTY.travel, matrix=matrix))
    assert effects(AFTER, county, BEFORE).loc[TWO, "change"] == change


def test_minutes_have_a_limit_of_their_own():
    """A minute more is about the same where travel is in minutes."""
    matrix = np.zeros((6, 6))
    matrix[1, 0], matrix[2, 0] = 1.0, 1.5
    travel = replace(COUNTY.travel, matrix=matrix, unit="minutes")
    table = effects(AFTER, replace(COUNTY, travel=travel), BEFORE)
    assert table.loc[[TWO, THREE], "change"].tolist() == [0, 1]


def test_without_a_plan_before_schools_are_compared_with_the_mean():
    """Journeys of 0, 1, 2, 1, 0 and 1 km: 5 / 6 on average, which two are far below."""
    table = effects(AFTER, COUNTY)
    assert table["journey_before"].tolist() == pytest.approx([5 / 6] * 6)
    assert table["change"].tolist() == [-1, 0, 1, 0, -1, 0]
    assert table["places_after"].tolist() == [20, 20, 20, 12, 12, 12]


def test_a_school_of_one_plan_alone_is_not_compared():
    """The sixth has opened since: there is no journey before to compare with."""
    before = Plan.coded({"W": BEFORE.clusters[0], "E": Cluster((FIVE,), FIVE)})
    assert effects(AFTER, COUNTY, before).index.tolist() == [ONE, TWO, THREE, FOUR, FIVE]


def test_places_are_missing_where_one_part_is():
    """Withheld or not known, of one SRP: nothing is shown of its cluster, then or now."""
    schools = replace(COUNTY.schools, withheld={"srp_places": frozenset({FOUR})})
    withheld = replace(COUNTY, schools=schools)
    blank = COUNTY.schools.table.copy()
    blank.loc[FOUR, "srp_places"] = np.nan
    unknown = replace(COUNTY, schools=replace(COUNTY.schools, table=blank))
    for county in (withheld, unknown):
        places = places_in_clusters(AFTER, county)
        assert places["W"] == 20
        assert np.isnan(places["E"])
        table = effects(AFTER, county, BEFORE)
        # Each school's cluster has the fourth's SRP before or after, so no pair is whole.
        assert table[["places_before", "places_after"]].isna().all(axis=None)
