"""Scenarios: the requirements of a plan, and the weight of each preference."""

from cluster_geo.scenario.brief import Brief, brief_of
from cluster_geo.scenario.county import load_county
from cluster_geo.scenario.files import scenario_text, shipped_scenarios
from cluster_geo.scenario.frozen import frozen_clusters
from cluster_geo.scenario.inputs import (
    cluster_names,
    decisions_of,
    papers_of,
    previous_plan,
    reference_plan,
    with_inputs,
)
from cluster_geo.scenario.kinds import Ask, Reading, RuleKind
from cluster_geo.scenario.missing import missing_files
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.naming import Naming
from cluster_geo.scenario.pins import carried_pins
from cluster_geo.scenario.preferences import about_agreed, about_preferences, agreed
from cluster_geo.scenario.read import read_scenario, recorded_scenario
from cluster_geo.scenario.recorded import (
    RUN_RECORD,
    RecordedRun,
    previous_in,
    read_run,
    record_of,
    requirements_of,
    version_in,
)
from cluster_geo.scenario.registry import forget_rule, register_rule, rule_kinds
from cluster_geo.scenario.rulebook import rulebook_of
from cluster_geo.scenario.sections import Audience, Section
from cluster_geo.scenario.template import template

__all__ = [
    "RUN_RECORD",
    "Ask",
    "Audience",
    "Brief",
    "Naming",
    "Reading",
    "RecordedRun",
    "RuleKind",
    "Scenario",
    "Section",
    "about_agreed",
    "about_preferences",
    "agreed",
    "brief_of",
    "carried_pins",
    "cluster_names",
    "decisions_of",
    "forget_rule",
    "frozen_clusters",
    "load_county",
    "missing_files",
    "papers_of",
    "previous_in",
    "previous_plan",
    "read_run",
    "read_scenario",
    "record_of",
    "recorded_scenario",
    "reference_plan",
    "register_rule",
    "requirements_of",
    "rule_kinds",
    "rulebook_of",
    "scenario_text",
    "shipped_scenarios",
    "template",
    "version_in",
    "with_inputs",
]
