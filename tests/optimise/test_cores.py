"""The optimiser on machines with any number of cores: one status, and the same bytes.

A small library makes the C library report other cores than there are; HiGHS, NumPy's linear
algebra and Numba read that number when they are loaded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CORES = (1, 2, 8, 64)
FEW_AND_ALL = [(1, 64), pytest.param(CORES, marks=pytest.mark.nightly)]
SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
#include <unistd.h>
int get_nprocs(void) { return CORES; }
int get_nprocs_conf(void) { return CORES; }
long sysconf(int name) {
    static long (*real)(int);
    if (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF) return CORES;
    if (!real) real = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");
    return real(name);
}
"""
# The command line, as its entry point starts it.
COMMAND = "from cluster_geo.cli import main; main()"
# A district of the example, to a first integer master.
SMALL = (
    *("--set", 'schools.districts=["Alderwold"]', "--set", "clusters.count=free"),
    *("--set", "solve.work=6000"),
)
# Two solves and an integer programme of another user of HiGHS between them, in one process.
SCRIPT = """
import json, os, sys
import highspy
import numpy as np
from cluster_geo.optimise import solve, solve_compact
from tests.books import random_rulebook
from tests.worlds import random_county

other = highspy.Highs()
other.setOptionValue("output_flag", False)
other.addVar(0.0, 1.5)
other.changeColIntegrality(0, highspy.HighsVarType.kInteger)
other.changeColCost(0, -1.0)
found = []
for seed, schools in ((31, 8), (2, 30)):
    county = random_county(seed, schools)
    rulebook = random_rulebook(county, seed)
    result = solve(county, rulebook, work=30_000, gap=1e-5, seed=seed)
    found.append([result.status, result.stopped_by, repr(result.cost), repr(result.bound)])
    found.append([cluster.members for cluster in result.plan.clusters] if result.plan else None)
    other.run()
found.append(solve_compact(random_county(31, 8), random_rulebook(random_county(31, 8), 31)).status)
print(json.dumps({"cores": os.cpu_count(), "found": found}))
"""

# An integer programme of ours, and the threads of the process after it.
THREADS = """
import re
from pathlib import Path
from cluster_geo.optimise import solve_compact
from tests.books import random_rulebook
from tests.worlds import random_county

def threads():
    return int(re.search(r"Threads:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])

before = threads()
solve_compact(random_county(31, 8), random_rulebook(random_county(31, 8), 31))
print(threads() - before)
"""


@pytest.fixture(scope="module")
def shims(tmp_path_factory) -> dict[int, Path]:
    """One library for each number of cores; skipped where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("there is no C compiler on this machine, or it is not Linux")
    folder = tmp_path_factory.mktemp("cores")
    made = {}
    for cores in CORES:
        source, made[cores] = folder / f"{cores}.c", folder / f"{cores}.so"
        source.write_text(SOURCE.replace("CORES", str(cores)))
        command = [compiler, "-shared", "-fPIC", "-o", made[cores], source, "-ldl"]
        subprocess.run(command, check=True, capture_output=True)
    return made


def run(command: list[str], shim: Path) -> str:
    """Run a command with so many cores reported; return what it prints."""
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(root)}
    # What a machine states itself must not hide what it would do without.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
        environment.pop(name, None)
    done = subprocess.run(
        command, env=environment, cwd=root, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("numbers", FEW_AND_ALL)
def test_the_same_on_any_number_of_cores(shims, numbers):
    """Plans, costs, bounds and statuses are the same to the last digit."""
    outcomes = {}
    for cores in numbers:
        # The other user of HiGHS prints its banner.
        output = json.loads(run([sys.executable, "-c", SCRIPT], shims[cores]).splitlines()[-1])
        assert output["cores"] == cores, "the shim is not seen"
        outcomes[cores] = output["found"]
    assert all(found == outcomes[1] for found in outcomes.values())
    (status, stopped_by, *_), *_ = outcomes[1]
    assert (status, stopped_by) == ("optimal", "gap")


def test_the_solver_begins_no_threads_of_its_own(shims):
    """Not even where there are 64 cores: left to itself it would begin half as many."""
    assert run([sys.executable, "-c", THREADS], shims[64]).strip() == "0"


@pytest.mark.parametrize("numbers", FEW_AND_ALL)
def test_the_command_writes_the_same_bytes_on_any_number_of_cores(shims, tmp_path, numbers):
    """A district proposed under a limit of work: every file of it, map and report included."""
    written = {}
    for cores in numbers:
        out = tmp_path / f"cores_{cores}"
        command = [sys.executable, "-c", COMMAND, "propose", "--out", str(out)]
        output = run([*command, *SMALL], shims[cores])
        assert "This plan scores" in output
        written[cores] = {path.name: path.read_bytes() for path in sorted(out.iterdir())}
    assert written[1].keys() >= {"map.html", "report.html", "clusters.csv"}
    for cores in numbers:
        assert written[cores].keys() == written[1].keys()
        differing = [name for name, data in written[1].items() if data != written[cores][name]]
        assert differing == [], cores
