"""A small plan with everything on it, and hostile names, for tests of maps, report and exports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cluster_geo.audit import Audit, audit
from cluster_geo.county import County
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.plan import Papers, Plan
from cluster_geo.publish import Publication
from cluster_geo.records import OGL, Notice, Source
from cluster_geo.rules import (
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Trusts,
    Zones,
    srp_coverage,
)
from cluster_geo.scenario import Brief
from tests.briefs import disclosed
from tests.worlds import FIRST_URN, draw_county

HOSTILE = (
    "{{ 7*7 }}",
    "{% raise 1 %}{# not closed",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "`${window.hacked=1}`",
    "'\"><svg onload=window.hacked=1>",
    "\\\\'; window.hacked=1; //",
    "=1+1",
    "a & b < c \u2028 d",
)

PICTURE = """
    p p P p s p
    s p a p p p
    p p p S p s
"""
DISTRICT = """
    a a a b b b
    a a a b b b
    a a a b b b
"""
TRUST = """
    x . x . x .
    . y . . y .
    . . x . . .
"""
SETTINGS: dict[str, Any] = {
    "plan": {
        "title": "Clusters of Squareshire",
        "version": "2.1",
        "status": "consultation",
        "effective_date": "2026-09-01",
    },
    "trusts": {"rule": "priced", "weight": 3.0},
    "boundaries": {"district": {"rule": "priced", "weight": 1.5}},
    "solve": {"time_limit": 60},
}
BRIEF = Brief(
    audience="public",
    **SETTINGS["plan"],
    weights={"trusts": 3.0, "boundaries.district": 1.5},
    settings=SETTINGS,
)


@dataclass(frozen=True)
class World:
    """A county, its rules, a plan of it, and the run that made the plan."""

    county: County
    rulebook: Rulebook
    plan: Plan
    audit: Audit
    result: Result

    def published(
        self, brief: Brief = BRIEF, county: County | None = None, **changes: Any
    ) -> Publication:
        """The plan as it is published with all that is known of it, but for these changes."""
        known = {name: getattr(self, name) for name in ("plan", "rulebook", "audit", "result")}
        return Publication(disclosed(county or self.county, brief), **known | changes)


def make_world(names: dict[int, str] | None = None, **texts: str) -> World:
    """Make 18 schools in three clusters; `names` renames schools, `texts` fill whole columns."""
    urns = range(FIRST_URN, FIRST_URN + 18)
    columns = {column: dict.fromkeys(urns, text) for column, text in texts.items()}
    if names:
        columns["name"] = names
    county = draw_county(PICTURE, district=DISTRICT, trust=TRUST, columns=columns)
    source = Source("schools", "data/schools.csv", "ab" * 32, OGL, "2025-07-18")
    census = Source("census", "data/census.csv", "cd" * 32, OGL, "2025-01-16")
    note = Notice("date", "School 3 is proposed to close and is in.", FIRST_URN + 2)
    schools = replace(county.schools, sources=(source, census), notices=(note,))
    county = replace(county, schools=schools)
    rulebook = Rulebook(
        (
            Size(4, 8),
            Phases(county.schools.primaries, county.schools.secondaries),
            OnePiece(county.neighbours.graph),
            TravelToHub(county.travel),
            Zones("district", county.layers["district"].zone_of, 1.5, names=county.schools.names),
            Trusts(county.schools.grouped_by("trust_uid"), 3.0),
            srp_coverage(county.schools.where("srp"), 5.0),
        ),
        county.travel,
    )
    columns_of = [[FIRST_URN + 6 * row + column for row in range(3)] for column in range(6)]
    groups = [columns_of[0] + columns_of[1], columns_of[2] + columns_of[3]]
    groups.append(columns_of[4] + columns_of[5])
    plan = rulebook.plan(groups)
    title = names[FIRST_URN] if names else "West"
    titles = {"SQU-01": title, "SQU-02": "Middle", "SQU-03": "East"}
    plan = replace(plan, codes=tuple(titles), names=titles, retired=("SQU-09",))
    return World(county, rulebook, plan, audit(county, rulebook, plan), make_result(plan, 50.0))


def make_result(plan: Plan, cost: float) -> Result:
    """A run that ended with a gap of one per cent."""
    trace = tuple(
        TracePoint(float(i), i, "pricing", cost + 10 - i, cost * 0.99 - (10 - i) * 4, 100 * i)
        for i in range(11)
    )
    statement = "Areas are kept: a plan that keeps them was found."
    return Result(
        "feasible", "time limit", plan, cost, cost * 0.99, 60.0, 1, 10, trace, (statement,)
    )


def make_papers(world: World, *texts: str) -> Papers:
    """Decisions in the words given, a version before in which a school was elsewhere, a venue."""
    words = texts or ("To stay in the west", "granted", "It is near", "Director")
    request, decision, reason, role = (words[k % len(words)] for k in range(4))
    rows = [
        (FIRST_URN, request, decision, reason, "2025-06-01", role),
        (999_999, request, decision, reason, "2025-06-02", role),
    ]
    columns = ["urn", "request", "decision", "reason", "date", "role"]
    first, second, third = (cluster.members for cluster in world.plan.clusters)
    groups = [first[1:], (first[0], *second), third]
    before = world.rulebook.plan(groups)
    names = dict(zip(before.labels, (words * 3)[:3], strict=True)) if texts else {}
    venues = {world.plan.codes[0]: texts[0] if texts else "Town hall"}
    return Papers(pd.DataFrame(rows, columns=columns), replace(before, names=names), venues)


def hostile_world() -> World:
    """The same world in which every text is out to do harm."""
    names = {FIRST_URN + i: HOSTILE[i % len(HOSTILE)] for i in range(18)}
    return make_world(names, srp_needs="{{ 7*7 }}|<b>", postcode="</script>", federation="${x}")
