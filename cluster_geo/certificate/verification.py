"""Verify a certificate: every claim again, by models that share no code with the search."""

from __future__ import annotations

import multiprocessing
import random
import secrets
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from multiprocessing.process import BaseProcess
from pathlib import Path

from cluster_geo import threads
from cluster_geo.certificate.arithmetic import RefutedError, tree_bound
from cluster_geo.certificate.claims import Claim, Claims, Finding
from cluster_geo.certificate.document import Certificate
from cluster_geo.certificate.kept import Kept
from cluster_geo.certificate.subject import Subject
from cluster_geo.errors import ClusterGeoError
from cluster_geo.optimise.certainty import below
from cluster_geo.phrases import counted
from cluster_geo.tolerances import CLAIM, SAME_SCORE, SAME_SUM

# Claims given to a process ahead of those that it works on.
AHEAD = 2
# Seconds without an answer after which it is looked whether the processes are still there.
LOST_AFTER = 10.0


@dataclass(frozen=True)
class Verification:
    """What of a certificate was checked; nothing that was checked contradicts it.

    Parameters
    ----------
    certificate : Certificate
    bound : float
        The score below which no plan can be, if all claims hold: added up in exact fractions, and
        lowered by what a claim may be out by and still count as holding.
    checked, earlier, total : int
        Claims that hold: checked now, and by earlier calls; and all there are.
    unsettled : tuple of Finding
        Claims that could not be settled.
    seed : int or None
        By which a sample was drawn.
    interrupted : bool
    seconds : float
    lost : str
        Why nothing could be kept for a later call; "" if it was.
    """

    certificate: Certificate
    bound: float
    checked: int
    earlier: int
    total: int
    unsettled: tuple[Finding, ...] = ()
    seed: int | None = None
    interrupted: bool = False
    seconds: float = 0.0
    lost: str = field(default="", repr=False)

    @property
    def complete(self) -> bool:
        """Whether every claim was found to hold."""
        return self.checked + self.earlier == self.total

    def words(self) -> list[str]:
        """Return the sentences that say what is verified and what is not."""
        plan = self.certificate
        bound = below(self.bound)
        found = [f"The plan in the folder scores {plan.cost:,.1f} and is that of the certificate."]
        if self.complete:
            found.append(f"Verified. {bound}.")
        else:
            found.append(f"Not verified in full. {bound}, if the other claims hold too.")
        found.append(self._counts())
        found.append(
            "Each claim states the least that the clusters of one central school can add, and is "
            "checked by an integer programme of its own, to within "
            f"{CLAIM * plan.scale:.1g} {plan.unit}."
        )
        if self.unsettled:
            first = self.unsettled[0]
            hub = first.claim.hub
            about = f"central school {hub}" if hub else "a list of clusters"
            found.append(
                f"{counted(len(self.unsettled), 'claim')} could not be settled. "
                f"The first is about {about}: {first.words}."
            )
        if self.seed is not None:
            found.append(f"The sample was drawn at random; --seed {self.seed} draws it again.")
        if self.interrupted:
            found.append("It was stopped; the same command goes on from here.")
        if self.lost:
            found.append(f"What was checked could not be kept for a later call ({self.lost}).")
        return found

    def _counts(self) -> str:
        """Say how many claims were checked, and when."""
        done = self.checked + self.earlier
        if not done:
            return f"None of {counted(self.total, 'claim')} has been checked."
        when = f" in {self.seconds:,.0f} seconds" if self.checked else ""
        before = f" ({self.earlier:,} of them by an earlier call)" if self.earlier else ""
        return f"{done:,} of {counted(self.total, 'claim')} checked{when}{before}, and all hold."


