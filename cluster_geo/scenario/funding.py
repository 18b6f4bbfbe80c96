"""The section of money: pots, and the formula by which each is shared over the clusters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from cluster_geo.columns import AMOUNT, OwnColumn
from cluster_geo.county import County
from cluster_geo.funding import Pot, Protection, Term, school_parts
from cluster_geo.funding.pence import PENCE_IN_A_POUND, NotMoney, pence_of
from cluster_geo.funding.pot import COLUMNS_COUNTED, CONDITIONS, COUNTED, part_column
from cluster_geo.phrases import amount
from cluster_geo.rounding import exact
from cluster_geo.scenario.lines import Key
from cluster_geo.scenario.sections import Audience, BalanceSection, Section
from cluster_geo.scenario.values import InputFile
from cluster_geo.schools.own_columns import PER_CENT

if TYPE_CHECKING:
    from cluster_geo.scenario.model import Scenario

Finding = tuple[Key, str, str]
"""A setting, what is wrong with it, and what to do."""
WHOLE = 100


def _money(value: object) -> Decimal:
    """Read pounds as they are written: 1234.5, "1,234.50", "£1,234.50"."""
    try:
        pence = pence_of(value)
    except NotMoney as error:
        raise PydanticCustomError("money", "{why}", {"why": str(error)}) from None
    if pence < 0:
        raise PydanticCustomError("money", "it is below 0")
    return Decimal(pence) / PENCE_IN_A_POUND


Money = Annotated[Decimal, BeforeValidator(_money), PlainSerializer(lambda pounds: f"{pounds:.2f}")]
"""Pounds and pence, 0 or more; recorded as text, so that no penny is lost."""
PerCent = Annotated[float, Field(ge=0, le=WHOLE)]
TermName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class FundingTermSection(Section):
    """One term of the formula: what it counts, and its weight."""

    column: str = Field(
        description="What it counts: clusters, schools, primaries, secondaries, travel (to the "
        "central school), a column such as pupils, ehcp or fsm_pct, or one of your own"
    )
    title: str = Field("", description="What readers call it (default: what it counts)")
    share: PerCent | None = Field(
        None, description="Per cent of what is shared; those of all terms add up to 100"
    )
    rate: Money | None = Field(
        None,
        description="Instead of a share: pounds for each unit counted, before all are scaled to "
        "fit what is shared",
    )
    only: str = Field(
        "",
        description="Count only schools by this: travel, pupils, idaci_quintile, fsm_pct, age_low, "
        "age_high or a column of your own",
    )
    low: float | None = Field(None, description="The least of it at which a school counts")
    high: float | None = Field(None, description="The most of it at which a school counts")


class FundingSection(Section):
    """A pot of money shared over the clusters by a formula of yours.

    A formula is a choice. What stands for need may miss it: one county's shares by such figures
    left some clusters short. Money for each plan or diagnosis rewards writing more of them, and
    comes late to children whose needs are recognised late. See what each term does to each cluster
    in the report before you propose one. Money that follows one child belongs in no pot.
    """

    amount: Money = Field(description='The whole pot, in pounds, such as "45,000,000.00"')
    title: str = Field("", description="What readers call it")
    year: str = Field("", description="For which year, such as 2026-27")
    source: str = Field("", description="The paper that the amount is from")
    status: Literal["illustrative", "consultation", "adopted"] = Field(
        "illustrative",
        description="illustrative, consultation or adopted; pages call its shares illustrative "
        "until both it and the plan are adopted",
    )
    audience: Audience = Field(
        "internal", description="Who may see its shares: public or internal (only internal outputs)"
    )
    reserve: PerCent = Field(0.0, description="Per cent of the pot that the county holds")
    contingency: PerCent = Field(
        0.0, description="Per cent that zones of a layer hold for events in the year"
    )
    zones: str = Field("", description="The layer whose zones hold the contingency, such as area")
    last_year: InputFile | None = Field(
        None,
        description="Money of last year: urn, pounds (its schools are added up by today's "
        "clusters) or cluster, pounds (.csv)",
    )
    largest_loss: PerCent | None = Field(
        None, description="Most per cent that a cluster may have less than last year"
    )
    largest_gain: float | None = Field(
        None, ge=0, le=1000, description="Most per cent that a cluster may have more than last year"
    )
    floor_per_pupil: Money | None = Field(
        None, description="Least pounds for each pupil of a cluster; it goes before every cap"
    )
    cap_per_pupil: Money | None = Field(None, description="Most pounds for each pupil of a cluster")
    terms: dict[TermName, FundingTermSection] = Field(
        default_factory=dict, description="The terms of the formula"
    )


def pots_of(scenario: Scenario) -> tuple[Pot, ...]:
    """Return the pots that the audience of a scenario may see, in their order."""
    shown = scenario.plan.audience == "internal"
    return tuple(
        pot_of(name, asked)
        for name, asked in scenario.funding.items()
        if shown or asked.audience == "public"
    )


def pot_of(name: str, asked: FundingSection) -> Pot:
    """Return the pot that a section asks for."""
    return Pot(
        name,
        _pence(asked.amount) or 0,
        tuple(_term(own, term) for own, term in asked.terms.items()),
        title=asked.title,
        year=asked.year,
        source=asked.source,
        status=asked.status,
        public=asked.audience == "public",
        reserve=exact(asked.reserve),
        contingency=exact(asked.contingency),
        zones=asked.zones,
        protection=Protection(
            _exact(asked.largest_loss),
            _exact(asked.largest_gain),
            _pence(asked.floor_per_pupil),
            _pence(asked.cap_per_pupil),
        ),
    )


def _term(name: str, asked: FundingTermSection) -> Term:
    return Term(
        name,
        asked.column,
        _exact(asked.share),
        _pence(asked.rate),
        asked.title,
        asked.only,
        _exact(asked.low),
        _exact(asked.high),
    )


def _exact(value: float | None) -> Fraction | None:
    return None if value is None else exact(value)


def _pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * PENCE_IN_A_POUND)


def funding_findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong between the settings of each pot."""
    for name, asked in scenario.funding.items():
        key: Key = ("funding", name)
        if not asked.amount:
            yield (*key, "amount"), "there is no money in it", "Give an amount, or remove the pot"
        if (column := part_column(name)) in scenario.columns:
            found = f"{column!r} is the name of each school's part of the pot {name!r}"
            yield ("columns", column), found, "Choose another name for the column"
        yield from _held(scenario, key, asked)
        yield from _weights(key, asked)
        for own, term in asked.terms.items():
            yield from _counted(scenario, (*key, "terms", own), term)


