"""Figures about what is proven: what is printed is never stronger than the proof."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.rounding import down, exact, outwards, percent_up, up

FIGURES = st.floats(-1e9, 1e9)
SHARES = st.floats(0, 10)


def read(printed):
    """Return what a reader takes a printed figure for."""
    return exact(float(printed.replace(",", "").removesuffix(" %")))


@given(FIGURES)
def test_what_is_printed_of_a_limit_is_never_stronger_than_it(value):
    """What is "at most" is rounded up, what is "not below" down, by one in the last place or less."""
    assert read(down(value)) <= exact(value) <= read(up(value))
    assert read(up(value)) - read(down(value)) <= exact(0.1)


@given(SHARES)
def test_a_percentage_is_never_less_than_the_share(share):
    """It is more by a tenth of a per cent at most, and only nought is printed as nought."""
    percent = 100 * exact(share)
    assert percent <= read(percent_up(share)) <= percent + exact(0.1)
    assert (read(percent_up(share)) == 0) == (share == 0)


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [
        (2154.06, "2,154.0", "2,154.1"),
        (2154.1, "2,154.1", "2,154.1"),
        (0.1, "0.1", "0.1"),
        (0.05, "0.050", "0.050"),
        (1e-6, "0.000", "0.001"),
        (0.0, "0.0", "0.0"),
        (-0.0, "0.0", "0.0"),
        (-1e-6, "-0.001", "0.000"),
        (-0.04, "-0.040", "-0.040"),
        (-3.01, "-3.1", "-3.0"),
        (-779.5, "-779.5", "-779.5"),
        (999.99, "999.9", "1,000.0"),
        (1e-300, "0.000", "0.001"),
    ],
)
def test_the_edges_of_a_figure(value, below, above):
    """One decimal, three below a tenth; what is even already stays; nought has no sign."""
    assert (down(value), up(value)) == (below, above)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0.0 %"),
        (1e-9, "0.001 %"),
        (0.00003, "0.003 %"),
        (0.000099, "0.010 %"),
        (0.0001, "0.01 %"),
        (0.0006, "0.06 %"),
        (0.003701, "0.38 %"),
        (0.00999, "1.00 %"),
        (0.01, "1.0 %"),
        (0.01001, "1.1 %"),
        (0.2, "20.0 %"),
        (1.2683, "126.9 %"),
    ],
)
def test_the_edges_of_a_percentage(share, said):
    """Two figures that tell, whatever the size, and never fewer than the share."""
    assert percent_up(share) == said


@given(FIGURES, FIGURES)
def test_an_interval_is_never_printed_narrower_than_it_is(one, other):
    """Each end is rounded away from the other, and has its sign."""
    least, most = sorted((one, other))
    said = outwards(least, most)
    assert read(said[0]) <= exact(least) <= exact(most) <= read(said[1])
    assert all(end[0] in "+-" for end in said)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (-3.14, 2.0, ("-3.2", "+2.0")),
        (0.0, 3.01, ("+0.0", "+3.1")),
        (-2.100001, -2.099999, ("-2.101", "-2.099")),
        (-1e-6, 0.0, ("-0.001", "+0.000")),
        (-0.05, 0.05, ("-0.1", "+0.1")),
        (0.0, 0.0, ("+0.0", "+0.0")),
    ],
)
def test_the_edges_of_an_interval(least, most, said):
    """One decimal, or three where its ends are near each other."""
    assert outwards(least, most) == said


def test_what_is_no_number_is_not_printed():
    """Infinity and the like are no proof of anything."""
    for value in (math.inf, math.nan):
        with pytest.raises(ValueError, match="Fraction"):
            up(value)
