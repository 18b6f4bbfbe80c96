"""The command's beginning and end, and the process that searches."""

import asyncio
import multiprocessing
import subprocess
import sys

import pytest

from cluster_geo.review.asking import Fit
from cluster_geo.review.worker import CancelledError, Opening, Worker, WorkerError
from cluster_geo.session import Move, Session
from tests.cli.street import FIRST
from tests.review.served import COMMAND, PATIENCE_S, Served, in_own_loop


def told(*words):
    """Run a command to its end."""
    return subprocess.run(
        [*map(str, words)], capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )


def test_its_absence_is_said_with_what_installs_it():
    """One line, and exit code 2."""
    without = "import sys; sys.modules['tornado'] = None; from cluster_geo.cli import main; main()"
    done = told(sys.executable, "-c", without, "review", "nowhere")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'A review needs Tornado. Install it with: pip install "cluster-geo[review]"'
    ]


def test_it_ends_by_itself_when_nobody_is_there(street, tmp_path):
    """After so long without a request, and says so."""
    plan, scenario = street
    words = ("--scenario", scenario, "--journal", tmp_path / "idle", "--idle-hours", "0.0001")
    done = told(*COMMAND, "review", plan, *words, "--no-browser")
    assert done.returncode == 0
    assert "Nobody was there for 0.0001 hours." in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_ctrl_c_ends_it_at_once_and_quietly(street, tmp_path):
    """Also while the process that searches is still loading."""
    plan, scenario = street
    served = Served.of(plan, "--scenario", scenario, "--journal", tmp_path / "quiet")
    code, said = served.end()
    assert code == 0
    assert "the same command goes on" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("how", "error"),
    [("kill", WorkerError), ("hang up", WorkerError), ("cancel", CancelledError)],
)
def test_a_search_that_ends_early_is_told_and_the_next_one_works(street, how, error):
    """Whether it died or was cancelled."""
    plan, scenario = street
    with Session.open(plan, scenario=scenario) as session:
        draft = session.draft

    async def asked():
        worker = Worker(Opening(plan, str(scenario)))
        worker.start()
        try:
            request = Move(to={FIRST + 2: "C-2"})
            if how == "hang up":
                # As a process that dies: for a moment it is alive without its end of the pipe.
                worker._pipe, theirs = multiprocessing.Pipe()
                theirs.close()
            first = asyncio.ensure_future(worker.offers(draft, Fit(request, 60)))
            await asyncio.sleep(0)
            assert worker.busy
            if how == "kill":
                worker._process.kill()
            elif how == "cancel":
                assert worker.cancel()
            with pytest.raises(error):
                await first
            found = await worker.offers(draft, Fit(request, 60))
            assert found.found or found.words
        finally:
            worker.close()

    in_own_loop(asked())
