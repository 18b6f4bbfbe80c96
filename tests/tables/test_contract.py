"""What other systems are promised: columns, types, units, meanings, and a row a letter."""

import json
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from cluster_geo.export import write_outputs
from cluster_geo.plan import Cluster, Plan, central_school
from cluster_geo.scenario import load_county, read_scenario
from cluster_geo.tables.contract import contract_markdown, export_columns
from cluster_geo.tables.letters import letter_table
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.schools import school_table
from cluster_geo.tables.sources import attributions
from tests.outputs import hostile_world, make_world

README = Path(__file__).resolve().parents[2] / "outputs" / "README.md"


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def folder(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract") / "square"
    write_outputs(folder, world.published())
    return folder


# The cluster of the county's first school in the plan that the README's first command finds.
SOUTH = (900001, 900002, 900004, 900011, 900012, 900013, 900076, 900081, 900083)


def example_contract():
    """The contract of the example county, with the row that its first school has in the plan."""
    county = load_county(read_scenario("example"))
    groups = {"ALD-03": SOUTH, "STA-01": tuple(sorted({*county.urns} - {*SOUTH}))}
    clusters = {
        code: Cluster(members, central_school(members, county.travel))
        for code, members in groups.items()
    }
    table = school_table(county, Plan.coded(clusters, {"ALD-03": "Alderwold South"}))
    return contract_markdown(export_columns(county), table)


def test_the_readme_says_what_the_code_does():
    """The columns in outputs/README.md are generated; this test says how when they are not."""
    text = README.read_text(encoding="utf-8")
    shown = text.split("<!-- columns -->\n")[1].split("\n<!-- end of columns -->")[0]
    assert shown == example_contract(), "put example_contract() between the marks"


def test_every_column_is_in_the_contract(world):
    """The contract has the columns of the table, in order, each with a meaning."""
    columns = export_columns(world.county)
    assert [c.name for c in columns] == list(school_table(world.county, world.plan))
    assert all(c.meaning for c in columns)
    assert next(c for c in columns if c.name == "pupils").meaning.endswith("sixth form")


def test_rows_pass_their_schema_and_others_do_not(world, folder):
    """Each school's row is valid JSON by the schema; a wrong phase or a new column is not."""
    schema = json.loads((folder / "clusters.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    rows = [
        {name: None if value == "" else value for name, value in row.items()}
        for row in rows_of(school_table(world.county, world.plan))
    ]
    jsonschema.validate(rows, schema)
    for wrong in ({"phase": "nursery"}, {"urn": "100001"}, {"extra": 1}, {"srp": True}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([rows[0] | wrong], schema)


@pytest.mark.parametrize(
    ("file", "place"),
    [("clusters.schema.json", "description"), ("datapackage.json", "attribution")],
)
def test_the_contract_carries_the_attributions(world, folder, file, place):
    """A CSV file has no place for what the licences ask for: the files beside it say it."""
    told = json.loads((folder / file).read_text(encoding="utf-8"))
    assert attributions(world.county)
    assert all(words in told[place] for words in attributions(world.county))


def test_the_data_package_describes_the_file(folder):
    """Field names, size and hash are those of clusters.csv; pandas reads it by the types given."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert resource["bytes"] == (folder / resource["path"]).stat().st_size
    assert "byte order mark (EF BB BF)" in resource["description"]
    assert (folder / resource["path"]).read_bytes().startswith(b"\xef\xbb\xbf")
    fields = resource["schema"]["fields"]
    kinds = {"string": "string", "integer": "Int64", "number": "Float64"}
    table = pd.read_csv(
        folder / "clusters.csv",
        dtype={field["name"]: kinds[field["type"]] for field in fields},
        encoding=resource["encoding"],
    )
    assert list(table) == [field["name"] for field in fields]
    for field in fields:
        limits = field.get("constraints", {})
        if limits.get("required"):
            assert table[field["name"]].notna().all()
        if "enum" in limits:
            assert set(table[field["name"]].dropna()) <= set(limits["enum"])


def test_one_letter_a_school(world, folder):
    """Each school once, its fellows without itself, the hub one of them or itself."""
    letters = letter_table(world.county, world.plan)
    assert sorted(letters["urn"]) == list(world.county.urns)
    assert (letters["fellows_count"] == letters["members"] - 1).all()
    names = world.county.schools.names
    for row in letters.itertuples():
        fellows = row.fellows.split("; ")
        assert len(fellows) == row.fellows_count
        assert row.school not in fellows
        assert (row.hub == row.school) == (row.is_hub == "yes")
        assert row.hub in {*fellows, row.school} <= set(names.values())
    assert len(pd.read_csv(folder / "mail_merge.csv")) == len(letters)


def test_hostile_names_stay_names(tmp_path):
    """A school called like a formula is no formula in the letters, and text in the contract."""
    folder = tmp_path / "hostile"
    write_outputs(folder, hostile_world().published())
    for line in (folder / "mail_merge.csv").read_text(encoding="utf-8-sig").splitlines():
        assert not any(cell.startswith(("=", "+", "@")) for cell in line.split(","))
    json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
