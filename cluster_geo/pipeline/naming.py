"""What the codes and names of clusters are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cluster_geo.county import County
from cluster_geo.naming import name_plan
from cluster_geo.pipeline.places import plan_file, require_plan
from cluster_geo.plan import Plan, read_plan_rows
from cluster_geo.scenario import Scenario, cluster_names, previous_plan, reference_plan


def called_as_in(plan: Plan, base: str | Path) -> Plan:
    """Return a plan with the names, retired codes and colours of the one that it was changed from.

    Parameters
    ----------
    plan : Plan
        Its own names go first.
    base : path
        Output folder of the run that made the other plan, or its file.

    Raises
    ------
    InputError
        Where there is no such plan.
    """
    require_plan(base)
    rows = read_plan_rows(plan_file(base))
    used = set(plan.labels)
    return replace(
        plan,
        codes=plan.labels,
        names={code: name for code, name in {**rows.names, **plan.names}.items() if code in used},
        retired=tuple(sorted({*rows.retired, *rows.members, *plan.retired} - used)),
        colours={code: colour for code, colour in rows.colours.items() if code in used},
    )


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
        return cls(previous, None if given is None else given.names, scenario.pins.fixed)

    def name(self, plan: Plan, county: County) -> Plan:
        """Give the clusters codes and names: the planner's, the previous plan's, or new ones."""
        return name_plan(plan, county, previous=self.previous, names=self.names, fixed=self.fixed)
