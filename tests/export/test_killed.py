"""Runs killed at random moments, out of disk, and two at once: never half an output."""

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cluster_geo.export import OUTPUT_FILES
from tests.hostile import towns
from tests.hostile.profiles import examples

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

# One process loads the program once. Told "start" and the arguments of a command it forks a run,
# which can be killed at any moment; told "end" and a run's number it waits for it.
SERVER = """
import os, sys
from cluster_geo.cli import main
from cluster_geo import optimise
import cluster_geo.pipeline, matplotlib, folium, numba
main(sys.argv[1:], standalone_mode=False)
print("ready", flush=True)
def answer(number):
    # At one stroke, and on a line of its own, whatever a run is saying meanwhile.
    sys.stdout.write(f"\\n{number}\\n")
    sys.stdout.flush()
for line in sys.stdin:
    task, limit, *words = line.split()
    if task == "end":
        answer(os.waitpid(int(limit), 0)[1])
        continue
    child = os.fork()
    if child == 0:
        import resource
        if int(limit):
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
        try:
            main(words)
        except SystemExit as end:
            os._exit(end.code or 0)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(99)
    answer(child)
"""


class Runs:
    """Starts runs of the command in a folder, and kills them."""

    def __init__(self, folder: Path, first: list[str]) -> None:
        self.lines: list[str] = []
        self.server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SERVER, *first],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._wait_for(lambda line: line == "ready")

    def start(self, *words: str, limit: int = 0) -> int:
        """Start a run and return its process."""
        return self._number("start", limit, *words)

    def end(self, process: int) -> int:
        """Wait for a run to end and return its exit code, or minus the signal that ended it."""
        return os.waitstatus_to_exitcode(self._number("end", process))

    def _number(self, *told: object) -> int:
        self.server.stdin.write(" ".join(map(str, told)) + "\n")
        self.server.stdin.flush()
        return int(self._wait_for(str.isdigit))

    def _wait_for(self, wanted: Callable[[str], bool]) -> str:
        """Read what is said until a line that is wanted; keep the rest."""
        while line := self.server.stdout.readline():
            if wanted(line.strip()):
                return line.strip()
            self.lines.append(line)
        raise AssertionError(self.said())

    def run(self, *words: str, limit: int = 0) -> int:
        return self.end(self.start(*words, limit=limit))

    def said(self) -> str:
        return "".join(self.lines)

    def close(self) -> None:
        self.server.stdin.close()
        self.server.wait(30)
        self.server.stdout.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed") / "town"
    folder.mkdir()
    towns.write(folder, towns.files())
    # The other edition has another title, so that one's files can be told from the other's.
    second = towns.SCENARIO.replace('"Town"', '"Other town"')
    (folder / "other.toml").write_text(second)
    return folder


@pytest.fixture(scope="module")
def runs(town):
    made = Runs(town, ["propose", "mine.toml", "--out", "one"])
    assert made.run("propose", "other.toml", "--out", "two") == 0
    yield made
    made.close()


def state(folder: Path) -> dict[str, str]:
    """Hash of each file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize("command", ["propose", "export"])
def test_a_run_killed_at_any_moment(town, runs, command):
    """Signal 9 at random moments: the folder is the old one or the new one, whole; then cleared."""
    one, two = state(town / "one"), state(town / "two")
    assert set(one) == set(two) >= set(OUTPUT_FILES)
    words = {
        "propose": ["propose", "{}.toml", "--out", "out"],
        "export": ["export", "{}/clusters.csv", "--to", "out"],
    }[command]
    versions = {"propose": ("mine", "other"), "export": ("one", "two")}[command]
    turns = [[word.format(version) for word in words] for version in versions]
    began = time.monotonic()
    assert runs.run(*turns[0]) == 0
    whole = time.monotonic() - began
    sound = []
    for turn in turns:
        assert runs.run(*turn) == 0
        sound.append(state(town / "out"))
    dice, killed = random.Random(4), 0
    for trial in range(examples(8)):
        process = runs.start(*turns[trial % 2])
        time.sleep(dice.uniform(0.0, 1.1 * whole))
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(process, signal.SIGKILL)
        killed += runs.end(process) == -signal.SIGKILL
        assert state(town / "out") in sound
    assert killed
    assert runs.run(*turns[0]) == 0
    assert state(town / "out") == sound[0]
    assert hidden(town) == []


@pytest.mark.parametrize("limit", [1, 700, 6_000, 20_000, 60_000, 120_000, 160_000])
def test_a_disk_that_is_full(town, runs, limit):
    """Files that can grow no further: exit 2 with a message, and the earlier output is whole."""
    before = state(town / "one")
    assert runs.run("propose", "other.toml", "--out", "one", limit=limit) == 2
    assert state(town / "one") == before
    assert hidden(town) == []
    assert "Traceback" not in runs.said()


def test_a_small_disk(town, runs, tmp_path):
    """A real file system of 300 kB: nothing is written, nothing is lost, and a message says so."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    try:
        refused = subprocess.run(mount, capture_output=True, check=False).returncode
    except OSError:
        refused = 1
    if refused:
        pytest.skip("a small disk can only be mounted by root")
    try:
        assert runs.run("propose", "mine.toml", "--out", disk / "out") == 2
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert "Traceback" not in runs.said()


def test_two_runs_into_one_folder(town, runs):
    """One writes; the other is told so, or writes after it: never files of both."""
    sound = (state(town / "one"), state(town / "two"))
    for _ in range(examples(2)):
        both = [
            runs.start("propose", f"{name}.toml", "--out", "both") for name in ("mine", "other")
        ]
        ends = set(map(runs.end, both))
        assert ends <= {0, 2}
        assert 0 in ends
        assert state(town / "both") in sound
    assert hidden(town) == []
