"""Exceptions that are counted: clusters without a kind of school."""

from __future__ import annotations

from cluster_geo.rules.presence import Presence, Wording


def exceptions(name: str, schools: frozenset[int], price: float) -> Presence:
    """Make the rule that charges `price` for a cluster that has none of `schools`.

    Parameters
    ----------
    name : str
        Name of the rule, which is also its finding: "without a secondary school".
    schools : frozenset of int
    price : float
        Per cluster without one, in the currency of travel.
    """
    return Presence(name, schools, price, wording=Wording(lacking=name))
