"""Search for more plans than one: a handful nearly as good, and one for each of many settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cluster_geo import pipeline, studies
from cluster_geo.alternatives import Axis, Options, Row, Sweep, Variation, grid, read_axis
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.optimise import TracePoint
from cluster_geo.pipeline.arguments import check
from cluster_geo.scenario import Scenario
from cluster_geo.studies import Update

Vary = Mapping[str, str | Sequence[object]] | Sequence[Variation]


def options(
    county: County,
    scenario: Scenario,
    folder: str | Path | None = None,
    *,
    number: int = 5,
    within: float = 0.02,
    least_different: float = 0.10,
    progress: Callable[[TracePoint], None] | None = None,
) -> Options:
    """Find a handful of plans nearly as good as the best, and as different as they can be.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its limit of time or work is that of all searches together.
    folder : path, optional
        Gets the outputs of each option and `options.html`; by default nothing is written.
    number : int
        How many plans, the best among them.
    within : float
        Most that an option may score above the best, as a fraction of the best.
    least_different : float
        Least share of schools in other clusters, for each pair of options.
    progress : callable, optional
        Called with every point of each search's trace.

    Returns
    -------
    Options
        Fewer than asked for where no more were found; its statements say so.

    Raises
    ------
    ImpossibleError, NoPlanFoundError
        Where the scenario has no plan.

    Examples
    --------
    >>> small = cg.read_scenario(
    ...     "example", {"schools.districts": ["Alderwold"], "solve.work": 2000}
    ... )
    >>> found = cg.options(cg.load_county(small), small, number=2, within=0.2)
    >>> list(found.plans)
    ['A', 'B']
    """
    check(county=county, scenario=scenario)
    if folder is None:
        return studies.seek_options(
            county,
            scenario,
            number=number,
            within=within,
            least_different=least_different,
            progress=progress,
        )
    found, _ = studies.options_in_folder(
        county,
        scenario,
        folder,
        number=number,
        within=within,
        least_different=least_different,
        progress=progress,
    )
    return found


def sweep(
    scenario: Scenario,
    vary: Vary,
    folder: str | Path,
    *,
    processes: int | None = None,
    progress: Callable[[str, Row], None] | None = None,
) -> Sweep:
    """Solve a scenario with settings varied, keep every plan, and lay them side by side.

    There is no county among its arguments: each run is a process of its own and reads the files
    that its settings name. A run that is done in the folder already is not done again. In a
    script the call must stand under ``if __name__ == "__main__":``.

    Parameters
    ----------
    scenario : Scenario
        What all runs have in common.
    vary : mapping of str to sequence, or sequence of Variation
        The values that each setting takes, by dotted key; every combination is a run. A text is
        read as on the command line: ``"48:58:2"``.
    folder : path
        Gets `runs/NAME/`, `sweep.csv`, `sweep.parquet` and `sweep.html`.
    processes : int, optional
        Runs at a time.
    progress : callable, optional
        Called with name and row of each run as it ends.

    Raises
    ------
    ScenarioError
        Where a setting or value is none, before anything is run.

    Examples
    --------
    >>> cg.sweep(scenario, {"clusters.sise": ["6:12", "8:14"]}, "outputs/sizes")
    Traceback (most recent call last):
    cluster_geo.errors.ScenarioError: 1 fault in the input:
    ...
    """
    check(scenario=scenario)
    variations = grid(list(map(_axis, vary.items()))) if isinstance(vary, Mapping) else vary
    return studies.run_sweep(scenario, variations, folder, processes=processes, progress=progress)


def scenario_of_update(plan: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Return the scenario that carries an adopted plan to a new date, for `update`.

    It is that of the run beside the plan, with the plan as the one before and as few moves as
    possible. The new plan is a draft of the next version.

    Parameters
    ----------
    plan : path
        The adopted plan: a file, or an output folder.
    overrides : mapping of str to object, optional
        As for `read_scenario`, such as the new ``schools.file``, ``schools.links`` and
        ``schools.as_at``.

    Raises
    ------
    InputError
        As `scenario_of_run`.

    Examples
    --------
    >>> paths = cg.write(proposal, "outputs/adopted")
    >>> later = cg.scenario_of_update("outputs/adopted", {"solve.work": 2000})
    >>> later.plan.version, later.plan.status
    ('2', 'draft')
    """
    pipeline.require_plan(plan)
    return pipeline.scenario_of_run(plan, studies.update_settings(plan, overrides or {}))


def update(
    county: County,
    scenario: Scenario,
    folder: str | Path | None = None,
    *,
    more: Sequence[int] = studies.MORE,
    progress: Callable[[TracePoint], None] | None = None,
) -> Update:
    """Carry an adopted plan to a new date: what changed, and the plan that moves the fewest.

    Parameters
    ----------
    county : County
        Of the new date.
    scenario : Scenario
        Of `scenario_of_update`; its limit of time or work is that of all searches together.
    folder : path, optional
        Gets the outputs of the plan, `changes.csv`, `update.html` and a list of each plan beside;
        by default nothing is written.
    more : sequence of int
        How many more schools than have to may move in the plans beside.
    progress : callable, optional
        Called with every point of each search's trace.

    Returns
    -------
    Update
        The plan, what has become of the schools, the plan before as it is, and plans that score
        less for a few more moves.

    Raises
    ------
    InputError
        Where the scenario names no plan before.
    ImpossibleError, NoPlanFoundError
        Where the schools of now have no plan by these rules.

    Examples
    --------
    >>> later = cg.scenario_of_update("outputs/adopted", {"solve.work": 2000})
    >>> found = cg.update(cg.load_county(later), later, more=())
    >>> len(found.changes), found.as_it_is.audit.kept
    (0, True)
    """
    check(county=county, scenario=scenario)
    if scenario.plan.previous_plan is None:
        fix = "Make the scenario with scenario_of_update"
        raise InputError([Fault("scenario", "it names no plan before", fix)])
    found = studies.update_plan(county, scenario, more=more, progress=progress)
    if isinstance(found, pipeline.NoPlan):
        raise found.error()
    if folder is not None:
        studies.write_update(found, folder)
    return found


def _axis(varied: tuple[str, str | Sequence[object]]) -> Axis:
    key, values = varied
    if isinstance(values, str):
        return read_axis(f"{key}={values}")
    return Axis(key, tuple(map(str, values)))
