"""Every notebook runs from top to bottom on the example county, and is paired with its text."""

import re
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
TEXTS = sorted(FOLDER.glob("*.py"))
# Seconds after which a cell is taken to be stuck.
LONGEST = 600
# A search of a notebook may take seconds; here it may do work, the same on a busy machine:
# enough for a first plan, columns and a bound.
SECONDS, WORK = re.compile(r'"solve\.time_limit": \d+'), '"solve.work": 3000'
# Where a notebook names its scenario.
BASE = 'BASE = "example"'
# A third of the example, so that six notebooks run in the time of one.
DISTRICT = """
extends = "example"

[schools]
districts = ["Alderwold"]

[clusters]
count = "free"
"""
KENT = """
extends = "kent"

[schools]
file = "REGISTER"
districts = ["Canterbury", "Dover", "Thanet"]

[clusters]
count = "free"

[boundaries.district]
file = "DISTRICTS"

[boundaries.pcn]
file = "PCNS"

[boundaries.area]
rule = "shown"
"""


def test_there_are_six():
    """The six stories of a planner's year."""
    assert [path.stem[:1] for path in TEXTS] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_notebook_is_paired_and_kept_without_outputs(path):
    """The .ipynb says what the .py says, and holds no output, count or machine's name."""
    text = jupytext.read(path)
    book = nbformat.read(path.with_suffix(".ipynb"), as_version=4)
    assert [(c.cell_type, c.source) for c in book.cells] == [
        (c.cell_type, c.source) for c in text.cells
    ], f"run: jupytext --sync notebooks/{path.name}"
    for cell in book.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    nbformat.validate(book)


@pytest.fixture(scope="module")
def client():
    """Runs one notebook after the other in one kernel: what they import is imported once."""
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    made = NotebookClient(new_notebook(), timeout=LONGEST, kernel_name="python3")
    yield made
    if made.km is not None:
        made._cleanup_kernel()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_runs(client, path, tmp_path):
    """Each cell runs, from no name defined and an empty folder, with something to look at."""
    scenario = tmp_path / "district.toml"
    scenario.write_text(DISTRICT)
    execute(client, path, tmp_path, base=str(scenario))


@pytest.mark.nightly
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_runs_on_the_whole_example(client, path, tmp_path):
    """As a reader runs it, but for its limits."""
    execute(client, path, tmp_path)


# That another scenario may be named, the district tells each day.
@pytest.mark.real
@pytest.mark.nightly
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_tells_of_kent(client, path, tmp_path, kent):
    """With another scenario named in its first cell each notebook tells of real districts."""
    execute(client, path, tmp_path, base=str(kent))


@pytest.fixture
def kent(real_data, tmp_path):
    """Three districts of Kent, as many schools as the example has, with their PCNs."""
    files = {
        "REGISTER": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "DISTRICTS": real_data / "boundaries" / "kent_medway_districts_from_lsoa21_bgc.geojson",
        "PCNS": real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson",
    }
    text = KENT
    for name, path in files.items():
        text = text.replace(name, path.as_posix())
    scenario = tmp_path / "three_districts.toml"
    scenario.write_text(text)
    return scenario


def execute(client, path, folder, base="example"):
    """Run a notebook on a scenario, its searches limited by work."""
    book = nbformat.read(path.with_suffix(".ipynb"), as_version=4)
    limits = 0
    for cell in book.cells:
        cell.source, found = SECONDS.subn(WORK, cell.source.replace(BASE, f"BASE = {base!r}"))
        limits += found
    assert limits, "the search has no limit"
    assert any(f"BASE = {base!r}" in cell.source for cell in book.cells), "no scenario is named"
    book.cells.insert(0, new_code_cell(f"%reset -f\n%cd -q {folder}"))
    client.nb = book
    client.execute(cleanup_kc=False)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [o for o in outputs if o.output_type == "stream" and o.name == "stderr"]
