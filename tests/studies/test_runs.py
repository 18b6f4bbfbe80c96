"""Runs in processes: done once, resumed, and told when they fail."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from multiprocessing import active_children

import pytest

from cluster_geo import wishes
from cluster_geo.alternatives import checked, grid, read_axis
from cluster_geo.errors import ClusterGeoError
from cluster_geo.optimise import Result
from cluster_geo.scenario import read_scenario, rulebook_of
from cluster_geo.studies import Job, run_all, run_sweep, runs
from cluster_geo.studies.runs import jobs_of, run_job
from tests.cli.street import write_hard, write_street
from tests.studies.here import run_here

TOWN = """urn,name,phase,easting,northing,district
100001,A,primary,550000,150000,W
100002,B,secondary,551000,150000,W
100003,C,primary,552000,150000,W
100004,D,primary,553000,150000,E
100005,E,secondary,554000,150000,E
100006,F,primary,555000,150000,E
"""


@pytest.fixture
def town(tmp_path):
    """A town of six schools in a row, as a planner's own table."""
    path = tmp_path / "town.csv"
    path.write_text(TOWN)
    settings = {
        "schools.file": path,
        "schools.as_at": "2025-09-01",
        "clusters.size": "2:4",
        "clusters.count": "free",
        "boundaries.district.column": "district",
        "boundaries.district.rule": "priced",
        "solve.time_limit": "20",
    }
    file = tmp_path / "town.toml"
    file.write_text("")
    return read_scenario(file, settings)


@pytest.fixture
def here(monkeypatch):
    """Runs are done in this process, one at a time; return the names of those done."""
    return run_here(monkeypatch)


def test_a_sweep_keeps_each_run_and_resumes(town, here, tmp_path):
    """The second time nothing is run; a run whose row is gone is run again; none is lost."""
    variations = grid([read_axis("clusters.count=1,2,free")])
    folder = tmp_path / "sweep"
    found = run_sweep(town, variations, folder)
    assert here == ["count-2", "count-1", "count-free"]
    table = found.table
    assert table["status"].tolist() == ["impossible", "optimal", "optimal"]
    assert table.loc["count-1", "map"] == ""
    assert "no plan" in table.loc["count-1", "words"]
    assert (folder / table.loc["count-2", "map"]).is_file()
    first = {p.name: p.read_bytes() for p in folder.glob("sweep.*")}
    assert set(first) == {"sweep.csv", "sweep.html", "sweep.parquet"}
    run_sweep(town, variations, folder)
    assert len(here) == 3
    assert {p.name: p.read_bytes() for p in folder.glob("sweep.*")} == first
    (folder / "rows" / "count-free.json").unlink()
    (folder / "rows" / "count-2.json").write_text("{")
    run_sweep(town, variations, folder)
    assert here[3:] == ["count-2", "count-free"]


def test_what_is_asked_otherwise_is_run_again(town, here, tmp_path):
    """A changed setting, or a file of the same name with other bytes, is another run."""
    variations = grid([read_axis("clusters.count=2")])
    run_sweep(town, variations, tmp_path / "sweep")
    town.schools.file.write_text(TOWN.replace("555000", "556000"))
    run_sweep(town, variations, tmp_path / "sweep")
    assert here == ["count-2", "count-2"]


def test_a_file_that_changes_during_a_run_takes_nothing_from_it(town, here, tmp_path, monkeypatch):
    """The run is of what was read; asked again, it is another run."""
    load = runs.load_county

    def loaded(scenario):
        county = load(scenario)
        town.schools.file.write_text(TOWN.replace("555000", "556000"))
        return county

    monkeypatch.setattr(runs, "load_county", loaded)
    variations = grid([read_axis("clusters.count=2")])
    found = run_sweep(town, variations, tmp_path / "sweep")
    assert found.table["status"].tolist() == ["optimal"]
    run_sweep(town, variations, tmp_path / "sweep")
    assert here == ["count-2", "count-2"]


def test_a_sweep_is_killed_and_resumed(town, tmp_path):
    """After a kill the runs that were done are kept, and the same call does only the others."""
    folder = tmp_path / "sweep"
    jobs = jobs_of(
        variations := grid([read_axis("trusts.weight=1:2:1")]), checked(town, variations), folder
    )
    script = tmp_path / "go.py"
    record = tmp_path / "record.json"
    record.write_text(json.dumps(town.record()))
    script.write_text(
        "import json, sys\n"
        "from cluster_geo.alternatives import grid, read_axis\n"
        "from cluster_geo.scenario import recorded_scenario\n"
        "from cluster_geo.studies import run_sweep\n"
        "if __name__ == '__main__':\n"
        "    base = recorded_scenario(json.load(open(sys.argv[1])))\n"
        "    run_sweep(base, grid([read_axis('trusts.weight=1:2:1')]), sys.argv[2], processes=1)\n"
    )
    going = subprocess.Popen([sys.executable, str(script), str(record), str(folder)])
    deadline = time.monotonic() + 120
    while not any(job.row.is_file() for job in jobs):
        assert time.monotonic() < deadline
        assert going.poll() is None
        time.sleep(0.05)
    os.kill(going.pid, signal.SIGKILL)
    going.wait()
    kept = {job.name: job.row.stat().st_mtime_ns for job in jobs if job.row.is_file()}
    assert len(kept) == 1
    rows = run_all(jobs, processes=2)
    assert list(rows) == ["weight-1", "weight-2"]
    assert {n: (folder / "rows" / f"{n}.json").stat().st_mtime_ns for n in kept} == kept


