"""A plan changed step by step: every change judged at once, recorded, and undone at will."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.phrases import counted
from cluster_geo.pipeline import (
    Proposal,
    called_as_in,
    floor_beside,
    folders_of,
    plan_file,
    require_plan,
)
from cluster_geo.plan import read_plan
from cluster_geo.records import sha256_of
from cluster_geo.scenario import load_county
from cluster_geo.session import requests as asked
from cluster_geo.session.card import card_of
from cluster_geo.session.changes import changed, require_known
from cluster_geo.session.consequence import Consequence, consequence_of, ranking
from cluster_geo.session.draft import Draft
from cluster_geo.session.finish import current_proposal, require_new, write_finished
from cluster_geo.session.history import History
from cluster_geo.session.journal import (
    JOURNAL_FILE,
    Accepted,
    Begun,
    Branched,
    Finished,
    Journal,
    Line,
    Refused,
    Switched,
    Went,
    made,
)
from cluster_geo.session.judge import Judge, Judged
from cluster_geo.session.opening import first_draft, scenario_for, version_beside
from cluster_geo.session.summary import Summary, summary_of
from cluster_geo.version import __version__


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


@dataclass(eq=False)
class Session:
    """A plan on the table; make one with `Session.open`.

    Parameters
    ----------
    judge : Judge
    history : History
    journal : Journal or None
        Where each step is written before it counts; None to keep them in memory alone.
    source : Path
        The plan that it began from.
    sources : tuple of Path
        Output folders that are never written: that of the plan, and that of its run.
    clock : callable
        Returns date and time in ISO 8601.

    Examples
    --------
    >>> from cluster_geo.session import Move
    >>> _ = cg.write(proposal, "outputs/example")
    >>> with cg.Session.open("outputs/example") as meeting:
    ...     best = meeting.ranking(900001)[0]
    ...     _ = meeting.accept(best.request, by="Head teacher", reason="Agreed")
    ...     moved = meeting.summary.moved
    ...     _ = meeting.undo()
    >>> moved, meeting.summary.moved
    ((900001,), ())
    """

    judge: Judge
    history: History
    journal: Journal | None = None
    source: Path = Path()
    sources: tuple[Path, ...] = ()
    clock: Callable[[], str] = _now
    notices: tuple[str, ...] = ()
    _lines: list[Line] = field(default_factory=list)
    _held: ExitStack = field(default_factory=ExitStack, repr=False)
    _begun: Judged = field(init=False, repr=False)
    _sha256: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        self._begun = self.judge.judged(self.history.drafts[0])

    @classmethod
    def open(
        cls,
        plan: str | Path,
        *,
        scenario: str | Path | None = None,
        base: str | Path | None = None,
        overrides: Mapping[str, object] | None = None,
        journal: str | Path | None = None,
        clock: Callable[[], str] = _now,
    ) -> Session:
        """Begin a session from a plan, or go on with the one in a journal.

        Parameters
        ----------
        plan : path
            An output folder, or a table of urn and cluster. It is read and never written.
        scenario : str or path, optional
            By which it is judged; by default that of the run beside it.
        base : path, optional
            Output folder of the run that the plan was changed from, where it is not in it.
        overrides : mapping of str to object, optional
            As for `read_scenario`.
        journal : path, optional
            Folder of the journal; made where it is not there. Without it nothing is written.
        clock : callable, optional

        Raises
        ------
        InputError
            Where an input cannot be used, a school is in two clusters, another session has the
            journal open, or the journal is that of another plan.
        OutputError
            Where the journal cannot be written.
        """
        require_plan(plan)
        source = plan_file(plan)
        run = plan if base is None else base
        read = partial(scenario_for, run, scenario, dict(overrides or {}))
        with ExitStack() as held:
            book = None
            if journal is not None:
                book = held.enter_context(Journal.open(Path(journal) / JOURNAL_FILE))
            wanted = read({})
            county = load_county(wanted)
            judge = Judge(county, wanted, read, floor_beside(run, wanted), version_beside(source))
            begun = called_as_in(read_plan(source, county), run)
            draft, notices = first_draft(begun, judge)
            sources = folders_of(source, run)
            session = cls(judge, History({0: draft}), book, source, sources, clock, notices)
            session._sha256 = sha256_of(source)
            session._resume(judge.hash_of_plan(session._sha256))
            session._held = held.pop_all()
        return session

    def close(self) -> None:
        """Close the journal; the session can be gone on with from it."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def county(self) -> County:
        """The county, as the scenario's audience may see it."""
        return self.judge.county

    @property
    def draft(self) -> Draft:
        """The plan as it stands."""
        return self.history.draft

    @property
    def begun(self) -> Judged:
        """The plan that the session began from."""
        return self._begun

    @property
    def judged(self) -> Judged:
        """The plan as it stands, with the verdicts on it."""
        return self.judge.judged(self.draft)

    @property
    def summary(self) -> Summary:
        """The plan as it stands, compared with the one that the session began from."""
        return summary_of(self.judged, self._begun, self.judge)

    @property
    def proposal(self) -> Proposal:
        """The plan as it stands with all that is known of it, to show and to write."""
        return current_proposal(self.history, self.judge)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The journal so far."""
        return tuple(self._lines)

    def preview(self, request: asked.Request) -> Consequence:
        """Judge what a request would do, and do nothing.

        Raises
        ------
        InputError
            Where it cannot be done at all.
        """
        return consequence_of(request, self.judged, self.judge)

    def ranking(self, urn: int) -> tuple[Consequence, ...]:
        """Judge what it would mean for a school to join each of the other clusters, best first."""
        return ranking(urn, self.judged, self.judge)

    def accept(
        self, request: asked.Request, *, by: str = "", asked: str = "", reason: str = ""
    ) -> Consequence:
        """Do what a request asks, and record it.

        Parameters
        ----------
        request : Request
        by : str
            Role of who asked; not a name, since it is published.
        asked, reason : str
            What was asked in their words, and why it was accepted.

        Raises
        ------
        InputError
            Where it cannot be done at all, or a text is too long to be recorded.
        OutputError
            Where the journal cannot be written; the plan is then as it was.
        """
        return self.accept_all([request], by=by, asked=asked, reason=reason)[0]

    def accept_all(
        self, requests: Sequence[asked.Request], *, by: str = "", asked: str = "", reason: str = ""
    ) -> tuple[Consequence, ...]:
        """Do what several requests ask, one after the other, all or none; see `accept`."""
        found: list[Consequence] = []
        lines: list[Accepted] = []
        now, parent = self.judged, self.history.head
        said = {"by": by, "asked": asked, "reason": reason, "when": self.clock()}
        for number, request in enumerate(requests, start=len(self.history.steps) + 1):
            found.append(consequence_of(request, now, self.judge))
            digests = {"before": now.draft.digest, "after": found[-1].draft.digest}
            facts = {"number": number, "parent": parent, "request": request, **digests, **said}
            lines.append(made(Accepted, **facts))
            now, parent = found[-1].after, number
        self._record(*lines)
        return tuple(found)

    def refuse(
        self, request: asked.Request, *, by: str = "", asked: str = "", reason: str = ""
    ) -> None:
        """Record that a request was refused; the plan stays as it is.

        A request about a school or a cluster that there is not is an `InputError`.
        """
        require_known(self.draft, request, self.judge)
        try:
            broken = self.preview(request).broken
            found = tuple(f"{one.rule}: {one.words}" for one in broken)
        except InputError as error:
            found = tuple(f"{fault.found}. {fault.fix}" for fault in error.faults)
        said = {"by": by, "asked": asked, "reason": reason, "when": self.clock()}
        facts = {"parent": self.history.head, "request": request, "found": found, **said}
        self._record(made(Refused, **facts))

    def undo(self) -> bool:
        """Take the last step back; return False where there is none."""
        return self._go(self.history.before)

    def redo(self) -> bool:
        """Take again the step that was taken back last; return False where there is none."""
        return self._go(self.history.next)

    def go_to(self, step: int) -> None:
        """Return to the plan as it stood after a step; 0 is the beginning.

        Raises
        ------
        InputError
            Where there is no such step.
        """
        if step not in self.history.drafts:
            fix = f"The last one is {len(self.history.steps):,}"
            raise InputError([Fault("step", f"there is no step {step:,}", fix)])
        self._go(step)

    def branch(self, variant: str) -> None:
        """Begin a variant at the plan as it stands, beside those that there are.

        Raises
        ------
        InputError
            Where there is one of that name.
        """
        if variant in self.history.variants:
            found = f"there is a variant {variant!r} already"
            raise InputError([Fault("variant", found, "Choose another name")])
        self._record(Branched(variant=variant, when=self.clock()))

    def switch(self, variant: str) -> None:
        """Turn to another variant.

        Raises
        ------
        InputError
            Where there is none of that name.
        """
        if variant not in self.history.variants:
            fix = f"There are: {', '.join(self.history.variants)}"
            raise InputError([Fault("variant", f"there is no variant {variant!r}", fix)])
        after = self.history.draft_of(variant).digest
        self._record(Switched(variant=variant, when=self.clock(), after=after))

    def finish(self, folder: str | Path, *, reason: str = "") -> list[Path]:
        """Write the plan as it stands into a new folder, with what was decided and why.

        Beside all outputs of a plan it has the decisions (added to those that the scenario names),
        the moves since the beginning, minutes for the room, the journal, and a scenario that keeps
        what was agreed.

        Parameters
        ----------
        folder : path
            It must not be there yet, or be empty.
        reason : str
            Why a plan that breaks requirements is finished all the same.

        Returns
        -------
        list of Path

        Raises
        ------
        InputError
            Where the plan breaks a requirement and no reason is given, or the folder is in that of
            the plan that the session began from.
        OutputError
            Where the folder holds files or cannot be written; it is then as it was.
        """
        folder, reason = Path(folder), reason.strip()
        require_new(folder, self.sources)
        broken = self.judged.broken or self.proposal.audit.broken
        if broken and not reason:
            number = counted(len(broken), "requirement")
            found, fix = f"the plan breaks {number}", "Mend it, or give the chair's reason"
            raise InputError([Fault("finish", found, fix)])
        files = write_finished(self.history, self.judge, self.lines, folder, reason, self._sha256)
        digest = self.draft.digest
        facts = {"folder": str(folder), "reason": reason, "when": self.clock(), "after": digest}
        self._record(made(Finished, **facts))
        return files

    def _repr_html_(self) -> str:
        """Show the plan as it stands in a notebook."""
        return card_of(self.summary, self.history, self.county)

    def _go(self, step: int | None) -> bool:
        if step is None or step == self.history.head:
            return False
        digest = self.history.drafts[step].digest
        self._record(Went(to=step, when=self.clock(), after=digest))
        return True

    def _record(self, *lines: Line) -> None:
        """Write lines, then let them count: what is seen has been written."""
        if self.journal is not None:
            self.journal.add(*lines)
        for line in lines:
            self._count(line)

    def _count(self, line: Line) -> None:
        self.history.add(line, lambda draft, step: changed(draft, step.request, self.judge))
        self._lines.append(line)

    def _resume(self, source: str) -> None:
        """Take the journal's lines into account; begin it where it has none."""
        lines = [] if self.journal is None else self.journal.lines
        if not lines:
            facts = {"program": __version__, "source": source, "rules": self.judge.digest}
            self._record(Begun(**facts, when=self.clock(), after=self.draft.digest))
            return
        first = lines[0]
        assert isinstance(first, Begun), "a journal is read only where it begins so"
        found = ""
        if first.source != source:
            found = "it is the journal of another plan, or that plan has changed since"
        elif first.rules != self.judge.digest:
            found = "the rules, or a file that they are read from, have changed since it began"
        if found:
            fix = "Give the plan and rules that it began with, or another folder for the journal"
            assert self.journal is not None, "it has lines"
            raise InputError([Fault(str(self.journal.path), found, fix)])
        for line in tuple(lines):
            self._count(line)
