"""A pot of money and the formula by which it is shared: what a planner asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from cluster_geo.columns import AMOUNT, SCHOOL_COLUMNS, OwnColumn
from cluster_geo.phrases import amount

# What a term may count besides columns, and what a reader calls it.
CLUSTERS, SCHOOLS, TRAVEL = "clusters", "schools", "travel"
PRIMARIES, SECONDARIES = "primaries", "secondaries"
COUNTED = MappingProxyType(
    {
        CLUSTERS: "A sum for each cluster",
        SCHOOLS: "A sum for each school",
        PRIMARIES: "Primary schools",
        SECONDARIES: "Secondary schools",
        TRAVEL: "Journeys to the central school",
        "srp": "Schools with an SRP",
        "sixth_form": "Schools with a sixth form",
        "srp_places": "Places in SRPs",
        "srp_on_roll": "Pupils on roll in SRPs",
        "pupils": "Pupils",
        "ehcp": "Pupils with an EHCP",
        "sen_support": "Pupils on SEN support",
        "fsm_pct": "Pupils eligible for free school meals",
    }
)
COLUMNS_COUNTED = tuple(
    column.name for column in SCHOOL_COLUMNS if column.name in COUNTED and column.kind != "text"
)
# Shares of the pupils, counted as the pupils that they stand for.
SHARES_OF_PUPILS = ("fsm_pct",)
# By these, and by columns of one's own, a term may be limited to some schools.
CONDITIONS = MappingProxyType(
    {
        TRAVEL: "the journey to the central school",
        "idaci_quintile": "the IDACI fifth (1 the poorest)",
        "fsm_pct": "the per cent eligible for free school meals",
        "pupils": "the number of pupils",
        "age_low": "the lowest age",
        "age_high": "the highest age",
    }
)
# Money for these grows with what is written down of a child.
DIAGNOSES = ("ehcp", "sen_support", "srp_on_roll")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula: what it counts, and its weight.

    Parameters
    ----------
    name : str
        In settings and files.
    column : str
        What it counts: one of `COUNTED`, or a column of the planner's own.
    share : Fraction or None
        Per cent of what is shared; None in a formula of rates.
    rate : int or None
        Pence for each unit counted, before the scaling that makes all fit; None in one of shares.
    title : str
        What readers call it; "" for what it counts.
    only : str
        A column by which schools count, or do not; "" where all do.
    low, high : Fraction or None
        Schools count from `low` to `high` of that column, both included.
    """

    name: str
    column: str
    share: Fraction | None = None
    rate: int | None = None
    title: str = ""
    only: str = ""
    low: Fraction | None = None
    high: Fraction | None = None

    def heading(self, own: Mapping[str, OwnColumn], unit: str) -> str:
        """Return what a reader calls it.

        Parameters
        ----------
        own : mapping of str to OwnColumn
            The planner's own columns, by name.
        unit : str
            Of travel.
        """
        if self.title:
            return self.title
        column = own.get(self.column)
        words = COUNTED.get(self.column, self.column) if column is None else column.heading
        if self.column == TRAVEL:
            words = f"{words}, {unit}"
        if column is not None and column.kind != AMOUNT:
            words = f"Pupils: {words}"
        return f"{words}{self.condition(own, unit)}"

    def condition(self, own: Mapping[str, OwnColumn], unit: str) -> str:
        """Return which schools count, in words after what is counted; "" where all do.

        `unit` is that of travel.
        """
        if not self.only:
            return ""
        column = own.get(self.only)
        what = CONDITIONS.get(self.only, self.only) if column is None else column.heading
        low, high = (None if x is None else amount(float(x)) for x in (self.low, self.high))
        if low is None or high is None:
            ends = f"at least {low}" if high is None else f"at most {high}"
        else:
            ends = low if low == high else f"{low} to {high}"
        ends += f" {unit}" if self.only == TRAVEL else ""
        return f" (of schools where {what} is {ends})"


@dataclass(frozen=True, slots=True)
class Protection:
    """What no cluster's share may go below or above, whatever the formula gives.

    Parameters
    ----------
    largest_loss, largest_gain : Fraction or None
        Per cent below and above the share of last year.
    floor_per_pupil, cap_per_pupil : int or None
        Pence for each pupil. A floor goes before a cap.
    """

    largest_loss: Fraction | None = None
    largest_gain: Fraction | None = None
    floor_per_pupil: int | None = None
    cap_per_pupil: int | None = None

    @property
    def by_pupil(self) -> bool:
        """Whether it depends on numbers of pupils."""
        return self.floor_per_pupil is not None or self.cap_per_pupil is not None


@dataclass(frozen=True)
class Pot:
    """A sum of money, and how it is shared over the clusters of a plan.

    Parameters
    ----------
    name : str
        In settings and files.
    amount : int
        Pence.
    terms : tuple of Term
        All have a share, which add up to 100, or all have a rate.
    title, year, source : str
        What readers call it, for which year, and which paper it is from; "" if not given.
    status : {"illustrative", "consultation", "adopted"}
    public : bool
        Whether the public may see it.
    reserve, contingency : Fraction
        Per cent that the county holds, and that the zones of the layer `zones` hold.
    zones : str
        A layer of boundaries, such as area; "" where no zone holds any.
    protection : Protection
    """

    name: str
    amount: int
    terms: tuple[Term, ...]
    title: str = ""
    year: str = ""
    source: str = ""
    status: str = "illustrative"
    public: bool = False
    reserve: Fraction = Fraction(0)
    contingency: Fraction = Fraction(0)
    zones: str = ""
    protection: Protection = field(default_factory=Protection)

    @property
    def heading(self) -> str:
        """What a reader calls it."""
        return self.title or self.name[:1].upper() + self.name[1:].replace("_", " ")

    @property
    def by_rates(self) -> bool:
        """Whether its terms have rates, not shares."""
        return any(term.rate is not None for term in self.terms)

    @property
    def rewards_diagnosis(self) -> bool:
        """Whether it has a term that grows with what is written down of children."""
        return any(term.column in DIAGNOSES for term in self.terms)

    def columns(self, own: Mapping[str, OwnColumn]) -> frozenset[str]:
        """Return the columns of schools that its shares depend on."""
        found = {term.column for term in self.terms} | {term.only for term in self.terms}
        rates = [*SHARES_OF_PUPILS, *(name for name, one in own.items() if one.kind != AMOUNT)]
        if self.protection.by_pupil or any(term.column in rates for term in self.terms):
            found.add("pupils")
        found -= {"", CLUSTERS, SCHOOLS, TRAVEL, PRIMARIES, SECONDARIES}
        return frozenset(found)


def part_column(pot: str) -> str:
    """Return the name of the column with each school's part of a pot, for a balance."""
    return f"funding_{pot}"
