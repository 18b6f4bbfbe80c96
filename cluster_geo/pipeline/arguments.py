"""The arguments that every verb has, in one order."""

from __future__ import annotations

from numbers import Integral
from pathlib import Path

from cluster_geo.county import County
from cluster_geo.plan import Plan
from cluster_geo.scenario import Scenario

WANTED = {"county": County, "scenario": Scenario, "plan": Plan, "urn": Integral}
HINT = {
    "county": 'Read it with load_county(scenario); the order is "county, scenario, plan".',
    "scenario": 'Read it with read_scenario(...); the order is "county, scenario, plan".',
    "plan": "Read a file or folder with read_plan(path, county).",
    "urn": "Write the number without quotation marks.",
}


def check(**given: object) -> None:
    """Refuse an argument of another class than its name says, before anything is searched.

    Raises
    ------
    TypeError
        With what was expected and how to get it.

    Examples
    --------
    >>> check(scenario="kent.toml")
    Traceback (most recent call last):
    TypeError: scenario is a str, not a Scenario. Read it with read_scenario(...); ...
    """
    for name, value in given.items():
        if not isinstance(value, WANTED[name]):
            kind = "path" if isinstance(value, Path) else type(value).__name__
            wanted = "number" if name == "urn" else WANTED[name].__name__
            raise TypeError(f"{name} is a {kind}, not a {wanted}. {HINT[name]}")
