"""A sweep: many variations of one scenario, each solved and kept, in one table and one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cluster_geo.alternatives import Row, Variation, checked, pareto, wished
from cluster_geo.export import write_sweep
from cluster_geo.scenario import Scenario
from cluster_geo.studies.runs import RUNS, jobs_of, run_all


@dataclass(frozen=True, eq=False)
class Sweep:
    """Runs side by side.

    Parameters
    ----------
    base : Scenario
    varied : tuple of str
        Dotted names of the settings varied, as columns of the table.
    table : DataFrame
        One row a run, indexed by `run`: the settings varied, the columns of
        `alternatives.outcome_row`, `words` where there is no plan, `front` (on the Pareto
        front of what is counted) and `map` (relative to the sweep's folder).
    folder : Path
    """

    base: Scenario
    varied: tuple[str, ...]
    table: pd.DataFrame
    folder: Path


def sweep(
    base: Scenario,
    variations: Sequence[Variation],
    folder: str | Path,
    *,
    processes: int | None = None,
    told: Callable[[str, Row], None] | None = None,
) -> Sweep:
    """Solve every variation, keep each in its own folder, and write table and page.

    A run that an earlier, killed or ended sweep in the same folder has done is not done again,
    as long as its settings and files are the same. In a script the call must stand under
    ``if __name__ == "__main__":``, because the runs are processes of their own.

    Parameters
    ----------
    base : Scenario
    variations : sequence of Variation
    folder : path
        Gets `runs/NAME/` (the outputs of each run), `rows/NAME.json`, `sweep.csv`,
        `sweep.parquet` and `sweep.html`.
    processes : int, optional
        At most so many at a time; default: one a processor.
    told : callable, optional
        Called with name and row of each run as it ends.

    Raises
    ------
    ScenarioError
        Where a variation is no scenario, with every fault, before anything is run.
    ClusterGeoError
        Where a run failed for want of something other than a plan; the others are kept.
    """
    folder = Path(folder)
    jobs = jobs_of(variations, checked(base, variations), folder)
    rows = run_all(jobs, processes=processes, told=told)
    found = Sweep(base, varied_in(variations), sweep_table(variations, rows), folder)
    write_sweep(folder, found.table, varied=found.varied, record=base.record(), unit=base.unit)
    return found


def varied_in(variations: Sequence[Variation]) -> tuple[str, ...]:
    """Return the settings that some variation sets, in the order they are first met."""
    return tuple(dict.fromkeys(key for v in variations for key in v.settings))


def sweep_table(variations: Sequence[Variation], rows: dict[str, Row]) -> pd.DataFrame:
    """Return the table of a sweep; see `Sweep`."""
    varied = varied_in(variations)
    told = [
        {key: str(v.settings.get(key, "")) for key in varied} | rows[v.name] for v in variations
    ]
    names = pd.Index([v.name for v in variations], name="run", dtype=object)
    table = pd.DataFrame(told, index=names)
    if "words" not in table:
        table["words"] = ""
    table["words"] = table["words"].fillna("")
    solved = table["cost"].notna() if "cost" in table else pd.Series(data=False, index=names)
    table["front"] = pareto(table) if wished(table) else False
    maps = [f"{RUNS}/{name}/map.html" for name in names]
    table["map"] = pd.Series(maps, index=names).where(solved, "")
    return table
