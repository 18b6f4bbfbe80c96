"""What the codes and names of clusters are taken from: read before a search of minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.naming import name_plan
from cluster_geo.plan import Plan, read_names, read_plan
from cluster_geo.scenario import Scenario


@dataclass(frozen=True)
class Naming:
    """What codes and names of clusters are taken from."""

    previous: Plan | None
    names: Mapping[str, str] | None
    fixed: Mapping[str, tuple[int, ...]]

    @classmethod
    def read(cls, scenario: Scenario, county: County) -> Naming:
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
