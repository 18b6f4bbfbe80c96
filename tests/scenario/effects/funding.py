"""Settings of `funding.NAME`: a pot, its formula, what is held and what is protected."""

from __future__ import annotations

from fractions import Fraction

from cluster_geo.audience import Disclosure
from cluster_geo.plan import Cluster, Plan
from cluster_geo.publish import Publication
from cluster_geo.report.funding import funding_sections
from cluster_geo.scenario import brief_of
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import PUPILS, Town, urn, urns

WEST, EAST = (1, 2, 5, 6), (3, 4, 7, 8)
PLAN = Plan.coded({"WES-01": Cluster(urns(*WEST), urn(1)), "EAS-01": Cluster(urns(*EAST), urn(3))})
IN_WEST = sum(PUPILS[k] for k in WEST)
IN_ALL = sum(PUPILS.values())


def asked(town: Town, **more: object) -> dict[str, object]:
    """Settings of a public pot of 1,000 pounds shared by pupils, but for these."""
    known: dict[str, object] = {"amount": "1,000.00", "audience": "public"}
    known |= {"terms__some__column": "pupils", "terms__some__share": 100}
    return {f"funding__pot__{name}": v for name, v in (known | more).items() if v is not None}


def publication(town: Town, **more: object) -> Publication:
    """The plan of west and east with the pot."""
    settings = asked(town, **more)
    settings |= {"boundaries__district__column": "district"}
    scenario = town.scenario(**settings)
    return Publication(Disclosure(town.county(**settings), brief_of(scenario)), PLAN)


def west(town: Town, **more: object) -> int:
    """Pence of the western cluster."""
    [found] = publication(town, **more).funding
    assert found.shares is not None
    return found.shares.clusters["WES-01"].share


def page(town: Town, **more: object) -> str:
    """Everything that the report shows of the pot, as one text."""
    return str(funding_sections(publication(town, **more)))


def part(pence: int, of: int = IN_ALL, here: int = IN_WEST) -> int:
    return round(Fraction(pence * here, of))


@sets("funding.*.amount")
def amount(town: Town) -> None:
    """All of it is shared, to the penny."""
    assert west(town, amount="2,345.67") == part(234567)
    assert west(town) == part(100000)


@sets("funding.*.title")
def title(town: Town) -> None:
    """Readers find it under that name."""
    assert "Money for the rooms" in page(town, title="Money for the rooms")


@sets("funding.*.year")
def year(town: Town) -> None:
    """The year stands beside the amount."""
    assert "£1,000.00, 2031-32" in page(town, year="2031-32")


@sets("funding.*.source")
def source(town: Town) -> None:
    """The paper stands beside the amount."""
    assert "£1,000.00, Forum paper 12" in page(town, source="Forum paper 12")


@sets("funding.*.status")
def status(town: Town) -> None:
    """Shares are called illustrative, unless formula and plan are adopted."""
    assert "Illustrative" in page(town)
    assert "under consultation" in page(town, status="consultation")
    assert "Illustrative" in page(town, status="adopted")
    settings = asked(town, status="adopted") | {"plan__status": "adopted"}
    settings |= {"boundaries__district__column": "district"}
    brief = brief_of(town.scenario(**settings))
    made = Publication(Disclosure(town.county(**settings), brief), PLAN)
    assert "Illustrative" not in str(funding_sections(made))


@sets("funding.*.audience")
def audience(town: Town) -> None:
    """Unless it is public, the public does not see it, nor is it in a public run's record."""
    assert publication(town).funding
    assert not publication(town, audience="internal").funding
    record = town.scenario(**asked(town, audience="internal")).record()
    assert record["funding"] == {}
    assert "pot" in town.scenario(**asked(town)).record()["funding"]


@sets("funding.*.reserve")
def reserve(town: Town) -> None:
    """The county holds so much, and clusters share the rest."""
    assert west(town, reserve=12.5) == part(87500)
    assert "£125.00" in page(town, reserve=12.5)


@sets("funding.*.contingency")
def contingency(town: Town) -> None:
    """Zones hold so much."""
    assert west(town, contingency=10, zones="district") == part(90000)


