"""One method on one problem, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.machine import ROOT
from tests.benchmarks.peer_model import peer_arrays
from tests.benchmarks.problem import Judgement, Problem

OWN = {"ours": "ours (column generation)", "compact": "compact model (PuLP, HiGHS)"}
PEERS = {
    "k_means": "k-means-constrained",
    "max_p": "spopt MaxPHeuristic",
    "skater": "spopt Skater",
    "recom": "GerryChain short bursts",
}
# Methods may overshoot their time, and some have none: after so many times the limit (and some
# seconds for starting) they are ended.
PATIENCE = 2.0
STARTING = 60.0


@dataclass(frozen=True)
class Trial:
    """What came of one method on one problem.

    Parameters
    ----------
    part : str
        Of the benchmark: a key of `parts.PARTS`.
    seconds : float
        Of the method, without starting Python and reading files; where it was ended, of all.
    wall_seconds, cpu_seconds : float
        Of its process from start to end.
    peak_mb : float
        Greatest memory of its process, in MB (1e6 bytes).
    trace : list of [seconds, stage, cost, bound, columns]
    """

    part: str
    problem: str
    schools: int
    method: str
    status: str
    seconds: float
    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    judgement: Judgement | None = None
    bound: float | None = None
    note: str = ""
    trace: list[list[Any]] = field(default_factory=list, repr=False)

    @property
    def cost(self) -> float | None:
        """Cost of the plan, by the project's own rules."""
        return self.judgement.cost if self.judgement else None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost of a plan that keeps every hard rule; else None."""
        judged = self.judgement
        if judged is None or judged.faults or self.bound is None:
            return None
        return max(0.0, (judged.cost - self.bound) / judged.cost)

    @property
    def first_plan(self) -> float | None:
        """Seconds to the first valid plan; None where the method keeps no trace."""
        return next((point[0] for point in self.trace if point[2] is not None), None)


@dataclass(frozen=True)
class Bench:
    """How trials are run.

    Parameters
    ----------
    seed : int
    peers : Path, optional
        The interpreter of the peers' environment; without it no peer can be run.
    compiled : Path, optional
        Folder of compiled code; the package's own where there is none.
    """

    seed: int
    peers: Path | None = None
    compiled: Path | None = None

    def run(
        self,
        part: str,
        problem: Problem,
        method: str,
        seconds: float,
        *,
        keep: Path | None = None,
        begin: Path | None = None,
    ) -> Trial:
        """Run one method in a process of its own and judge what it found.

        Ours can keep its plan and the clusters it met in a folder, and begin from such a folder.
        """
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            command = self._command(problem, method, home, seconds)
            for option, place in (("--keep", keep), ("--begin", begin)):
                command += [option, str(place)] if place else []
            limit = PATIENCE * seconds + STARTING
            told, outcome, said = self._measured(command, home, limit)
        labels = outcome.get("labels")
        note = outcome.get("note") or ("" if outcome else said)
        return Trial(
            part=part,
            problem=problem.name,
            schools=problem.schools,
            method=(OWN | PEERS)[method] + (", begun before" if begin else ""),
            status=outcome.get("status") or _status(told, labels),
            seconds=outcome.get("seconds", told["wall_seconds"]),
            wall_seconds=told["wall_seconds"],
            cpu_seconds=told["cpu_seconds"],
            peak_mb=told["peak_mb"],
            judgement=problem.judge(labels) if labels else None,
            bound=outcome.get("bound"),
            note=f"ended after {limit:.0f} s" if told["killed"] else note,
            trace=outcome.get("trace", []),
        )

    def _command(self, problem: Problem, method: str, home: Path, seconds: float) -> list[str]:
        """Write the problem for the method's process, and return how it is started."""
        rest = [str(home / "out.json"), str(seconds), str(self.seed)]
        if method in OWN:
            problem.write(home / "problem.json")
            start = [sys.executable, "-m", "tests.benchmarks.own", method]
            return [*start, str(home / "problem.json"), *rest]
        assert self.peers is not None, "the peers' environment has not been made"
        np.savez(home / "in.npz", **peer_arrays(*problem.loaded))
        start = [str(self.peers), "-m", "tests.benchmarks.peers", method]
        return [*start, str(home / "in.npz"), *rest]

    def _measured(
        self, command: list[str], home: Path, limit: float
    ) -> tuple[dict[str, Any], dict[str, Any], str]:
        """Return what the process took, what it wrote, and the last thing it said."""
        measured = [sys.executable, str(Path(__file__).with_name("measured.py"))]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        if self.compiled is not None:
            environment["NUMBA_CACHE_DIR"] = str(self.compiled)
        done = subprocess.run(
            [*measured, str(home / "report.json"), str(limit), *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads((home / "report.json").read_text(encoding="utf-8"))
        written = home / "out.json"
        outcome = json.loads(written.read_text(encoding="utf-8")) if written.is_file() else {}
        return told, outcome, (done.stderr.strip().splitlines() or ["it said nothing"])[-1]


def _status(told: Mapping[str, Any], labels: object) -> str:
    """Say how a process ended that does not say it itself."""
    if labels:
        return "found"
    return "none found" if told["killed"] or told["code"] == 0 else "failed"
