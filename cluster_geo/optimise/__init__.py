"""The optimiser: set partitioning with column generation, and a proven bound."""

from cluster_geo.optimise.compact import solve_compact
from cluster_geo.optimise.propose import propose
from cluster_geo.optimise.result import Result, TracePoint
from cluster_geo.optimise.solve import solve

__all__ = ["Result", "TracePoint", "propose", "solve", "solve_compact"]
