"""The main job from end to end, for the command line and for notebooks.

Scenario, county, search, names, audit, outputs: each step is a function of the package, and a
notebook may call them one by one as `propose` and `write` do here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from cluster_geo import optimise
from cluster_geo.audience import county_for
from cluster_geo.audit import Audit, audit
from cluster_geo.cards import card
from cluster_geo.compare import Comparison, compare_plans, read_plan_file
from cluster_geo.county import County
from cluster_geo.errors import (
    ClusterGeoError,
    Fault,
    ImpossibleError,
    InputError,
    NoPlanFoundError,
    OutputError,
    file_name,
)
from cluster_geo.export import (
    require_comparison_folder,
    require_own_folder,
    write_comparison,
    write_outputs,
)
from cluster_geo.export.folder import replaced_file
from cluster_geo.maps import map_page, write_map, write_pair
from cluster_geo.naming import name_plan
from cluster_geo.optimise import Members, Result, TracePoint, read_known
from cluster_geo.plan import Plan, read_names, read_plan
from cluster_geo.rules import Rulebook, find_clashes
from cluster_geo.scenario import (
    RUN_RECORD,
    Scenario,
    frozen_clusters,
    load_county,
    read_run,
    rulebook_of,
)
from cluster_geo.schools.pairs import propose_pairs

PLAN_FILE = "clusters.csv"


@dataclass(frozen=True)
class Proposal:
    """A plan with all that is known of it.

    Parameters
    ----------
    scenario : Scenario
        What was asked.
    county : County
    rulebook : Rulebook
        The rules the plan was judged by, wishes granted where they could be.
    plan : Plan
        With codes and names.
    audit : Audit
    result : Result or None
        The search that found the plan; None for a plan that was read from a file.
    """

    scenario: Scenario
    county: County
    rulebook: Rulebook
    plan: Plan
    audit: Audit
    result: Result | None = None

    def _repr_html_(self) -> str:
        """Show the plan in a notebook: its map, in a frame of its own, and a few facts."""
        page = map_page(
            county=self.county, plan=self.plan, audit=self.audit, record=self.scenario.record()
        )
        facts = {
            "clusters": len(self.plan),
            "score": self.audit.cost,
            "keeps every rule that must be kept": self.audit.kept,
        }
        framed = (
            f'<iframe srcdoc="{escape(page)}" style="width:100%;height:560px;border:0"></iframe>'
        )
        return card(self.scenario.plan.title, facts) + framed


def propose(
    scenario: Scenario,
    *,
    county: County | None = None,
    start: Plan | None = None,
    warm: str | Path | None = None,
    threads: int | None = None,
    progress: Callable[[TracePoint], None] | None = None,
) -> Proposal:
    """Find a plan for a scenario, name its clusters and audit it.

    Parameters
    ----------
    scenario : Scenario
    county : County, optional
        Of this scenario, where it is loaded already; the files are then not read again.
    start : Plan, optional
        A plan to begin from, such as that of a scenario nearly the same.
    warm : path, optional
        Output folder of an earlier run: its plan and the clusters its search has met are judged
        anew, and the search begins from them.
    threads : int, optional
        Default: the processors there are.
    progress : callable, optional
        Told of every point of the search's trace as it is reached.

    Raises
    ------
    InputError
        Where a file or setting cannot be used.
    ImpossibleError
        Where it is proven that no plan keeps the hard rules.
    NoPlanFoundError
        Where none was found and nothing is proven.
    """
    county = load_county(scenario) if county is None else county
    # Whatever can be wrong with a file should be known before a search of minutes.
    naming = _Naming.read(scenario, county)
    clashes = find_clashes(rulebook_of(scenario, county), county)
    if clashes:
        raise ImpossibleError.of(clash.words for clash in clashes)
    known: Sequence[Members] = ()
    if warm is not None:
        start = read_plan(plan_file(warm), county)
        known = read_known(Path(warm) / "known.txt.gz", county)
    result, rulebook = optimise.propose(
        county, scenario, progress=progress, start=start, known=known, threads=threads
    )
    if result.plan is None:
        raise _nothing_found(result)
    plan = naming.name(result.plan, county)
    verdict = audit(plan, county, rulebook)
    frozen = {cluster.members for cluster in frozen_clusters(scenario, county, rulebook)}
    chosen = [cluster for cluster in plan.clusters if cluster.members not in frozen]
    assert all(map(rulebook.admits, chosen)), "the search chose a cluster that breaks a rule"
    if not verdict.kept:
        said = "Clusters frozen as they were break rules that must be kept: the audit names them."
        result = replace(result, statements=(*result.statements, said))
    return Proposal(scenario, county, rulebook, plan, verdict, result)


def judge(path: str | Path, scenario: Scenario) -> Proposal:
    """Read a plan from a file and audit it as it stands, with the codes of the file.

    Raises
    ------
    InputError
        Where the plan, another file or a setting cannot be used.
    """
    county = load_county(scenario)
    rulebook = rulebook_of(scenario, county)
    drawn = read_plan(plan_file(path), county)
    # The audit tells of URNs that are no schools here; maps and tables can only leave them out.
    plan = drawn.within(set(county.urns))
    return Proposal(scenario, county, rulebook, plan, audit(drawn, county, rulebook))


def write(proposal: Proposal, folder: str | Path) -> list[Path]:
    """Write every output of a plan into a folder, whole or not at all; return the paths.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    return write_outputs(
        Path(folder),
        county=proposal.county,
        plan=proposal.plan,
        rulebook=proposal.rulebook,
        audit=proposal.audit,
        result=proposal.result,
        record=proposal.scenario.record(),
    )


