"""How many schools, and of which phases."""

from __future__ import annotations

import pytest

from cluster_geo.plan import Cluster
from cluster_geo.rules import Phases, Size


@pytest.mark.parametrize(("size", "off"), [(7, 1), (8, 0), (14, 0), (16, 2)])
def test_size_counts_the_schools_too_many_or_too_few(size, off):
    """Both ends of the range are allowed."""
    verdict = Size(8, 14).judge(Cluster(tuple(range(size)), 0))
    assert (verdict.kept, verdict.count) == (off == 0, off)
    assert verdict.words == (f"{size} schools (must be 8 to 14)" if off else "")


def test_an_all_through_school_counts_as_both():
    """A single all-through school is a primary and a secondary."""
    rule = Phases(frozenset({1, 2}), frozenset({2, 3}))
    assert rule.judge(Cluster((2,), 2)).kept


def test_phases_name_what_is_lacking():
    """The words say how many there are and how many there must be."""
    rule = Phases(frozenset({1, 2}), frozenset({3}), least_primaries=2)
    verdict = rule.judge(Cluster((1,), 1))
    assert verdict.words == (
        "1 primary school (must be at least 2) and 0 secondary schools (must be at least 1)"
    )
    assert verdict.count == 2
