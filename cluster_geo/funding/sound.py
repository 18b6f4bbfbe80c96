"""What makes a formula useless, found before a search of minutes rather than after it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cluster_geo.county import County
from cluster_geo.funding.facts import HUNDREDTHS, PER_CENT, school_units
from cluster_geo.funding.last_year import LastYear
from cluster_geo.funding.pence import apportion, in_pounds
from cluster_geo.funding.pot import CLUSTERS, Pot, Term
from cluster_geo.funding.school_parts import is_linear
from cluster_geo.phrases import counted, named

Finding = tuple[str, str, str]
"""A setting within the pot's section, what is wrong with it, and what to do."""


def unsound(pot: Pot, county: County, last: LastYear | None) -> Iterator[Finding]:
    """Yield each term that counts nothing or less, and limits that no plan's shares can keep."""
    for term in pot.terms:
        if term.column != CLUSTERS:
            yield from _counts(term, county)
    if last is not None and last.of_school:
        here = last.of_school.keys() & set(county.urns)
        if not here:
            found, fix = "no row is of a school of this plan", "Check whether it is the right file"
            yield ".last_year", found, fix
            return
    yield from _limits(pot, county, last)


def _counts(term: Term, county: County) -> Iterator[Finding]:
    place = f".terms.{term.name}.column"
    if not is_linear(term):
        return
    units, _ = school_units(term, county)
    below = [urn for urn, number in units.items() if number < 0]
    if below:
        found = f"{term.column!r} is below 0 for {named(below, county.schools.names)}"
        yield place, found, "Count only what is 0 or more"
    elif not any(units.values()):
        found = f"no school has any {term.column!r} that counts, so its money could go nowhere"
        fix = "Give the file that has it (such as schools.census), or remove the term"
        yield place, found, fix


def _limits(pot: Pot, county: County, last: LastYear | None) -> Iterator[Finding]:
    """Yield limits whose sums over all schools no plan can change, and that leave no shares."""
    left = PER_CENT - pot.reserve - pot.contingency
    shared = apportion(pot.amount, [pot.reserve, pot.contingency, left])[2]
    rules = pot.protection
    units, missing = school_units(Term("pupils", "pupils"), county)
    pupils = sum(units.values())
    before = 0
    if last is not None:
        known = last.of_school
        before = sum(known[u] for u in county.urns if u in known) or sum(last.of_cluster.values())
    least = {
        "floor_per_pupil": Fraction((rules.floor_per_pupil or 0) * pupils, HUNDREDTHS),
        # Of last year's clusters some may be gone: their money protects nobody.
        "largest_loss": Fraction(0)
        if rules.largest_loss is None or last is None or last.of_cluster
        else before * (PER_CENT - rules.largest_loss) / PER_CENT,
    }
    for setting, floor in least.items():
        if floor > shared:
            found = f"it would take at least {in_pounds(int(floor))}, and {in_pounds(shared)} is "
            yield f".{setting}", f"{found}shared", "Lower the protection, or raise the pot"
    whole = max(least.values())
    if rules.cap_per_pupil is not None and not missing:
        cap = Fraction(rules.cap_per_pupil * pupils, HUNDREDTHS) + whole
        if cap < shared:
            cap_text = f"{in_pounds(rules.cap_per_pupil)} for each pupil of"
            found = f"{cap_text} {counted(len(units), 'school')} is less than the "
            found += f"{in_pounds(shared)} that is shared"
            yield ".cap_per_pupil", found, "Raise the cap, or lower the pot"
    if rules.largest_gain is not None and last is not None and not last.unknown(county.urns):
        cap = before * (PER_CENT + rules.largest_gain) / PER_CENT + least["floor_per_pupil"]
        if not last.of_cluster and cap < shared:
            found = (
                f"it would allow at most {in_pounds(int(cap))}, and {in_pounds(shared)} is shared"
            )
            yield ".largest_gain", found, "Raise it, or lower the pot"