def draw(proposal: Proposal, path: str | Path) -> Path:
    """Write the map of a plan; return its path.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """

    def make(draft: Path) -> None:
        write_map(
            draft,
            county=proposal.county,
            plan=proposal.plan,
            audit=proposal.audit,
            record=proposal.scenario.record(),
        )

    return _put(Path(path), make)


def compare(first: str | Path, second: str | Path, scenario: Scenario) -> Comparison:
    """Read two plans, or a plan and a published list, and compare them by one scenario.

    Parameters
    ----------
    first, second : path
        Each a plan's file, an output folder, or a list of school names and clusters.
    scenario : Scenario
        Its schools, and its rules, which judge both.

    Raises
    ------
    InputError
        Where a plan, another file or a setting cannot be used.
    """
    county = load_county(scenario)
    titles = plan_titles(first, second)
    plans = [
        read_plan_file(plan_file(path), county, title)
        for path, title in zip((first, second), titles, strict=True)
    ]
    rulebook = rulebook_of(scenario, county)
    return compare_plans(plans[0], plans[1], county_for(county, scenario.record()), rulebook)


def write_compared(comparison: Comparison, scenario: Scenario, folder: str | Path) -> list[Path]:
    """Write the tables and maps of a comparison into a folder, whole or not at all.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.
    """
    return write_comparison(Path(folder), comparison, scenario.record())


