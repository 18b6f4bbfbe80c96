"""What is published, as its audience may see it, and what all its pages share.

Whatever writes a page, a map, a sheet or a file takes one of these, and cannot be handed what
its audience must not see: making one is what withholds.
"""

from cluster_geo.publish.explanation import ExplanationPublication
from cluster_geo.publish.options import OptionsPublication
from cluster_geo.publish.publication import Publication
from cluster_geo.publish.worth import WorthPublication

__all__ = ["ExplanationPublication", "OptionsPublication", "Publication", "WorthPublication"]
