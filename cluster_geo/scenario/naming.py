"""What the codes and names of clusters are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.naming import name_plan
from cluster_geo.plan import Plan
from cluster_geo.scenario.inputs import cluster_names, previous_plan, reference_plan
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.pins import carried_pins


@dataclass(frozen=True)
class Naming:
    """What codes and names of clusters are taken from."""

    previous: Plan | None
    names: Mapping[str, str] | None
    fixed: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, county: County, scenario: Scenario) -> Naming:
        """Take the previous plan, else the reference plan, and the planner's own names."""
        previous = previous_plan(county, scenario) or reference_plan(county, scenario)
        given = cluster_names(county, scenario)
        fixed = carried_pins(scenario.pins, county.schools.identity).fixed
        return cls(previous, None if given is None else given.names, fixed)

    def name(self, plan: Plan, county: County) -> Plan:
        """Give the clusters codes and names: the planner's, the previous plan's, or new ones."""
        return name_plan(plan, county, previous=self.previous, names=self.names, fixed=self.fixed)
