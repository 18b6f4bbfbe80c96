"""Reading scenarios: files, overrides, inheritance, and every fault at once."""

from datetime import date
from pathlib import Path

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario, recorded_scenario
from cluster_geo.scenario.values import Range


def faults(path, overrides=None):
    """Return the faults of a scenario by setting."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, overrides)
    return {fault.setting: fault for fault in caught.value.faults}


def test_a_path_in_the_home_folder_is_found(tmp_path, monkeypatch):
    """From a file and from an option; a shell expands "~" only where it begins a word."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "s.toml").write_text('[schools]\nfile = "~/schools.csv"\n')
    scenario = read_scenario(tmp_path / "s.toml", {"neighbours.land": "~/land.geojson"})
    assert scenario.schools.file == tmp_path / "schools.csv"
    assert scenario.neighbours.land == tmp_path / "land.geojson"


def test_settings_arrive_with_their_types(toml):
    """Numbers, ranges, dates and lists of a file become what they stand for."""
    scenario = read_scenario(
        toml("""
            [schools]
            authorities = "Kent"
            as_at = 2025-07-18
            [clusters]
            count = "45:60"
            size = "6:12"
            [boundaries.ward]
            column = "ward_code"
            rule = "hard-if-possible"
        """)
    )
    assert scenario.name == "mine"
    assert scenario.schools.authorities == ("Kent",)
    assert scenario.schools.as_at == date(2025, 7, 18)
    assert scenario.clusters.count == Range(45, 60)
    assert scenario.clusters.size == Range(6, 12)
    assert scenario.wishes() == ("boundaries.ward",)


def test_files_are_relative_to_their_scenario(toml, tmp_path):
    """A file named in a scenario is looked for beside it, one on the command line is not."""
    path = toml("""
        [schools]
        file = "data/gias.csv"
        [boundaries.pcn]
        file = "/elsewhere/pcn.gpkg"
    """)
    scenario = read_scenario(path, {"neighbours.land": "land.gpkg"})
    assert scenario.schools.file == tmp_path / "data" / "gias.csv"
    assert scenario.boundaries["pcn"].file == Path("/elsewhere/pcn.gpkg")
    assert scenario.neighbours.land == Path("land.gpkg")


def test_all_faults_are_named_at_once(toml):
    """Every unknown key and impossible value is listed, with its line and the nearest key."""
    found = faults(
        toml("""\
            [cluster]
            count = 5
            [clusters]
            size = "20:10"
            cout = 4
            worst = 3
            [boundaries.district]
            column = "district"
            rule = "pricd"
            [solve]
            time_limit = -5
            [pins]
            together = [[118229]]
        """),
        {"boundaries.district.wieght": "3"},
    )
    lines = {setting: fault.row for setting, fault in found.items()}
    assert lines == {
        "cluster": 1,
        "clusters.size": 4,
        "clusters.cout": 5,
        "clusters.worst": 6,
        "boundaries.district.rule": 9,
        "solve.time_limit": 11,
        "pins.together": 13,
        "boundaries.district.wieght": None,
    }
    assert "20 is greater than 10" in found["clusters.size"].found
    assert found["cluster"].fix == "Did you mean 'clusters'?"
    assert found["clusters.cout"].fix == "Did you mean 'clusters.count'?"
    assert found["clusters.worst"].fix == "Did you mean 'travel.worst'?"
    assert found["boundaries.district.wieght"].fix == "Did you mean 'boundaries.district.weight'?"
    assert found["boundaries.district.wieght"].where == "command line"
    assert str(found["clusters.size"]).startswith("mine.toml, line 4, clusters.size: ")


def test_faults_between_settings_join_the_others(toml):
    """Settings that contradict one another are found although another one is mistyped."""
    found = faults(
        toml("""
            [clusters]
            size = "8:14"
            secondaries = 20
            [boundaries.ward]
            rule = "priced"
            [pins]
            together = [[1, 2, 3]]
            apart = [[3, 1]]
            [pins.fixed]
            1 = [7]
            2 = [7, 7]
            [reference]
            weight = 2
            freeze_zones.parish = ["x"]
            [networks]
            rule = "hard"
            [pairs]
            rule = "hard-if-possible"
            [solve]
            sede = 1
        """)
    )
    assert set(found) == {
        "solve.sede",
        "clusters.secondaries",
        "boundaries.ward",
        "pins.apart",
        "pins.fixed.2",
        "reference",
        "reference.freeze_zones.parish",
        "networks.rule",
        "pairs.rule",
    }


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ('[boundaries.a]\nfile = "f"\ngroups = "g"\nof = "b"', "boundaries.a"),
        ('[boundaries.a]\ngroups = "g"', "boundaries.a"),
        ('[boundaries.a]\ngroups = "g"\nof = "b"', "boundaries.a.of"),
        ('[boundaries.size]\ncolumn = "district"', "boundaries.size"),
        ('[boundaries."A b"]\ncolumn = "district"', "boundaries.A b"),
        ("[pins]\ntogether = [[1, 1]]", "pins.together"),
        ("[balance.pupils]\nweight = 1", "balance.pupils.column"),
        ("clusters = 3", "clusters"),
        ('boundaries = ["district"]', "boundaries"),
        ("[travel]\nfactor = nan", "travel.factor"),
        ("[srp]\nweight = inf", "srp.weight"),
        ("[srp]\nweight = -1", "srp.weight"),
        ('name = "x"', "name"),
        ("extends = 3", "extends"),
        ('extends = "mine.toml"', "extends"),
    ],
)
def test_each_way_to_go_wrong(toml, tmp_path, text, setting):
    """Each kind of contradiction is one fault, on the setting that a planner would change."""
    for name in "fg":
        (tmp_path / name).touch()
    assert set(faults(toml(text))) == {setting}


