"""Every notebook runs from top to bottom on the example county, and is paired with its text."""

import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
TEXTS = sorted(FOLDER.glob("*.py"))
# Seconds, on two shared processors.
LONGEST = 120


def test_there_are_five():
    """The five stories of a planner's year."""
    assert [path.stem[:1] for path in TEXTS] == ["1", "2", "3", "4", "5"]


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


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_a_notebook_runs(path, tmp_path):
    """Each cell runs, with a plot or a table to look at, in less than two minutes."""
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    book = nbformat.read(shutil.copy(path.with_suffix(".ipynb"), tmp_path), as_version=4)
    client = NotebookClient(
        book, timeout=LONGEST, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    client.execute()
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [o for o in outputs if o.output_type == "stream" and o.name == "stderr"]
