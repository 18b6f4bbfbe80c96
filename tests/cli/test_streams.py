"""What cannot be printed takes nothing from a command's work."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from cluster_geo import scenario
from cluster_geo.export import OUTPUT_FILES
from cluster_geo.export.folder import claimed
from tests.cli.street import write_plan, write_street

COMMAND = [sys.executable, "-W", "ignore", "-c", "from cluster_geo.cli import main; main()"]


@contextmanager
def gone():
    """A pipe whose reader has gone, as in `| head -1`."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        yield theirs
    finally:
        os.close(theirs)


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A folder with a scenario of eight schools, one of them of a name beyond ASCII."""
    folder = tmp_path_factory.mktemp("street")
    write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")
    table = folder / "schools.csv"
    table.write_text(table.read_text().replace(",W,", ",Wąż,"), "utf-8")
    return folder


def started(street: Path, *words: str, **streams) -> subprocess.CompletedProcess:
    return subprocess.run([*COMMAND, *words], cwd=street, text=True, check=False, **streams)


def propose(street: Path, name: str, **streams) -> subprocess.CompletedProcess:
    return started(
        street, "propose", "street.toml", "--set", "solve.work=500", "--out", name, **streams
    )


def whole(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} >= set(OUTPUT_FILES)


@pytest.mark.parametrize("both", [False, True], ids=["results", "progress too"])
def test_a_reader_that_goes_away_ends_nothing(street, both):
    """The outputs are there, the exit code is that of the work, and nobody is told of a pipe."""
    with gone() as pipe:
        errors = pipe if both else subprocess.PIPE
        done = propose(street, f"gone_{both}", stdout=pipe, stderr=errors)
    assert done.returncode == 0
    assert whole(street / f"gone_{both}")
    assert both or "rror" not in done.stderr


def test_a_verdict_is_given_though_nobody_reads_it(street):
    """`audit --strict | head` ends as without head."""
    write_plan(street / "apart.csv", "12")
    with gone() as pipe:
        done = started(
            street, "audit", "apart.csv", "--scenario", "street.toml", "--strict", stdout=pipe
        )
    assert done.returncode == 1


def test_closed_streams_end_nothing(street):
    """As a scheduler leaves them."""
    code = "import sys; sys.stdout = sys.stderr = None\nfrom cluster_geo.cli import main; main()"
    words = ("propose", "street.toml", "--set", "solve.work=500", "--out", "closed")
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=street, check=False)
    assert done.returncode == 0
    assert whole(street / "closed")


@pytest.mark.skipif(os.name != "posix", reason="links are another matter here")
def test_links_that_lead_nowhere_are_refused(run, street, tmp_path):
    """In words."""
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    words = ("--set", "solve.work=500", "--out", "one")
    result = run("propose", str(street / "street.toml"), *words)
    assert result.exit_code == 2
    assert "its links lead nowhere" in result.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_reported_after_the_outputs(street):
    """What is lost is the printing alone."""
    with Path("/dev/full").open("w") as full:
        done = propose(street, "full", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "The results could not all be printed: No space left on device."
    )
    assert whole(street / "full")


def test_signs_that_the_terminal_lacks(street):
    """They are replaced; no name of a school ends a command."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = started(
        street, "check", "street.toml", env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


def test_a_folder_in_use_is_refused_before_the_search(run, street, tmp_path, monkeypatch):
    """By its own name, whoever holds it, and it is left as it was."""
    monkeypatch.setattr(scenario, "load_county", lambda _: pytest.fail("the files were read"))
    code = (
        "import sys; from pathlib import Path; from cluster_geo.export.folder import claimed\n"
        "with claimed(Path('busy')): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        result = run("propose", str(street / "street.toml"), "--out", "busy")
        other.stdin.close()
    assert result.exit_code == 2
    assert f"{tmp_path / 'busy'}: another run is writing there." in result.output
    assert not (tmp_path / "busy").exists()


def test_a_claim_that_wrote_nothing_leaves_nothing(tmp_path):
    """No folder, no lock; and who has claimed a folder may claim it again."""
    with claimed(tmp_path / "deep" / "out"), claimed(tmp_path / "deep" / "out"):
        assert (tmp_path / "deep").is_dir()
    assert list(tmp_path.iterdir()) == []