def _held(scenario: Scenario, key: Key, asked: FundingSection) -> Iterator[Finding]:
    if asked.reserve + asked.contingency >= WHOLE:
        yield (*key, "reserve"), "nothing is left for the clusters", "Lower reserve or contingency"
    known = ", ".join(scenario.boundaries) or "none"
    if asked.contingency and not asked.zones:
        fix = f"Set zones to a layer (there are: {known}), or hold it in reserve"
        yield (*key, "contingency"), "no zones are named that hold it", fix
    if asked.zones and asked.zones not in scenario.boundaries:
        yield (*key, "zones"), f"there is no layer {asked.zones!r}", f"Layers are: {known}"
    for name in ("largest_loss", "largest_gain"):
        if getattr(asked, name) is not None and asked.last_year is None:
            yield (*key, name), "there is no money of last year", "Give last_year, a file"
    floor, cap = asked.floor_per_pupil, asked.cap_per_pupil
    if floor is not None and cap is not None and floor > cap:
        yield (*key, "floor_per_pupil"), f"the floor is above the cap of {cap}", "Check the two"


def _weights(key: Key, asked: FundingSection) -> Iterator[Finding]:
    if not asked.terms:
        fix = "Give each term a section, such as [funding.NAME.terms.pupils]"
        yield key, "its formula has no term", fix
        return
    for name, term in asked.terms.items():
        if (term.share is None) == (term.rate is None):
            found = "it needs either a share or a rate"
            yield (*key, "terms", name), found, "Give one of the two"
    shares = [exact(term.share) for term in asked.terms.values() if term.share is not None]
    rates = [term.rate for term in asked.terms.values() if term.rate is not None]
    if shares and rates:
        yield (*key, "terms"), "some terms have a share, and others a rate", "Give all the same"
    elif len(shares) == len(asked.terms) and sum(shares) != WHOLE:
        found = f"the shares of its terms add up to {amount(float(sum(shares)))}, not to 100"
        yield (*key, "terms"), found, "Change them so that they add up to 100"
    elif len(rates) == len(asked.terms) and not any(rates):
        yield (*key, "terms"), "every rate is 0", "Give at least one term a rate above 0"


