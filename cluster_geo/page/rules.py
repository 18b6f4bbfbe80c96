"""What rules are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

TITLES = {
    "every school once": "Every school is in exactly one cluster",
    "size": "Size of a cluster",
    "phases": "Primary and secondary schools together",
    "non-selective": "A secondary school open to children of any ability",
    "one piece": "Each cluster is in one piece on the ground",
    "number of clusters": "Number of clusters",
    "travel": "Journeys to the central school",
    "worst trip": "Longest journey allowed",
    "trusts": "Few clusters for each multi-academy trust",
    "srp": "An SRP in each cluster",
    "federations": "Federated schools together",
    "pairs": "Infant and junior schools together",
    "reference": "Close to the earlier plan",
    "most movers": "Most schools that may move from the earlier plan",
}


def rule_title(name: str, layers: Mapping[str, str]) -> str:
    """Return a rule's name as a heading; `layers` are the titles of the boundary layers."""
    if name in layers:
        return f"Clusters follow the boundaries: {layers[name]}"
    return TITLES.get(name) or name[:1].upper() + name[1:].replace("_", " ")
