"""A run that ends without a plan: why, what would help, and what is written of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.errors import ClusterGeoError, ImpossibleError, NoPlanFoundError
from cluster_geo.explain import ADVICE, Explanation, explanation_of
from cluster_geo.export import write_no_plan
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import ending, no_plan
from cluster_geo.pipeline.places import PLAN_FILE
from cluster_geo.publish import ExplanationPublication
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, brief_of, frozen_clusters

# What may help, by the reason that a search ended without a plan.
MORE = {
    "time limit": "Allow more time with --time-limit",
    "work limit": "Allow more work with --set solve.work",
    "interrupted": "Let the search continue",
}
CONTRADICTED = (
    "The search reported a proof that no plan meets the requirements, but a plan was then found. "
    "The solver failed and nothing is proven. Run it again, and report it if it happens again."
)


@dataclass(frozen=True)
class NoPlan:
    """A scenario for which there is no plan, or none was found.

    Parameters
    ----------
    scenario : Scenario
    county : County
    rulebook : Rulebook
        The rules that were to be kept.
    status : str
        "impossible" only where it is proven.
    words : tuple of str
        Sentences that say why, as far as counting or the search tells.
    result : Result or None
        The search; None where counting was enough.
    """

    scenario: Scenario
    county: County
    rulebook: Rulebook
    status: Literal["impossible", "none found"]
    words: tuple[str, ...]
    result: Result | None = None

    def error(self) -> ClusterGeoError:
        """Return the error that says so."""
        if self.status == "impossible":
            return ImpossibleError.of(self.words)
        assert self.result is not None, "only a search can find nothing"
        lines = [f"  - {words}" for words in self.words]
        head = no_plan(self.result)
        if advice := MORE.get(self.result.stopped_by):
            head += f" {advice}, or turn a requirement into a preference."
        return NoPlanFoundError("\n".join([head, *lines]), self.result.failure)


def why_not(found: NoPlan, *, threads: int | None = None) -> Explanation:
    """Find what clashes and what would help, in what is left of the scenario's time or work.

    What is proven stays proven, whatever the time left allows to be found of it; of what is not,
    no more is stated. Ctrl-C ends the search for cures and keeps those found.

    Raises
    ------
    NoPlanFoundError
        Where a plan is found after all, so that what was called proven is not.
    """
    if found.status != "impossible":
        assert found.result is not None, "only a search can find nothing"
        ended = (ending(found.result), *((ADVICE,) if found.result.stopped_by in MORE else ()))
        failure = found.result.failure
        return Explanation("not proven", statements=(*ended, *found.words), failure=failure)
    asked, spent = found.scenario.solve, found.result
    try:
        answer = explained(
            found.county,
            found.scenario,
            found.rulebook,
            time_limit=max(0.0, asked.time_limit - (spent.seconds if spent else 0.0)),
            work=None if asked.work is None else max(0, asked.work - (spent.work if spent else 0)),
            threads=threads,
        )
    except KeyboardInterrupt:
        return Explanation("impossible", statements=found.words)
    if answer.plan is not None:
        raise NoPlanFoundError(CONTRADICTED)
    sentences = dict.fromkeys((*(() if answer.clashes else found.words), *answer.statements))
    return replace(answer, status="impossible", statements=tuple(sentences))


def explained(
    county: County,
    scenario: Scenario,
    rulebook: Rulebook,
    *,
    time_limit: float,
    work: int | None,
    threads: int | None,
) -> Explanation:
    """Find what clashes and what would help, as the scenario's audience may read it.

    Changes are scored for some of the schools. What they are charged would reveal their counts
    where their balance is weighed: such rules are left out, and a sentence says so.
    """
    disclosed = Disclosure(county, brief_of(scenario))
    shown = disclosed.rulebook(rulebook)
    found = explanation_of(
        county,
        shown,
        frozen=frozen_clusters(county, scenario, shown),
        time_limit=time_limit,
        work=work,
        seed=scenario.solve.seed,
        threads=threads,
    )
    left_out = disclosed.about_left_out(rulebook)
    if not (left_out and found.clashes):
        return found
    return replace(found, statements=(*found.statements, left_out))


def write_why_not(found: NoPlan, explanation: Explanation, folder: str | Path) -> list[Path]:
    """Write the report and the record of a run without a plan, whole or not at all.

    A proof takes the place of an earlier run's outputs. A search that found nothing in its time
    has proven nothing, so a plan that is there stays.

    Returns
    -------
    list of Path
        Empty where a plan was there and stays.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    folder = Path(folder)
    if found.status != "impossible" and (folder / PLAN_FILE).is_file():
        return []
    disclosed = Disclosure(found.county, brief_of(found.scenario))
    return write_no_plan(folder, ExplanationPublication(disclosed, explanation, found.result))
