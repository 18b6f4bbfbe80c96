"""Every file of an output folder, read back."""

import csv
import hashlib
import json
import re
from dataclasses import replace

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely.geometry import shape

from cluster_geo.errors import OutputError
from cluster_geo.export import OUTPUT_FILES, write_outputs
from cluster_geo.export.csvfile import plain_text, write_csv
from cluster_geo.plan import Papers, read_plan
from cluster_geo.plan.corrections import COLUMNS
from tests.outputs import BRIEF, HOSTILE, hostile_world, make_papers, make_world
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def folder(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs") / "square"
    paths = write_outputs(folder, world.published())
    assert [path.name for path in paths] == list(OUTPUT_FILES)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "square"
    write_outputs(folder, hostile_world().published())
    return folder


def test_the_csv_is_the_plan(world, folder):
    """clusters.csv, read as a plan, is the plan: clusters, codes, names and retired codes."""
    assert read_plan(folder / "clusters.csv", world.county) == world.plan


def test_the_csv_is_plain(folder):
    """UTF-8 with a mark for Excel, lines ended as RFC 4180 says, one row a school."""
    data = (folder / "clusters.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfurn,name,phase,district,trust,srp,cluster,")
    assert data.count(b"\r\n") == 19
    table = pd.read_csv(folder / "clusters.csv", dtype={"laestab": str})
    assert table["urn"].is_monotonic_increasing
    assert table["pupils"].dtype == "int64"


def test_the_geojson_follows_rfc_7946(world, folder):
    """Degrees, no crs member, outer rings anticlockwise; a cluster a feature, with its facts."""
    data = json.loads((folder / "clusters.geojson").read_text(encoding="utf-8"))
    assert "crs" not in data
    assert "Open Government Licence" in data["attribution"]
    assert "Consultation" in data["edition"]
    assert [f["properties"]["cluster"] for f in data["features"]] == list(world.plan.codes)
    for feature in data["features"]:
        polygons = shape(feature["geometry"])
        assert -1 < polygons.centroid.x < 2
        assert 51 < polygons.centroid.y < 52
        assert all(part.exterior.is_ccw for part in polygons.geoms)
        assert feature["properties"]["schools"] == 6
    assert len(gpd.read_file(folder / "clusters.geojson")) == 3


def test_the_geopackage_has_three_layers(world, folder):
    """Schools and hubs as points, clusters as areas, in the National Grid."""
    path = folder / "plan.gpkg"
    shaped = [name for name, shapes in pyogrio.list_layers(path) if shapes]
    assert shaped == ["schools", "clusters", "hubs"]
    schools = gpd.read_file(path, layer="schools")
    assert schools.crs.to_epsg() == 27700
    assert schools["urn"].tolist() == list(world.county.urns)
    assert schools["cluster"].tolist() == [world.plan.code_of[urn] for urn in world.county.urns]
    hubs = gpd.read_file(path, layer="hubs")
    assert sorted(hubs["urn"]) == sorted(cluster.hub for cluster in world.plan.clusters)
    assert gpd.read_file(path, layer="clusters").area.min() > 0


def test_the_workbook_has_its_sheets(world, folder):
    """Eight sheets, each under the plan's title, status and version, on screen and on paper."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    assert book.sheetnames == [
        *("Read me", "Clusters", "Schools", "SRPs", "Gaps", "Pathways", "Trusts", "Rules", "Run")
    ]
    for sheet in book:
        assert "Consultation · version 2.1" in sheet["A1"].value
        assert "version 2.1" in sheet.oddHeader.right.text
        assert sheet["A3"].value
    table = sheet_of(folder, "Schools")
    assert table["urn"].tolist() == list(world.county.urns)
    rules = sheet_of(folder, "Rules")
    whole = rules[rules["cluster"] == "whole plan"]
    assert whole["score"].sum() == pytest.approx(world.audit.cost)


def sheet_of(folder, name):
    """A sheet by the names of its columns for programs, which stand hidden in its second row."""
    return pd.read_excel(folder / "plan.xlsx", sheet_name=name, header=1).drop(index=0)


def test_the_headings_are_for_people_and_the_names_for_programs(world, folder):
    """No heading is a name with underscores; the hidden row is the contract of clusters.csv."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for sheet in book:
        assert sheet.row_dimensions[2].hidden
        names, headings = ([cell.value for cell in row] for row in sheet["2:3"])
        assert len(set(headings)) == len(headings), sheet.title
        assert all(re.fullmatch(r"[a-z0-9_ ]+", name) for name in names)
        assert not any("_" in heading or heading[0].islower() for heading in headings)
    columns = pd.read_csv(folder / "clusters.csv").columns.tolist()
    assert [cell.value for cell in book["Schools"][2]] == columns


def test_the_read_me_says_what_each_sheet_and_column_is(world, folder):
    """Each sheet, the words of the plan, every column with a meaning, how sure it is, sources."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    rows = [[c.value for c in row] for row in book["Read me"].iter_rows(min_row=4)]
    words = {(where, word): meaning for where, word, meaning in rows}
    assert [word for where, word in words if where == "Sheet"] == book.sheetnames[1:]
    assert "lead role" in words["Word", "Central school"]
    assert words["This plan", "How sure it is"].startswith("This plan scores 50.0.")
    assert any(where == "This plan" and word == "Source" for where, word in words)
    for where, word in words:
        sheet = where.removeprefix("Column of ")
        if sheet != where:
            assert word in [cell.value for cell in book[sheet][3]]


def test_figures_of_the_workbook_are_shown_to_one_decimal_and_fit_their_columns(folder):
    """Kilometres to the hundred metres; URNs without a comma; no cell wider than its column."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for sheet in book:
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                name = sheet.cell(2, cell.column).value
                width = sheet.column_dimensions[cell.column_letter].width
                if isinstance(cell.value, float) and not cell.value.is_integer():
                    assert cell.number_format == "#,##0.0"
                if name in ("urn", "hub_urn"):
                    assert cell.number_format == "0"
                if isinstance(cell.value, str) and len(cell.value) > width:
                    assert cell.alignment.wrap_text
                    assert sheet.row_dimensions[cell.row].height >= 30


def test_provision_and_its_gaps_have_sheets(folder):
    """A cluster without an SRP has none, not an empty cell; each gap is a row with its kind."""
    srps = sheet_of(folder, "SRPs")
    east = srps[srps["name"] == "East"].iloc[0]
    assert (east["need"], east["primary"], east["places"]) == ("no SRP", 0, "none")
    assert srps["by"].tolist()[-1] == "Whole plan"
    clusters = sheet_of(folder, "Clusters").set_index("name")
    assert clusters.loc["East", "srp_places"] == "none"
    counted_once = clusters.loc["Middle", ["primary", "secondary", "all_through"]].tolist()
    assert sum(counted_once) == clusters.loc["Middle", "schools"]
    gaps = sheet_of(folder, "Gaps")
    without = gaps[gaps["kind of gap"] == "Cluster without an SRP"]
    assert without["place"].tolist() == ["West (SQU-01)", "East (SQU-03)"]
    assert (gaps["kind of gap"] == "Farthest from an SRP of its own phase").any()


def test_the_record_tells_how_sure_and_from_what(world, folder):
    """run.json holds status, cost, bound, gap as a fraction, weights, versions and hashes."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert (record["status"], record["stopped_by"]) == ("feasible", "time limit")
    assert record["cost"] == 50.0
    assert record["gap"] == pytest.approx(0.01)
    assert record["seconds"] == 60.0
    assert record["seed"] == 1
    assert record["weights"] == {"trusts": 3.0, "boundaries.district": 1.5}
    assert record["inputs"][0]["sha256"] == "ab" * 32
    assert record["retired_codes"] == ["SQU-09"]
    assert record["notices_count"] == 1
    assert record["plan"]["status"] == "consultation"
    assert len(record["trace"]) == 11
    assert "cluster-geo" in record["versions"]
    assert record["kept"] is True
    assert record["failure"] == ""


def test_equal_runs_give_equal_bytes(world, folder, tmp_path):
    """No hour, no chance and no order of a set is in any file."""
    write_outputs(tmp_path / "again", make_world().published())
    for name in OUTPUT_FILES:
        first, second = ((place / name).read_bytes() for place in (folder, tmp_path / "again"))
        assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest(), name


def test_papers_are_written_where_there_are_any(world, tmp_path):
    """decisions.csv and moves.csv, safe for a spreadsheet; moves go with the plan they are of."""
    papers = make_papers(world, "=1+1")
    paths = write_outputs(tmp_path / "out", world.published(papers=papers))
    assert [path.name for path in paths[-2:]] == ["decisions.csv", "moves.csv"]
    decisions = pd.read_csv(tmp_path / "out" / "decisions.csv")
    assert decisions.columns.tolist() == ["urn", "request", "decision", "reason", "date", "role"]
    assert decisions["request"].tolist() == ["'=1+1"] * 2
    moves = pd.read_csv(tmp_path / "out" / "moves.csv")
    assert moves["urn"].tolist() == [FIRST_URN]
    assert {"from_cluster", "to_cluster", "travel_before_km"} <= set(moves.columns)
    (tmp_path / "out" / "report.pdf").write_bytes(b"%PDF of an earlier plan")
    write_outputs(tmp_path / "out", world.published())
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*OUTPUT_FILES, "decisions.csv"}


def test_a_list_of_decisions_kept_in_the_folder_stays_as_it_is(world, tmp_path):
    """The planner's own file, with columns of their own, is not written over."""
    write_outputs(tmp_path / "out", world.published())
    own = tmp_path / "out" / "decisions.csv"
    own.write_text("urn,request,decision,reason,date,role,notes\n", encoding="utf-8")
    papers = replace(make_papers(world), previous=None, decisions_file=own)
    paths = write_outputs(tmp_path / "out", world.published(papers=papers))
    assert [path.name for path in paths] == list(OUTPUT_FILES)
    assert "notes" in own.read_text(encoding="utf-8")


def test_hostile_names_are_text_in_the_csv(hostile):
    """No cell starts a formula; every other name is as it was."""
    with (hostile / "clusters.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows[:9]] == [plain_text(name) for name in HOSTILE]
    assert rows[7]["name"] == "'=1+1"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_hostile_names_are_text_in_the_workbook(hostile):
    """=1+1 stays four letters; nothing is a formula or a link."""
    book = openpyxl.load_workbook(hostile / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert any(cell.value == "=1+1" for cell in cells)


def test_hostile_names_survive_the_geodata(hostile):
    """GeoPackage and GeoJSON hold names as they are."""
    names = gpd.read_file(hostile / "plan.gpkg", layer="schools")["name"].tolist()
    assert names[:9] == list(HOSTILE)
    data = json.loads((hostile / "clusters.geojson").read_text(encoding="utf-8"))
    assert data["features"][0]["properties"]["name"] == HOSTILE[0]


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1", "'=1"), ("@x", "'@x"), ("-", "-"), ("a=1", "a=1"), (3.5, 3.5), ("+44", "'+44")],
)
def test_only_formulas_get_an_apostrophe(text, written):
    """Ordinary text and numbers are written as they are."""
    assert plain_text(text) == written


def test_missing_values_are_empty_cells(tmp_path):
    """Nothing is called nan or None."""
    table = pd.DataFrame({"a": ["x", None], "b": pd.array([1, None], dtype="Int64")})
    write_csv(tmp_path / "t.csv", table)
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").split() == ["a,b", "x,1", ","]


def test_a_plan_drawn_by_hand_is_exported(world, tmp_path):
    """Without a run the record says so, and has no bound."""
    write_outputs(tmp_path / "hand", world.published(result=None))
    record = json.loads((tmp_path / "hand" / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "audited"
    assert record["cost"] == pytest.approx(world.audit.cost)
    assert record["bound"] is record["gap"] is None


def test_a_fault_half_way_touches_nothing(world, folder, tmp_path, monkeypatch):
    """When the report fails, the earlier outputs stay as they were, to the byte."""
    write_outputs(tmp_path / "square", world.published())
    before = {name: (tmp_path / "square" / name).read_bytes() for name in OUTPUT_FILES}

    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("cluster_geo.export.outputs.write_report", fail)
    renamed = replace(world.plan, names=dict.fromkeys(world.plan.codes, "Other"))
    with pytest.raises(RuntimeError):
        write_outputs(tmp_path / "square", world.published(plan=renamed))
    assert {name: (tmp_path / "square" / name).read_bytes() for name in OUTPUT_FILES} == before


def test_only_listed_columns_leave_the_program(tmp_path, world):
    """A column that slipped into the schools' table is in no output."""
    table = world.county.schools.table.assign(HeadLastName="Zzyzx")
    county = replace(world.county, schools=replace(world.county.schools, table=table))
    write_outputs(tmp_path / "out", world.published(county=county))
    for name in OUTPUT_FILES:
        assert b"Zzyzx" not in (tmp_path / "out" / name).read_bytes()


def test_a_strangers_folder_is_refused_before_any_work(world, tmp_path):
    """Nothing of the user's is overwritten."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError):
        write_outputs(tmp_path, world.published())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_schools_without_a_cluster_are_in_the_tables(world, tmp_path):
    """A plan that leaves a school out is exported, and the gap shows."""
    short = replace(
        world.plan,
        clusters=world.plan.clusters[:2],
        codes=world.plan.codes[:2],
        names={code: world.plan.names[code] for code in world.plan.codes[:2]},
    )
    write_outputs(tmp_path / "short", world.published(plan=short, result=None))
    table = pd.read_csv(tmp_path / "short" / "clusters.csv")
    assert table["cluster"].isna().sum() == 6
    assert table["urn"].iloc[0] == FIRST_URN


def test_a_bound_of_no_use_is_words_in_the_workbook_and_itself_in_the_record(world, tmp_path):
    """A reader is shown no negative bound; a program is given what was proven as it is."""
    far = replace(world.result, bound=-779.5, stopped_by="solver failure", failure="HiGHS: error")
    write_outputs(tmp_path / "out", world.published(result=far))
    sheet = sheet_of(tmp_path / "out", "Run")
    facts = dict(zip(sheet["fact"], sheet["value"], strict=True))
    unknown = facts["No plan can score below"], facts["Could improve by at most"]
    assert unknown == ("nothing useful proven yet",) * 2
    assert facts["What the solver answered that failed"] == "HiGHS: error"
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["bound"], record["failure"]) == (-779.5, "HiGHS: error")
    for name in ("report.html", "map.html"):
        assert "-779" not in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_an_internal_list_does_not_stay_among_what_is_published(tmp_path):
    """Corrections that an internal run wrote go; a list of decisions may be the only one there is."""
    world, out = make_world(), tmp_path / "out"
    inside, public = replace(BRIEF, audience="internal"), BRIEF
    corrections = pd.DataFrame([["a", "1", "2", "2025-01-01", "b"]], columns=list(COLUMNS))
    write_outputs(out, world.published(inside, papers=Papers(corrections=corrections)))
    assert (out / "corrections.csv").is_file()
    write_outputs(out, world.published(public))
    assert not (out / "corrections.csv").exists()
    papers = make_papers(world)
    write_outputs(out, world.published(inside, papers=papers))
    before = (out / "decisions.csv").read_bytes()
    with pytest.raises(OutputError, match=r"holds decisions.csv, which an internal run"):
        write_outputs(out, world.published(public))
    assert (out / "decisions.csv").read_bytes() == before
    write_outputs(out, world.published(public, papers=papers))
    (out / "corrections.csv").write_text("figure\n", encoding="utf-8")
    write_outputs(out, world.published(inside))
    write_outputs(out, world.published(public))
    assert (out / "corrections.csv").read_text(encoding="utf-8") == "figure\n"
