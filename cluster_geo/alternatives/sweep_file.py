"""A file of runs: variations that a planner names one by one, a grid of them, or both."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster_geo.alternatives.variations import Variation, folder_name, grid, read_axis
from cluster_geo.errors import Fault, ScenarioError, file_name
from cluster_geo.scenario.known import find
from cluster_geo.scenario.paths import WITH_PROGRAM, found

SHIPPED = Path(__file__).parent / "shipped"
KNOWN = ("base", "vary", "run")
OF_A_RUN = ("name", "set", "best_of")


def read_sweep(path: str | Path) -> tuple[str | None, tuple[Variation, ...]]:
    """Read a sweep file, or one that comes with the program by its name ("kent-alternatives").

    It is TOML with a `base`, a `[vary]` table, `[[run]]` tables, or both.

    A run has a `name` and a table `set` of dotted keys; its search begins from the plan of the
    first run. Runs with the same `best_of` are ways to the same end, of which the best is kept.
    The grid of `[vary]` comes first. A file that a setting names is looked for beside the sweep
    file; "shipped:NAME" is one that comes with the program.

    Returns
    -------
    base, variations
        The scenario that `base` names (None where it names none), and the runs.

    Raises
    ------
    ScenarioError
        Where the file cannot be read or holds something else, with every fault.
    """
    shipped = SHIPPED / f"{path}.toml"
    file = shipped if str(path) == shipped.stem and shipped.is_file() else Path(path)
    tree = _tree(file)
    reading = _Reading(file)
    for key in sorted(set(tree) - set(KNOWN)):
        reading.fault(f"there is no setting {key!r} in a sweep", f"Known: {', '.join(KNOWN)}")
    runs = reading.runs(tree)
    for twice in (name for name, n in Counter(run.name for run in runs).items() if n > 1):
        reading.fault(f"two runs are named {twice!r}", "Give each its own name")
    if not runs and not reading.faults:
        reading.fault("it contains no runs", "Give a [vary] table or [[run]] tables")
    if reading.faults:
        raise ScenarioError(reading.faults)
    base = tree.get("base")
    return (None if base is None else str(base)), tuple(runs)


def _tree(file: Path) -> dict[str, Any]:
    name = file_name(file)
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        fault = Fault(name, f"it cannot be read ({error.strerror})", "Check the path")
        raise ScenarioError([fault]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError([Fault(name, str(error), "Write it as TOML, in UTF-8")]) from error


@dataclass
class _Reading:
    """The reading of one file, with the faults met so far."""

    file: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, found: str, fix: str) -> None:
        self.faults.append(Fault(file_name(self.file), found, fix))

    def runs(self, tree: Mapping[str, object]) -> list[Variation]:
        """Return the grid of the file, then its runs by name."""
        found = [*self._varied(tree.get("vary", {}))]
        for place, run in enumerate(self._tables(tree.get("run", [])), start=1):
            found.append(self._run(run, place, found[0].name if found else None))
        return found

    def _varied(self, vary: object) -> tuple[Variation, ...]:
        if not isinstance(vary, Mapping):
            self.fault(
                "vary is not a table", 'Write [vary] and below it "clusters.count" = "48:58:2"'
            )
            return ()
        try:
            axes = [read_axis(f"{key}={_joined(values)}") for key, values in _flat(vary).items()]
            return grid(axes) if axes else ()
        except ScenarioError as error:
            self.faults += error.faults
            return ()

    def _tables(self, runs: object) -> list[Mapping[str, object]]:
        if isinstance(runs, list) and all(isinstance(run, Mapping) for run in runs):
            return list(runs)
        self.fault("run is not a list of tables", "Write each run under [[run]]")
        return []

    def _run(self, run: Mapping[str, object], place: int, after: str | None) -> Variation:
        for key in sorted(set(run) - set(OF_A_RUN)):
            self.fault(f"run {place} has a setting {key!r}", f"Known: {', '.join(OF_A_RUN)}")
        given = run.get("set", {})
        flat = _flat(given) if isinstance(given, Mapping) else {}
        settings = {key: self._beside(key, value) for key, value in flat.items()}
        title = str(run.get("name", ""))
        name = folder_name({"": title or folder_name(flat)}).strip("-")
        return Variation(name, settings, after, title, str(run.get("best_of", "")))

    def _beside(self, key: str, value: object) -> object:
        """Return the value of a setting; a file is looked for beside the sweep file."""
        known = find(tuple(key.split(".")))
        if known is None or not known.is_file or not isinstance(value, str):
            return value
        return found(value) if value.startswith(WITH_PROGRAM) else self.file.parent / value


def _joined(values: object) -> str:
    return ",".join(map(str, values)) if isinstance(values, list) else str(values)


def _flat(tree: Mapping[str, object], above: str = "") -> dict[str, object]:
    """Return the settings of nested tables by dotted key."""
    found: dict[str, object] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{above}{key}.")
        else:
            found[f"{above}{key}"] = value
    return found
