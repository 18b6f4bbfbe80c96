"""A sweep: many variations of one scenario side by side, each with what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.alternatives.outcome import Row
from cluster_geo.alternatives.tradeoff import pareto, wished
from cluster_geo.alternatives.variations import Variation
from cluster_geo.optimise.certainty import failed
from cluster_geo.scenario import Scenario
from cluster_geo.scenario.paths import recorded_path

RUNS = "runs"


@dataclass(frozen=True, eq=False)
class Sweep:
    """Runs side by side.

    Parameters
    ----------
    base : Scenario
    variations : tuple of Variation
    table : DataFrame
        One row a run, indexed by `run`: its `title`, the settings varied, the columns of
        `outcome_row`, `words` where there is no plan, `best_of`, `best` (of the runs with the
        same `best_of`; always True where it stands for itself), `front` (among these, on the
        Pareto front of what is counted) and `map` (relative to the sweep's folder).
    """

    base: Scenario
    variations: tuple[Variation, ...]
    table: pd.DataFrame

    @classmethod
    def of(cls, base: Scenario, variations: Sequence[Variation], rows: Mapping[str, Row]) -> Sweep:
        """Lay the runs' rows, by name, side by side."""
        return cls(base, tuple(variations), _table(variations, rows))

    @property
    def titled(self) -> bool:
        """Whether a planner has called some run by a name of its own."""
        return any(variation.title for variation in self.variations)

    @property
    def varied(self) -> tuple[str, ...]:
        """Settings that distinguish the runs without a title, in the order first met."""
        untitled = (v for v in self.variations if not v.title)
        return tuple(dict.fromkeys(key for v in untitled for key in v.settings))

    def choices(self) -> tuple[str, ...]:
        """Say of each end with several ways to it which is the best, and whether that is proven."""
        ends = self.table[self.table["best_of"] != ""].groupby("best_of", sort=False)
        return tuple(f"{str(end).capitalize()}: {_choice(ways)}." for end, ways in ends)

    def failures(self) -> tuple[str, ...]:
        """Say in which runs the solver failed, and what still stands."""
        failed_runs = self.table[self.table["failure"] != ""]
        return tuple(
            f"{run['title']}: {failed(run['failure'], 'plan' if run['map'] else 'nothing')}"
            for run in failed_runs.to_dict(orient="records")
        )


def _choice(ways: pd.DataFrame) -> str:
    """Say which way has the best plan; another is ruled out only by a bound, or by proof."""
    tried = f"{len(ways):,} ways were tried"
    best = ways[ways["best"]]
    impossible = ways["status"] == "impossible"
    if best.empty:
        none = "it is proven that none has a plan" if impossible.all() else "no plan was found"
        return f"{tried}, and {none}"
    # Of a way without a bound nothing is known: it is no less a rival for that.
    out = ways["best"] | impossible | (ways["bound"] >= best["cost"].iloc[0])
    sure = "No other way can score better"
    if not out.all():
        sure = "Another way may have a better plan"
    return f"{tried}, and the best plan found is that of “{best['title'].iloc[0]}”. {sure}"


def _table(variations: Sequence[Variation], rows: Mapping[str, Row]) -> pd.DataFrame:
    settings = dict.fromkeys(key for v in variations for key in v.settings)
    records = [
        {"title": v.title or v.name}
        | {key: _shown(v.settings.get(key, "")) for key in settings}
        | rows[v.name]
        | {"best_of": v.best_of}
        for v in variations
    ]
    names = pd.Index([v.name for v in variations], name="run", dtype=object)
    table = pd.DataFrame(records, index=names)
    for column, empty in (
        *(("words", ""), ("failure", "")),
        *(("cost", float("nan")), ("bound", float("nan"))),
    ):
        table[column] = table[column].fillna(empty) if column in table else empty
    solved = table["cost"].notna()
    table["best"] = _best(table)
    table["front"] = pareto(table.where(table["best"])) if wished(table) else False
    maps = [f"{RUNS}/{name}/map.html" for name in names]
    table["map"] = pd.Series(maps, index=names).where(solved, "")
    return table


def _shown(value: object) -> str:
    """Return a setting's value as a reader may see it: a file as a record spells it."""
    return recorded_path(value) if isinstance(value, Path) else str(value)


def _best(table: pd.DataFrame) -> pd.Series:
    """Mark which runs stand for themselves or are the best of theirs; the first of equals."""
    solved = table[table["cost"].notna()]
    least = solved.groupby("best_of")["cost"].idxmin()
    return (table["best_of"] == "") | table.index.isin(least)
