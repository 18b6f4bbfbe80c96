"""Specialist resource provision: each cluster should have one."""

from __future__ import annotations

from cluster_geo.rules.presence import Presence, Wording

SRP = Wording(
    lacking="no school with an SRP",
    one="an SRP",
    what="with an SRP",
    sentence="each cluster has a school with an SRP",
    wish="each cluster has an SRP",
    heading="An SRP in each cluster",
)


def srp_coverage(
    with_srp: frozenset[int], price: float = 0.0, *, hard: bool = False, name: str = "srp"
) -> Presence:
    """Make the rule that each cluster has a school with an SRP.

    Parameters
    ----------
    with_srp : frozenset of int
        URNs of the schools with an SRP or SEN unit.
    price : float
        Per cluster without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    name : str
    """
    return Presence(name, with_srp, price, hard, SRP)
