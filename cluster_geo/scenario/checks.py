"""Check settings that are valid one by one but not together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cluster_geo.errors import Fault
from cluster_geo.scenario.funding import funding_findings
from cluster_geo.scenario.lines import Key
from cluster_geo.scenario.merge import Settings
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.registry import rule_kinds
from cluster_geo.schools.own_columns import name_fault

RULES = frozenset({"size", "phases", "travel", "reference"})
Finding = tuple[Key, str, str]
"""A setting, what is wrong with it, and what to do."""


def faults_between(scenario: Scenario, settings: Settings) -> list[Fault]:
    """Return one fault for each pair of settings that cannot both hold."""
    findings = [
        *_versions(scenario),
        *_clusters(scenario),
        *_boundaries(scenario),
        *_columns(scenario),
        *_pathways(scenario),
        *funding_findings(scenario),
        *_pins(scenario),
        *_reference(scenario),
        *_files(scenario),
    ]
    return [settings.origin(key).fault(key, found, fix) for key, found, fix in findings]


def _versions(scenario: Scenario) -> Iterator[Finding]:
    plan = scenario.plan
    if plan.superseded_by and plan.status != "superseded":
        found = f"the plan is {plan.status}, and version {plan.superseded_by} has replaced it"
        yield ("plan", "superseded_by"), found, "Set plan.status to superseded, or remove it"
    for name in ("replaces", "superseded_by"):
        if plan.version and getattr(plan, name) == plan.version:
            found = f"version {plan.version} cannot replace itself"
            yield ("plan", name), found, "Give the number of the other version"
    if plan.effective_date and plan.end_date and plan.end_date < plan.effective_date:
        found = f"the plan ends on {plan.end_date}, before it takes effect"
        yield ("plan", "end_date"), found, "Check the two dates"
    if plan.divisions and plan.divisions not in scenario.boundaries:
        known = ", ".join(scenario.boundaries) or "none"
        found = f"there is no layer {plan.divisions!r}"
        yield ("plan", "divisions"), found, f"Layers are: {known}"


def _clusters(scenario: Scenario) -> Iterator[Finding]:
    most = scenario.clusters.size.high
    for phase in ("primaries", "secondaries"):
        least = getattr(scenario.clusters, phase)
        if least > most:
            found = f"{least:,} {phase} do not fit into a cluster of at most {most:,} schools"
            yield ("clusters", phase), found, "Lower it, or raise clusters.size"


def _boundaries(scenario: Scenario) -> Iterator[Finding]:
    for name, layer in scenario.boundaries.items():
        key: Key = ("boundaries", name)
        if name in RULES.union(kind.section for kind in rule_kinds()):
            yield key, f"{name!r} is the name of a rule", "Choose another name for the layer"
        if layer.groups or layer.of:
            yield from _grouping(scenario, name)
        elif not (layer.file or layer.column):
            found = f"the layer {name!r} has neither polygons nor a column"
            fix = f"Give its polygons with --boundary {name}=FILE, or set file or column"
            yield key, found, fix


def _columns(scenario: Scenario) -> Iterator[Finding]:
    for name in scenario.columns:
        if found := name_fault(name):
            yield ("columns", name), found, "Choose another name for the column"


def _pathways(scenario: Scenario) -> Iterator[Finding]:
    asked = scenario.pathways
    if asked.layer is not None and asked.layer not in scenario.boundaries:
        known = ", ".join(scenario.boundaries) or "none"
        found = f"there is no layer {asked.layer!r}"
        yield ("pathways", "layer"), found, f"Layers are: {known}"


def _grouping(scenario: Scenario, name: str) -> Iterator[Finding]:
    layer = scenario.boundaries[name]
    key: Key = ("boundaries", name)
    if layer.file or layer.column:
        found = "a layer has either polygons or a column, or groups another layer's zones"
        yield key, found, "Keep file and column, or groups and of"
    elif not (layer.groups and layer.of):
        fix = "Give both: groups (a file) and of (the layer that is grouped)"
        yield key, "groups and of must be given together", fix
    elif layer.of not in scenario.boundaries:
        known = ", ".join(scenario.boundaries) or "none"
        yield (*key, "of"), f"there is no layer {layer.of!r}", f"Layers are: {known}"
    elif scenario.boundaries[layer.of].of:
        fix = "Group a layer that has polygons or a column"
        yield (*key, "of"), f"{layer.of!r} is itself a group of another layer's zones", fix


def _pins(scenario: Scenario) -> Iterator[Finding]:
    pins = scenario.pins
    together = [*pins.together, *pins.fixed.values()]
    apart = {frozenset(pair) for group in pins.apart for pair in combinations(group, 2)}
    for group in together:
        for pair in combinations(sorted(group), 2):
            if frozenset(pair) in apart:
                found = f"schools {pair[0]} and {pair[1]} are pinned both together and apart"
                yield ("pins", "apart"), found, "Remove one of the two pins"
    homes: dict[int, str] = {}
    for number, group in pins.fixed.items():
        for urn in group:
            if homes.setdefault(urn, number) != number:
                found = f"school {urn} is fixed to cluster {homes[urn]} and to cluster {number}"
                yield ("pins", "fixed", number), found, "Fix it to one of them"
    for name, groups in (("together", pins.together), ("apart", pins.apart)):
        for group in groups:
            if len(set(group)) < len(group):
                found = f"a school appears twice in {list(group)}"
                yield ("pins", name), found, "Name each school once"


def _reference(scenario: Scenario) -> Iterator[Finding]:
    reference = scenario.reference
    asked = (
        reference.weight > 0
        or reference.most_movers is not None
        or reference.fewest_movers
        or bool(reference.freeze_clusters)
        or bool(reference.freeze_zones)
    )
    if asked and reference.plan is None:
        fix = "Give reference.plan, a file with the columns urn and cluster"
        yield ("reference",), "there is no plan to stay close to", fix
    for layer in reference.freeze_zones:
        if layer not in scenario.boundaries:
            known = ", ".join(scenario.boundaries) or "none"
            key: Key = ("reference", "freeze_zones", layer)
            yield key, f"there is no layer {layer!r}", f"Layers are: {known}"


def _files(scenario: Scenario) -> Iterator[Finding]:
    """Yield each setting that needs a file that is not named."""
    if scenario.networks.rule.startswith("hard") and scenario.networks.file is None:
        fix = "Give networks.file, with the columns urn, network, weight"
        yield ("networks", "rule"), "there is no file of networks", fix
    if scenario.pairs.rule.startswith("hard") and scenario.pairs.file is None:
        fix = "Give pairs.file: only pairs that you confirmed may be a requirement"
        yield ("pairs", "rule"), "there is no file of confirmed pairs", fix
