"""An adopted plan carried to a new date: what has changed, and the plan that moves the fewest.

The fewest movers come first and the score second, each with its proof; plans that may move a few
more schools are found beside it, so that a council sees what a move would buy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from cluster_geo import pipeline
from cluster_geo.compare.moves import MOVES
from cluster_geo.compare.school_changes import Published, school_changes
from cluster_geo.county import County
from cluster_geo.optimise import Members, Result, TracePoint
from cluster_geo.pipeline import NoPlan, Proposal
from cluster_geo.plan import Plan
from cluster_geo.rules import limit_of_movers
from cluster_geo.scenario import RUN_RECORD, Scenario, previous_plan, read_run
from cluster_geo.tolerances import SAME_SCORE

# How many more schools may move than have to, for the plans beside.
MORE = (2, 5)
# Share of the time or work for the plan that moves the fewest; the others share what is left.
MAIN_SHARE = 0.7
LEAST_SECONDS = 1.0


@dataclass(frozen=True, eq=False)
class Alternative:
    """A plan that may move more schools than have to.

    Parameters
    ----------
    most : int
        Most schools that might move.
    proposal : Proposal
    """

    most: int
    proposal: Proposal

    @property
    def moved(self) -> int:
        """How many schools move."""
        moves = self.proposal.published.moves
        return 0 if moves is None else int((moves["change"] == MOVES).sum())

    @property
    def score(self) -> float:
        """The score that the audience may see."""
        return self.proposal.shown_audit.cost


@dataclass(frozen=True, eq=False)
class Update:
    """A plan carried to a new date.

    Parameters
    ----------
    version : str
        Of the plan before; "" where it is not on record.
    before : Published
        What its file says.
    changes : DataFrame
        As `school_changes`.
    as_it_is : Proposal
        The plan before with the schools of now, if nothing is done.
    proposal : Proposal
        The plan with the fewest movers, and of those the best that was found.
    alternatives : tuple of Alternative
        Those that score less for a few more movers.
    """

    version: str
    before: Published
    changes: pd.DataFrame
    as_it_is: Proposal
    proposal: Proposal
    alternatives: tuple[Alternative, ...] = field(default=())

    @property
    def main(self) -> Alternative:
        """The plan with the fewest movers."""
        return Alternative(most_movers(self.proposal), self.proposal)


def update_settings(plan: str | Path, given: Mapping[str, object]) -> dict[str, object]:
    """Return the settings that carry a plan to a new date, with those given on top.

    The plan is the one before, and the one to stay close to; as few schools as possible move. The
    new plan is a draft of the next version, and nothing of the decision on the one before is its,
    nor of the consultation on it. The planning date is the new register's.

    Parameters
    ----------
    plan : path
        A plan's file or an output folder.
    given : mapping of str to object
        By dotted key.
    """
    file = pipeline.plan_file(plan)
    version = version_of(plan)
    settings: dict[str, object] = {
        "plan.previous_plan": file,
        "plan.status": "draft",
        "plan.decision_reference": "",
        "plan.effective_date": None,
        "plan.end_date": None,
        "plan.replaces": version,
        "plan.reason": "",
        "plan.superseded_by": "",
        "plan.told": (),
        "plan.corrections": None,
        "plan.responses": None,
        "reference.plan": file,
        "reference.fewest_movers": True,
        "reference.most_movers": None,
    }
    if version.isdecimal():
        settings["plan.version"] = str(int(version) + 1)
    if "schools.file" in given:
        settings["schools.as_at"] = None
    return settings | dict(given)


def version_of(plan: str | Path) -> str:
    """Return the version of a plan by the record of its run; "" where there is none."""
    record = pipeline.plan_file(plan).with_name(RUN_RECORD)
    return read_run(record).scenario.plan.version if record.is_file() else ""


def update_plan(
    county: County,
    scenario: Scenario,
    *,
    more: Sequence[int] = MORE,
    threads: int | None = None,
    progress: Callable[[TracePoint], None] | None = None,
) -> Update | NoPlan:
    """Carry a plan to the schools of a county.

    Parameters
    ----------
    county : County
        Of the new date.
    scenario : Scenario
        With `update_settings`; its limit of time or work is that of all searches together.
    more : sequence of int
        How many more schools than have to may move in the plans beside.
    threads : int, optional
    progress : callable, optional
        Called with every point of each search's trace.

    Returns
    -------
    Update or NoPlan
        The latter where the schools of now have no plan by these rules, or none was found.
    """
    file = scenario.plan.previous_plan
    before = previous_plan(county, scenario)
    assert file is not None, "update_settings names it"
    assert before is not None, "it was read with the county"
    # Before the search, which takes its time: the file may be another one after it.
    published, version = Published.read(file), version_of(file)
    found = pipeline.seek(
        county,
        _limited(scenario, MAIN_SHARE * scenario.solve.time_limit, MAIN_SHARE),
        threads=threads,
        progress=progress,
    )
    if isinstance(found, NoPlan):
        return found
    as_it_is = pipeline.proposal_of(county, found.scenario, before)
    beside = _Beside(county, scenario, found, threads, progress)
    return Update(
        version,
        published,
        school_changes(published, county, found.plan),
        as_it_is,
        found,
        beside.seek(more),
    )


def most_movers(proposal: Proposal) -> int:
    """Return how many schools might move at most in the search for a plan."""
    return limit_of_movers(proposal.rulebook) or 0


@dataclass(frozen=True, eq=False)
class _Beside:
    """Searches for plans that may move a few more schools."""

    county: County
    scenario: Scenario
    found: Proposal
    threads: int | None
    progress: Callable[[TracePoint], None] | None

    def seek(self, more: Sequence[int]) -> tuple[Alternative, ...]:
        """Return those that score less than each before them."""
        kept: list[Alternative] = []
        start, known = self.found.plan, self._known(self.found)
        best, numbers = self.found.audit.cost, sorted(set(more))
        done = [self.found.result]
        for place, number in enumerate(numbers):
            if any(r is not None and r.stopped_by == "interrupted" for r in done):
                break
            most, seconds = most_movers(self.found) + number, _seconds(done)
            proposal = pipeline.seek(
                self.county,
                self._asked(most, len(numbers) - place, seconds),
                start=start,
                known=known,
                threads=self.threads,
                progress=self._after(seconds),
            )
            done.append(proposal.result)
            if isinstance(proposal, NoPlan) or proposal.audit.cost >= best - SAME_SCORE:
                continue
            kept.append(Alternative(most, proposal))
            start, best = proposal.plan, proposal.audit.cost
        return tuple(kept)

    def _asked(self, most: int, left: int, spent: float) -> Scenario:
        """Return the scenario of one of the searches that are left."""
        update = {"fewest_movers": False, "most_movers": most}
        reference = self.scenario.reference.model_copy(update=update)
        asked = self.scenario.model_copy(update={"reference": reference})
        solve = asked.solve
        seconds = max(LEAST_SECONDS, (solve.time_limit - spent) / left)
        return _limited(asked, seconds, (1 - MAIN_SHARE) / left)

    def _after(self, seconds: float) -> Callable[[TracePoint], None] | None:
        """Return what reports a search, counted from the beginning of the first one."""
        progress = self.progress
        if progress is None:
            return None
        return lambda point: progress(replace(point, seconds=point.seconds + seconds))

    @staticmethod
    def _known(proposal: Proposal) -> Sequence[Members]:
        return () if proposal.result is None else proposal.result.known


def _seconds(done: Sequence[Result | None]) -> float:
    return sum(result.seconds for result in done if result is not None)


def _limited(scenario: Scenario, seconds: float, share: float) -> Scenario:
    """Return a scenario with so many seconds, or with a share of its work."""
    solve = scenario.solve
    changed: dict[str, object] = {"time_limit": seconds}
    if solve.work is not None:
        changed["work"] = max(1, int(share * solve.work))
    return scenario.model_copy(update={"solve": solve.model_copy(update=changed)})


def plan_rows(plan: Plan) -> pd.DataFrame:
    """Return a plan as a table that `read_plan` reads: urn, cluster, cluster_name."""
    rows = [(urn, code, plan.names.get(code, "")) for urn, code in sorted(plan.code_of.items())]
    return pd.DataFrame(rows, columns=["urn", "cluster", "cluster_name"])
