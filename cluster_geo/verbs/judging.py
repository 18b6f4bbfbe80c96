"""Judge plans that are there already: read them, audit them, compare them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cluster_geo import pipeline
from cluster_geo.audit import Audit
from cluster_geo.compare import Comparison, PlanFile, read_plan_file
from cluster_geo.county import County
from cluster_geo.pipeline.arguments import check
from cluster_geo.plan import Plan
from cluster_geo.scenario import Scenario
from cluster_geo.versions import Lineage, lineage_of, read_versions


def read_plan(path: str | Path, county: County, *, base: str | Path | None = None) -> Plan:
    """Read a plan as it stands in its file, right or wrong, or a published list of schools.

    Parameters
    ----------
    path : path
        An output folder; a text table with columns `urn` and `cluster`, and perhaps
        `cluster_name`; or a published list of names and clusters. A school whose cluster is blank
        is in none. `read_plan_list` also returns how names were matched.
    county : County
    base : path, optional
        Output folder of the run that the plan was changed from: clusters of the same code have its
        names and colours. It is not needed for a plan in that folder.

    Raises
    ------
    InputError
        Where there is no such file, a column is missing, a URN is not a number, no row of a list
        names a school, or no school is in a cluster.

    Examples
    --------
    >>> rows = ["urn,cluster", "900001,A", "900002,A", "900003,B"]
    >>> _ = Path("by_hand.csv").write_text(chr(10).join(rows))
    >>> by_hand = cg.read_plan("by_hand.csv", county)
    >>> len(by_hand), by_hand.labels
    (2, ('A', 'B'))
    """
    return read_plan_list(path, county, base=base).plan


def read_plan_list(path: str | Path, county: County, *, base: str | Path | None = None) -> PlanFile:
    """Read a plan, or a published list with how each of its names was matched.

    Parameters
    ----------
    path : path
        As for `read_plan`.
    county : County
    base : path, optional
        As for `read_plan`.

    Returns
    -------
    PlanFile
        For a published list, `names` says for each row which school it was taken for, and how.
    """
    check(county=county)
    pipeline.require_plan(path)
    found = read_plan_file(pipeline.plan_file(path), county)
    if base is None:
        return found
    return replace(found, plan=pipeline.called_as_in(found.plan, base))


def audit(county: County, scenario: Scenario, plan: Plan) -> Audit:
    """Judge any plan by every rule of a scenario, also one drawn by hand.

    Parameters
    ----------
    county : County
    scenario : Scenario
        A preference (`hard-if-possible`) is a requirement where the run made it one, in the
        scenario of a proposal and that of `scenario_of_run`; else it is judged by its weight.
    plan : Plan
        Complete or not.

    Returns
    -------
    Audit
        What the plan keeps, what it breaks (one sentence each) and what it costs.

    Examples
    --------
    >>> cg.audit(county, scenario, proposal.plan).kept
    True
    >>> verdict = cg.audit(county, scenario, by_hand)
    >>> verdict.kept, len(verdict.missing)
    (False, 119)
    """
    check(county=county, scenario=scenario, plan=plan)
    return pipeline.proposal_of(county, scenario, plan).audit


def compare(
    county: County,
    scenario: Scenario,
    before: Plan | str | Path,
    after: Plan | str | Path,
    *,
    titles: tuple[str, str] | None = None,
) -> Comparison:
    """Compare two plans: who moves, what changes by rule and by measure, whom it touches.

    Clusters are matched by the schools they share, whatever they are called. Only where the record
    of one plan's run names the other as the plan before, clusters of one code are the same as long
    as they share a school.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Its rules judge both plans. A preference is a requirement where the run beside each plan
        made it one; of plans without such a record, as in `audit`.
    before, after : Plan or path
        A path may also be that of a published list: a CSV of school names (or URNs) and clusters.
    titles : (str, str), optional
        What to call them; by default their files, or "before" and "after".

    Raises
    ------
    InputError
        Where a file cannot be used.

    Examples
    --------
    >>> changes = cg.compare(county, scenario, proposal.plan, proposal.plan)
    >>> len(changes.moves)
    0
    """
    check(county=county, scenario=scenario)
    given = titles or _titles(before, after)
    sides = [
        _plan_file(side, county, title) for side, title in zip((before, after), given, strict=True)
    ]
    runs = [
        scenario.granted if isinstance(side, Plan) else pipeline.requirements_beside(side)
        for side in (before, after)
    ]
    return pipeline.compared(county, scenario, sides[0], sides[1], runs)


def history(*folders: str | Path) -> Lineage:
    """List the versions of a plan: which replaced which, and what does not fit together.

    Parameters
    ----------
    *folders : path
        Output folders, or folders of output folders. Nothing else is read.

    Returns
    -------
    Lineage
        The versions in order, each linked with the one that it was made from.

    Raises
    ------
    InputError
        Where a folder holds no plan with its record, or one of these cannot be read.

    Examples
    --------
    >>> paths = cg.write(proposal, "outputs/versions/first")
    >>> years = cg.history("outputs/versions")
    >>> [version.called for version in years.versions], years.doubts
    (['version 1'], [])
    """
    return lineage_of(read_versions(folders))


def _titles(before: Plan | str | Path, after: Plan | str | Path) -> tuple[str, str]:
    if isinstance(before, Plan):
        return "before", "after" if isinstance(after, Plan) else pipeline.plan_title(after)
    if isinstance(after, Plan):
        return pipeline.plan_title(before), "after"
    return pipeline.plan_titles(before, after)


def _plan_file(side: Plan | str | Path, county: County, title: str) -> PlanFile:
    if isinstance(side, Plan):
        return PlanFile(title, side)
    pipeline.require_plan(side)
    return read_plan_file(pipeline.plan_file(side), county, title)
