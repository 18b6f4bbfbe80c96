"""Runs of a sweep in processes of their own: kept whole, never run twice, resumed after a kill."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cluster_geo import pipeline
from cluster_geo import threads as stated
from cluster_geo.alternatives import Row, Variation, outcome_row
from cluster_geo.alternatives.sweep import RUNS
from cluster_geo.errors import ClusterGeoError, ImpossibleError, NoPlanFoundError
from cluster_geo.plan import PLAN_FILE, Plan, read_plan
from cluster_geo.plan.file import RUN_RECORD
from cluster_geo.records import keyed_hash, sha256_of
from cluster_geo.scenario import Scenario, load_county

ROWS = "rows"
# Hidden siblings in which a row is made before it is put in place.
DRAFT = ".draft"


@dataclass(frozen=True)
class Job:
    """One run: what is asked, where its outputs go, and which run's plan it begins from."""

    name: str
    scenario: Scenario
    folder: Path
    after: str | None = None

    @property
    def outputs(self) -> Path:
        """Folder of the run's plan, map and report."""
        return self.folder / RUNS / self.name

    @property
    def row(self) -> Path:
        """The last file that a run writes: where it is, the run is done."""
        return self.folder / ROWS / f"{self.name}.json"

    def asked(self, files: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return all that the outcome depends on: settings, the bytes of every file, the start.

        `files` are the hashes of those that were read, by setting; by default of those there now.
        They are keyed: nobody else can confirm a guess at a small file by them.
        """
        if files is None:
            named = self.scenario.files()
            files = {key: sha256_of(path) for key, path in named.items() if path.is_file()}
        hashes = {key: keyed_hash(sha256) for key, sha256 in files.items()}
        return {"scenario": self.scenario.record(), "files": hashes, "after": self.after}

    def done(self) -> Row | None:
        """Return the row of an earlier run that was asked the same, or None."""
        kept = self._kept()
        asked = json.loads(json.dumps(self.asked()))
        # Without a key no hash is kept, and it is not known whether the files are the same.
        if kept is None or kept["asked"] != asked or "" in asked["files"].values():
            return None
        return self.written()

    def written(self) -> Row | None:
        """Return the row that a run has written, whatever its files are now, or None."""
        kept = self._kept()
        if kept is None:
            return None
        row: Row = kept["row"]
        whole = row.get("cost") is None or (self.outputs / RUN_RECORD).is_file()
        return row if whole else None

    def _kept(self) -> dict[str, Any] | None:
        try:
            kept = json.loads(self.row.read_text(encoding="utf-8"))
            return {"asked": kept["asked"], "row": dict(kept["row"])}
        except (OSError, ValueError, KeyError, TypeError):
            return None


def run_all(
    jobs: Sequence[Job],
    *,
    processes: int | None = None,
    progress: Callable[[str, Row], None] | None = None,
) -> dict[str, Row]:
    """Do every job that is not done yet; return the rows of all, in the order given.

    Parameters
    ----------
    jobs : sequence of Job
        A job begins once the one it comes after has ended.
    processes : int, optional
        At most so many at a time; default: `threads.PROCESSES`.
    progress : callable, optional
        Called with name and row of each job as it ends, also of those done before.

    Raises
    ------
    ClusterGeoError
        Where a run failed for a reason other than having no plan; the others are kept.
    """
    most = max(1, min(processes or stated.PROCESSES, len(jobs)))
    crew = _Crew(threads=max(1, stated.POOL // most))
    rows: dict[str, Row] = {}
    failures: dict[str, str] = {}

    def ended(name: str, row: Row) -> None:
        rows[name] = row
        if progress is not None:
            progress(name, row)

    waiting = {job.name: job for job in jobs}
    for job in jobs:
        # What a solver's failure cut short is worth another try.
        if (row := job.done()) is not None and not row.get("failure"):
            del waiting[job.name]
            ended(job.name, row)
    try:
        while waiting or crew:
            ready = [j for j in waiting.values() if j.after not in waiting | crew.jobs]
            for job in ready[: most - len(crew)]:
                crew.begin(waiting.pop(job.name))
            for job, failure in crew.ended():
                # A file may have changed since it was read: the row is of what was read.
                row = job.written()
                if failure or row is None:
                    failures[job.name] = failure or "it wrote no row"
                else:
                    ended(job.name, row)
    finally:
        crew.stop()
    if failures:
        raise ClusterGeoError(_failed(failures))
    return {job.name: rows[job.name] for job in jobs}


def _failed(failures: Mapping[str, str]) -> str:
    """Say which runs failed; a reason that several share is given once."""
    runs: dict[str, list[str]] = {}
    for name, failure in failures.items():
        runs.setdefault(failure, []).append(name)
    lines = [f"  - {', '.join(names)}: {failure}" for failure, names in runs.items()]
    again = "Finished runs are kept; run the same command again to continue."
    return "\n".join(["These runs failed:", *lines, again])


class _Crew:
    """Processes at work. Each is spawned afresh: HiGHS and threads do not outlive a fork."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._spawn = multiprocessing.get_context("spawn")
        self._at_work: dict[Connection, tuple[Job, BaseProcess]] = {}

    def __len__(self) -> int:
        return len(self._at_work)

    @property
    def jobs(self) -> dict[str, Job]:
        """Jobs under way, by name."""
        return {job.name: job for job, _ in self._at_work.values()}

    def begin(self, job: Job) -> None:
        """Begin a job in a process of its own."""
        listener, speaker = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(
            target=_work, args=(job, self._threads, speaker), name=job.name, daemon=True
        )
        process.start()
        speaker.close()
        self._at_work[listener] = (job, process)

    def ended(self) -> list[tuple[Job, str]]:
        """Wait until some job ends; return those that did, with words where they failed."""
        found = []
        for listener in wait(list(self._at_work)):
            assert isinstance(listener, Connection)
            job, process = self._at_work.pop(listener)
            try:
                failure = str(listener.recv())
            except EOFError:
                process.join()
                failure = f"its process ended without a message (exit code {process.exitcode})"
            process.join()
            listener.close()
            found.append((job, failure))
        return found

    def stop(self) -> None:
        """End what is still at work; what it has not finished is run again next time."""
        for _, process in self._at_work.values():
            process.kill()
        for listener, (_, process) in self._at_work.items():
            process.join()
            listener.close()
        self._at_work.clear()


def _work(job: Job, threads: int, speaker: Connection) -> None:
    """Do one job; send the parent "" or what failed."""
    # Ctrl-C is the parent's business: a search that takes it for its own would pass off what it
    # has so far as the outcome of the run.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        run_job(job, threads=threads)
        speaker.send("")
    except ClusterGeoError as error:
        speaker.send(str(error))
    finally:
        speaker.close()


def _end_with_parent() -> None:
    """End this process when its parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def run_job(job: Job, *, threads: int | None = None) -> Row:
    """Do one job in this process: solve, write its outputs, then its row; return the row."""
    county = load_county(job.scenario)
    start: Plan | None = None
    before = job.folder / RUNS / (job.after or "") / PLAN_FILE
    if job.after is not None and before.is_file():
        start = read_plan(before, county)
    try:
        proposal = pipeline.propose(county, job.scenario, start=start, threads=threads)
    except ImpossibleError as error:
        row: Row = {"status": "impossible", "words": str(error)}
    except NoPlanFoundError as error:
        row = {"status": "none found", "failure": error.failure, "words": str(error)}
    else:
        pipeline.write(proposal, job.outputs)
        seen = proposal.published
        row = outcome_row(
            proposal.plan, county, proposal.rulebook, audit=seen.audit, result=seen.result
        )
        # The share is of the whole score, of which it tells nothing.
        row["gap"] = seen.gap
    _write_whole(job.row, {"asked": job.asked(county.inputs.sha256), "row": row})
    return row


def _write_whole(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}{DRAFT}")
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    draft.write_text(text + "\n", encoding="utf-8", newline="\n")
    draft.replace(path)


def jobs_of(
    variations: Sequence[Variation], scenarios: Mapping[str, Scenario], folder: Path
) -> list[Job]:
    """Return the job of each variation, its outputs below `folder`."""
    return [Job(v.name, scenarios[v.name], folder, v.after) for v in variations]
