"""Scenarios: what is asked of a plan, and what each wish is worth."""

from cluster_geo.scenario.files import scenario_text, shipped_scenarios
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.read import read_scenario
from cluster_geo.scenario.template import template

__all__ = ["Scenario", "read_scenario", "scenario_text", "shipped_scenarios", "template"]
