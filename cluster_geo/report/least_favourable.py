"""The clusters that a plan serves least favourably, why, and what is done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.measures import equality, equality_of_all, provision, pupils
from cluster_geo.measures.effects import places_in_clusters
from cluster_geo.plan import Plan, title_of
from cluster_geo.report.amounts import journey

NO_MITIGATION = "No mitigation is recorded."
SAME = 1e-9
# Places are given for so many pupils, so that they are figures of one or two digits.
PER_PUPILS = 1000


@dataclass(frozen=True)
class LeastFavourable:
    """One cluster, the reasons that name it, and its mitigation.

    Parameters
    ----------
    code, name : str
    reasons : tuple of str
    mitigation : str
        The planner's words, or that none is recorded.
    """

    code: str
    name: str
    reasons: tuple[str, ...]
    mitigation: str


def least_favourable(
    county: County, plan: Plan, mitigation: Mapping[str, str]
) -> list[LeastFavourable]:
    """Return the least favourable clusters and those with a mitigation, in the order of the codes.

    A cluster is named for the longest mean journey to its central school; for having no SRP; and,
    among those with a larger share of schools in the poorest fifth of areas than the whole plan,
    for the fewest SRP places for each pupil. That all clusters are alike is no reason.
    """
    reasons: dict[str, list[str]] = defaultdict(list)
    for find in (_longest_journey, _without_srp, _deprived_with_fewest_places):
        for code, reason in find(county, plan):
            reasons[code].append(reason)
    return [
        LeastFavourable(
            code,
            title_of(code, plan.names),
            tuple(reasons.get(code, ())),
            mitigation.get(code, NO_MITIGATION),
        )
        for code in sorted(plan.labels)
        if code in reasons or code in mitigation
    ]


def _longest_journey(county: County, plan: Plan) -> Iterator[tuple[str, str]]:
    means = equality(plan, county)["travel_mean"]
    longest = float(means.max())
    if means.min() > longest - SAME:
        return
    for code in means.index[means > longest - SAME]:
        length = journey(longest, county.travel.unit)
        yield str(code), f"The longest mean journey to the central school: {length}"


def _without_srp(county: County, plan: Plan) -> Iterator[tuple[str, str]]:
    numbers = provision(plan, county)["srps"]
    if not numbers.any():
        return
    for code in numbers.index[numbers == 0]:
        yield str(code), "No school of the cluster has an SRP"


def _deprived_with_fewest_places(county: County, plan: Plan) -> Iterator[tuple[str, str]]:
    share, whole = equality(plan, county)["deprived_pct"], equality_of_all(plan, county)
    number = pupils(plan, county)["pupils"]
    known = share.index.isin(_with_all_pupils(county, plan))
    rate = PER_PUPILS * places_in_clusters(plan, county) / number.where((number > 0) & known)
    rate = rate[share > whole["deprived_pct"] + SAME].dropna()
    if rate.empty:
        return
    for code in rate.index[rate < rate.min() + SAME]:
        reason = (
            f"{share[code]:.0f} % of its schools are in the poorest fifth of areas "
            f"({whole['deprived_pct']:.0f} % of all), and of such clusters it has the fewest SRP "
            f"places for each {PER_PUPILS:,} pupils: {rate[code]:.1f}"
        )
        yield str(code), reason


def _with_all_pupils(county: County, plan: Plan) -> list[str]:
    """Return the clusters in which the number of pupils is known for every school."""
    known = county.schools.table["pupils"].notna()
    return [
        label
        for label, cluster in zip(plan.labels, plan.clusters, strict=True)
        if known.loc[list(cluster.members)].all()
    ]
