"""What is published: a plan as its audience may see it, and what all its pages share."""

from cluster_geo.publish.publication import Publication

__all__ = ["Publication"]