def test_a_grouping_of_a_grouping_is_refused(toml, tmp_path):
    """A layer groups zones, not groups of zones."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    path = toml("""
        [boundaries.district]
        column = "district"
        [boundaries.area]
        groups = "a.csv"
        of = "district"
        [boundaries.region]
        groups = "b.csv"
        of = "area"
    """)
    assert set(faults(path)) == {"boundaries.region.of"}


def test_a_scenario_extends_another(toml):
    """The nearer file wins, setting by setting; a table is merged, a list is replaced."""
    toml(
        """
        extends = "kent"
        [schools]
        file = "gias.csv"
        authorities = ["Medway"]
        [clusters]
        count = 9
        """,
        "medway.toml",
    )
    scenario = read_scenario(toml('extends = "medway.toml"\n[clusters]\nsize = "6:10"'))
    assert scenario.schools.authorities == ("Medway",)
    assert scenario.clusters.count == Range(9, 9)
    assert scenario.clusters.size == Range(6, 10)
    assert scenario.boundaries["area"].of == "district"
    assert scenario.boundaries["area"].groups.name == "kent_areas.csv"
    assert scenario.boundaries["area"].groups.is_file()


def test_a_fault_of_the_ancestor_names_the_ancestor(toml):
    """A message points at the file in which the faulty setting stands."""
    toml("[solve]\ngap = 3\n", "base.toml")
    fault = faults(toml('extends = "base.toml"'))["solve.gap"]
    assert (fault.where, fault.row) == ("base.toml", 2)


def test_circles_of_scenarios_are_refused(toml):
    """Two scenarios that extend each other are a fault, not a hang."""
    toml('extends = "mine.toml"', "other.toml")
    assert "also extends" in faults(toml('extends = "other.toml"'))["extends"].found


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("plan.version", "1.10", "1.10"),
        ("plan.title", "'[draft]'", "[draft]"),
        ("schools.associates", "true", True),
        ("schools.districts", '["Maidstone", "Swale"]', ("Maidstone", "Swale")),
        ("solve.seed", "7", 7),
        ("pins.together", "[[1, 2]]", ((1, 2),)),
        ("clusters.size", "8:12", Range(8, 12)),
        ("travel.worst", "12.5", 12.5),
    ],
)
def test_values_typed_on_a_command_line(key, value, wanted):
    """Texts stay as typed; numbers, lists and booleans are read as such."""
    scenario = read_scenario("kent", {key: value})
    section, setting = key.split(".")
    assert getattr(getattr(scenario, section), setting) == wanted


def test_a_command_line_key_may_be_quoted():
    """A part of a key that is a number or has blanks stands in quotes, as in TOML."""
    scenario = read_scenario("kent", {'pins.fixed."3"': "[118229]"})
    assert scenario.pins.fixed == {"3": (118229,)}


def test_what_is_no_key_is_a_fault_among_the_others():
    """A key that is none does not hide the other faults."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario("kent", {"a..b": "1", "solve.seed": "x"})
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("text", ["[clusters\n", "a = ", "a = 1\na = 2", "[a]\n[a]", "a = [1"])
def test_broken_toml_is_one_message(toml, text):
    """A file that is not TOML is refused with a line where the parser gives one."""
    with pytest.raises(ScenarioError, match="Correct that line"):
        read_scenario(toml(text))


def test_a_file_that_is_no_text(tmp_path):
    """A scenario in another encoding is refused in plain words."""
    path = tmp_path / "mine.toml"
    path.write_bytes(b'[plan]\ntitle = "Caf\xe9"\n')
    with pytest.raises(ScenarioError, match="not UTF-8"):
        read_scenario(path)


@pytest.mark.parametrize("name", ["knt", "kent.toml", "no/such/file.toml", "", "."])
def test_a_scenario_that_is_not_there(name):
    """An unknown name is refused with the names there are."""
    with pytest.raises(ScenarioError, match="kent-benchmark"):
        read_scenario(name)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("kent 2026", "kent 2026"), ("../../etc", "etc"), ("..", "scenario"), ("a/b\\c", "a-b-c")],
)
def test_a_scenarios_name_is_no_path(name, wanted):
    """The folder of a scenario's outputs is below outputs/, whatever a record says."""
    assert recorded_scenario({"name": name}).name == wanted


def test_a_record_gives_the_scenario_back():
    """A run's record holds every setting, so that the run can be repeated from it."""
    scenario = read_scenario(
        "kent", {"schools.file": "gias.csv", "pins.fixed": "{3 = [1, 2]}", "travel.worst": "12"}
    )
    assert recorded_scenario(scenario.record()) == scenario
    changed = recorded_scenario(scenario.record(), {"clusters.count": "free"})
    assert changed.clusters.count is None
