"""What a scenario would tell of a plan, and a county as its audience may see it."""

from __future__ import annotations

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.scenario import Brief

PUBLIC = Brief(audience="public")


def disclosed(county: County, brief: Brief = PUBLIC) -> Disclosure:
    """The county as the brief's audience may see it."""
    return Disclosure(county, brief)
