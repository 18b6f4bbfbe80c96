"""SRPs, and secondaries that any child can enter."""

from __future__ import annotations

import numpy as np

from cluster_geo.plan import Cluster
from cluster_geo.rules import non_selective, open_to_all, srp_coverage
from tests.worlds import draw_county


def test_a_cluster_without_an_srp_is_charged_or_refused():
    """The price falls once, however large the cluster."""
    inside, without = Cluster((1, 2), 1), Cluster((2, 3), 2)
    assert srp_coverage(frozenset({1}), 5.0).judge(inside).price == 0
    assert srp_coverage(frozenset({1}), 5.0).judge(without).price == 5
    assert srp_coverage(frozenset({1}), 5.0).judge(without).count == 1
    refused = srp_coverage(frozenset({1}), 5.0, hard=True).judge(without)
    assert (refused.kept, refused.price, refused.count) == (False, 0.0, 1)


def test_a_grammar_school_alone_does_not_serve():
    """The words name the secondaries that do not count."""
    rule = non_selective(frozenset({1}), 2.0, secondaries=frozenset({1, 2}), names={2: "Grammar"})
    assert rule.judge(Cluster((1, 2), 1)).price == 0
    verdict = rule.judge(Cluster((2, 3), 2))
    assert (verdict.price, verdict.count) == (2, 1)
    refused = non_selective(frozenset({1}), 2.0, hard=True).judge(Cluster((2, 3), 2))
    assert (refused.kept, refused.price, refused.count) == (False, 0.0, 1)
    assert verdict.words == (
        "no secondary that a child of any ability can enter at 11, only Grammar (2)"
    )


def test_who_is_open_to_all_and_which_blanks_were_filled():
    """Selective, entered at 13, and two blanks."""
    county = draw_county(
        "s s s s a p",
        columns={
            "admissions": {
                100001: "Selective",
                100002: "Non-selective",
                100003: "",
                100004: "Non-selective",
                100005: "Non-selective",
            },
            "age_low": {100002: 13.0, 100004: np.nan},
        },
    )
    found, notices = open_to_all(county.schools)
    assert found == {100003, 100004, 100005}
    assert [notice.urn for notice in notices] == [100003, 100004]
    assert "non-selective" in notices[0].text
