"""The shares of a pot: what the county and its zones hold, and each cluster's, term by term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from cluster_geo.funding.facts import HUNDREDTHS, PER_CENT, Facts
from cluster_geo.funding.pence import apportion, in_pounds, rounded
from cluster_geo.funding.pot import Pot, Term
from cluster_geo.funding.protection import held_within


@dataclass(frozen=True)
class TermShare:
    """What one term gives each cluster.

    Parameters
    ----------
    term : Term
    money : int
        Pence that it shares out in all.
    units : mapping of str to int
        What it counts in each cluster, in hundredths.
    amounts : mapping of str to int
        Pence of each cluster.
    """

    term: Term
    money: int
    units: Mapping[str, int]
    amounts: Mapping[str, int]

    @property
    def units_in_all(self) -> int:
        """What it counts in all clusters, in hundredths."""
        return sum(self.units.values())


@dataclass(frozen=True)
class ClusterShare:
    """One cluster's share, in pence.

    Parameters
    ----------
    code : str
    formula : int
        What the terms give it.
    share : int
        What it has, after protection.
    low : int
        Its least.
    high : int or None
        Its most; None for no limit.
    last_year : int or None
        None where not known.
    pupils : int or None
        Pupils in hundredths; None where one school's are not known, or withheld.
    """

    code: str
    formula: int
    share: int
    low: int = 0
    high: int | None = None
    last_year: int | None = None
    pupils: int | None = None

    @property
    def adjustment(self) -> int:
        """What protection adds to what the formula gives, or takes from it."""
        return self.share - self.formula

    @property
    def at(self) -> str:
        """Which limit it is at: "least", "most", or "" for neither."""
        if self.low and self.share == self.low:
            return "least"
        return "most" if self.high is not None and self.share == self.high else ""

    @property
    def per_pupil(self) -> Fraction | None:
        """Pence for each pupil, exact; None where the pupils are not known."""
        return Fraction(self.share * HUNDREDTHS, self.pupils) if self.pupils else None

    @property
    def change(self) -> Fraction | None:
        """Per cent more, or less, than last year; None where that is not known, or was nothing."""
        if not self.last_year:
            return None
        return Fraction(PER_CENT * (self.share - self.last_year), self.last_year)


@dataclass(frozen=True)
class Shares:
    """How a pot is shared out. All its parts add up to the pot, to the penny.

    Parameters
    ----------
    pot : Pot
    facts : Facts
    reserve : int
        Pence that the county holds.
    unshared : int
        Pence that the county holds besides, of terms that count nothing in any cluster.
    contingency : mapping of str to int
        Pence that each zone holds, by code.
    terms : tuple of TermShare
    clusters : mapping of str to ClusterShare
        In the order of their codes.
    scale : Fraction or None
        In a formula of rates, what they are all multiplied by so that they fit; else None.
    factor : Fraction or None
        What protection multiplies the formula of the clusters at neither limit by; None where no
        limit is set, or all are at one.
    problem : str
        Why there are no shares, in a sentence; "" where there are.
    """

    pot: Pot
    facts: Facts
    reserve: int = 0
    unshared: int = 0
    contingency: Mapping[str, int] = field(default_factory=dict)
    terms: tuple[TermShare, ...] = ()
    clusters: Mapping[str, ClusterShare] = field(default_factory=dict)
    scale: Fraction | None = None
    factor: Fraction | None = None
    problem: str = ""

    @property
    def shared(self) -> int:
        """Pence that the clusters have together."""
        return sum(cluster.share for cluster in self.clusters.values())

    @property
    def per_pupil(self) -> Fraction | None:
        """Pence for each pupil of the clusters whose pupils are all known; None for none."""
        known = [(c.share, c.pupils) for c in self.clusters.values() if c.pupils]
        if not known:
            return None
        return Fraction(sum(share for share, _ in known) * HUNDREDTHS, sum(p for _, p in known))

    @property
    def limited(self) -> bool:
        """Whether any cluster has a least or a most."""
        return any(c.low or c.high is not None for c in self.clusters.values())


def share_out(pot: Pot, facts: Facts, boosted: Mapping[str, Fraction] | None = None) -> Shares:
    """Share a pot over clusters.

    First the reserve, the contingency and the rest are parted by their per cents; the rest is
    parted between the terms, and each term's money between the clusters by what it counts. Each of
    these is rounded by largest remainders, so every row and every column adds up. Protection then
    moves money between clusters, and takes none from the sum.

    Parameters
    ----------
    pot : Pot
    facts : Facts
        Of the clusters, as `facts_of` counts them.
    boosted : mapping of str to Fraction, optional
        By the names of terms, what their weight is multiplied by, to see what it does; the weights
        of all are then scaled so that they still share the same sum.
    """
    left = PER_CENT - pot.reserve - pot.contingency
    reserve, contingency, rest = apportion(pot.amount, [pot.reserve, pot.contingency, left])
    weights, scale = _weights(pot, facts, rest, boosted or {})
    if not sum(weights):
        return Shares(pot, facts, problem="No cluster has anything that the formula counts.")
    money = apportion(rest, weights)
    terms = []
    for term, sum_ in zip(pot.terms, money, strict=True):
        units = facts.units[term.name]
        counts = any(units.values())
        parts = apportion(sum_ if counts else 0, list(units.values()))
        amounts = dict(zip(units, parts, strict=True))
        terms.append(TermShare(term, sum_ if counts else 0, units, amounts))
    formula = {code: sum(term.amounts[code] for term in terms) for code in facts.codes}
    unshared = rest - sum(formula.values())
    clusters, factor, problem = _protected(pot, facts, formula)
    zones = _by_zone(facts, clusters, contingency) if not problem else {}
    return Shares(
        pot, facts, reserve, unshared, zones, tuple(terms), clusters, scale, factor, problem
    )


def _weights(
    pot: Pot, facts: Facts, rest: int, boosted: Mapping[str, Fraction]
) -> tuple[list[Fraction], Fraction | None]:
    """Return the weight of each term in the sum that is shared, and the scale of rates."""
    weights = [
        term.share
        if term.share is not None
        else Fraction((term.rate or 0) * sum(facts.units[term.name].values()), HUNDREDTHS)
        for term in pot.terms
    ]
    whole = sum(weights)
    scale = rest / whole if pot.by_rates and whole else None
    return [
        weight * boosted.get(term.name, 1) for term, weight in zip(pot.terms, weights, strict=True)
    ], scale


def _protected(
    pot: Pot, facts: Facts, formula: Mapping[str, int]
) -> tuple[dict[str, ClusterShare], Fraction | None, str]:
    """Return the clusters' shares within their limits, the factor of the others, and a problem."""
    low = {code: least(pot, facts, code) for code in formula}
    high = {code: most(pot, facts, code) for code in formula}
    whole = sum(formula.values())
    held = held_within(list(formula.values()), list(low.values()), list(high.values()), whole)
    if held is None:
        return {}, None, _why_not(low, high, whole)
    limited = any(low.values()) or any(one is not None for one in high.values())
    shares = rounded(held.shares) if limited else list(formula.values())
    found = {
        code: ClusterShare(
            code,
            formula[code],
            share,
            low[code],
            high[code],
            facts.last_year.get(code),
            facts.pupils[code] if facts.pupils_known.get(code) else None,
        )
        for code, share in zip(formula, shares, strict=True)
    }
    return found, held.factor if limited else None, ""


