"""A drawn county of twelve schools in four clusters, and pots to share over them."""

from __future__ import annotations

from fractions import Fraction

from cluster_geo.funding import Pot, Protection, Term
from cluster_geo.plan import Cluster, Plan
from tests.worlds import FIRST_URN, draw_county

URNS = tuple(range(FIRST_URN, FIRST_URN + 12))
PICTURE = "psp sps\npps Sps"
EHCP = dict(zip(URNS, (9, 31, 12, 5, 40, 8, 7, 6, 22, 18, 11, 16), strict=True))
FSM = dict(
    zip(URNS, (10.0, 22.5, 31.3, 8.0, 12.0, 40.4, 5.5, 6.6, 50.0, 9.9, 0.0, 14.2), strict=True)
)
FIFTH = dict(zip(URNS, (1, 2, 1, 5, 4, 1, 5, 5, 1, 3, 5, 2), strict=True))
GROUPS = {
    "A-1": URNS[:3],
    "B-2": URNS[3:6],
    "C-3": URNS[6:9],
    "D-4": URNS[9:],
}


def drawn(**columns):
    """Two rows of six schools a kilometre apart; pupils 200, 210 ... 310."""
    known = {"ehcp": EHCP, "fsm_pct": FSM, "idaci_quintile": FIFTH} | columns
    return draw_county(PICTURE, district="aaabbb\naaabbb", columns=known)


def plan_of(groups=GROUPS):
    """The plan of some groups, whose first school is the central one."""
    return Plan.coded(
        {code: Cluster(tuple(sorted(urns)), min(urns)) for code, urns in groups.items()}
    )


def share(name, column, per_cent, **more):
    """A term with a share of the money."""
    return Term(name, column, share=Fraction(str(per_cent)), **more)


def rate(name, column, pence, **more):
    """A term with a rate."""
    return Term(name, column, rate=pence, **more)


def pot(*terms, amount=1_000_000_00, **more):
    """A pot of a million pounds, unless another sum is given."""
    return Pot("locality", amount, terms, title="Locality resource", public=True, **more)


FOUR = (
    share("lump", "clusters", 20),
    share("pupils", "pupils", 40),
    share("plans", "ehcp", 30),
    share("meals", "fsm_pct", 10),
)
PROTECTED = Protection(Fraction(2), Fraction(5), 100_00, None)
