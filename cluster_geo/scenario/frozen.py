"""Clusters of the reference plan that stay as they are while the rest is solved."""

from __future__ import annotations

from difflib import get_close_matches

from cluster_geo.county import County
from cluster_geo.errors import Fault, ScenarioError
from cluster_geo.plan import Cluster, Plan, main_zone
from cluster_geo.rules import Rulebook
from cluster_geo.scenario.inputs import reference_plan
from cluster_geo.scenario.model import Scenario


def frozen_clusters(county: County, scenario: Scenario, rulebook: Rulebook) -> tuple[Cluster, ...]:
    """Return the clusters of the reference plan that the scenario freezes.

    A cluster is frozen when its code or its main zone in a layer is named. Any of its schools
    that are no longer in the county are left out, and its hub is chosen again.

    Raises
    ------
    ScenarioError
        If a code or zone is not known.
    """
    plan = reference_plan(county, scenario)
    if plan is None:
        return ()
    kept = _named(scenario, plan) | _in_zones(county, scenario, plan)
    here = set(county.urns)
    members = [[urn for urn in plan.clusters[k].members if urn in here] for k in sorted(kept)]
    return tuple(rulebook.cluster(urns) for urns in members if urns)


def _named(scenario: Scenario, plan: Plan) -> set[int]:
    wanted = scenario.reference.freeze_clusters
    place = {label: k for k, label in enumerate(plan.labels)}
    unknown = [code for code in wanted if code not in place]
    if unknown:
        key = "reference.freeze_clusters"
        raise ScenarioError([_unknown(code, "cluster", place, key) for code in unknown])
    return {place[code] for code in wanted}


def _in_zones(county: County, scenario: Scenario, plan: Plan) -> set[int]:
    kept: set[int] = set()
    faults = []
    for name, wanted in scenario.reference.freeze_zones.items():
        layer = county.layers[name]
        codes = {str(code): str(code) for code in layer.zones.index}
        codes |= {name(code): code for name in (layer.name_of, layer.written) for code in codes}
        key = f"reference.freeze_zones.{name}"
        faults += [_unknown(zone, "zone", codes, key) for zone in wanted if zone not in codes]
        frozen = {codes[zone] for zone in wanted if zone in codes}
        kept |= {
            k
            for k, cluster in enumerate(plan.clusters)
            if main_zone(cluster, layer.zone_of) in frozen
        }
    if faults:
        raise ScenarioError(faults)
    return kept


def _unknown(name: str, thing: str, known: dict[str, int] | dict[str, str], key: str) -> Fault:
    close = get_close_matches(name, list(known), n=1)
    fix = f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(known)[:20])}"
    return Fault("scenario", f"there is no {thing} {name!r}", fix, setting=key)
