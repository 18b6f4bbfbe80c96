"""The versions of a plan through the years, as their folders have them on record.

A version is an output folder. Which one it replaces follows from its record: the number that the
planner gave, and the hash of the file of the plan that it was made from.
"""

from cluster_geo.versions.before import versions_before
from cluster_geo.versions.lineage import Lineage, Link, lineage_of
from cluster_geo.versions.schools import MADE, MOVED, STAYED, Stay, history_of, stays_of, table_of
from cluster_geo.versions.superseded import superseded_settings
from cluster_geo.versions.version import Version, folders_in, read_version, read_versions

__all__ = [
    "MADE",
    "MOVED",
    "STAYED",
    "Lineage",
    "Link",
    "Stay",
    "Version",
    "folders_in",
    "history_of",
    "lineage_of",
    "read_version",
    "read_versions",
    "stays_of",
    "superseded_settings",
    "table_of",
    "versions_before",
]
