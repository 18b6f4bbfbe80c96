"""Specialist resource provision: each cluster should have one, for each need and phase asked."""

from __future__ import annotations

from collections.abc import Iterator

from cluster_geo.county import County
from cluster_geo.rules.presence import Presence, Wording
from cluster_geo.rules.ways_on import with_srp_for

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


def coverage_by_need(
    county: County,
    needs: tuple[str, ...],
    phases: tuple[str, ...],
    price: float = 0.0,
    *,
    hard: bool = False,
) -> Iterator[Presence]:
    """Make the rules that each cluster has an SRP for each of some needs, in each of some phases.

    Parameters
    ----------
    county : County
    needs : tuple of str
        Codes of the needs; () for one rule about any need.
    phases : tuple of str
        "primary", "secondary" or both; () for one rule about any phase. An all-through school
        counts in both.
    price : float
        Per cluster, need and phase without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    """
    for need in dict.fromkeys(needs) or ("",):
        for phase in dict.fromkeys(phases) or ("",):
            schools = with_srp_for(county, need, phase)
            if not (need or phase):
                yield srp_coverage(schools, price, hard=hard)
                continue
            name = " ".join(filter(None, ("srp", need, phase)))
            yield Presence(name, schools, price, hard, _wording(need, phase))


def _wording(need: str, phase: str) -> Wording:
    """Word the rule about one need in one phase."""
    of_phase = f"{phase} SRP" if phase else "SRP"
    one = f"{'a' if phase else 'an'} {of_phase}{f' for {need}' if need else ''}"
    return Wording(
        lacking=f"no {one.split(' ', 1)[1]}",
        one=one,
        what=f"with {one}",
        sentence=f"each cluster has a school with {one}",
        wish=f"each cluster has {one}",
        heading=f"{one[:1].upper()}{one[1:]} in each cluster",
        setting="srp",
    )
