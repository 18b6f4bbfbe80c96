"""Settings of `schools`: who is clustered, and what the files beside the register tell of them."""

from __future__ import annotations

import pytest

from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, EHCP, PUPILS, Town, easting, northing, urn, urns


def plain_table(town: Town, name: str, **columns: dict[int, object]):
    """A table without a figure, so that those of other files show; return its path."""
    lines = town.table(**{c: {} for c in ("pupils", "ehcp", "srp")} | columns)
    return town.file(name, *lines)


@sets("schools.file")
def file(town: Town) -> None:
    """Another file brings its own schools and nobody else's."""
    lines = town.table()
    other = town.file("three_schools.csv", lines[0], *lines[2:5])
    assert town.county(schools__file=other).urns == urns(2, 3, 4)


@sets("schools.authorities")
def authorities(town: Town) -> None:
    """Schools of the authorities named are in; without a name all are."""
    assert town.county().urns == urns(*AT)
    assert town.county(schools__authorities=["northshire"]).urns == urns(5, 6, 7, 8)
    both = ["Northshire", "Southshire"]
    assert town.county(schools__authorities=both).urns == urns(*AT)


@sets("schools.districts")
def districts(town: Town) -> None:
    """Schools of the districts named are in."""
    assert town.county(schools__districts=["West"]).urns == urns(1, 2, 5, 6)


@sets("schools.phases")
def phases(town: Town) -> None:
    """Schools of the phases named are in; an all-through school is a phase of its own."""
    assert town.county(schools__phases=["secondary"]).urns == urns(2, 7)
    assert town.county(schools__phases=["primary", "all-through"]).urns == urns(1, 3, 4, 5, 6, 8)


@sets("schools.as_at")
def as_at(town: Town) -> None:
    """A school is in on the day it opens and on the day it closes, not before and not after."""
    dates = {"open_date": {3: "2025-09-01"}, "close_date": {4: "2025-08-31"}}
    dated = town.file("dated_20250718.csv", *town.table(**dates))
    of_the_file = town.county(schools__file=dated)
    assert (of_the_file.schools.as_at, set(urns(*AT)) - {*of_the_file.urns}) == (
        "2025-07-18",
        {urn(3)},
    )
    for day, out in (("2025-08-31", 3), ("2025-09-01", 4)):
        county = town.county(schools__file=dated, schools__as_at=day)
        assert county.schools.as_at == day
        assert set(urns(*AT)) - {*county.urns} == {urn(out)}


def census_file(town: Town, **urn_of: int):
    """Figures by school, each other than any of the town's own table."""
    rows = [f"{urn_of.get(f'of_{k}', urn(k))},{1000 + k},{50 + k},{200 + k},{10 * k}" for k in AT]
    name = "census_2024-25.csv" if not urn_of else "census_moved_2024-25.csv"
    return town.file(name, "URN,NOR,TSENELSE,TSENELK,NUMFSM", *rows)


@sets("schools.census")
def census(town: Town) -> None:
    """Pupils, EHC plans, SEN support and free meals by URN; a planner's own figures stay."""
    bare = plain_table(town, "bare.csv")
    assert town.county(schools__file=bare).schools.table["pupils"].isna().all()
    found = town.county(schools__file=bare, schools__census=census_file(town)).schools.table
    for k in AT:
        row = found.loc[urn(k)]
        assert (row["pupils"], row["ehcp"], row["sen_support"]) == (1000 + k, 50 + k, 200 + k)
        assert row["fsm_pct"] == pytest.approx(100 * 10 * k / (1000 + k), abs=0.05)
        assert row["census_date"] == "2024-25"
    own = town.county(schools__census=census_file(town)).schools.table
    assert own["pupils"].tolist() == list(PUPILS.values())
    assert own["ehcp"].tolist() == list(EHCP.values())
    assert own["sen_support"].tolist() == [200 + k for k in AT]


@sets("schools.links")
def links(town: Town) -> None:
    """A school that the census knows by its predecessor's URN has its figures all the same."""
    bare, moved = plain_table(town, "bare.csv"), census_file(town, of_6=200_006)
    rows = f"{urn(6)},200006,Predecessor,01-09-2024"
    linked = town.file("links.csv", "URN,LinkURN,LinkType,LinkEstablishedDate", rows)
    files = {"schools__file": bare, "schools__census": moved}
    missing = town.county(**files).schools.table["pupils"].isna()
    assert list(missing.index[missing]) == [urn(6)]
    pupils = town.county(schools__links=linked, **files).schools.table["pupils"]
    assert pupils.tolist() == [1000 + k for k in AT]


@sets("schools.srp")
def srp(town: Town) -> None:
    """The authority's provisions win, school by school, with needs, places and roll."""
    rows = (f"{urn(2)},ASD,20,17", f"{urn(2)},SLCN,8,6", f"{urn(3)},MLD,12,")
    listed = town.file("srp.csv", "urn,need,places,on_roll", *rows)
    assert town.county().schools.where("srp") == {urn(8)}
    found = town.county(schools__srp=listed).schools
    assert found.where("srp") == {*urns(2, 3, 8)}
    assert found.table.loc[urn(2), ["srp_needs", "srp_places", "srp_on_roll"]].tolist() == [
        "ASD|SLCN",
        28,
        23,
    ]
    assert found.table.loc[urn(3), "srp_places"] == 12


@sets("schools.changes")
def changes(town: Town) -> None:
    """A school is removed, and one of another phase added, each with its reason on record."""
    rows = (f"{urn(2)},add,It opens again", f"{urn(8)},remove,It closes")
    listed = town.file("changes.csv", "urn,action,reason", *rows)
    settings = {"schools__phases": ["primary"], "schools__changes": listed}
    assert town.county(schools__phases=["primary"]).urns == urns(1, 3, 5, 6, 8)
    county = town.county(**settings)
    assert county.urns == urns(1, 2, 3, 5, 6)
    texts = [notice.text for notice in county.notices if notice.topic == "change"]
    assert [text.partition(": ")[2] for text in texts] == ["It opens again", "It closes"]


@sets("schools.deprivation")
def deprivation(town: Town) -> None:
    """Each school has the fifth of its own LSOA: two tenths are one fifth, 1 the poorest."""
    placed = town.file("placed.csv", *town.table(lsoa_code={k: f"E0100000{k}" for k in AT}))
    tenths = [f"E0100000{k},{k + 2}" for k in AT]
    areas = town.file("imd.csv", "LSOA code (2021),IDACI Decile", *tenths)
    assert town.county(schools__file=placed).schools.table["idaci_quintile"].isna().all()
    found = town.county(schools__file=placed, schools__deprivation=areas).schools.table
    assert found["idaci_quintile"].tolist() == [2, 2, 3, 3, 4, 4, 5, 5]


@sets("schools.associates")
def associates(town: Town) -> None:
    """A PRU is shown beside the schools, and counted neither so nor so."""
    more = f"{urn(9)},The PRU,PRU,{easting(2)},{northing(5)},West,Southshire"
    lines = town.table()
    with_pru = town.file("with_pru.csv", *lines, more + "," * (lines[0].count(",") - 6))
    for asked in (False, True):
        county = town.county(schools__file=with_pru, schools__associates=asked)
        assert county.urns == urns(*AT)
        assert county.schools.associates["name"].tolist() == (["The PRU"] if asked else [])