def _why_not(low: Mapping[str, int], high: Mapping[str, int | None], whole: int) -> str:
    least_of_all = sum(low.values())
    if least_of_all > whole:
        return (
            f"The least shares add up to {in_pounds(least_of_all)}, and only {in_pounds(whole)} "
            "is shared."
        )
    most_of_all = sum(one for one in high.values() if one is not None)
    return (
        f"The largest shares add up to {in_pounds(most_of_all)}, so that a part of the "
        f"{in_pounds(whole)} could go to no cluster."
    )


def least(pot: Pot, facts: Facts, code: str) -> int:
    """Return the least share of a cluster: whole pence, rounded up."""
    rules, floors = pot.protection, [0]
    if rules.largest_loss is not None and code in facts.last_year:
        floors.append(ceil(facts.last_year[code] * (PER_CENT - rules.largest_loss) / PER_CENT))
    if rules.floor_per_pupil is not None:
        floors.append(ceil(Fraction(rules.floor_per_pupil * facts.pupils[code], HUNDREDTHS)))
    return max(floors)


def most(pot: Pot, facts: Facts, code: str) -> int | None:
    """Return the largest share of a cluster, rounded down, and no less than the least."""
    rules, caps = pot.protection, []
    if rules.largest_gain is not None and code in facts.last_year:
        caps.append(floor(facts.last_year[code] * (PER_CENT + rules.largest_gain) / PER_CENT))
    if rules.cap_per_pupil is not None:
        caps.append(floor(Fraction(rules.cap_per_pupil * facts.pupils[code], HUNDREDTHS)))
    return max(min(caps), least(pot, facts, code)) if caps else None


def _by_zone(
    facts: Facts, clusters: Mapping[str, ClusterShare], contingency: int
) -> dict[str, int]:
    """Share the contingency over the zones, by what their clusters have."""
    if not contingency:
        return {}
    sums: dict[str, int] = {}
    for code, cluster in clusters.items():
        zone = facts.zones.get(code, "")
        sums[zone] = sums.get(zone, 0) + cluster.share
    order = sorted(sums)
    return dict(zip(order, apportion(contingency, [sums[z] for z in order]), strict=True))