def draw_compared(comparison: Comparison, scenario: Scenario, path: str | Path) -> Path:
    """Write the two maps of a comparison side by side; return the path.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    return _put(Path(path), lambda draft: write_pair(draft, comparison, scenario.record()))


def plan_titles(first: str | Path, second: str | Path) -> tuple[str, str]:
    """Return what to call two plans: their folders or files, as far as these differ."""
    names = []
    for path in (first, second):
        file = plan_file(path)
        names.append(file.resolve().parent.name if file.name == PLAN_FILE else file.name)
    return (str(first), str(second)) if names[0] == names[1] else (names[0], names[1])


def _put(path: Path, make: Callable[[Path], object]) -> Path:
    """Make a file beside `path` and put it in its place, so that no half of one is ever there."""
    with replaced_file(path) as draft:
        make(draft)
    return path


def require_plan(*paths: str | Path) -> None:
    """Refuse plans that are not there, before anything long is begun.

    Raises
    ------
    InputError
        Where there is no such file.
    """
    fix = "Give a table with the columns urn and cluster, or an output folder"
    missing = [path for path in paths if not plan_file(path).is_file()]
    if missing:
        raise InputError([Fault(str(path), "there is no plan here", fix) for path in missing])


def require_writable(folder: str | Path, *, compared: bool = False) -> None:
    """Refuse a folder that cannot be written, before a search of minutes is begun.

    Parameters
    ----------
    folder : path
    compared : bool
        Whether it is to hold a comparison, not a plan's outputs.

    Raises
    ------
    OutputError
        Where it is a file, holds somebody's files and no earlier run's, or neither it nor its
        nearest parent can be written.
    """
    folder = Path(folder)
    if compared:
        require_comparison_folder(folder)
    else:
        require_own_folder(folder)
    parent = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputError(f"{parent} cannot be written. Choose another folder with --out.")


def plan_file(path: str | Path) -> Path:
    """Return the file of a plan: itself, or the clusters.csv of an output folder."""
    path = Path(path)
    return path / PLAN_FILE if path.is_dir() else path


def scenario_of_run(path: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Return the scenario of the run that wrote a plan, from the run.json beside it.

    Parameters
    ----------
    path : path
        The plan: a file, or an output folder.
    overrides : mapping of str to object, optional
        As for `read_scenario`.

    Raises
    ------
    InputError
        Where there is no such record, or its settings are not those of this version.
    """
    record = plan_file(path).with_name(RUN_RECORD)
    fix = "Say which scenario the plan belongs to with --scenario"
    if not record.is_file():
        found = f"there is no {RUN_RECORD} beside it that tells its scenario"
        raise InputError([Fault(file_name(path), found, fix)])
    return read_run(record, overrides).scenario


def write_pairs(county: County, path: str | Path) -> int:
    """Write the proposed infant and junior pairs, for the planner to confirm; return how many.

    Raises
    ------
    OutputError
        Where the file is there already (it may hold the planner's answers) or cannot be written.
    """
    path = Path(path)
    pairs = propose_pairs(county.schools)
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as stream:
            pairs.to_csv(stream, index=False, lineterminator="\r\n")
    except FileExistsError as error:
        text = f"{path} is there already and may hold your answers. Choose another name."
        raise OutputError(text) from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}).") from error
    return len(pairs)


@dataclass(frozen=True)
class _Naming:
    """What codes and names of clusters are taken from."""

    previous: Plan | None
    names: Mapping[str, str] | None
    fixed: Mapping[str, tuple[int, ...]]

    @classmethod
    def read(cls, scenario: Scenario, county: County) -> _Naming:
        """Read the previous plan, else the reference plan, and the planner's own names."""
        previous = scenario.plan.previous_plan or scenario.reference.plan
        names = scenario.clusters.names
        return cls(
            read_plan(previous, county) if previous else None,
            read_names(names) if names else None,
            scenario.pins.fixed,
        )

    def name(self, plan: Plan, county: County) -> Plan:
        """Give the clusters codes and names: the planner's, the previous plan's, or new ones."""
        return name_plan(plan, county, previous=self.previous, names=self.names, fixed=self.fixed)


def _nothing_found(result: Result) -> ClusterGeoError:
    if result.status == "impossible":
        return ImpossibleError.of(result.statements)
    said = [f"  - {statement}" for statement in result.statements]
    seconds = f"{result.seconds:,.0f} s"
    head = (
        f"No plan was found in {seconds} ({result.stopped_by}); whether there is one is not "
        "proven. Allow more time with --time-limit, or make a hard rule a priced one."
    )
    return NoPlanFoundError("\n".join([head, *said]))