def _counted(scenario: Scenario, key: Key, term: FundingTermSection) -> Iterator[Finding]:
    own = scenario.columns
    counted = sorted({*COUNTED, *COLUMNS_COUNTED, *own})
    if term.column not in counted:
        yield (*key, "column"), f"it cannot count {term.column!r}", _suggest(term.column, counted)
    rate = own.get(term.column)
    if rate is not None and rate.kind != AMOUNT and not _is_per_cent(rate.unit):
        found = f"{term.column!r} is a rate, and not per cent of pupils, so that it counts nothing"
        yield (*key, "column"), found, "Count an amount, or use the rate in only, low and high"
    conditions = [*CONDITIONS, *own]
    if term.only and term.only not in conditions:
        found = f"schools cannot be chosen by {term.only!r}"
        yield (*key, "only"), found, _suggest(term.only, conditions)
    if term.only and term.column == "clusters":
        yield (*key, "only"), "a sum for each cluster has no schools to choose", "Remove it"
    limited = term.low is not None or term.high is not None
    if bool(term.only) != limited:
        found = "only needs low or high" if term.only else "low and high need only"
        yield (*key, "only"), found, "Give both: a column, and its least or its most"
    if term.low is not None and term.high is not None and term.low > term.high:
        found = f"{amount(term.low)} is greater than {amount(term.high)}"
        yield (*key, "low"), found, "Exchange the two"


def _suggest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known)}"


def _is_per_cent(unit: str) -> bool:
    return unit.strip().casefold() in PER_CENT


def balanced_columns(scenario: Scenario, balance: BalanceSection) -> frozenset[str]:
    """Return the columns of schools that a balance depends on, a pot's columns among them."""
    own = {name: OwnColumn(name, kind=asked.kind) for name, asked in scenario.columns.items()}
    found = {balance.column, balance.base}
    for name, asked in scenario.funding.items():
        if part_column(name) in found:
            found |= pot_of(name, asked).columns(own)
    return frozenset(found)


def private_balances(scenario: Scenario) -> frozenset[str]:
    """Return the balances by which anybody could work out what a pot for the authority gives."""
    inside = {part_column(n) for n, pot in scenario.funding.items() if pot.audience == "internal"}
    return frozenset(
        name for name, one in scenario.balance.items() if inside & {one.column, one.base}
    )


def with_school_parts(county: County, scenario: Scenario) -> County:
    """Return the county with a column of each school's part of every pot that a rule balances."""
    wanted = {column for one in scenario.balance.values() for column in (one.column, one.base)}
    parts = {
        part_column(name): pot_of(name, asked)
        for name, asked in scenario.funding.items()
        if part_column(name) in wanted
    }
    if not parts:
        return county
    schools = county.schools
    figures = {column: school_parts(pot, county) for column, pot in parts.items()}
    columns = [
        OwnColumn(column, f"Part of {pot.heading}", "GBP", counts_pupils=False, public=pot.public)
        for column, pot in parts.items()
    ]
    held = replace(schools, table=schools.table.assign(**figures), own=(*schools.own, *columns))
    return replace(county, schools=held)
