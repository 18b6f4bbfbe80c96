"""Phrases that more than one page uses."""

import pytest

from cluster_geo.phrases import by_phase


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((7, 0, 1), "7 primary, 1 all-through, which counts as both"),
        ((6, 2, 0), "6 primary, 2 secondary"),
        ((4, 1, 2), "4 primary, 1 secondary, 2 all-through, which count as both"),
        ((0, 0, 0), "none"),
    ],
)
def test_schools_by_phase_are_counted_once(counts, words):
    """The parts add up to the schools, and it says what an all-through school counts as."""
    assert by_phase(*counts) == words
