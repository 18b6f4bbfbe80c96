"""Why no plan keeps the hard rules, and what would make one possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker
from cluster_geo.explain.cures import Cure, Healer
from cluster_geo.explain.reasons import Reason, find_reason
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook, Together, find_clashes, regions_of, rulebook_within
from cluster_geo.rules.words import listed

Status = Literal["possible", "impossible", "not proven"]

# Share of the time limit that one search may take.
STEP = 0.2


@dataclass(frozen=True)
class Clashing:
    """One reason why there is no plan, and its cures, best first."""

    reason: Reason
    title: str
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Whether the hard rules can be kept; if not, why, and what would help.

    Parameters
    ----------
    status : Status
        "impossible" only where it is proven; where the time ran out, "not proven".
    clashes : tuple of Clashing
        Each is a reason by itself: all must be cured.
    plan : Plan or None
        A plan that keeps every hard rule, where the status is "possible".
    statements : tuple of str
        Sentences about the search.
    seconds : float
        Time spent searching.
    """

    status: Status
    clashes: tuple[Clashing, ...] = ()
    plan: Plan | None = None
    statements: tuple[str, ...] = field(default=())
    seconds: float = 0.0


def explain(
    county: County,
    rulebook: Rulebook,
    *,
    frozen: Iterable[Cluster] = (),
    time_limit: float = 180.0,
    seed: int = 0,
    threads: int | None = None,
) -> Explanation:
    """Tell whether a plan that keeps the hard rules exists, why not, and what would help.

    Counting comes first, since its reasons are read at a glance; what it cannot tell is searched
    for, region by region.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    frozen : iterable of Cluster
        Clusters that stay as they are: their schools are left out, and their share of what
        is asked of the whole plan is taken off.
    time_limit : float
        Seconds in all, kept to within the length of one search; one takes a fifth at most.
    seed : int
    threads : int, optional
    """
    asker = Asker(step=max(0.05, STEP * time_limit), seed=seed, threads=threads)
    county, rulebook = _rest(county, rulebook, tuple(frozen))
    reasons, answer = _reasons(asker, county, rulebook, time_limit)
    if not reasons:
        return Explanation(answer.verdict, plan=answer.plan, seconds=asker.seconds)
    healer = Healer(asker, county, rulebook)
    clashing = []
    for place, reason in enumerate(reasons):
        left = max(0.0, time_limit - asker.seconds) / (len(reasons) - place)
        cures = tuple(healer.cures(reason, seconds=left))
        clashing.append(Clashing(reason, title_of(reason, county), cures))
    return Explanation(
        "impossible",
        tuple(clashing),
        statements=tuple(_statements(clashing)),
        seconds=asker.seconds,
    )


def _rest(
    county: County, rulebook: Rulebook, frozen: tuple[Cluster, ...]
) -> tuple[County, Rulebook]:
    """Take frozen clusters out; rules over the plan are then about what is left."""
    if not frozen:
        return county, rulebook
    from cluster_geo.optimise.problem import Problem  # noqa: PLC0415

    plan_rules = Problem.of(county, rulebook, frozen).rulebook.plan_rules
    taken = {urn for cluster in frozen for urn in cluster.members}
    part = county.within(set(county.urns) - taken)
    return part, rulebook_within(rulebook, part, plan_rules)


def _reasons(
    asker: Asker, county: County, rulebook: Rulebook, time_limit: float
) -> tuple[list[Reason], Answer]:
    """Find the reasons by counting; else by search, where there is one."""
    reasons: list[Reason] = []
    ties = {rule.name for rule in rulebook.rules if isinstance(rule, Together)}
    for clash in find_clashes(rulebook, county):
        tied = not ties.isdisjoint(clash.rules)
        # A region may be one piece of a zone: then its being cut off is part of the reason.
        rules = clash.rules if tied else (*clash.rules, "one piece")
        found = find_reason(asker, county, rulebook, clash.schools, rules, tied=tied)
        if isinstance(found, Reason) and not _known(found, reasons):
            reasons.append(found)
    if reasons:
        return reasons, Answer("impossible", "counting")
    whole = asker.can(county, rulebook)
    if whole.verdict == "possible":
        return [], whole
    unsure = whole.verdict == "not proven"
    for region in _parts(county, rulebook):
        if asker.seconds > time_limit:
            return reasons, Answer("not proven")
        found = find_reason(asker, county, rulebook, region)
        if isinstance(found, Reason):
            reasons.append(found)
    if not reasons and not unsure:
        found = find_reason(asker, county, rulebook, county.urns)
        reasons += [found] if isinstance(found, Reason) else []
    return reasons, whole


def _parts(county: County, rulebook: Rulebook) -> list[frozenset[int]]:
    regions = list(regions_of(rulebook, county.urns))
    return regions if len(regions) > 1 else []


def _known(reason: Reason, reasons: Iterable[Reason]) -> bool:
    return any(
        reason.schools == other.schools and set(reason.demands) == set(other.demands)
        for other in reasons
    )


def title_of(reason: Reason, county: County) -> str:
    """Name the schools of a reason: by their zone, else by the schools themselves."""
    if len(reason.schools) == len(county.urns):
        return "The whole county"
    few = 3
    names = [county.schools.names[urn] for urn in sorted(reason.schools)]
    schools = listed(names) if len(names) <= few else f"{names[0]} and {len(names) - 1} others"
    asked = {demand.rule for demand in reason.demands}
    for layer in sorted(county.layers.values(), key=lambda layer: layer.name not in asked):
        zones = {layer.zone_of.get(urn, "") for urn in reason.schools}
        if len(zones) == 1 and (code := zones.pop()):
            whole = {urn for urn, zone in layer.zone_of.items() if zone == code}
            if whole == reason.schools:
                return layer.name_of(code)
            if layer.name in asked:
                return f"{layer.name_of(code)}, the part with {schools}"
    return schools


def _statements(clashing: Iterable[Clashing]) -> Iterator[str]:
    for clash in clashing:
        if clash.reason.undecided:
            words = "; ".join(demand.words for demand in clash.reason.undecided)
            yield (
                f"{clash.title}: that these cannot all be kept is proven, but in the time allowed "
                f"it was not settled whether this part is needed for the clash: {words}."
            )
        if not clash.cures:
            yield (
                f"{clash.title}: no single change was found to be enough in the time allowed; "
                "several may be needed together."
            )
