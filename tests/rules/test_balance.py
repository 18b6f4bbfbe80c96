"""Balance of a column over the clusters."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.plan import Cluster
from cluster_geo.rules import Balance, excess_of
from tests.worlds import draw_county


def test_excess_is_over_the_countys_rate():
    """400 pupils in 4 schools: a rate of 100, and the excess adds up to nothing."""
    county = draw_county(
        "p p p p", columns={"pupils": {100001: 50, 100002: 150, 100003: 90, 100004: 110}}
    )
    excess, rate, notices = excess_of(county.schools, "pupils")
    assert rate == 100
    assert excess == {100001: -50, 100002: 50, 100003: -10, 100004: 10}
    assert notices == ()
    verdict = Balance("balance.pupils", excess, 0.1, "pupils").judge(
        Cluster((100001, 100003), 100001)
    )
    assert verdict.price == pytest.approx(6.0)
    assert verdict.words == "60 pupils below its share"
    # What rounds to nothing is not worth words.
    even = Balance("balance.pupils", {1: 0.004, 2: -0.001}).judge(Cluster((1, 2), 1))
    assert (even.words, even.count) == ("", pytest.approx(0.003))
    above = Balance("balance.pupils", {1: 2.0}, unit="pupils").judge(Cluster((1,), 1))
    assert above.words == "2 pupils above its share"


def test_a_base_of_nothing_has_no_rate():
    """Where no school has any of the base, a share of it is not worked out."""
    columns = {"pupils": {100001: 0.0, 100002: 0.0}, "ehcp": {100001: 3, 100002: 0}}
    excess, rate, _ = excess_of(draw_county("p p", columns=columns).schools, "ehcp", base="pupils")
    assert rate == 0.0
    assert excess == {100001: 3.0, 100002: 0.0}


def test_a_missing_value_is_the_average_and_is_listed():
    """The school's excess is 0 and the rate is that of the schools that are known."""
    county = draw_county("p p p", columns={"pupils": {100001: np.nan, 100002: 30, 100003: 90}})
    excess, rate, notices = excess_of(county.schools, "pupils")
    assert (rate, excess[100001]) == (60, 0)
    assert [notice.urn for notice in notices] == [100001]


def test_another_column_as_the_base():
    """Plans per pupil: a missing base is the average base."""
    county = draw_county(
        "p p p",
        columns={
            "pupils": {100001: 100, 100002: 300, 100003: np.nan},
            "ehcp": {100001: 10, 100002: 20, 100003: 30},
        },
    )
    excess, rate, notices = excess_of(county.schools, "ehcp", base="pupils")
    assert rate == pytest.approx(60 / 600)
    assert excess[100003] == pytest.approx(30 - 0.1 * 200)
    assert "pupils" in notices[0].text
