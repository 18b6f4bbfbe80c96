"""Options in a folder: each plan with its outputs, what they agree on, and what doubt changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cluster_geo import pipeline
from cluster_geo.alternatives import (
    Agreement,
    Options,
    OptionsParams,
    Row,
    checked,
    doubts,
    find_options,
)
from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.export import write_options
from cluster_geo.optimise import TracePoint
from cluster_geo.plan import PLAN_FILE, Plan, read_plan
from cluster_geo.publish import OptionsPublication
from cluster_geo.scenario import Scenario, brief_of
from cluster_geo.studies.runs import jobs_of, run_all

DOUBT = "doubt"


@dataclass(frozen=True, eq=False)
class Doubt:
    """What stays settled when weights and road factor are moved.

    Parameters
    ----------
    agreed : Agreement
        Of the best plan and that of each doubt.
    rows : mapping of str to Row
        What each run came to.
    """

    agreed: Agreement
    rows: Mapping[str, Row]


def options_in_folder(
    county: County,
    scenario: Scenario,
    folder: str | Path,
    *,
    number: int = 5,
    within: float = 0.02,
    least_different: float = 0.10,
    doubt: bool = False,
    processes: int | None = None,
    progress: Callable[[TracePoint], None] | None = None,
    progress_of_doubt: Callable[[str, Row], None] | None = None,
    params: OptionsParams = OptionsParams(),
) -> tuple[Options, Doubt | None]:
    """Find options, write each with map and lists, and what they agree on; see `find_options`.

    Parameters
    ----------
    county : County
    scenario : Scenario
    folder : path
        Gets `option-A/` ... (the outputs of each), `options.csv`, `differences.csv`,
        `settled.csv`, `pairs.csv`, `settled.gpkg`, `settled.html` (their map) and `options.html`.
    number, within, least_different
        As for `find_options`.
    doubt : bool
        Also solve with each weight moved a quarter up and down and with road factors from 1.2
        to 1.5 (runs below `doubt/`, resumed like a sweep's), each for the scenario's time, and
        write `settled_under_doubt.csv` and `pairs_under_doubt.csv`. In a script the call must
        then stand under ``if __name__ == "__main__":``.
    processes : int, optional
        Runs of doubt at a time.
    progress : callable, optional
        Called with each point of each search.
    progress_of_doubt : callable, optional
        Called with the name and row of each run of doubt as it ends.
    params : OptionsParams
        As for `find_options`.

    Raises
    ------
    ImpossibleError, NoPlanFoundError
        Where the scenario has no plan.
    """
    folder = Path(folder)
    found = seek_options(
        county,
        scenario,
        number=number,
        within=within,
        least_different=least_different,
        progress=progress,
        params=params,
    )
    _write_each(found, scenario, folder)
    doubted = None
    if doubt:
        doubted = _doubted(county, scenario, found, folder, processes, progress_of_doubt)
    disclosed = Disclosure(county, brief_of(scenario))
    agreed = None if doubted is None else doubted.agreed
    write_options(folder, OptionsPublication(disclosed, found, agreed))
    return found, doubted


def seek_options(
    county: County,
    scenario: Scenario,
    *,
    number: int = 5,
    within: float = 0.02,
    least_different: float = 0.10,
    progress: Callable[[TracePoint], None] | None = None,
    params: OptionsParams = OptionsParams(),
) -> Options:
    """Find options as `options_in_folder` does, named as the scenario asks; write nothing.

    Raises
    ------
    ImpossibleError, NoPlanFoundError
        Where the scenario has no plan.
    """
    first = pipeline.propose(county, _timed(scenario, params.first), progress=progress)
    assert first.result is not None
    best = replace(first.result, plan=first.plan)
    return find_options(
        county,
        _rest_of(scenario, best.seconds),
        number=number,
        within=within,
        least_different=least_different,
        best=(best, first.rulebook),
        progress=progress,
        params=params,
    )


def _rest_of(scenario: Scenario, seconds: float) -> Scenario:
    left = max(1.0, scenario.solve.time_limit - seconds)
    solve = scenario.solve.model_copy(update={"time_limit": left})
    return scenario.model_copy(update={"solve": solve})


def _timed(scenario: Scenario, share: float) -> Scenario:
    """Return the scenario with a share of its time."""
    solve = scenario.solve
    limits: dict[str, object] = {"time_limit": share * solve.time_limit}
    if solve.work is not None:
        limits["work"] = max(1, int(share * solve.work))
    return scenario.model_copy(update={"solve": solve.model_copy(update=limits)})


def _write_each(found: Options, scenario: Scenario, folder: Path) -> None:
    """Write the outputs of each option; those of an earlier call that found more are removed."""
    colours: dict[str, str] = {}
    for option in found.options:
        titled = scenario.plan.model_copy(
            update={"title": f"{scenario.plan.title}: option {option.name}"}
        )
        proposal = pipeline.Proposal(
            scenario.model_copy(update={"plan": titled}),
            found.county,
            found.rulebook,
            replace(option.plan, colours={**colours, **option.plan.colours}),
            option.audit,
            option.result,
        )
        # A cluster has the colour that it has in the first option that has it.
        colours = {**proposal.published.colours, **colours}
        pipeline.write(proposal, folder / f"option-{option.name}")
    names = {f"option-{option.name}" for option in found.options}
    for stale in sorted(folder.glob("option-*")):
        if stale.name not in names and (stale / "run.json").is_file():
            shutil.rmtree(stale)


def _doubted(
    county: County,
    scenario: Scenario,
    found: Options,
    folder: Path,
    processes: int | None,
    progress_of_doubt: Callable[[str, Row], None] | None,
) -> Doubt:
    """Solve each doubt, beginning from the best plan; schools and neighbours over all of them."""
    variations = doubts(scenario)
    jobs = jobs_of(variations, checked(scenario, variations), folder / DOUBT)
    rows = run_all(jobs, processes=processes, progress=progress_of_doubt)
    plans: dict[str, Plan] = {"best": found.options[0].plan}
    for job in jobs:
        if (job.outputs / PLAN_FILE).is_file() and rows[job.name].get("cost") is not None:
            plans[job.name] = read_plan(job.outputs / PLAN_FILE, county)
    return Doubt(Agreement.of(plans, county, len(jobs) + 1 - len(plans)), rows)
