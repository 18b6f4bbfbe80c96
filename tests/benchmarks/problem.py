"""The problems that methods are compared on: a shipped scenario with a few settings changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import load_county, read_scenario, rulebook_of

SCENARIO = "kent-benchmark"
AREAS = (1, 3, 6)


@dataclass(frozen=True)
class Judgement:
    """What the project's own rules say of a plan, whoever made it.

    `broken` are the clusters that break a hard rule and `faults` the rules they break with the
    number of clusters, rules over the whole plan among them.
    """

    cost: float
    clusters: int
    broken: int
    faults: Mapping[str, int]


@dataclass(frozen=True)
class Problem:
    """A county and its rules, as settings that a child process can read again.

    Parameters
    ----------
    name : str
        In tables: "Kent", "Maidstone and 2 nearest".
    settings : mapping of str to JSON value
        On top of the shipped scenario, by dotted key.
    district : str
        Where given, the schools of this district alone, with the neighbours that they have in
        the whole county: what is left of it where districts are hard.
    """

    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    district: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Problem:
        """Read a problem that `write` has written."""
        return cls(**json.loads(Path(path).read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write the problem for a child process."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    def changed(self, name: str, **settings: object) -> Problem:
        """Return the problem with another name and more settings; "__" stands for a dot."""
        more = {key.replace("__", "."): value for key, value in settings.items()}
        return replace(self, name=name, settings={**self.settings, **more})

    @cached_property
    def loaded(self) -> tuple[County, Rulebook]:
        """The county and the rulebook."""
        scenario = read_scenario(SCENARIO, dict(self.settings))
        county = load_county(scenario)
        if self.district:
            county = _district_of(county, self.district)
        return county, rulebook_of(county, scenario)

    @property
    def schools(self) -> int:
        """Number of schools."""
        return len(self.loaded[0].urns)

    def judge(self, labels: Sequence[int]) -> Judgement:
        """Judge the plan that gives each school, in the order of URNs, the label of its cluster."""
        county, rulebook = self.loaded
        groups: dict[int, list[int]] = {}
        for urn, label in zip(county.urns, labels, strict=True):
            groups.setdefault(label, []).append(urn)
        verdict = audit(county, rulebook, rulebook.plan(groups.values()))
        wrong = verdict.verdicts[~verdict.verdicts["kept"]]
        faults = {str(rule): int(n) for rule, n in wrong.groupby("rule").size().items()}
        plan_rules = [rule.name for rule in rulebook.plan_rules]
        faults |= {name: 1 for name in plan_rules if not verdict.by_rule.loc[name, "kept"]}
        broken = int((~verdict.by_cluster["kept"]).sum())
        return Judgement(verdict.cost, len(groups), broken, faults)


def _district_of(county: County, district: str) -> County:
    """Return a district's schools as a county of their own."""
    table = county.schools.table
    schools = replace(county.schools, table=table[table["district"] == district])
    rows = [county.travel.position[urn] for urn in schools.urns]
    travel = replace(
        county.travel, urns=schools.urns, matrix=county.travel.matrix[np.ix_(rows, rows)]
    )
    graph = county.neighbours.graph.subgraph(schools.urns).copy()
    layers = {
        name: replace(
            layer, zone_of={u: layer.zone_of[u] for u in schools.urns if u in layer.zone_of}
        )
        for name, layer in county.layers.items()
    }
    neighbours = replace(county.neighbours, graph=graph)
    return County(schools, layers, neighbours, travel)


def nested_areas(county: Problem, count: int) -> list[Problem]:
    """Return ever larger areas: the largest district alone, with the 2 nearest, with the 5 nearest.

    The number of clusters is in proportion to the schools.
    """
    table = county.loaded[0].schools.table
    places = table.assign(x=table.geometry.x, y=table.geometry.y)
    middles = places.groupby("district")[["x", "y"]].mean()
    largest = table["district"].value_counts(sort=False).sort_index().idxmax()
    apart = np.hypot(*(middles - middles.loc[largest]).to_numpy().T)
    nearest = [str(name) for name in middles.index[np.argsort(apart, kind="stable")]]
    found = []
    for number in AREAS:
        if number < len(nearest):
            schools = int(table["district"].isin(nearest[:number]).sum())
            name = nearest[0] if number == 1 else f"{nearest[0]} and {number - 1} nearest"
            clusters = in_proportion(count, schools, len(table))
            found.append(
                county.changed(
                    name, schools__districts=nearest[:number], clusters__count=str(clusters)
                )
            )
    return found


def single_districts(county: Problem) -> list[Problem]:
    """Return each district by itself: any number of clusters, federations at a price."""
    names = sorted({str(name) for name in county.loaded[0].schools.table["district"]})
    free = county.changed(county.name, clusters__count="free", federations__rule="priced")
    return [replace(free, name=name, district=name) for name in names]


def in_proportion(count: int, schools: int, of: int) -> int:
    """Return how many clusters `schools` are worth where `of` schools have `count`."""
    return max(1, round(count * schools / of))
