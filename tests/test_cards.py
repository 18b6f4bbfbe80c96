"""Cards that show objects in a notebook."""

import pandas as pd
import pytest

from cluster_geo.cards import MOST_ROWS, card
from cluster_geo.pipeline import Proposal
from cluster_geo.scenario import read_scenario
from tests.outputs import hostile_world, make_world


def test_a_card_escapes_all_it_is_given():
    """No text becomes markup, whether title, fact, list or cell."""
    bad = "<script>alert(1)</script>"
    table = pd.DataFrame({bad: [bad] * (MOST_ROWS + 2)}, index=[bad] * (MOST_ROWS + 2))
    html = card(bad, {bad: bad, "list": [bad, 1234, 2.5, True], "none": None}, table)
    assert "<script>" not in html
    assert "1,234<br>2.5<br>yes" in html
    assert ">none<" not in html
    assert "and 2 more rows" in html


@pytest.mark.parametrize("make", [make_world, hostile_world])
def test_every_noun_shows_itself(make, capsys):
    """County, plan, audit, result, scenario and proposal have a card; nothing is printed."""
    world = make()
    scenario = read_scenario("example")
    proposal = Proposal(
        scenario, world.county, world.rulebook, world.plan, world.audit, world.result
    )
    for noun in (world.county, world.plan, world.audit, world.result, scenario):
        html = noun._repr_html_()
        assert html.startswith("<div")
        assert "<script" not in html
    html = proposal._repr_html_()
    assert html.count("<iframe") == 1
    assert "<script" not in html
    assert capsys.readouterr().out == ""
