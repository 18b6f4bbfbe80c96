"""`cluster-geo boundaries pcn` on a drawn health service."""

import geopandas as gpd
import pytest

from cluster_geo.cli.boundaries import boundaries
from tests.boundaries.pcn.ground import (
    ALL,
    HALVES,
    lsoa,
    write_lsoas,
    write_patients,
    write_practices,
    write_workbook,
)
from tests.worlds import ORIGIN


@pytest.fixture
def files(tmp_path):
    """Options that name the files of the drawn health service."""
    return [
        "--epcn", write_workbook(tmp_path / "ePCN.xlsx"),
        "--of", "11X",
        "--registrations", write_patients(tmp_path / "patients.csv", HALVES),
        "--lsoa", write_lsoas(tmp_path / "west.gpkg", ALL[:2] + ALL[4:6]),
        "--lsoa", write_lsoas(tmp_path / "east.gpkg", ALL[2:4] + ALL[6:]),
        "--practices", write_practices(tmp_path / "p.csv", {"G00001": (0, 1), "G00002": (2, 1)}),
    ]  # fmt: skip


def test_areas_are_written_and_their_quality_told(run, files, tmp_path):
    """The file goes into boundaries/, and the terminal says how good it is."""
    result = run("boundaries", "pcn", *files)
    assert result.exit_code == 0, result.output
    zones = gpd.read_file(tmp_path / "boundaries" / "pcn.gpkg", layer="pcn")
    assert zones["pcn_code"].tolist() == ["U00001", "U00002"]
    assert "2 PCNs, by patients" in result.stdout
    assert (
        "The nearest practice alone would have given the right PCN for 360 of 480" in result.stdout
    )
    assert "Written: boundaries/pcn.gpkg" in result.stdout


def test_schools_and_a_reference_to_compare_with(run, files, tmp_path):
    """On request it says which PCNs hold a school, and how far another table agrees."""
    reference = tmp_path / "reference.csv"
    reference.write_text(f"LSOA21CD,PCN Code\n{lsoa('A1')},U00001\n{lsoa('A2')},U00002\n")
    schools = tmp_path / "schools.csv"
    x, y = ORIGIN[0] + 500, ORIGIN[1] + 500
    rows = [f"{100001 + i},School {i},primary,{x + 100 * i:.0f},{y:.0f}" for i in range(3)]
    schools.write_text("\n".join(["urn,name,phase,x,y", *rows]) + "\n")
    result = run("boundaries", "pcn", *files, "--schools", schools, "--reference", reference)
    assert result.exit_code == 0, result.output
    assert "The reference gives the same PCN to 1 of 2 LSOAs (50.0%)." in result.stdout
    assert "1 of 2 PCNs hold a school; 0 of 3 schools are in none." in result.stdout


def test_nearest_practices_are_measured_on_the_schools(run, files, tmp_path):
    """Areas that are not made of LSOAs are held to a reference by the schools' own LSOAs."""
    without = files[:4] + files[-2:]
    reference = tmp_path / "reference.csv"
    reference.write_text("LSOA21CD,PCN Code\nE01000001,U00001\nE01000002,U00001\n")
    schools = tmp_path / "schools.csv"
    x, y = ORIGIN[0] + 100, ORIGIN[1] + 500
    rows = [f"10000{i},School {i},primary,{x + 2000 * i},{y},E0100000{i + 1}" for i in range(2)]
    schools.write_text("\n".join(["urn,name,phase,x,y,lsoa_code", *rows]) + "\n")
    told = run("boundaries", "pcn", *without, "--reference", reference, "--schools", schools)
    assert told.exit_code == 0, told.output
    assert "85 % of schools" in told.stdout
    assert "The reference gives the same PCN to 1 of 2 schools (50.0%)." in told.stdout
    alone = run("boundaries", "pcn", *without, "--reference", reference)
    assert "give --lsoa or --schools" in alone.stdout


def test_faults_are_one_message_and_nothing_is_written(run, files, tmp_path):
    """What cannot be used is exit 2, without a traceback."""
    wrong = [
        "--lookup",
        "none.csv",
        "--of",
        "Atlantis",
        "--schools",
        "none.csv",
        "--reference",
        "no",
    ]
    result = run("boundaries", "pcn", *files, *wrong)
    assert result.exit_code == 2
    assert "4 faults" in result.stderr
    assert not (tmp_path / "boundaries").exists()
    assert run("boundaries", "pcn", *files, "--out", "pcn.shp").exit_code == 2
    assert run("boundaries", "pcn").exit_code == 2


def test_each_command_of_the_group_has_help_with_an_example(run):
    """The inner command's help has an example that calls it."""
    for name, command in boundaries.commands.items():
        result = run("boundaries", name, "--help")
        assert f"cluster-geo boundaries {name}" in result.stdout.split("Example:")[1]
        assert all(option.help for option in command.params)