def verify(
    folder: str | Path,
    *,
    files: Mapping[str, object] | None = None,
    sample: int | None = None,
    seed: int | None = None,
    seconds: float | None = None,
    processes: int = threads.PROCESSES,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Check the certificate in a run's output folder.

    The run's settings, files and plan are compared with it, its sums are added up again in exact
    fractions, and the least reduced cost of each central school at each leaf of the search's tree
    is checked by an integer programme that PuLP states and HiGHS solves. Neither the compiled code
    nor the pricing of the search is used. Claims found to hold are kept in the folder, and not
    checked again.

    Parameters
    ----------
    folder : path
    files : mapping of str to object, optional
        Where files of the run are now, by their settings (``{"schools.file": "GIAS.csv"}``); they
        must have the same bytes.
    sample : int, optional
        Check only so many claims, drawn at random of those not yet checked.
    seed : int, optional
        Of the draw; by default one that nobody can foresee.
    seconds : float, optional
        Limit for each claim.
    processes : int
        In a script, the call must stand under ``if __name__ == "__main__":``.
    progress : callable, optional
        Called with the number of claims checked and to check.

    Raises
    ------
    InputError
        If the folder has no certificate that can be read, or a file of the run has changed.
    RefutedError
        If the certificate does not hold: with what contradicts it.

    Examples
    --------
    >>> checked = cg.verify("outputs/example", sample=20)  # doctest: +SKIP
    >>> checked.complete  # doctest: +SKIP
    False
    """
    began = time.monotonic()
    folder = Path(folder)
    files = dict(files or {})
    subject = Subject.of(folder, files)
    certificate, instance = subject.certificate, subject.instance
    claims = Claims.of(subject)
    frozen = Fraction(instance.frozen_cost)
    _require_claimed(certificate, float(tree_bound(certificate, claims.bounds()) + frozen))
    bound = float(tree_bound(certificate, claims.bounds(lowered=True)) + frozen)
    every, kept = list(claims.all()), Kept(folder, subject.digest)
    done = kept.earlier().intersection(every)
    waiting = [claim for claim in every if claim not in done]
    if sample is not None:
        seed = secrets.randbelow(10**9) if seed is None else seed
        # Nothing secret depends on it: a seed that is stated lets the draw be repeated.
        waiting = random.Random(seed).sample(waiting, min(sample, len(waiting)))  # noqa: S311
    held, unsettled, interrupted = 0, [], False
    try:
        for finding in _findings((folder, files), claims, waiting, seconds, processes):
            if finding.outcome == "refuted":
                raise RefutedError(f"The certificate does not hold. {finding.words}")
            if finding.outcome == "holds":
                held += 1
                kept.add([finding.claim])
            else:
                unsettled.append(finding)
            if progress is not None:
                progress(held + len(unsettled), len(waiting))
    except KeyboardInterrupt:
        interrupted = held + len(unsettled) < len(waiting)
    _require_below_plan(certificate, bound)
    return Verification(
        certificate,
        bound,
        held,
        len(done),
        len(every),
        tuple(unsettled),
        seed if sample is not None else None,
        interrupted,
        time.monotonic() - began,
        kept.lost,
    )


def _require_claimed(certificate: Certificate, bound: float) -> None:
    """Refuse a certificate that states more than it adds up to."""
    if certificate.bound > bound + SAME_SUM * max(1.0, abs(bound)):
        raise RefutedError(
            f"The certificate states a bound of {certificate.bound:,.6g}, but adds up to "
            f"{bound:,.6g}."
        )


def _require_below_plan(certificate: Certificate, bound: float) -> None:
    """Refuse a bound above the score of the plan, which was judged: some claim must be false."""
    if bound > certificate.cost + SAME_SCORE * max(1.0, abs(certificate.cost)):
        raise RefutedError(
            f"The certificate adds up to {bound:,.6g}, but the plan scores less: "
            f"{certificate.cost:,.6g}."
        )


def _findings(
    read_from: tuple[Path, Mapping[str, object]],
    claims: Claims,
    waiting: Sequence[Claim],
    seconds: float | None,
    processes: int,
) -> Iterator[Finding]:
    """Yield what each claim comes to, as it is settled."""
    if processes <= 1 or len(waiting) <= 1:
        for claim in waiting:
            yield claims.check(claim, seconds)
        return
    others = multiprocessing.active_children()
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _open, read_from)
    left = iter(waiting)
    running: set[Future[Finding]] = set()
    try:
        while True:
            for claim in left:
                with _no_interrupt():
                    running.add(pool.submit(_checked, claim, seconds))
                if len(running) >= AHEAD * processes:
                    break
            if not running:
                return
            ended, running = _settled(running, others)
            for future in ended:
                yield future.result()
    # Handing over a claim fails otherwise, depending on when the process ended.
    except (BrokenProcessPool, OSError) as error:
        raise ClusterGeoError(
            "A process that checked claims was ended from outside, perhaps because memory ran out. "
            "What was checked is kept; run the command again, with --processes 1."
        ) from error
    finally:
        mine = [child for child in multiprocessing.active_children() if child not in others]
        # What they are at is not wanted any more, and may take as long as a claim may.
        _end(pool, mine if running else [])


def _settled(
    running: set[Future[Finding]], others: Sequence[BaseProcess]
) -> tuple[set[Future[Finding]], set[Future[Finding]]]:
    """Wait for some of what is running; return what has ended and what has not.

    Raises
    ------
    BrokenProcessPool
        Where no process is left but these others. Where one dies while another is begun, Python's
        own pool may never say so.
    """
    ended, left = wait(running, LOST_AFTER, return_when=FIRST_COMPLETED)
    if not ended and set(multiprocessing.active_children()) <= set(others):
        raise BrokenProcessPool
    return ended, left


def _end(pool: ProcessPoolExecutor, at_work: Sequence[BaseProcess]) -> None:
    """End a pool and those of its processes that are at work, and leave nothing of it behind.

    Python joins what is left when it ends, where Ctrl-C would show as a traceback.
    """
    with _no_interrupt():
        for worker in at_work:
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let a process that is begun here never see Ctrl-C, which is for the process that asks.

    It inherits which signals are held back. (Were it to ignore them by itself, one that came while
    it imports its modules would show as a traceback.) This process gets its own afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What a process of the pool checks, once it has read the folder itself.
_mine: list[Claims] = []


def _open(folder: Path, files: Mapping[str, object]) -> None:
    # Where there is no mask to inherit, as on Windows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _mine[:] = [Claims.of(Subject.of(folder, files))]


def _checked(claim: Claim, seconds: float | None) -> Finding:
    return _mine[0].check(claim, seconds)
