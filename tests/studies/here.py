"""Runs of a sweep in the process of the test: that each has its own is promised elsewhere."""

from __future__ import annotations

import pytest

from cluster_geo.studies import Job, runs


def run_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have runs done in this process, one at a time; return the names of those done."""
    done: list[str] = []

    class Crew:
        def __init__(self, threads: int) -> None:
            self.jobs: dict[str, Job] = {}

        def __len__(self) -> int:
            return len(self.jobs)

        def begin(self, job: Job) -> None:
            self.jobs[job.name] = job

        def ended(self) -> list[tuple[Job, str]]:
            job = self.jobs.pop(next(iter(self.jobs)))
            runs.run_job(job, threads=1)
            done.append(job.name)
            return [(job, "")]

        def stop(self) -> None:
            self.jobs.clear()

    monkeypatch.setattr(runs, "_Crew", Crew)
    return done
