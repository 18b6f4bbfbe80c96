"""Why no plan keeps the hard rules, and what would make one possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from cluster_geo.county import County
from cluster_geo.explain.ask import Answer, Asker
from cluster_geo.explain.case import Answers
from cluster_geo.explain.cures import Cure
from cluster_geo.explain.healer import Healer
from cluster_geo.explain.params import ExplainParams
from cluster_geo.explain.reasons import Reason, find_reason
from cluster_geo.optimise.certainty import failed, of_frozen
from cluster_geo.optimise.problem import left_to_decide
from cluster_geo.phrases import listed
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook, find_clashes, regions_of

Status = Literal["possible", "impossible", "not proven"]

ADVICE = "Allow more time, or turn a requirement into a preference."

# Schools whose names, one by one, are a title.
_FEW = 3


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
    seconds : float or None
        Time it took; None under a limit of work, so that equal runs give equal records.
    failure : str
        What a solver answered that failed in one of the searches; else empty.
    aside : bool
        Whether frozen clusters break hard rules, which are asked of the others alone.
    """

    status: Status
    clashes: tuple[Clashing, ...] = ()
    plan: Plan | None = None
    statements: tuple[str, ...] = field(default=())
    seconds: float | None = None
    failure: str = ""
    aside: bool = False


def explanation_of(
    county: County,
    rulebook: Rulebook,
    *,
    frozen: Iterable[Cluster] = (),
    time_limit: float = 180.0,
    work: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    params: ExplainParams = ExplainParams(),
) -> Explanation:
    """Find whether a plan keeps the hard rules; if none does, why, and what would help.

    Counting comes first, because its reasons are easy to read; what counting cannot settle is
    searched for, region by region.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    frozen : iterable of Cluster
        Clusters that stay as they are: their schools are left out, and their share of what
        is asked of the whole plan is taken off.
    time_limit : float
        Seconds in all; one search takes a fifth at most.
    work : int, optional
        Limit in units of work instead: the same answer on any machine.
    seed : int
    threads : int, optional
    params : ExplainParams
    """
    asker = Asker.within(time_limit, work=work, seed=seed, threads=threads, params=params)
    frozen, whole = tuple(frozen), rulebook
    county, rulebook = left_to_decide(county, rulebook, frozen)
    with asker.share(params.reasons):
        reasons, answer = _reasons(asker, county, rulebook)
    cures = Healer(asker, county, rulebook).cures(reasons)
    clashing = [
        Clashing(reason, title_of(reason, county), found)
        for reason, found in zip(reasons, cures, strict=True)
    ]
    plan = answer.plan
    statements = (
        *_statements(clashing),
        *_of_parts(county, rulebook, clashing),
        *((of_frozen(len(frozen)),) if frozen else ()),
        *_endings(asker, answer, clashing),
    )
    return Explanation(
        "impossible" if reasons else answer.verdict,
        tuple(clashing),
        plan=None if plan is None else Plan.of((*plan.clusters, *frozen)),
        statements=statements,
        seconds=asker.budget.elapsed if asker.budget.timed else None,
        failure="; ".join(asker.failures),
        aside=not all(map(whole.admits, frozen)),
    )


def _reasons(asker: Asker, county: County, rulebook: Rulebook) -> tuple[list[Reason], Answer]:
    """Find the reasons by counting; else by search, where there is one.

    Every reason is proven to be one. Where there is none, the answer states why: a plan was found,
    it is proven that there is none (and not settled what clashes), or nothing is proven.
    """
    reasons = _counted(asker, county, rulebook)
    if reasons:
        return reasons, Answer("impossible", "counting")
    whole = asker.can(county, rulebook)
    if whole.verdict == "possible":
        return [], whole
    parts = _parts(county, rulebook)
    for region in asker.evenly(parts):
        found = find_reason(asker, county, rulebook, region)
        if isinstance(found, Reason):
            reasons.append(found)
    if not reasons and whole.verdict == "not proven":
        # There is nothing else to spend the time on.
        with asker.brief(asker.params.longer):
            whole = asker.can(county, rulebook)
    if not reasons and whole.verdict == "impossible":
        found = find_reason(asker, county, rulebook, county.urns)
        reasons += [found] if isinstance(found, Reason) else []
    return reasons, whole


def _counted(asker: Asker, county: County, rulebook: Rulebook) -> list[Reason]:
    """Shrink each clash that counting finds."""
    reasons: list[Reason] = []
    answers: Answers = {}
    ties = {rule.name for rule in rulebook.rules if rule.tied}
    pieces = [rule.name for rule in rulebook.rules if rule.neighbours is not None]
    for clash in asker.evenly(find_clashes(county, rulebook)):
        tied = not ties.isdisjoint(clash.rules)
        # A region may be one piece of a zone: then its being cut off is part of the reason.
        rules = clash.rules if tied else (*clash.rules, *pieces)
        found = find_reason(
            asker, county, rulebook, clash.schools, rules, tied=tied, answers=answers
        )
        if isinstance(found, Reason) and not _known(found, reasons):
            reasons.append(found)
    return reasons


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
    names = [county.schools.names[urn] for urn in sorted(reason.schools)]
    schools = listed(names) if len(names) <= _FEW else f"{names[0]} and {len(names) - 1:,} others"
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
                f"{clash.title}: it is proven that these cannot all be kept, but not whether this "
                f"part is needed for the clash: {words}."
            )


def _of_parts(county: County, rulebook: Rulebook, clashing: Iterable[Clashing]) -> Iterator[str]:
    """Say that rules over the whole plan were left out where changes were tried for a part."""
    partial = any(len(c.schools) < len(county.urns) for clash in clashing for c in clash.cures)
    if partial and rulebook.plan_rules:
        names = listed([rule.name for rule in rulebook.plan_rules])
        yield (
            "Each change was tried only on the schools concerned; it was not tried whether the "
            f"whole plan can then meet what is asked of it as a whole ({names})."
        )


def _endings(asker: Asker, answer: Answer, clashing: Collection[Clashing]) -> Iterator[str]:
    """Say what was left undone, and why."""
    if answer.verdict == "impossible" and not clashing:
        yield "It was not settled which of the rules clash."
    for failure in asker.failures:
        yield failed(failure, "searches")
    if asker.stopped:
        yield "You stopped the search: changes not tried by then are not listed."
    elif asker.left <= 0.0:
        yield "The time ran out before everything was tried; with more time, more may be found."
    if answer.verdict == "not proven" and not clashing and not asker.stopped and not asker.failures:
        yield ADVICE
