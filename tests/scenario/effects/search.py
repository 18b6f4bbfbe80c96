"""Settings of `solve`: when the search stops, and where its chances start."""

from __future__ import annotations

import random
import sys

import pytest

from cluster_geo.optimise.budget import Budget
from cluster_geo.scenario import brief_of
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town

# More than the search of these schools needs to the last metre.
ENOUGH = 100_000


def anywhere(town: Town) -> dict[str, object]:
    """24 schools anywhere in 20 km, whose first plan is not proven the best; return settings."""
    dice = random.Random(1)
    rows = [
        f"{100_001 + k},School {k},{'primary' if k % 4 else 'secondary'},"
        f"{500_000 + dice.randrange(20_000)},{200_000 + dice.randrange(20_000)}"
        for k in range(24)
    ]
    table = town.file("anywhere.csv", "urn,name,phase,easting,northing", *rows)
    return {"schools__file": table, "clusters__size": "4:7"}


@sets("solve.time_limit")
def time_limit(town: Town) -> None:
    """The search has so many seconds, and is stopped by the clock when they are over."""
    given: list[float | None] = []

    def watched(seconds: float | None, work: int | None = None) -> Budget:
        given.append(seconds)
        return Budget(seconds, work)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["cluster_geo.optimise.solve"], "Budget", watched)
        late = town.search_anew(solve__time_limit=1e-6, **anywhere(town))
        in_time = town.search_anew(solve__time_limit=400, **anywhere(town))
    assert given == [1e-6, 400]
    assert (late.stopped_by, late.timed) == ("time limit", True)
    assert (in_time.stopped_by, in_time.status) == ("gap", "optimal")


@sets("solve.work")
def work(town: Town) -> None:
    """The search ends by work, which no clock decides: more of it comes further."""
    first, more, enough = (
        town.search(solve__work=units, **anywhere(town)) for units in (1, 1000, ENOUGH)
    )
    assert [found.stopped_by for found in (first, more, enough)] == ["work limit"] * 2 + ["gap"]
    assert not any(found.timed for found in (first, more, enough))
    assert first.work < 1000 <= more.work < enough.work < ENOUGH


@sets("solve.seed")
def seed(town: Town) -> None:
    """One seed goes one way, every time; another seed goes another."""
    asked = anywhere(town) | {"solve__work": ENOUGH}
    one, other = (town.search(solve__seed=s, **asked) for s in (5, 6))
    again = town.search_anew(solve__seed=5, **asked)
    assert (one.seed, again.seed, other.seed) == (5, 5, 6)
    assert (one.known, one.work) == (again.known, again.work)
    assert set(one.known) != set(other.known)
    assert one.cost == pytest.approx(other.cost, rel=2e-4)


@sets("solve.gap")
def gap(town: Town) -> None:
    """The search stops at a distance from the best possible that is a fraction of the score."""
    asked = anywhere(town) | {"solve__work": ENOUGH}
    close, loose = (town.search(solve__gap=g, **asked) for g in (1e-4, 0.3))
    assert (close.stopped_by, loose.stopped_by) == ("gap", "gap")
    assert close.gap <= 1e-4
    assert 0.01 < loose.gap <= 0.3
    assert loose.work < close.work


@sets("solve.certificate")
def certificate(town: Town) -> None:
    """The readers' brief says whether what proves the bound is to be written."""
    briefs = [brief_of(town.scenario(solve__certificate=asked)) for asked in (True, False)]
    assert [brief.certificate for brief in briefs] == [True, False]
