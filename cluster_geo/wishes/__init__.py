"""A scenario solved: what it asks for if possible granted where a plan shows that it can be."""

from cluster_geo.wishes.solve import solve_scenario
from cluster_geo.wishes.splits import unsplit
from cluster_geo.wishes.trials import Trials, Wishes

__all__ = ["Trials", "Wishes", "solve_scenario", "unsplit"]
