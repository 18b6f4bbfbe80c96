"""From a scenario to its county."""

import hashlib

import pytest

from cluster_geo.errors import InputError
from cluster_geo.scenario import load_county, read_scenario


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example"))


def test_the_example_is_a_whole_county(county):
    """Every part of the county speaks of the same schools, and they hang together."""
    assert len(county.urns) == 122
    assert county.travel.urns == county.urns
    assert set(county.neighbours.graph.nodes) == set(county.urns)
    assert len(county.neighbours.pieces) == 1
    assert set(county.layers) == {"district", "pcn"}
    assert len(county.layers["district"].zone_of) == 122
    assert county.schools.as_at == "2025-09-01"


def test_the_island_hangs_on_its_bridge(county):
    """One crossing joins the island's nine schools to the mainland, and nothing else does."""
    kinds = [kind for _, _, kind in county.neighbours.graph.edges(data="kind")]
    assert kinds.count("crossing") == 1
    assert kinds.count("bridge") == 0
    cut = [notice for notice in county.notices if notice.topic == "piece"]
    assert len(cut) == 1
    assert "9 schools" in cut[0].text


def test_the_census_is_joined(county):
    """Every school of the example has its census figures."""
    assert county.schools.table[["pupils", "ehcp", "sen_support"]].notna().all(axis=None)


def test_associates_are_beside_the_schools(county):
    """Special schools and the PRU are shown and not counted."""
    assert len(county.schools.associates) >= 3
    assert not set(county.schools.associates.index) & set(county.urns)


def test_every_file_read_is_on_record(county):
    """Each input has its hash in the county's sources."""
    roles = {source.role for source in county.sources}
    assert {"schools", "census", "crossings", "boundary district", "boundary pcn"} <= roles
    assert all(len(source.sha256) == 64 for source in county.sources)


def test_all_missing_files_are_named_at_once():
    """Files that are not there are one message, before anything is read."""
    scenario = read_scenario(
        "example",
        {"schools.file": "no.csv", "neighbours.land": "no.gpkg", "boundaries.pcn.file": "no.json"},
    )
    with pytest.raises(InputError) as caught:
        load_county(scenario)
    assert {fault.setting for fault in caught.value.faults} == {
        "schools.file",
        "neighbours.land",
        "boundaries.pcn.file",
    }
    assert "--schools" in str(caught.value)


def test_a_scenario_without_schools():
    """Kent's scenario needs the planner's register, and says how to give it."""
    with pytest.raises(InputError, match="--schools FILE"):
        load_county(read_scenario("kent"))


def test_water_that_cannot_be_seen_is_said(tmp_path):
    """Without a land layer a scenario that respects water says that it does not."""
    scenario = read_scenario("example")
    dry = scenario.neighbours.model_copy(update={"land": None})
    county = load_county(scenario.model_copy(update={"neighbours": dry}))
    notices = [notice.text for notice in county.notices if notice.topic == "water"]
    assert any("water is ignored" in text for text in notices)
    assert "water is ignored" in county.travel.method


def test_files_of_the_rules_alone_are_sources_too(tmp_path, county):
    """Pairs and networks are hashed, and what is left out of them is noticed."""
    first, second = county.urns[:2]
    networks = tmp_path / "networks.csv"
    networks.write_text(f"urn,network,weight\n{first},Rural,2\n{second},Rural,\n1,Rural,\n")
    scenario = read_scenario("example", {"networks.file": networks})
    read = load_county(scenario)
    assert "networks" in {source.role for source in read.sources}
    assert any("1" in notice.text for notice in read.notices if notice.topic == "network")


@pytest.mark.parametrize("setting", ["plan.previous_plan", "reference.plan"])
def test_the_record_that_retired_codes_are_read_from_is_a_source(tmp_path, county, setting):
    """A code is not used again because of a run.json: it is hashed beside its plan."""
    plan = tmp_path / "clusters.csv"
    plan.write_text("urn,cluster\n" + "".join(f"{urn},ALD-01\n" for urn in county.urns))
    scenario = read_scenario("example", {setting: plan})
    assert "codes retired" not in {source.role for source in load_county(scenario).sources}
    record = tmp_path / "run.json"
    record.write_text('{"retired_codes": ["ALD-09"]}')
    (source,) = [s for s in load_county(scenario).sources if s.role == "codes retired"]
    assert source.path.endswith("run.json")
    assert source.sha256 == hashlib.sha256(record.read_bytes()).hexdigest()


def test_blanks_of_a_balanced_column_are_listed():
    """A school without the figure that is balanced is named in a notice."""
    scenario = read_scenario("example", {"balance.places.column": "srp_places"})
    notices = [notice for notice in load_county(scenario).notices if notice.topic == "balance"]
    assert len(notices) == 122 - 15


def test_the_faults_of_all_papers_are_one_message(tmp_path):
    """The decisions and the previous plan are both read before any fault is reported."""
    names = ("decisions.csv", "before.csv")
    for name in names:
        (tmp_path / name).write_text("colour,shape\nred,round\n")
    decisions, before = (tmp_path / name for name in names)
    settings = {"plan.decisions": decisions, "plan.previous_plan": before}
    with pytest.raises(InputError) as error:
        load_county(read_scenario("example", settings))
    assert {fault.where.split(",")[0] for fault in error.value.faults} == set(names)


@pytest.mark.real
def test_kent_comes_out_as_measured(real_data):
    """Kent: 563 schools, Sheppey's 13 on one crossing, four Areas of three districts."""
    scenario = read_scenario(
        "kent",
        {
            "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
            "boundaries.district.file": real_data
            / "boundaries"
            / "kent_medway_districts_from_lsoa21_bgc.geojson",
            "neighbours.land": real_data
            / "boundaries"
            / "Local_Authority_Districts_May_2024_Boundaries_UK_BUC.geojson",
        },
    )
    county = load_county(scenario)
    assert len(county.urns) == 563
    kinds = [kind for _, _, kind in county.neighbours.graph.edges(data="kind")]
    assert kinds.count("crossing") == 1
    area = county.layers["area"]
    counts = {area.name_of(code): 0 for code in map(str, area.zones.index)}
    for code in area.zone_of.values():
        counts[area.name_of(code)] += 1
    assert counts == {"North": 121, "South": 143, "East": 142, "West": 157}
