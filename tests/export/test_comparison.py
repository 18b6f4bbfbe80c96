"""A comparison written to a folder."""

import csv
import json

import pytest

from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.errors import OutputError
from cluster_geo.export import (
    COMPARISON_FILES,
    require_comparison_folder,
    require_own_folder,
    write_comparison,
)
from cluster_geo.export.comparison import NAMES_FILES, comparison_tables
from tests.briefs import disclosed
from tests.maps.pairs import compared, compared_with_list
from tests.outputs import make_world
from tests.worlds import FIRST_URN

MOVE_COLUMNS = (
    "urn,name,phase,district,trust,srp,pupils,ehcp,sen_support,change,from_cluster,from_name,"
    "to_cluster,to_name,travel_before_km,travel_after_km"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared") / "out"
    write_comparison(folder, compared(make_world()))
    return folder


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_is_there(folder):
    """The moves, the tables, the maps and the record."""
    assert {path.name for path in folder.iterdir()} == set(COMPARISON_FILES)


def test_the_moves(folder):
    """One row for the school that moves, in columns that do not change between versions."""
    text = (folder / "moves.csv").read_bytes().decode()
    assert text.startswith(f"\ufeff{MOVE_COLUMNS}\r\n")
    (move,) = rows(folder / "moves.csv")
    assert move == {
        "urn": str(FIRST_URN + 14), "name": "School 15", "phase": "primary",
        "district": "District a", "trust": "Trust x", "srp": "no", "pupils": "340", "ehcp": "",
        "sen_support": "", "change": "moves", "from_cluster": "SQU-02", "from_name": "Middle",
        "to_cluster": "SQU-01", "to_name": "West", "travel_before_km": move["travel_before_km"],
        "travel_after_km": move["travel_after_km"],
    }  # fmt: skip


def test_the_tables_say_score_and_never_price(folder):
    """A council's readers take a price for money."""
    clusters = {row["cluster"]: row for row in rows(folder / "clusters_compared.csv")}
    assert clusters["SQU-01"]["schools_before"] == "6"
    assert clusters["SQU-01"]["schools_after"] == "7"
    assert clusters["SQU-03"]["change"] == "unchanged"
    header = (folder / "rules_compared.csv").read_text().splitlines()[0]
    assert "score_change" in header
    assert "price" not in header
    assert len(rows(folder / "trusts_compared.csv")) == 1
    measures = {row["measure"]: row for row in rows(folder / "measures_compared.csv")}
    assert float(measures["clusters"]["change"]) == 0


def test_the_record_tells_what_was_compared(folder):
    """Both plans, the scenario, the inputs and the outcome."""
    record = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert record["second"]["title"] == "second.csv"
    assert record["touched"]["moving"] == 1
    assert record["summary"][0] == "1 of the 18 schools moves from one cluster to another."
    assert record["scenario"]["trusts"]["weight"] == 3.0
    assert {row["role"] for row in record["inputs"]} == {"schools", "census"}


def test_names_are_written_for_a_list_alone(tmp_path):
    """Which school each row was taken for, and what was not found."""
    written = write_comparison(tmp_path / "out", compared_with_list())
    names = [path.name for path in written]
    assert NAMES_FILES[1] in names
    assert NAMES_FILES[0] not in names
    table = rows(tmp_path / "out" / NAMES_FILES[1])
    assert [row["how"] for row in table] == ["close name", "not matched"]
    assert table[1]["urn"] == ""
    # Compared again with a plan of URNs, no stale list of names is left.
    write_comparison(tmp_path / "out", compared(make_world()))
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(COMPARISON_FILES)


def test_no_cell_is_a_formula(tmp_path):
    """Names and titles that a spreadsheet would run are made plain text."""
    world = make_world({FIRST_URN + i: "=1+1" for i in range(18)}, district="@sum", trust="+x")
    write_comparison(tmp_path / "out", compared(world, "-2"))
    for path in (tmp_path / "out").glob("*.csv"):
        cells = [
            cell for row in rows(path) for cell in row.values() if cell[:1] in ("=", "+", "@", "-")
        ]
        assert all(cell[0] == "-" and cell[1:].replace(".", "").isdigit() for cell in cells), cells


def test_equal_plans_give_a_header_alone():
    """No move, and the columns are there all the same."""
    world = make_world()
    same = PlanFile("plan", world.plan)
    tables = comparison_tables(compare_plans(disclosed(world.county), world.rulebook, same, same))
    assert tables["moves.csv"].empty
    assert ",".join(tables["moves.csv"].columns) == MOVE_COLUMNS


def test_somebodys_folder_is_refused(tmp_path, folder):
    """A folder of other files, and a run's own outputs, are not taken for a comparison."""
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(OutputError, match=r"no comparison\.json"):
        require_comparison_folder(tmp_path)
    with pytest.raises(OutputError):
        write_comparison(tmp_path, compared(make_world()))
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    require_comparison_folder(folder)
    with pytest.raises(OutputError):
        require_own_folder(folder)
