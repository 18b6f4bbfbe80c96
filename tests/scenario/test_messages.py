"""What a planner reads of a faulty scenario, word for word: where, what was found, what to do."""

from __future__ import annotations

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario
from cluster_geo.scenario.faults import nearest

SECTIONS = (
    "balance, boundaries, clusters, columns, context, federations, funding, neighbours, networks, pairs, pathways, "
    "pins, plan, reference, schools, solve, srp, teams, travel, trusts"
)
FACTOR = "Give: Road km per km in a straight line, at least 1"
LONG = "a very long text that nobody would ever have written for a factor of travel"


@pytest.mark.parametrize(
    ("text", "line", "setting", "found", "fix"),
    [
        ("[travel]\nfactor = 0", 2, "travel.factor",
         "0 cannot be used: it must be at least 1", FACTOR),
        ("[travel]\n\nfactor = {a = 1}", 3, "travel.factor",
         "this cannot be used: it is not a number", FACTOR),
        (f"[travel]\nfactor = '{LONG}'", 2, "travel.factor",
         f"'{LONG[:56]}... cannot be used: it is not a number", FACTOR),
        ("[balance.pupils]\nweight = 2", 1, "balance.pupils.column",
         "it is missing", "Give column to balance, such as pupils or ehcp"),
        ("[pins]\ntogether = [[1, 'b']]", 2, "pins.together",
         "'b' cannot be used: it is not a whole number", "Give: Groups of URNs in one cluster"),
        ("[plan]\neffective_date = 12", 2, "plan.effective_date",
         "12 cannot be used: it is not a date", "Give: Date it takes effect, such as 2026-09-01"),
        ("\nplan = 3", 2, "plan",
         "3 cannot be used: it is not a section", "Correct or remove it"),
        ("[boundaries.pcn]\ncolunm = 'pcn'", 2, "boundaries.pcn.colunm",
         "there is no such setting as 'colunm'", "Did you mean 'boundaries.pcn.column'?"),
        ("# Ours.\n\nextends = 3", 3, "extends",
         "3 is not text", "Give the name of a shipped scenario or a file, in quotes"),
        ("[travel]\nsize = '3'", 2, "travel.size",
         "there is no such setting as 'size'", "Did you mean 'clusters.size'?"),
        ("zzzzzz = 1", 1, "zzzzzz",
         "there is no such setting as 'zzzzzz'", f"Known here: {SECTIONS}"),
    ],
)  # fmt: skip
def test_a_fault_is_worded(toml, text, line, setting, found, fix):
    """Each kind of fault of one setting, on the line where it was written."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(toml(text))
    faults = [(f.where, f.row, f.setting, f.found, f.fix) for f in caught.value.faults]
    assert faults == [("mine.toml", line, setting, found, fix)]


def test_what_resembles_no_setting_is_left_out():
    """Where no setting could stand, none is suggested."""
    assert nearest(("qqq", "qqqq", "qqq", "qqqq")) == "Leave it out"


def test_a_fault_in_one_boundary_hides_none_of_another(toml):
    """Only the layer that has a fault itself is not checked against other settings."""
    text = "[boundaries.a]\nwieght = 1\n[boundaries.b]\nrule = 'hard'\n[clusters]\nsise = 3\n"
    with pytest.raises(ScenarioError) as caught:
        read_scenario(toml(text + "secondaries = 20\n"))
    assert {fault.setting for fault in caught.value.faults} == {
        "boundaries.a.wieght",
        "boundaries.b",
        "clusters.sise",
    }
