"""The command line: a thin skin over the library."""

from cluster_geo.cli.group import main

__all__ = ["main"]