@sets("funding.*.zones")
def zones(town: Town) -> None:
    """They are those of that layer."""
    text = page(town, contingency=10, zones="district")
    assert "Held for events in the year: West" in text
    assert "Held for events in the year: East" in text


def before(town: Town) -> object:
    """Last year all money was in the west."""
    return town.file(
        "last.csv", "urn,pounds", *[f"{urn(k)},{200 if k in WEST else 0}" for k in PUPILS]
    )


@sets("funding.*.last_year")
def last_year(town: Town) -> None:
    """What the schools had is added up by today's clusters."""
    assert "800.00" in page(town, last_year=before(town))


@sets("funding.*.largest_loss")
def largest_loss(town: Town) -> None:
    """No cluster has less than last year by more than this."""
    assert west(town, last_year=before(town), largest_loss=5) == 76000


@sets("funding.*.largest_gain")
def largest_gain(town: Town) -> None:
    """No cluster has more than last year by more than this."""
    listed = town.file(
        "less.csv", "urn,pounds", *[f"{urn(k)},{25 if k in WEST else 400}" for k in PUPILS]
    )
    assert west(town, last_year=listed, largest_gain=10) == 11000


@sets("funding.*.floor_per_pupil")
def floor_per_pupil(town: Town) -> None:
    """No cluster has less for each pupil."""
    terms = {"terms__some__column": "secondaries", "terms__some__only": "pupils"}
    terms |= {"terms__some__high": 750}
    assert west(town, **terms) == 0
    assert west(town, **terms, floor_per_pupil="0.20") == IN_WEST * 20


@sets("funding.*.cap_per_pupil")
def cap_per_pupil(town: Town) -> None:
    """No cluster has more for each pupil."""
    assert west(town, terms__some__column="clusters") == 50000
    assert west(town, terms__some__column="clusters", cap_per_pupil="0.40") == IN_WEST * 40


@sets("funding.*.terms.*.column")
def column(town: Town) -> None:
    """It counts that."""
    assert west(town, terms__some__column="schools") == 50000
    assert west(town, terms__some__column="primaries") == part(100000, 6, 3)


@sets("funding.*.terms.*.title")
def term_title(town: Town) -> None:
    """Readers find it under that name."""
    assert "Heads on seats" in page(town, terms__some__title="Heads on seats")


@sets("funding.*.terms.*.share")
def share(town: Town) -> None:
    """It has so much of what is shared."""
    two = {"terms__lump__column": "clusters", "terms__lump__share": 30, "terms__some__share": 70}
    assert west(town, **two) == 15000 + part(70000)


@sets("funding.*.terms.*.rate")
def rate(town: Town) -> None:
    """It weighs so many pounds for each one counted, beside other rates."""
    two = {"terms__lump__column": "clusters", "terms__lump__rate": "100.00"}
    two |= {"terms__some__share": None, "terms__some__rate": "0.50"}
    whole = 2 * 10000 + 50 * IN_ALL
    assert abs(west(town, **two) - 100000 * (10000 + 50 * IN_WEST) / whole) < 2


@sets("funding.*.terms.*.only")
def only(town: Town) -> None:
    """Schools count by that column."""
    limited = {"terms__some__only": "pupils", "terms__some__high": 130}
    here = sum(PUPILS[k] for k in WEST if PUPILS[k] <= 130)
    whole = sum(n for n in PUPILS.values() if n <= 130)
    assert west(town, **limited) == part(100000, whole, here)


@sets("funding.*.terms.*.low")
def low(town: Town) -> None:
    """Schools count from there, included."""
    whole = sum(n for n in PUPILS.values() if n >= 800)
    limited = {"terms__some__only": "pupils", "terms__some__low": 800}
    assert west(town, **limited) == part(100000, whole, 800)


@sets("funding.*.terms.*.high")
def high(town: Town) -> None:
    """Schools count up to there, included."""
    whole = sum(n for n in PUPILS.values() if n <= 150)
    limited = {"terms__some__only": "pupils", "terms__some__high": 150}
    assert west(town, **limited) == part(100000, whole, 220)
