"""A scenario in a notebook, in another process, and with a county put together otherwise."""

from __future__ import annotations

import html
import pickle
import re

import pytest

from cluster_geo.errors import InputError
from cluster_geo.scenario import (
    RuleKind,
    Section,
    forget_rule,
    load_county,
    read_scenario,
    rulebook_of,
    with_inputs,
)
from cluster_geo.scenario.model import scenario_model
from tests.cli.street import write_street


def test_a_notebook_shows_the_main_settings():
    """Each row of the card, word for word."""
    asked = read_scenario("example", {"trusts.most.Oak": 2, "clusters.count": "9:12"})
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>", asked._repr_html_())
    assert {name: html.unescape(text).split("<br>") for name, text in rows} == {
        "title": ["Merrowshire: proposed clusters of schools"],
        "status": ["draft, version 1"],
        "authorities": ["Merrowshire"],
        "clusters": ["9:12"],
        "schools in a cluster": ["8:14"],
        "rules": [
            "boundaries.district: priced, 1.5 km",
            "clusters.non_selective: hard-if-possible, 10 km",
            "trusts: priced, 3 km",
            "federations: priced, 6 km",
            "pairs: priced, 6 km",
            "srp: priced, 5 km",
            "Oak in at most 2 clusters",
        ],
        "search": ["at most 60 s, seed 1"],
    }
    assert "as many as give the best plan" in read_scenario("example")._repr_html_()


def test_another_process_gets_the_same_scenario():
    """Every setting of it, and its name."""
    asked = read_scenario("example", {"clusters.size": "6:12"})
    sent = pickle.loads(pickle.dumps(asked))
    assert type(sent) is type(asked)
    assert sent == asked
    assert sent.record() == asked.record()


def test_a_kind_that_was_never_registered_can_be_forgotten():
    """As one that was forgotten already: then there is no section of it."""
    forget_rule(RuleKind("roads", Section, lambda section, ask: ()))
    assert "roads" not in scenario_model().model_fields


def test_other_files_for_the_rules_leave_the_county_what_it_was_read_from(tmp_path):
    """A scenario of another table of schools is still refused for it."""
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    one, other = (read_scenario(write_street(folder, "psppsp")) for folder in folders)
    county = with_inputs(load_county(one), other)
    assert county.inputs.files == {"schools.file": one.schools.file}
    assert rulebook_of(county, one).rules
    with pytest.raises(InputError, match="the county was read with") as caught:
        rulebook_of(county, other)
    assert [fault.setting for fault in caught.value.faults] == ["schools.file"]
