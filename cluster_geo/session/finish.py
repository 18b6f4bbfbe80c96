"""The end of a session: a new folder with the plan, and with what was decided and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from cluster_geo.audit import audit
from cluster_geo.errors import OutputError
from cluster_geo.pipeline import Proposal, require_outside, write
from cluster_geo.plan import PLAN_FILE, Papers, with_decisions
from cluster_geo.publish.edition import edition_of
from cluster_geo.report.minutes import Item, Minutes, Moved, minutes_page
from cluster_geo.scenario import about_preferences, papers_of, rulebook_of
from cluster_geo.session.agreed import agreed_scenario, scenario_file
from cluster_geo.session.changes import urns_of
from cluster_geo.session.draft import Draft
from cluster_geo.session.history import History
from cluster_geo.session.journal import JOURNAL_FILE, Accepted, Line, Refused, text_of
from cluster_geo.session.judge import Judge
from cluster_geo.session.requests import Lock, Meet, Merge, Rename, Unlock
from cluster_geo.session.text import broken_words
from cluster_geo.session.words import words_of

# Requests about a cluster, not about schools that they name.
OfCluster = Lock | Unlock | Rename | Meet | Merge
MINUTES_FILE, SCENARIO_FILE = "minutes.html", "scenario.toml"
# What stands in the record where nothing was said.
NO_ROLE, AGREED, NOT_AGREED = "Not recorded", "Agreed in the meeting", "Not agreed in the meeting"


def current_proposal(history: History, judge: Judge, source: str = "") -> Proposal:
    """Return the current plan of a session as a proposal, to show and to write.

    `source` is the hash of the file of the plan that the session began from.
    """
    begun, draft = history.drafts[0], history.draft
    scenario = agreed_scenario(draft, begun, judge)
    # By the rules that the audience may see: two scores of plans that differ in one school would
    # reveal what is withheld of it.
    rulebook = judge.shown(rulebook_of(judge.whole, scenario))
    return Proposal(
        scenario,
        judge.whole,
        rulebook,
        draft.plan,
        audit(judge.whole, rulebook, draft.plan),
        papers=replace(
            _papers(_Record(history, judge), begun, draft, judge), previous_sha256=source
        ),
        floor=judge.bound_of(draft),
        frozen=len(judge.frozen),
        preferences=f"{about_preferences(scenario, rulebook)} {judge.about_left_out}".strip(),
    )


def require_new(folder: Path, sources: Iterable[Path]) -> None:
    """Refuse to finish in the folder of a plan that a session began from, or in any that has files.

    Raises
    ------
    InputError
        Where it is one of the sources, or lies in one.
    OutputError
        Where there are files in it.
    """
    require_outside(folder, sources)
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(f"{folder}: holds files already. Choose a new folder.")


def write_finished(
    history: History,
    judge: Judge,
    lines: Iterable[Line],
    folder: Path,
    reason: str,
    source: str = "",
) -> list[Path]:
    """Write the current plan of a session, its decisions, moves, minutes, journal and scenario.

    Parameters
    ----------
    history : History
    judge : Judge
    lines : iterable of Line
        Of the journal.
    folder : Path
        Made where it does not exist; written whole or not at all.
    reason : str
        Why a plan that breaks requirements is finished all the same.
    source : str
        Hash of the file of the plan that the session began from.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    lines = tuple(lines)
    proposal = current_proposal(history, judge, source)
    minutes = _minutes(_Record(history, judge), judge, lines, reason)
    page = minutes_page(edition_of(proposal.published.disclosed), minutes)
    journal = "".join(f"{text_of(line)}\n" for line in lines)
    texts = {
        MINUTES_FILE: page,
        JOURNAL_FILE: journal,
        SCENARIO_FILE: scenario_file(proposal.scenario, history.draft, judge, PLAN_FILE),
    }
    return write(proposal, folder, beside={name: _writer(text) for name, text in texts.items()})


