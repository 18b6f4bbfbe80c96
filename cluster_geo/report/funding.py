"""The report's section on money: each pot, its formula, its shares, and how each was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from cluster_geo.funding import ClusterShare, Pot, Protection, Shares, TermShare
from cluster_geo.funding.facts import HUNDREDTHS, PER_CENT
from cluster_geo.funding.pence import in_pounds
from cluster_geo.phrases import amount, counted, joined
from cluster_geo.plan import Plan, title_of
from cluster_geo.publish import Publication
from cluster_geo.tables.funding import PotShares

# As on a calculator; an x would be taken for a letter.
TIMES = "\N{MULTIPLICATION SIGN}"
# Decimals with which a factor gives every share to the penny, below a hundred million pounds.
FACTOR_DECIMALS = 12


@dataclass(frozen=True)
class Step:
    """One line of how a share was worked out: what, the sum to type in, and what comes of it."""

    title: str
    working: str
    result: str
    of_term: bool = False


@dataclass(frozen=True)
class PotSection:
    """What the report shows of one pot.

    Parameters
    ----------
    heading, about : str
        What it is called; its amount, year and source.
    standing : str
        That it is illustrative, or adopted.
    left_out : str
        Why no shares are shown; "" where they are.
    notes : list of str
        What a reader should know of the formula and the data.
    terms : list of dict
        Of each term `title`, `weight`, `counted`, `money` and `each` (money for one counted).
    held : list of tuple of str
        Where the pot goes: words and pounds, the last row the whole pot.
    rows : list of dict
        Of each cluster `code`, `name` and figures as texts.
    whole : dict
        The same of all clusters together.
    steps : mapping of str to list of Step
        How each cluster's share was worked out, by code.
    tenths : list of dict
        Of each term that can weigh more, `title` and by code what a tenth more would do.
    last_year, limited : bool
        Whether last year's money is known, and whether shares have a least or a most.
    """

    heading: str
    about: str
    standing: str
    left_out: str = ""
    notes: list[str] = field(default_factory=list)
    terms: list[dict[str, str]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    whole: dict[str, str] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    tenths: list[dict[str, Any]] = field(default_factory=list)
    last_year: bool = False
    limited: bool = False


def funding_sections(published: Publication) -> list[PotSection]:
    """Return what the report shows of each pot that its readers may know of."""
    return [_section(one, published) for one in published.funding]


def standing_of(pot: Pot, status: str) -> str:
    """Return whether the shares of a pot are illustrative, in a plan of that status."""
    if pot.status == "adopted" and status in ("adopted", "superseded"):
        return "The planner has marked this formula as adopted, and the plan too."
    asked = " The formula is under consultation." if pot.status == "consultation" else ""
    return (
        "Illustrative: these shares show what one formula would give the clusters of this plan."
        f"{asked} Nobody has decided them."
    )


def _section(one: PotShares, published: Publication) -> PotSection:
    pot, shares = one.pot, one.shares
    about = ", ".join(filter(None, (in_pounds(pot.amount), pot.year, pot.source)))
    section = PotSection(pot.heading, about, standing_of(pot, published.edition.status))
    if shares is None:
        own = {column.name: column.heading for column in published.county.schools.own}
        names = ", ".join(own.get(name, name) for name in one.withheld)
        why = f"Its formula counts figures of which some are withheld from the public ({names})."
        return _without(section, f"{why} Shares would let anybody work them out.")
    if shares.problem:
        return _without(section, f"No shares can be worked out. {shares.problem}")
    plan = published.plan
    return PotSection(
        section.heading,
        section.about,
        section.standing,
        notes=_notes(one, shares, plan, len(published.county.urns)),
        terms=[_term_row(term, one.titles, shares) for term in shares.terms],
        held=_held(shares),
        rows=[_row(c, shares, plan.names) for c in shares.clusters.values()],
        whole=_whole(shares),
        steps={code: steps_of(c, shares, one.titles) for code, c in shares.clusters.items()},
        tenths=[
            {
                "title": one.titles[name],
                "by_code": {code: in_pounds(p, sign="+") for code, p in moved.items()},
            }
            for name, moved in one.sensitivity.items()
        ],
        last_year=bool(shares.facts.last_year),
        limited=shares.limited,
    )


def _without(section: PotSection, why: str) -> PotSection:
    return PotSection(section.heading, section.about, section.standing, left_out=why)


def _notes(one: PotShares, shares: Shares, plan: Plan, schools: int) -> list[str]:
    """Return what a reader should know before using the shares."""
    notes, facts = [], shares.facts
    if shares.pot.rewards_diagnosis:
        notes.append(
            "Money for each plan, or for each pupil on SEN support, goes where needs have been "
            "written down. It rewards writing more of them down, and reaches children late whose "
            "needs are recognised late."
        )
    placed = len(plan.cluster_of)
    if placed < schools:
        missing = counted(schools - placed, "school")
        notes.append(f"{missing} in no cluster of this plan: nothing is counted there.")
    notes += _unknown(one, shares)
    notes += [
        f"{one.titles[term.term.name]}: no cluster has any, so the county holds its money."
        for term in shares.terms
        if not any(term.units.values())
    ]
    without = [c.code for c in shares.clusters.values() if c.pupils is None]
    if without:
        notes.append(
            f"The pupils of {counted(len(without), 'cluster')} are not known in full: money for "
            "each pupil is not shown there, and the county's is of the others."
        )
    if facts.last_unknown:
        unknown_text = counted(facts.last_unknown, "school")
        notes.append(f"Last year's money is not known for {unknown_text}, and counts as none.")
    if facts.strangers:
        codes = ", ".join(facts.strangers)
        notes.append(f"Clusters of last year that this plan does not have protect nobody: {codes}.")
    if shares.scale is not None:
        notes.append(
            f"The rates are multiplied by {_factor(shares.scale)}, so that all fits what is shared."
        )
    at = [cluster.at for cluster in shares.clusters.values()]
    if shares.limited:
        notes.append(
            f"{counted(at.count('least'), 'cluster')} at the least share, "
            f"{at.count('most'):,} at the largest."
            + (
                f" The formula of the others is multiplied by {_factor(shares.factor)}."
                if shares.factor is not None
                else ""
            )
        )
    return notes


def _unknown(one: PotShares, shares: Shares) -> list[str]:
    """Return what is not known of how many schools, each number of schools once."""
    by_number: dict[int, list[str]] = {}
    for name, number in shares.facts.unknown.items():
        if number:
            by_number.setdefault(number, []).append(one.titles[name])
    return [
        f"Not known for {counted(number, 'school')}, where they count as 0: {joined(titles)}."
        for number, titles in by_number.items()
    ]


def _term_row(term: TermShare, titles: Mapping[str, str], shares: Shares) -> dict[str, str]:
    asked = term.term
    weight = (
        f"{amount(float(asked.share))} %"
        if asked.share is not None
        else f"{in_pounds(asked.rate or 0)} each, before scaling"
    )
    units = term.units_in_all
    each = Fraction(term.money * HUNDREDTHS, units) if units else None
    return {
        "title": titles[asked.name],
        "weight": weight,
        "counted": units_text(units),
        "money": in_pounds(term.money),
        "each": "" if each is None else in_pounds(round(each)),
        "share": f"{float(Fraction(PER_CENT * term.money, max(1, shares.shared))):.1f} %",
    }


def _held(shares: Shares) -> list[tuple[str, str]]:
    """Return where the pot goes, level by level."""
    names = shares.facts.zone_names
    rows = [(f"{counted(len(shares.clusters), 'cluster')}, by the formula", shares.shared)]
    rows += [
        (f"Held for events in the year: {names.get(zone) or 'clusters in no zone'}", pence)
        for zone, pence in shares.contingency.items()
    ]
    rows += [("Held by the county in reserve", shares.reserve)] if shares.reserve else []
    if shares.unshared:
        rows.append(("Held by the county, of terms that count nothing", shares.unshared))
    rows.append(("The whole pot", shares.pot.amount))
    return [(words, in_pounds(pence)) for words, pence in rows]


def _row(cluster: ClusterShare, shares: Shares, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "code": cluster.code,
        "name": title_of(cluster.code, names),
        "formula": _plain(cluster.formula),
        "adjustment": _plain(cluster.adjustment),
        "share": _plain(cluster.share),
        "per_pupil": _each(cluster.per_pupil),
        "against": _against(cluster.per_pupil, shares.per_pupil),
        "last_year": "not known" if cluster.last_year is None else _plain(cluster.last_year),
        "change": "" if cluster.change is None else f"{float(cluster.change):+.1f}",
        "at": {"least": "least", "most": "largest"}.get(cluster.at, ""),
    }


def _whole(shares: Shares) -> dict[str, str]:
    return {
        "formula": _plain(sum(c.formula for c in shares.clusters.values())),
        "adjustment": _plain(sum(c.adjustment for c in shares.clusters.values())),
        "share": _plain(shares.shared),
        "per_pupil": _each(shares.per_pupil),
    }


def steps_of(cluster: ClusterShare, shares: Shares, titles: Mapping[str, str]) -> list[Step]:
    """Return how a cluster's share was worked out, for a reader with a pocket calculator."""
    steps = [
        Step(
            titles[term.term.name],
            f"{in_pounds(term.money)} ÷ {units_text(term.units_in_all)} {TIMES} "
            f"{units_text(term.units[cluster.code])}",
            in_pounds(term.amounts[cluster.code]),
            of_term=True,
        )
        for term in shares.terms
        if term.units_in_all
    ]
    steps.append(Step("By the formula", "these added up", in_pounds(cluster.formula)))
    if not shares.limited:
        return _with_pupils(steps, cluster)
    rules = shares.pot.protection
    if cluster.low:
        steps.append(Step("No less than", _limit(cluster, rules, -1), in_pounds(cluster.low)))
    if cluster.high is not None:
        steps.append(Step("No more than", _limit(cluster, rules, 1), in_pounds(cluster.high)))
    if cluster.at:
        working = f"it is at {'the least' if cluster.at == 'least' else 'the largest'} share"
    else:
        working = f"{in_pounds(cluster.formula)} {TIMES} {_factor(shares.factor)}"
    steps.append(Step("Share", working, in_pounds(cluster.share)))
    return _with_pupils(steps, cluster)


