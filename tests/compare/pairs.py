"""A county of eight schools and two plans of it, drawn by hand."""

from __future__ import annotations

from cluster_geo.compare import PlanFile
from cluster_geo.county import County
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook, Size, TravelToHub, Trusts, srp_coverage
from tests.worlds import FIRST_URN, draw_county

# Schools 1 to 4 above, 5 to 8 below; school 4 and 8 have an SRP.
PICTURE = """
    p s p P
    p p s P
"""
TRUST = """
    . x x .
    . . y y
"""


def urns(*numbers: int) -> tuple[int, ...]:
    """URNs of schools by their numbers in the picture, from 1."""
    return tuple(FIRST_URN + number - 1 for number in numbers)


def make_county(**columns) -> County:
    return draw_county(PICTURE, trust=TRUST, columns=columns or None)


def make_rulebook(county: County) -> Rulebook:
    return Rulebook(
        (
            Size(2, 5),
            TravelToHub(county.travel),
            Trusts(county.schools.grouped_by("trust_uid"), 3.0),
            srp_coverage(county.schools.where("srp"), 5.0),
        ),
        county.travel,
    )


def make_plan(names: dict[str, str] | None = None, **groups: tuple[int, ...]) -> Plan:
    """Make a plan of schools by their numbers: `make_plan(A=(1, 2), B=(3, 4))`."""
    clusters = {
        code: Cluster(urns(*numbers), urns(*numbers)[0]) for code, numbers in groups.items()
    }
    return Plan.coded(clusters, names)


def as_file(plan: Plan, title: str = "a plan") -> PlanFile:
    return PlanFile(title, plan)


BEFORE = make_plan({"A": "West", "B": "Middle", "C": "East"}, A=(1, 2, 5), B=(3, 6, 7), C=(4, 8))
# School 3 goes from Middle to East, called X and Y here; the west is split: 5 is a cluster alone.
AFTER = make_plan({"X": "Centre"}, X=(6, 7), Y=(3, 4, 8), A=(5,), Z=(1, 2))
