"""A sweep: many variations of one scenario, each solved and kept, in one table and one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cluster_geo.alternatives import Row, Sweep, Variation, checked
from cluster_geo.export import write_sweep
from cluster_geo.scenario import Scenario
from cluster_geo.studies.runs import jobs_of, run_all


def run_sweep(
    base: Scenario,
    variations: Sequence[Variation],
    folder: str | Path,
    *,
    processes: int | None = None,
    progress: Callable[[str, Row], None] | None = None,
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
    progress : callable, optional
        Called with name and row of each run as it ends.

    Raises
    ------
    ScenarioError
        Where a variation is no scenario, with every fault, before anything is run.
    ClusterGeoError
        Where a run failed for a reason other than having no plan; the others are kept.
    """
    jobs = jobs_of(variations, checked(base, variations), Path(folder))
    found = Sweep.of(base, variations, run_all(jobs, processes=processes, progress=progress))
    write_sweep(Path(folder), found)
    return found
