"""Rules about ways on in the whole search: its plan and bound are those of brute force."""

from __future__ import annotations

import pytest

from tests.books import book_with_pathways
from tests.solving import agrees
from tests.worlds import random_county


@pytest.mark.parametrize("seed", range(24))
def test_the_search_agrees_with_every_rule_on(seed):
    """Eight schools with every kind of rule, ways on priced and, in each third, required."""
    county = random_county(seed, 8)
    agrees(county, book_with_pathways(county, seed))
