"""Where more specialist resource provision would help most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.pipeline.arguments import check
from cluster_geo.plan import Plan, title_of
from cluster_geo.provision import (
    NO_AREAS,
    Areas,
    Provision,
    Question,
    answer,
    question,
    read_lists,
    small_places,
)
from cluster_geo.provision.question import Asked
from cluster_geo.publish.provision import ProvisionPublication
from cluster_geo.records import keyed
from cluster_geo.scenario import Scenario, brief_of
from cluster_geo.tables.zones import layers_of


def _silent(_: str) -> None:
    """Say nothing of a search that begins."""


def provision(
    county: County,
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    need: str,
    candidates: str | Path | None = None,
    special: str | Path | None = None,
    pupils: str | Path | None = None,
    spare: bool = False,
    time_limit: float | None = 60.0,
    progress: Callable[[str], None] = _silent,
    **asked: Unpack[Asked],
) -> Provision:
    """Find where new SRPs, more places or changed designations would help most.

    The plan stays as it is. Pupils are placed so that journeys, pupils without a place and
    clusters without a way on together score least; no pupil is really assigned to a school.

    Parameters
    ----------
    county : County
    scenario : Scenario
        Where its audience is the public, the search knows no count that is withheld.
    plan : Plan, optional
        Ways on are looked for in its clusters; without one, in the districts.
    need : str
        Such as "ASD".
    candidates : path, optional
        List of the schools that could have a provision, with `urn` and `places`; by default every
        school of the phase could.
    special : path, optional
        List of other places: special schools, provisions of two schools, travelling teams.
    pupils : path, optional
        List of pupils who need a place, by school or by point.
    spare : bool
        Whether to look for SRPs with spare places, and what these would be worth.
    time_limit : float, optional
        Seconds of the search for the best choice; the others together may take 1.5 times as long.
    progress : callable, optional
        Called with words about each search as it begins.
    **asked
        `phase`, `new`, `expand`, `change`, `places` and the other parts of a
        `cluster_geo.provision.Question`.

    Returns
    -------
    Provision
        The best choice and the next best, each with what is proven of it, and the worth of each
        measure more.

    Raises
    ------
    InputError
        With every fault of the question and the lists.

    Examples
    --------
    >>> found = cg.provision(county, scenario, proposal.plan, need="SLCN", new=1, share=0.1)
    >>> found.best.cost < found.today.cost
    True
    """
    return published_provision(
        county,
        scenario,
        plan,
        need=need,
        candidates=candidates,
        special=special,
        pupils=pupils,
        spare=spare,
        time_limit=time_limit,
        progress=progress,
        **asked,
    ).found


def published_provision(
    county: County,
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    need: str,
    candidates: str | Path | None = None,
    special: str | Path | None = None,
    pupils: str | Path | None = None,
    spare: bool = False,
    time_limit: float | None = 60.0,
    progress: Callable[[str], None] = _silent,
    **asked: Unpack[Asked],
) -> ProvisionPublication:
    """Answer as `provision` does, with what its pages and files need besides."""
    check(county=county, scenario=scenario)
    if plan is not None:
        check(plan=plan)
    disclosed = Disclosure(county, brief_of(scenario))
    seen = disclosed.county
    faults: list[Fault] = []
    what = Question(need)
    try:
        what = question(need, **asked)
    except InputError as error:
        faults += error.faults
    if pupils is not None and disclosed.brief.audience == "public":
        private = "pupils by need are your own counts, which the public must not see"
        faults.append(Fault("pupils", private, "Ask for the audience internal"))
    try:
        lists = read_lists(seen, what, candidates=candidates, others=special, pupils=pupils)
        if disclosed.brief.audience == "public":
            faults += small_places(lists)
            lists = replace(lists, sources=tuple(keyed(source) for source in lists.sources))
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    result = answer(
        seen,
        what,
        lists,
        _areas(seen, plan),
        terms=disclosed.brief.pathways,
        spare=spare,
        time_limit=time_limit,
        seed=scenario.solve.seed,
        progress=progress,
    )
    return ProvisionPublication(disclosed, result, lists.sources)


def _areas(county: County, plan: Plan | None) -> Areas:
    """Return the clusters of the plan, else the districts."""
    if plan is not None:
        members = {
            f"{title_of(code, plan.names)} ({code})" if code in plan.names else code: frozenset(
                cluster.members
            )
            for code, cluster in zip(plan.labels, plan.clusters, strict=True)
        }
        return Areas("cluster", members)
    layer = layers_of(county).get("district")
    if layer is None:
        return NO_AREAS
    held: dict[str, set[int]] = {}
    for urn in county.urns:
        if urn in layer.zone_of:
            held.setdefault(layer.name_of(layer.zone_of[urn]), set()).add(urn)
    return Areas("district", {name: frozenset(held[name]) for name in sorted(held)})
