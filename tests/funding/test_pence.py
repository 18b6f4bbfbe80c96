"""Money in whole pence: what is read, what is refused, and sums that are shared out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.funding.pence import NotMoney, apportion, in_pounds, pence_of, rounded


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        (45_000_000, 45_000_000_00),
        (45e6, 45_000_000_00),
        (0.29, 29),
        (1234.5, 123450),
        ("45,000,000.00", 45_000_000_00),
        ("£1,234.05", 123405),
        ("-£3", -300),
        ("£ -3", -300),
        ("7.", 700),
        (1e9, 10**11),
    ],
)
def test_pounds_are_read_to_the_penny(written, pence):
    """However they are written; a float is the decimal that it is written as."""
    assert pence_of(written) == pence


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ten",
        "1,23",
        "12,345,6",
        "1.005",
        1.005,
        True,
        float("inf"),
        float("nan"),
        "1e5",
        10**13,
        "£",
    ],
)
def test_what_is_no_money_is_refused(written):
    """Words, commas in odd places, parts of a penny, numbers that are none."""
    with pytest.raises(NotMoney):
        pence_of(written)


def test_money_is_written_with_its_pence():
    """Commas, two decimals, the sign before the pound."""
    assert [in_pounds(p) for p in (0, 5, 123450, -300)] == ["£0.00", "£0.05", "£1,234.50", "-£3.00"]
    assert [in_pounds(p, sign="+") for p in (0, 5, -5)] == ["£0.00", "+£0.05", "-£0.05"]


weights = st.lists(st.fractions(0, 1000, max_denominator=999), min_size=1, max_size=60)


@given(st.integers(0, 10**12), weights.filter(any))
def test_parts_add_up_and_are_within_a_penny(total, parts):
    """Each is its exact share rounded down or up, and a larger one never gets less."""
    found = apportion(total, parts)
    assert sum(found) == total
    for part, weight in zip(found, parts, strict=True):
        assert abs(part - Fraction(total) * weight / sum(parts)) < 1
    # Of equal weights the last comes first here, which has the least.
    order = sorted(range(len(parts)), key=lambda k: (parts[k], -k))
    assert [found[k] for k in order] == sorted(found)


def test_a_tie_goes_to_the_first():
    """Two pence over three equal parts: the order decides, and nothing else."""
    assert apportion(5, [1, 1, 1]) == [2, 2, 1]
    assert apportion(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to share"):
        apportion(1, [0, 0])
    with pytest.raises(ValueError, match="whole sum"):
        rounded([Fraction(1, 2)])