def test_a_run_that_fails_is_told_and_the_others_are_kept(town, tmp_path):
    """A file that goes missing fails its own run."""
    folder = tmp_path / "sweep"
    gone = read_scenario(tmp_path / "town.toml", {"schools.file": tmp_path / "gone.csv"})
    jobs = [Job("lost", gone, folder), Job("town", town, folder)]
    with pytest.raises(ClusterGeoError, match="lost") as caught:
        run_all(jobs, processes=2)
    assert "gone.csv" in str(caught.value)
    assert jobs[1].done() is not None


def test_a_process_that_dies_is_told(town, tmp_path):
    """Killed by the system, as for want of memory, a run has failed; its exit code is said."""

    def kill():
        while not (at_work := [child for child in active_children() if child.name == "lost"]):
            time.sleep(0.01)
        at_work[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(
        ClusterGeoError, match="lost: its process ended without a message"
    ) as caught:
        run_all([Job("lost", town, tmp_path / "sweep")])
    killer.join()
    assert "(exit code -9)" in str(caught.value)


def test_ctrl_c_ends_what_is_at_work(town, tmp_path):
    """Stopped when the first run has ended, no process stays behind; what is done is kept."""
    folder = tmp_path / "sweep"
    long = read_scenario(write_hard(tmp_path))
    jobs = [Job("town", town, folder), Job("long", long, folder)]

    def stop(name, row):
        assert name == "town"
        assert [child.name for child in active_children()] == ["long"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_all(jobs, processes=2, progress=stop)
    assert active_children() == []
    assert [job.done() is not None for job in jobs] == [True, False]


def test_a_run_out_of_time_is_a_row(tmp_path):
    """Not proven impossible: the table says that none was found."""
    scenario = write_street(tmp_path, "sspppp")
    settings = {"clusters.size": "3", "solve.time_limit": "1e-9"}
    job = Job("late", read_scenario(scenario, settings), tmp_path / "sweep")
    assert run_job(job, threads=1)["status"] == "none found"
    assert job.done()["status"] == "none found"


def test_a_run_that_a_solvers_failure_cut_short_is_tried_again(town, here, tmp_path, monkeypatch):
    """Its row stands until then; the runs that ended well are not done again."""
    propose, failing = wishes.solve_scenario, []

    def until_mended(county, scenario, **options):
        result, rulebook = propose(county, scenario, **options)
        if scenario.clusters.count is not None and not failing:
            failing.append(scenario)
            result = replace(result, stopped_by="solver failure", failure="HiGHS: error")
        return result, rulebook

    monkeypatch.setattr(wishes, "solve_scenario", until_mended)
    variations = grid([read_axis("clusters.count=2,free")])
    first = run_sweep(town, variations, tmp_path / "sweep")
    assert here == ["count-2", "count-free"]
    assert first.table["failure"].tolist() == ["HiGHS: error", ""]
    page = (tmp_path / "sweep" / "sweep.html").read_text(encoding="utf-8")
    assert "The solver failed during the search (HiGHS: error)." in page
    again = run_sweep(town, variations, tmp_path / "sweep")
    assert here == ["count-2", "count-free", "count-2"]
    assert again.table["failure"].tolist() == ["", ""]


def test_a_run_is_on_record_with_the_files_that_it_read(tmp_path, monkeypatch):
    """One that changed while it was at work is not what its outcome depends on."""
    scenario = read_scenario(write_street(tmp_path, "pspp"))
    register = scenario.schools.file
    job = Job("watched", scenario, tmp_path / "sweep")
    asked = job.asked()

    def changed(county, scenario, **_):
        register.write_text(register.read_text() + "\n")
        none = Result("none found", "time limit", None, None, None, 1.0, 1)
        return none, rulebook_of(county, scenario)

    monkeypatch.setattr(wishes, "solve_scenario", changed)
    run_job(job, threads=1)
    kept = json.loads(job.row.read_text())["asked"]
    assert kept == json.loads(json.dumps(asked))
    assert kept != json.loads(json.dumps(job.asked()))
    assert job.done() is None


def test_a_run_without_a_plan_for_a_solvers_failure_is_a_row_that_says_so(tmp_path, monkeypatch):
    """None was found, for what reason, and that nothing is proven."""
    none = Result("none found", "solver failure", None, None, None, 1.0, 1, failure="HiGHS: error")
    monkeypatch.setattr(
        wishes, "solve_scenario", lambda county, asked, **_: (none, rulebook_of(county, asked))
    )
    scenario = read_scenario(write_street(tmp_path, "pspp"))
    row = run_job(Job("failed", scenario, tmp_path / "sweep"), threads=1)
    assert (row["status"], row["failure"]) == ("none found", "HiGHS: error")
    assert "The solver failed during the search (HiGHS: error)." in row["words"]
