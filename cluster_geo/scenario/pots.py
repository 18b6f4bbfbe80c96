"""The pots of a scenario in its county: last year's money, and formulas that cannot work there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.funding import LastYear, read_last_year
from cluster_geo.funding.last_year import carried
from cluster_geo.funding.sound import unsound
from cluster_geo.scenario.funding import pot_of
from cluster_geo.scenario.model import Scenario
from cluster_geo.schools import Schools

FUNDING, LAST_YEAR = "funding", "last_year"


def read_last_years(
    scenario: Scenario, schools: Schools, contents: dict[str, object], faults: list[Fault]
) -> list[tuple[Path, str]]:
    """Read the money of last year of each pot that names a file of it."""
    roles = []
    for name, pot in scenario.funding.items():
        if pot.last_year is None:
            continue
        try:
            last = read_last_year(pot.last_year)
            contents[last_year_key(name)] = carried(
                last, schools.identity, file_name(pot.last_year)
            )
        except InputError as error:
            faults += error.faults
        roles.append((pot.last_year, f"{FUNDING} {name}"))
    return roles


def last_year_key(pot: str) -> str:
    """Return the setting that names the file of a pot's money of last year."""
    return f"{FUNDING}.{pot}.{LAST_YEAR}"


def last_year_of(county: County, pot: str) -> LastYear | None:
    """Return a pot's money of last year, as the county was read with it; None where it has none."""
    found = county.inputs.contents.get(last_year_key(pot))
    return found if isinstance(found, LastYear) else None


def unsound_pots(scenario: Scenario, county: County) -> Iterator[Fault]:
    """Yield what makes the formula of a pot useless with the schools of a county."""
    for name, asked in scenario.funding.items():
        last = last_year_of(county, name)
        for place, found, fix in unsound(pot_of(name, asked), county, last):
            yield Fault("scenario", found, fix, setting=f"{FUNDING}.{name}{place}")