def _writer(text: str) -> Callable[[Path], object]:
    return partial(_write, text=text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


class _Record:
    """What was decided in a session on the way to its current plan."""

    def __init__(self, history: History, judge: Judge) -> None:
        self.history = history
        self._judge = judge
        self._names = judge.county.schools.names

    def decisions(self) -> list[Accepted | Refused]:
        """Return what was accepted, and what was refused on the way, in the order of the session.

        What was undone is not among it, nor what was decided in other variants.
        """
        path = self.history.path(self.history.head)
        found: list[Accepted | Refused] = []
        for step in (0, *path):
            if step:
                found.append(self.history.steps[step])
            found += [line for line in self.history.refused if line.parent == step]
        return found

    def words(self, line: Accepted | Refused) -> str:
        """Return what a request asks for."""
        return words_of(line.request, self.before(line), self._names)

    def before(self, line: Accepted | Refused) -> Draft:
        """Return the draft that a request was made of."""
        return self.history.drafts[line.parent]

    def reason(self, line: Accepted | Refused) -> str:
        """Return why it was decided so."""
        if isinstance(line, Accepted):
            return line.reason or AGREED
        return line.reason or ". ".join(line.found) or NOT_AGREED

    def change(self, line: Accepted | Refused) -> float | None:
        """Return the change of the score by what was accepted."""
        if isinstance(line, Refused):
            return None
        return self._score(self.history.drafts[line.number]) - self._score(self.before(line))

    def _score(self, draft: Draft) -> float:
        return self._judge.judged(draft).score

    def rows(self, version: str) -> Iterator[dict[str, object]]:
        """Yield a row of the list of decisions for each school or cluster that was decided about.

        `version` is that of the plan that results.
        """
        for line in self.decisions():
            facts = {
                "request": line.asked or self.words(line),
                "decision": "granted" if isinstance(line, Accepted) else "refused",
                "reason": self.reason(line),
                "date": line.when[:10],
                "role": line.by or NO_ROLE,
                # A meeting decides on the day what is asked in it.
                "stage": "decided",
                "received": line.when[:10],
                "version_before": self._judge.version,
                "version_after": version,
            }
            if isinstance(line.request, OfCluster):
                yield {"urn": None, "cluster": line.request.code, **facts}
            for urn in sorted(urns_of(line.request)):
                yield {"urn": urn, "cluster": "", **facts}


def _papers(record: _Record, begun: Draft, draft: Draft, judge: Judge) -> Papers:
    given = papers_of(judge.whole, judge.scenario)
    rows = list(record.rows(judge.scenario_of(draft).plan.version))
    every = with_decisions(given.decisions, rows) if rows else given.decisions
    return replace(given, decisions=every, previous=begun.plan, venues=draft.venues)


def _minutes(record: _Record, judge: Judge, lines: tuple[Line, ...], reason: str) -> Minutes:
    history = record.history
    begun, now = judge.judged(history.drafts[0]), judge.judged(history.draft)
    names = judge.county.schools.names
    items = [
        Item(
            request=line.asked or record.words(line),
            does=record.words(line) if line.asked else "",
            decision="granted" if isinstance(line, Accepted) else "refused",
            reason=record.reason(line),
            role=line.by or NO_ROLE,
            date=line.when[:10],
            change=record.change(line),
        )
        for line in record.decisions()
    ]
    moved = [
        Moved(names[urn], begun.draft.home_of(urn), now.draft.home_of(urn))
        for urn in now.draft.moved_from(begun.draft)
    ]
    return Minutes(
        began=lines[0].when[:10],
        ended=lines[-1].when[:10],
        items=items,
        moved=moved,
        broken=[broken_words(one, now.draft) for one in now.broken],
        reason=reason,
        score=now.score,
        change=now.score - begun.score,
        certainty=judge.certainty(now),
        locked=[now.draft.name_of(code) for code in sorted(now.draft.locked)],
    )
