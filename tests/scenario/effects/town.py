"""A town of eight schools on two banks of a river, as a planner's own files.

                 5 p infant     6 p junior     7 s selective  8 p SRP
    2 km north   -------------------------------------------------------
                 ~~~~~~~~~~~~~~~~~~~~~~ 400 m of water ~~~~~~~~~~~~~~~~~
    0 km         -------------------------------------------------------
                 1 p            2 s            3 p            4 a
                 0 km           2 km           4 km           6 km east

Schools 1, 2, 5 and 6 are in the district West, the others in East; 1 to 4 are of the authority
Southshire, the others of Northshire. Places are a little off the lines, so that no two trips are
equally long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from cluster_geo import wishes
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.plan import Plan
from cluster_geo.rules import Rule, Rulebook, Verdict
from cluster_geo.scenario import Naming, Scenario, load_county, read_scenario, rulebook_of
from tests.paying import agreed, cheapest
from tests.worlds import ORIGIN

Made = TypeVar("Made")
FIRST = 100_000
# East and north in km, by place.
AT = {
    1: (0.0, 0.0), 2: (2.0, 0.12), 3: (4.0, -0.09), 4: (6.0, 0.03),
    5: (0.05, 2.0), 6: (1.95, 2.11), 7: (4.1, 1.91), 8: (6.15, 2.04),
}  # fmt: skip
PHASE = {4: "all-through", 2: "secondary", 7: "secondary"}
TRUST = {1: "Oak", 3: "Oak", 8: "Oak", 2: "Elm", 6: "Elm"}
FEDERATION = {3: "Downs", 4: "Downs", 7: "Downs"}
NAMES = {5: "Holly Infant School", 6: "Holly Junior School"}
AGES = {5: (4, 7), 6: (7, 11), 2: (11, 18), 7: (11, 18), 4: (4, 18)}
PUPILS = {1: 100, 2: 800, 3: 150, 4: 900, 5: 120, 6: 180, 7: 700, 8: 250}
EHCP = {1: 6, 2: 31, 3: 9, 4: 40, 5: 7, 6: 12, 7: 20, 8: 25}
# Sections of which the county knows nothing.
OF_RULES = frozenset({"name", "clusters", "trusts", "federations", "srp", "pins", "solve", "plan"})


def urn(place: int) -> int:
    """URN of the school at a place of the drawing."""
    return FIRST + place


def urns(*places: int) -> tuple[int, ...]:
    """URNs of the schools at some places."""
    return tuple(map(urn, places))


def km(a: int, b: int) -> float:
    """Straight line between two places."""
    return float(np.hypot(*np.subtract(AT[a], AT[b])))


def easting(place: int) -> float:
    """Metres east of a place, on the National Grid."""
    return ORIGIN[0] + 1000 * AT[place][0]


def northing(place: int) -> float:
    """Metres north of a place."""
    return ORIGIN[1] + 1000 * AT[place][1]


class Town:
    """The town's files, and what comes of settings: scenario, county, rules, verdicts.

    Parameters
    ----------
    folder : path
        Where the files are.
    defaults : mapping of str to object
        Default of every setting, by key.
    memory : dict
        What was read or searched already, shared by all tests.
    cut_off : str
        Key of a setting that is left at its default whatever is asked: then nothing may come
        of it, and its entry in the table must notice.
    """

    def __init__(
        self,
        folder: Path,
        defaults: Mapping[str, Any],
        memory: dict[str, Any],
        cut_off: str = "",
    ) -> None:
        self.folder, self.defaults, self.memory = folder, defaults, memory
        self.cut_off = cut_off
        self.changed: set[str] = set()
        self.base = self.file("town.toml", '[schools]\nfile = "schools.csv"')
        self.file("schools.csv", *self.table())

    def table(self, **changed: Mapping[int, object]) -> list[str]:
        """Return the lines of the planner's own table of schools, columns changed or added."""
        columns: dict[str, Mapping[int, object]] = {
            "urn": {k: urn(k) for k in AT},
            "name": {k: NAMES.get(k, f"School {k}") for k in AT},
            "phase": {k: PHASE.get(k, "primary") for k in AT},
            "easting": {k: f"{easting(k):.1f}" for k in AT},
            "northing": {k: f"{northing(k):.1f}" for k in AT},
            "district": {k: "West" if AT[k][0] < 3 else "East" for k in AT},
            "district_code": {k: "W01" if AT[k][0] < 3 else "E01" for k in AT},
            "authority": {k: "Southshire" if AT[k][1] < 1 else "Northshire" for k in AT},
            "trust": TRUST,
            "federation": FEDERATION,
            "srp": {k: "yes" if k == 8 else "no" for k in AT},
            "admissions": {2: "Non-selective", 4: "Non-selective", 7: "Selective"},
            "age_low": {k: AGES.get(k, (4, 11))[0] for k in AT},
            "age_high": {k: AGES.get(k, (4, 11))[1] for k in AT},
            "pupils": PUPILS,
            "ehcp": EHCP,
        } | changed
        rows = [[str(column.get(k, "")) for column in columns.values()] for k in columns["urn"]]
        return [",".join(row) for row in ([*columns], *rows)]

    def file(self, name: str, *lines: str) -> Path:
        """Write lines to a file; one that is there already must be the same."""
        path, text = self.folder / name, "\n".join([*lines, ""])
        if not path.exists():
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{name} is another file already"
        return path

    def plan_file(self, name: str, **clusters: Iterable[int]) -> Path:
        """Write a plan drawn by hand: places by code, "_" for the hyphen of a code."""
        rows = [
            f"{urn(k)},{code.replace('_', '-')}"
            for code, places in clusters.items()
            for k in places
        ]
        return self.file(name, "urn,cluster", *rows)

    def scenario(self, **settings: object) -> Scenario:
        """Read the scenario with settings, "__" for the dots of their keys."""
        keys = {name.replace("__", "."): value for name, value in settings.items()}
        kept = {k: v for k, v in keys.items() if self.pattern(k) != self.cut_off}
        found = read_scenario(self.base, kept)
        self.changed |= {
            pattern
            for key in kept
            if _value(found, key) != self.defaults[pattern := self.pattern(key)]
        }
        return found

    def county(self, **settings: object) -> County:
        """Read the county of the scenario with settings."""
        asked = self.scenario(**settings)
        files = {setting: str(path) for setting, path in asked.files().items()}
        facts = {k: v for k, v in asked.record().items() if k not in OF_RULES} | {"files": files}
        return self.once("county", facts, lambda: load_county(asked))

    def search(self, **settings: object) -> Result:
        """Search a plan of the scenario with settings."""
        asked = self.scenario(**settings)
        return self.once("search", asked.record(), lambda: self.search_anew(**settings))

    def search_anew(self, **settings: object) -> Result:
        """Search a plan, whether or not it was searched before."""
        return wishes.solve_scenario(self.county(**settings), self.scenario(**settings), threads=1)[
            0
        ]

    def once(self, what: str, facts: object, make: Callable[[], Made]) -> Made:
        """Make something, or return it where it was made before of the same facts."""
        key = f"{what} {json.dumps(facts, sort_keys=True)}"
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]

    def rules(self, wishes: Mapping[str, bool] | None = None, **settings: object) -> Rulebook:
        """Make the rules of the scenario with settings."""
        return rulebook_of(self.county(**settings), self.scenario(**settings), wishes)

    def rule(self, name: str, wishes: Mapping[str, bool] | None = None, **settings: object) -> Rule:
        """Return one rule over a cluster."""
        return next(r for r in self.rules(wishes, **settings).rules if r.name == name)

    def verdict(
        self,
        name: str,
        *places: int,
        wishes: Mapping[str, bool] | None = None,
        **settings: object,
    ) -> Verdict:
        """Judge the cluster of some places by a rule; a cluster model must pay the same."""
        book, county = self.rules(wishes, **settings), self.county(**settings)
        rule = next(r for r in book.rules if r.name == name)
        return agreed(rule, county, book.cluster(urns(*places)))

    def kept(self, name: str, *places: int, **settings: object) -> bool:
        """Whether a hard rule keeps the cluster of some places."""
        assert self.rule(name, **settings).hard
        return self.verdict(name, *places, **settings).kept

    def sums_kept(self, *clusters: Iterable[int], **settings: object) -> bool:
        """Whether the plan of some clusters keeps every rule over it; a model must pay by the same."""
        book, county = self.rules(**settings), self.county(**settings)
        plan = book.plan([urns(*places) for places in clusters])
        for rule, cluster in product(book.plan_rules, plan.clusters):
            paid = cheapest(lambda model, rule=rule: rule.formulate(model, 2.5), county, cluster)
            assert paid == pytest.approx(2.5 * rule.coefficient(cluster), abs=1e-6)
        return book.keeps_sums(plan)

    def named(self, *clusters: Iterable[int], **settings: object) -> Plan:
        """Give the clusters of a plan their codes and names."""
        county = self.county(**settings)
        plan = self.rules(**settings).plan([urns(*places) for places in clusters])
        return Naming.of(county, self.scenario(**settings)).name(plan, county)

    def pattern(self, key: str) -> str:
        """Return the setting that a key is one of: "*" where it holds a planner's own name."""
        parts = key.split(".")
        return next(
            known
            for known in self.defaults
            if len(wanted := known.split(".")) == len(parts)
            and all(mine in ("*", part) for mine, part in zip(wanted, parts, strict=True))
        )


def _value(scenario: Scenario, key: str) -> object:
    found: Any = scenario
    for part in key.split("."):
        found = found[part] if isinstance(found, dict) else getattr(found, part)
    return found


def strengths(
    town: Town, setting: str, name: str, places: tuple[int, ...], weight: float, **settings: object
) -> None:
    """Assert what each strength of a rule does to a cluster that breaks it.

    `weight` is the price of one unit of what the rule counts.
    """
    wish = setting.replace("__", ".")
    for strength, granted, kept, charged in (
        ("hard", False, False, False),
        ("priced", True, True, True),
        ("shown", True, True, False),
        ("hard-if-possible", True, False, False),
        ("hard-if-possible", False, True, True),
        ("hard-if-possible", None, True, True),
    ):
        asked = settings | {f"{setting}__rule": strength}
        wishes = {} if granted is None else {wish: granted}
        verdict = town.verdict(name, *places, wishes=wishes, **asked)
        assert verdict.count > 0
        assert verdict.kept == kept, strength
        assert verdict.price == pytest.approx(weight * verdict.count * charged), strength
        assert (wish in town.scenario(**asked).wishes()) == (strength == "hard-if-possible")
