"""The real search behind the command, as a planner runs it: a process of its own."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_geo import pipeline
from cluster_geo.certificate import CERTIFICATE_FILE
from cluster_geo.example import example_folder
from cluster_geo.export import OUTPUT_FILES
from cluster_geo.scenario import load_county, read_scenario
from tests.cli.street import write_hard

# A shell has what it starts in the background ignore Ctrl-C, and so would the tests' children.
START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
COMMAND = [sys.executable, "-c", f"{START}; from cluster_geo.cli import main; main()", "propose"]
# A district of the example; enough for the first plan, columns and a first integer master.
SHORT = {
    "schools.districts": '["Alderwold"]',
    "clusters.count": "free",
    "solve.work": "6000",
    "solve.gap": "0",
}
REGISTER = "edubasealldata20250901_merrowshire.csv"


def started(
    folder: Path, *arguments, scenario="example", hash_seed="0", **settings
) -> subprocess.Popen:
    """Start the command on the example or another scenario, its outputs into a folder."""
    chosen = [f"--set={key}={value}" for key, value in settings.items()]
    return subprocess.Popen(
        [*COMMAND, str(scenario), "--out", str(folder), *map(str, arguments), *chosen],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen) -> tuple[int, str, str]:
    """Wait for a process; return its exit code and what it said."""
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def record_of(folder: Path) -> dict:
    """Read the record of a run."""
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def short(tmp_path_factory) -> Path:
    """Outputs of a run that a limit of work ended, in this process."""
    folder = tmp_path_factory.mktemp("short") / "out"
    asked = read_scenario("example", SHORT)
    pipeline.write(pipeline.propose(load_county(asked), asked), folder)
    return folder


def test_other_hashes_the_same_bytes(short, tmp_path):
    """What Python's hashes of strings are this time does not show in the plan."""
    ours = os.environ.get("PYTHONHASHSEED", "random")
    other = "2" if ours != "2" else "3"
    code, _, err = ended(started(tmp_path / "out", hash_seed=other, **SHORT))
    assert code == 0, err
    for name in ("clusters.csv", "clusters.geojson"):
        assert (tmp_path / "out" / name).read_bytes() == (short / name).read_bytes(), name


@pytest.mark.parametrize("threads", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_other_threads_and_another_order_the_same_bytes(short, tmp_path, threads):
    """How many processors there are and how the register is sorted do not show in the plan."""
    head, *rows = (example_folder() / REGISTER).read_bytes().splitlines(keepends=True)
    random.Random(threads).shuffle(rows)
    (tmp_path / REGISTER).write_bytes(head + b"".join(rows))
    asked = read_scenario("example", SHORT | {"schools.file": str(tmp_path / REGISTER)})
    pipeline.write(pipeline.propose(load_county(asked), asked, threads=threads), tmp_path / "out")
    for name in ("clusters.csv", "clusters.geojson"):
        assert (tmp_path / "out" / name).read_bytes() == (short / name).read_bytes(), name


def test_a_limit_of_work_is_told(short):
    """The record says that work, not time, ended the run, and how much was done."""
    record = record_of(short)
    assert record["stopped_by"] == "work limit"
    assert record["status"] == "feasible"
    assert record["work"] >= 6_000
    assert {"first plan", "columns", "plan"} <= {point["stage"] for point in record["trace"]}


@pytest.mark.nightly
@pytest.mark.parametrize("gap", [0.03, 0.01])
def test_the_example_from_end_to_end(run, tmp_path, gap):
    """The main job on the example county: an audited plan, near the best possible."""
    result = run("propose", "--set", "solve.work=600000", "--set", f"solve.gap={gap}")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "outputs" / "example"
    # Its scenario asks for the certificate.
    assert {path.name for path in folder.iterdir()} == {*OUTPUT_FILES, CERTIFICATE_FILE}
    record = record_of(folder)
    assert record["gap"] <= gap
    assert record["bound"] <= record["cost"]
    assert run("audit", folder, "--strict").exit_code == 0
    with (folder / "clusters.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len({row["urn"] for row in csv.DictReader(stream)}) == 122


def test_a_limit_of_time_is_kept(tmp_path):
    """A short limit ends the search soon after, with a plan."""
    scenario = read_scenario("example", {"solve.time_limit": "5"})
    proposal = pipeline.propose(load_county(scenario), scenario)
    assert proposal.audit.kept
    # 5 % and a constant: a step that has begun is finished, on a busy machine too.
    assert proposal.result.seconds <= 1.05 * 5 + 8
    assert proposal.result.stopped_by in ("time limit", "gap", "proof")


@pytest.mark.parametrize(
    "sent", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.nightly)]
)
def test_ctrl_c_keeps_the_best_plan(tmp_path, sent):
    """Interrupted or terminated in the middle, the command writes what it has, and ends well."""
    process = started(tmp_path / "out", scenario=write_hard(tmp_path))
    seen = []
    for line in process.stderr:
        seen.append(line)
        if "bound" in line and "bound none yet" not in line and "score none yet" not in line:
            break
    assert process.poll() is None, "".join(seen)
    process.send_signal(sent)
    code, out, err = ended(process)
    assert code == 0, err
    assert "Traceback" not in err
    assert "ended because it was stopped by hand" in out
    record = record_of(tmp_path / "out")
    assert record["stopped_by"] == "interrupted"
    assert record["status"] == "feasible"
    assert record["bound"] < record["cost"]
    assert {path.name for path in (tmp_path / "out").iterdir()} >= set(OUTPUT_FILES)


@pytest.mark.real
@pytest.mark.nightly
def test_kent_benchmark(run, real_data, tmp_path):
    """Real Kent in less than a minute of search: 53 clusters that keep every rule."""
    folder = tmp_path / "kent"
    result = run(
        "propose", "kent-benchmark", "--out", folder, "--time-limit", 45, "--seed", 1,
        "--schools", real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "--boundary",
        f"district={real_data / 'boundaries' / 'kent_medway_districts_from_lsoa21_bgc.geojson'}",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    record = record_of(folder)
    assert record["gap"] <= 0.03
    with (folder / "clusters.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len({row["urn"] for row in rows}) == 563
    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(row["cluster"], []).append(row["phase"])
    assert len(members) == 53
    for phases in members.values():
        assert 8 <= len(phases) <= 14
        assert {"primary", "all-through"}.intersection(phases)
        assert {"secondary", "all-through"}.intersection(phases)
    assert sum(float(row["travel_km"]) for row in rows) <= 1650.0
    # In one piece, and every other rule: by the audit, which knows nothing of the search.
    assert run("audit", folder, "--strict").exit_code == 0
