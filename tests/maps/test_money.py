"""Clusters shaded by money: fifths of them, in shades that anybody can tell apart."""

from dataclasses import replace
from itertools import pairwise

import pytest

from cluster_geo.audience import Disclosure
from cluster_geo.maps import map_page
from cluster_geo.maps.money import SHADES, UNKNOWN, shadings
from cluster_geo.publish import Publication
from cluster_geo.scenario import Brief
from tests.funding.drawn import FOUR, drawn, plan_of, pot
from tests.worlds import FIRST_URN


def published(county, *pots):
    return Publication(Disclosure(county, Brief(audience="public", pots=pots)), plan_of())


def luminance(colour):
    """Relative luminance by WCAG."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_each_shade_is_darker_than_the_one_before():
    """So that they are told apart without colour."""
    found = [luminance(colour) for colour in SHADES]
    ratios = [(a + 0.05) / (b + 0.05) for a, b in pairwise(found)]
    assert min(ratios) > 1.2


def test_more_money_for_each_pupil_is_never_a_paler_shade():
    """The legend has the figures of each shade."""
    made = published(drawn(), pot(*FOUR))
    [shading] = shadings(made)
    each = {c: s.per_pupil for c, s in made.funding[0].shares.clusters.items()}
    order = sorted(each, key=each.get)
    places = [SHADES.index(shading.colours[code]) for code in order]
    assert places == sorted(places)
    assert len(shading.legend) == len(set(places))
    page = map_page(made)
    assert 'id="pick-money"' in page
    assert all(shade.words in page for shade in shading.legend)


def test_what_is_not_known_has_a_shade_of_its_own():
    """A cluster with a school whose pupils are not known."""
    [shading] = shadings(published(drawn(pupils={FIRST_URN: float("nan")}), pot(*FOUR)))
    assert shading.colours["A-1"] == UNKNOWN
    assert shading.legend[-1].words == "not known"


@pytest.mark.parametrize("pots", [(), (replace(pot(*FOUR), amount=0),)])
def test_without_shares_there_is_nothing_to_choose(pots):
    """No pot, or one without money for anybody to tell apart."""
    assert len(shadings(published(drawn(), *pots))) == len(pots)
    assert ('id="pick-money"' in map_page(published(drawn(), *pots))) == bool(pots)
