"""Settings varied: how they are written, and the grid they make."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.alternatives import checked, grid, read_axis, read_sweep, short_keys
from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("clusters.count=48:58:2", ("48", "50", "52", "54", "56", "58")),
        ("trusts.weight=0,1,3", ("0", "1", "3")),
        ("clusters.size=6:10,8:14", ("6:10", "8:14")),
        ("travel.factor=1.2:1.5:0.1", ("1.2", "1.3", "1.4", "1.5")),
        ("trusts.weight=0:4:2,9", ("0", "2", "4", "9")),
        ("boundaries.pcn.rule=hard", ("hard",)),
    ],
)
def test_an_axis_as_a_planner_writes_it(text, values):
    """Three parts step, commas list, and a range of sizes is one value."""
    axis = read_axis(text)
    assert axis.key == text.split("=")[0]
    assert axis.values == values


@pytest.mark.parametrize("text", ["", "a", "a=", "=3", "a=5:1:1", "a=1:5:0", "a=x:y:z", "a=1:9:-1"])
def test_an_axis_that_varies_nothing(text):
    """What cannot be varied is a fault that says how to write it."""
    with pytest.raises(ScenarioError, match=r"clusters\.count=48:58:2"):
        read_axis(text)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_every_run_begins_from_a_neighbour_nearer_the_middle(lengths):
    """All combinations come once; following `after` from any of them ends in the one middle."""
    runs = grid([read_axis(f"s{k}.x=1:{n}:1") for k, n in enumerate(lengths)])
    by_name = {run.name: run for run in runs}
    assert len(by_name) == len(runs) == math.prod(lengths)
    roots = {run.name for run in runs if run.after is None}
    assert len(roots) == 1
    for first in runs:
        run, steps = first, 0
        while run.after is not None:
            before = by_name[run.after]
            assert (
                sum(
                    a != b
                    for a, b in zip(run.settings.values(), before.settings.values(), strict=True)
                )
                == 1
            )
            run, steps = before, steps + 1
            assert steps <= sum(lengths)


def test_a_setting_varied_twice_and_too_many_runs():
    """Both are refused at once."""
    axes = [read_axis("a.b=1:99:1"), read_axis("a.b=1:99:1")]
    with pytest.raises(ScenarioError, match="varied twice") as caught:
        grid(axes)
    assert "9,801 runs" in str(caught.value)


def test_keys_are_as_short_as_they_can_be():
    """Two weights are told apart by their section, a lone key is its last word."""
    keys = ["boundaries.pcn.weight", "trusts.weight", "clusters.count"]
    assert list(short_keys(keys).values()) == ["pcn.weight", "trusts.weight", "count"]


def test_a_sweep_file(tmp_path):
    """A file has a grid, runs by name, or both; the base is the scenario it names."""
    path = tmp_path / "sweep.toml"
    path.write_text(
        'base = "example"\n[vary]\n"clusters.size" = ["6:10", "8:14"]\n'
        '[[run]]\nname = "no trusts"\nset = {trusts.rule = "shown"}\n'
    )
    base, runs = read_sweep(path)
    assert base == "example"
    assert [run.name for run in runs] == ["size-6-10", "size-8-14", "no-trusts"]
    assert runs[2].settings == {"trusts.rule": "shown"}
    assert runs[2].after == "size-6-10"
    scenarios = checked(read_scenario(base), runs)
    assert scenarios["no-trusts"].trusts.rule == "shown"
    assert str(scenarios["size-6-10"].clusters.size) == "6:10"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no run"),
        ("vary = 3", "not a table"),
        ("[vary]\nx = '5:1:1'", "first, last and step"),
        ("run = [3]", "not a list of tables"),
        ("[[run]]\nnam = 'x'", "'nam'"),
        ("[[run]]\nname='a'\n[[run]]\nname='a'", "two runs"),
        ("bse = 'kent'\n[[run]]\nname='a'", "'bse'"),
        ("[", "sweep.toml"),
    ],
)
def test_a_faulty_sweep_file(tmp_path, text, found):
    """Each fault is a message about the file."""
    path = tmp_path / "sweep.toml"
    path.write_text(text)
    with pytest.raises(ScenarioError, match=found):
        read_sweep(path)
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_sweep(tmp_path / "none.toml")


def test_every_faulty_run_is_told_at_once():
    """Runs are checked before the first one begins."""
    runs = grid([read_axis("clusters.size=6:10,9:3,x"), read_axis("trusts.wieght=1")])
    with pytest.raises(ScenarioError) as caught:
        checked(read_scenario("example"), runs)
    text = str(caught.value)
    assert "is greater than" in text
    assert "wieght" in text
    assert len(caught.value.faults) == len(set(caught.value.faults))


def test_kents_alternatives_are_sound(tmp_path):
    """Every run that comes for Kent is a scenario, once a file of PCNs is given; each once."""
    base, runs = read_sweep("kent-alternatives")
    pcns = tmp_path / "pcns.geojson"
    scenarios = checked(read_scenario(base, {"boundaries.pcn.file": pcns}), runs)
    assert len(scenarios) == 14
    assert all(run.after == runs[0].name for run in runs[1:])
    hard = [s for name, s in scenarios.items() if name.startswith("districts-as-a-requirement")]
    assert len(hard) == 4
    for scenario in hard:
        assert [x.rule for x in scenario.boundaries.values()].count("hard") == 1
    with pytest.raises(ScenarioError, match="--boundary pcn=FILE"):
        checked(read_scenario(base), runs)
