"""`cluster-geo packs`, on a street."""

import pytest

from tests.cli.street import FIRST, write_plan, write_street
from tests.privacy.test_commands import write_files


@pytest.fixture
def street(run, tmp_path):
    """A street with a plan by hand."""
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")
    return write_street(tmp_path, "psppspps", trust="T..TT..T")


def test_packs_are_written_of_a_plan_by_hand(run, street, tmp_path):
    """And the command says how many, and what to open."""
    result = run("packs", "hand.csv", "--scenario", street, "--out", "packs")
    assert result.exit_code == 0, result.output
    assert "Packs of clusters: 3. Pages of schools: 8." in result.stdout
    assert "index.html" in result.stdout
    names = {path.name for path in (tmp_path / "packs").iterdir()}
    assert len(names) == 1 + 3 + 8 + 1
    assert f"school-{FIRST}.html" in names


def test_a_folder_of_the_planner_is_refused(run, street, tmp_path):
    """By one message, before anything is read, and nothing in it is changed."""
    result = run("packs", "hand.csv", "--scenario", street, "--out", tmp_path)
    assert result.exit_code == 2
    assert "packs.csv" in result.stderr
    assert "index.html" not in {path.name for path in tmp_path.iterdir()}


def test_a_plan_that_is_not_there_is_a_message(run, street, tmp_path):
    """And no folder is made."""
    result = run("packs", "nowhere.csv", "--scenario", street, "--out", "packs")
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr
    assert not (tmp_path / "packs").exists()


def test_small_counts_are_in_no_page_for_the_public(run, tmp_path):
    """Pages for the public are the same, whatever the count below 5 is."""
    made = []
    for plans in (2, 4):
        folder = tmp_path / str(plans)
        folder.mkdir()
        scenario = write_files(folder, plans, 3)
        for audience in ("public", "internal"):
            out = folder / audience
            by = ("--scenario", scenario, "--audience", audience, "--out", out)
            assert run("packs", folder / "a.csv", *by).exit_code == 0
            made.append({path.name: path.read_bytes() for path in out.iterdir()})
    public, internal, other_public, other_internal = made
    assert public == other_public
    assert internal != other_internal
