"""A plan called as the one that it was changed from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cluster_geo.pipeline.places import plan_file, require_plan
from cluster_geo.plan import Plan, read_plan_rows


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