def _with_pupils(steps: list[Step], cluster: ClusterShare) -> list[Step]:
    if cluster.pupils:
        working = f"{in_pounds(cluster.share)} ÷ {units_text(cluster.pupils)} pupils"
        steps.append(Step("For each pupil", working, f"£{_each(cluster.per_pupil)}"))
    return steps


def _limit(cluster: ClusterShare, rules: Protection, way: int) -> str:
    """Return of what a limit is made, where last year or pupils make it."""
    per_cent = rules.largest_loss if way < 0 else rules.largest_gain
    each = rules.floor_per_pupil if way < 0 else rules.cap_per_pupil
    parts = []
    if per_cent is not None and cluster.last_year is not None:
        less = "less" if way < 0 else "and"
        parts.append(
            f"last year's {in_pounds(cluster.last_year)} {less} {amount(float(per_cent))} %"
        )
    if each is not None:
        parts.append(f"{in_pounds(each)} for each pupil")
    return (", or " if way < 0 else ", and ").join(parts)


def units_text(hundredths: int) -> str:
    """Return what was counted, with decimals only where it has any."""
    return amount(hundredths / HUNDREDTHS)


def _plain(pence: int) -> str:
    """Return pounds without their sign, which stands in the heading of the column."""
    return in_pounds(pence).replace("£", "")


def _each(pence: Fraction | None) -> str:
    return "not known" if pence is None else _plain(round(pence))


def _against(each: Fraction | None, whole: Fraction | None) -> str:
    if each is None or not whole:
        return "not known"
    return f"{float(PER_CENT * (each / whole - 1)):+.1f}"


def _factor(factor: Fraction | None) -> str:
    return "" if factor is None else f"{float(factor):.{FACTOR_DECIMALS}f}".rstrip("0").rstrip(".")
