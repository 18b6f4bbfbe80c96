"""The parts of the benchmark: which methods are tried on which problems."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.own import PLAN
from tests.benchmarks.peer_model import number_of_clusters
from tests.benchmarks.problem import Problem, in_proportion, nested_areas, single_districts
from tests.benchmarks.trial import OWN, PEERS, Bench, Trial

# How far the number of clusters may go either way where it is left open.
OPEN = 0.15
# Seconds for each of the two runs that show what compiling costs: enough to reach every stage.
BRIEF = 60.0
# Seconds for a run that begins from an earlier one after a small change.
AGAIN = 10.0


@dataclass(frozen=True)
class Asked:
    """What is to be measured.

    Parameters
    ----------
    county : Problem
    seconds : float
        For each method that can use them.
    beyond : tuple of str
        Authorities that are added for the largest area.
    layers : tuple of str
        Layers other than districts that are priced in a variant.
    """

    county: Problem
    seconds: float
    beyond: tuple[str, ...] = field(default=())
    layers: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """Number of clusters of the county."""
        return number_of_clusters(*self.county.loaded)


def cold_start(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Run the smallest area twice: the first run compiles, the second finds it done.

    It comes first, so that no other trial pays for compiling.
    """
    if bench.compiled is not None:
        shutil.rmtree(bench.compiled, ignore_errors=True)
    area = (*nested_areas(asked.county, asked.count), asked.county)[0]
    for number in ("first", "second"):
        problem = area.changed(f"{area.name}, {number} run")
        yield bench.run("cold start", problem, "ours", min(BRIEF, asked.seconds))


def methods(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Try every method on the county."""
    for method in (*OWN, *(PEERS if bench.peers else ())):
        yield bench.run("methods", asked.county, method, asked.seconds)


def scaling(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Try ours on ever larger areas, and the compact model on those it may still manage."""
    areas = nested_areas(asked.county, asked.count)
    for problem in areas:
        yield bench.run("scaling", problem, "ours", asked.seconds)
    for problem in areas[:2]:
        yield bench.run("scaling", problem, "compact", asked.seconds)
    if asked.beyond:
        yield bench.run("scaling", _with_authorities(asked), "ours", asked.seconds)


def variants(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Try ours with the number of clusters open, and with other layers priced as well."""
    slack = round(OPEN * asked.count)
    span = f"{asked.count - slack}:{asked.count + slack}"
    name = asked.county.name
    open_count = asked.county.changed(f"{name}, {span} clusters", clusters__count=span)
    yield bench.run("variants", open_count, "ours", asked.seconds)
    for layer in asked.layers:
        priced = Problem(
            f"{name}, {layer} priced too",
            {**asked.county.settings, f"boundaries.{layer}.rule": "priced"},
        )
        yield bench.run("variants", priced, "ours", asked.seconds)


def begun_before(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Change one thing after a run, and try ours from that run for a moment and anew for all."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        yield bench.run("begun before", asked.county, "ours", asked.seconds, keep=kept)
        for problem in changed_a_little(asked.county, kept):
            again = min(AGAIN, asked.seconds)
            yield bench.run("begun before", problem, "ours", again, begin=kept)
            yield bench.run("begun before", problem, "ours", asked.seconds)


def changed_a_little(county: Problem, kept: Path) -> list[Problem]:
    """Return the county with two schools locked together, one weight moved, one size changed."""
    clusters = json.loads((kept / PLAN).read_text(encoding="utf-8"))
    of = {urn: number for number, members in enumerate(clusters) for urn in members}
    edges = map(sorted, county.loaded[0].neighbours.graph.edges)
    parted = min(edge for edge in edges if of[edge[0]] != of[edge[1]])
    return [
        county.changed(f"{county.name}, two schools together", pins__together=[parted]),
        county.changed(f"{county.name}, trusts at 4 km", trusts__weight=4.0),
        county.changed(f"{county.name}, sizes 8 to 13", clusters__size="8:13"),
    ]


def districts(bench: Bench, asked: Asked) -> Iterator[Trial]:
    """Try ours on each district by itself."""
    for problem in single_districts(asked.county):
        yield bench.run("districts", problem, "ours", asked.seconds)


def _with_authorities(asked: Asked) -> Problem:
    county = asked.county
    settings = dict(county.settings)
    own = list(county.loaded[0].schools.table["authority"].unique())
    settings["schools.authorities"] = [*map(str, own), *asked.beyond]
    larger = Problem(f"{county.name} with {', '.join(asked.beyond)}", settings)
    count = in_proportion(asked.count, larger.schools, county.schools)
    return larger.changed(larger.name, clusters__count=str(count))


PARTS: Mapping[str, Callable[[Bench, Asked], Iterator[Trial]]] = {
    "cold start": cold_start,
    "methods": methods,
    "scaling": scaling,
    "variants": variants,
    "begun before": begun_before,
    "districts": districts,
}
