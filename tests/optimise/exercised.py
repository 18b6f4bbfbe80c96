"""What a search makes use of, counted: a test of its bounds says nothing where there was none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cluster_geo.optimise import branching, finish, integer
from cluster_geo.optimise.branching import Branching
from cluster_geo.optimise.dive import Dive
from cluster_geo.optimise.finish import Finish
from cluster_geo.optimise.generation import Generation
from cluster_geo.rules import NumberOfClusters

SCHOOLS = 8
# Seeds of counties of so many schools whose search makes use of what few do: cuts with duals,
# branches of each kind, whole nodes, generation to its end, many masters for a proof of "none".
CHOSEN = (
    *(9, 17, 31, 33, 50, 73, 84, 89, 93, 100, 115, 142, 186, 187, 207, 225, 242, 340, 380, 390),
    *(424, 434, 502, 611, 652),
    *(4, 8, 11, 12, 57, 388),
)


@contextmanager
def exercised() -> Iterator[Counter[str]]:
    """Count, as long as it is open, what every search in this process makes use of."""
    seen: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        _watch_generation(patch, seen)
        _watch_branching(patch, seen)
        _watch_integer(patch, seen)
        yield seen


def _watch_generation(patch: pytest.MonkeyPatch, seen: Counter[str]) -> None:
    bound_of, converge = Generation._bound_of, Generation.converge

    def bounded(self, solution, priced):
        seen["cut duals"] += bool((solution.cut_duals < 0.0).any())
        for rule, dual in zip(self.plan_rules, solution.plan_duals, strict=True):
            kind = "number" if isinstance(rule, NumberOfClusters) else "other rule over the plan"
            seen[f"{kind}, a dual from below"] += dual > 0.0
            seen[f"{kind}, a dual from above"] += dual < 0.0
        return bound_of(self, solution, priced)

    def converged(self, best, target, progress):
        done = converge(self, best, target, progress)
        seen[f"generation {self.ending}"] += 1
        return done

    patch.setattr(Generation, "_bound_of", bounded)
    patch.setattr(Generation, "converge", converged)


def _watch_branching(patch: pytest.MonkeyPatch, seen: Counter[str]) -> None:
    divided, step = branching.divided, Branching.step

    def watched(generation, decisions):
        split = divided(generation, decisions)
        seen["branch on the number"] += split is not None and split.kind == "number"
        seen["branch on a hub"] += split is not None and split.kind == "hub"
        seen["branch on a school served"] += split is not None and split.kind == "served"
        seen["node whole"] += split is None
        return split

    def stepped(self, best, target):
        before = len(self.open), seen["node whole"]
        generation = step(self, best, target)
        if (
            generation is not None
            and len(self.open) < before[0]
            and seen["node whole"] == before[1]
        ):
            seen["node empty" if generation.bound > self.root.ceiling else "node bounded"] += 1
        return generation

    patch.setattr(branching, "divided", watched)
    patch.setattr(Branching, "step", stepped)


def _watch_integer(patch: pytest.MonkeyPatch, seen: Counter[str]) -> None:
    run, end, best_cover = Dive.run, Finish.end, integer.best_cover

    def dived(self, cuts=()):
        result = run(self, cuts)
        seen["dive"] += 1
        seen["dive, a better plan"] += result.chosen is not None
        seen["dive, cuts that hold up its bound"] += bool(result.cuts)
        return result

    def ended(self, node, most):
        bound = end(self, node, most)
        where = "node" if most == self.params.enumeration.of_node else "root"
        seen[f"list, {where} ended"] += bound is not None
        return bound

    def covered(columns, *arguments, **options):
        chosen, bound = best_cover(columns, *arguments, **options)
        seen["integer master"] += 1
        seen["integer master, a better plan"] += chosen is not None
        return chosen, bound

    patch.setattr(Dive, "run", dived)
    patch.setattr(Finish, "end", ended)
    patch.setattr(integer, "best_cover", covered)
    patch.setattr(finish, "best_cover", covered)
