"""Scenarios: what is asked of a plan, and what each wish is worth."""

from cluster_geo.scenario.county import load_county
from cluster_geo.scenario.files import scenario_text, shipped_scenarios
from cluster_geo.scenario.frozen import frozen_clusters
from cluster_geo.scenario.kinds import Ask, RuleKind
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.papers import read_papers
from cluster_geo.scenario.read import read_scenario, recorded_scenario
from cluster_geo.scenario.recorded import RUN_RECORD, RecordedRun, read_run
from cluster_geo.scenario.registry import forget_rule, register_rule, rule_kinds
from cluster_geo.scenario.rulebook import reference_plan, rulebook_of
from cluster_geo.scenario.sections import Section
from cluster_geo.scenario.template import template

__all__ = [
    "RUN_RECORD",
    "Ask",
    "RecordedRun",
    "RuleKind",
    "Scenario",
    "Section",
    "forget_rule",
    "frozen_clusters",
    "load_county",
    "read_papers",
    "read_run",
    "read_scenario",
    "recorded_scenario",
    "reference_plan",
    "register_rule",
    "rule_kinds",
    "rulebook_of",
    "scenario_text",
    "shipped_scenarios",
    "template",
]
