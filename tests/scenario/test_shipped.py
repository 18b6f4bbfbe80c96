"""The scenarios that come with the package, and the template."""

import tomllib

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario, scenario_text, shipped_scenarios, template
from cluster_geo.scenario.known import known_settings
from cluster_geo.scenario.values import Range


def test_four_scenarios_are_shipped():
    """The benchmark, the planner's default and the example are called by name."""
    assert shipped_scenarios() == ("example", "kent", "kent-alternatives", "kent-benchmark")


@pytest.mark.parametrize("name", ["example", "kent", "kent-alternatives", "kent-benchmark"])
def test_the_shipped_scenarios_are_sound(name):
    """Each shipped scenario reads without a fault, and its own files are there."""
    scenario = read_scenario(name)
    assert scenario.name == name
    assert all(path.is_file() for path in scenario.files().values())
    assert tomllib.loads(scenario_text(name))


def test_the_benchmark_is_the_problem_of_the_published_figures():
    """53 clusters of 8 to 14, any secondary, straight lines, water ignored, four prices."""
    scenario = read_scenario("kent-benchmark")
    assert scenario.clusters.count == Range(53, 53)
    assert scenario.clusters.size == Range(8, 14)
    assert (scenario.clusters.primaries, scenario.clusters.secondaries) == (1, 1)
    assert scenario.clusters.non_selective.rule == "shown"
    assert (scenario.travel.factor, scenario.travel.weight) == (1.3, 1.0)
    assert not scenario.travel.around_water
    assert scenario.neighbours.land is None
    assert scenario.neighbours.reach_km == 25
    district = scenario.boundaries["district"]
    assert list(scenario.boundaries) == ["district"]
    assert (district.rule, district.weight, district.column) == ("priced", 1.5, "district")
    assert (scenario.trusts.rule, scenario.trusts.weight) == ("priced", 3.0)
    assert (scenario.srp.rule, scenario.srp.weight) == ("priced", 5.0)
    assert scenario.federations.rule == scenario.pairs.rule == "shown"
    assert scenario.wishes() == ()


def test_the_planners_default_for_kent():
    """Areas and non-selective secondaries are wishes; water counts; ties are priced."""
    scenario = read_scenario("kent")
    assert scenario.wishes() == ("boundaries.area", "clusters.non_selective")
    assert scenario.travel.around_water
    assert scenario.neighbours.crossings is not None
    assert scenario.federations.rule == scenario.pairs.rule == "priced"


def test_the_text_of_an_unknown_scenario():
    """Asking for the text of a scenario that is not shipped is a fault."""
    with pytest.raises(ScenarioError, match="no scenario 'kant'"):
        scenario_text("kant")


def test_the_template_is_a_scenario_of_defaults(toml):
    """The template reads without a fault and changes nothing."""
    path = toml(template(), "template.toml")
    empty = toml("", "empty.toml")
    wanted = read_scenario(empty).record() | {"name": "template"}
    assert read_scenario(path).record() == wanted


# What the template calls things that a planner names.
NAMED_HERE = {"district", "map", "pupils", "deprivation_funding", "3", "Oak Learning Trust"}
NAMED_HERE |= {"locality", "specialist-teachers", "ehcp", "MAI-01"}


def test_the_template_with_every_remark_removed_is_toml():
    """What is commented out is right too: uncommented, every setting is a known one."""
    lines = template().splitlines()
    settings = [line.removeprefix("#") for line in lines if not line.startswith("# ")]
    tree = tomllib.loads("\n".join(settings))

    def keys(part, above=()):
        for name, value in part.items():
            if isinstance(value, dict):
                yield from keys(value, (*above, name))
            else:
                yield (*above, name)

    found = {key for key in keys(tree) if key != ("extends",)}
    stars = {
        tuple("*" if part in NAMED_HERE and depth > 0 else part
              for depth, part in enumerate(key))
        for key in found
    }  # fmt: skip
    assert stars == set(known_settings())


def test_every_setting_says_what_it_means():
    """Each setting has words for the template and for messages."""
    silent = [known.key for known in known_settings().values() if not known.meaning]
    assert silent == []


def test_no_line_of_the_template_is_too_long():
    """The template can be read in a narrow window."""
    assert max(map(len, template().splitlines())) <= 100
