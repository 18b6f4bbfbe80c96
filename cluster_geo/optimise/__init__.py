"""The optimiser: set partitioning with column generation, and a proven bound."""

from cluster_geo.optimise.result import Result, TracePoint

__all__ = ["Result", "TracePoint"]
