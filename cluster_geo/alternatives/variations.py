"""Variations of a scenario: settings that take several values in turn, and the grid of them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path

from cluster_geo.errors import Fault, ScenarioError, file_name
from cluster_geo.scenario import Scenario, recorded_scenario

# More runs than this in one sweep are more likely a slip than a wish.
MOST_RUNS = 500
SHIPPED = Path(__file__).parent / "shipped"
HOW = "Write it as KEY=VALUES, such as clusters.count=48:58:2 or boundaries.pcn.weight=0,1,3"


@dataclass(frozen=True)
class Axis:
    """A setting and the values it takes in turn.

    Parameters
    ----------
    key : str
        Dotted name of the setting.
    values : tuple of str
        As on the command line.
    """

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Variation:
    """One run of a sweep: what it changes of the base, and where its search begins.

    Parameters
    ----------
    name : str
        Fit for a folder, unique in its sweep.
    settings : mapping of str to object
        By dotted key.
    after : str or None
        Name of the run whose plan this one's search begins from: its neighbour one step nearer
        to the middle of the grid, so that a sweep comes to the same whatever runs first.
    """

    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    after: str | None = None

    def of(self, base: Scenario) -> Scenario:
        """Return the scenario of this run.

        Raises
        ------
        ScenarioError
            Where a setting is none, or a value not one of it.
        """
        return recorded_scenario({**base.record(), "name": base.name}, self.settings)


def read_axis(text: str) -> Axis:
    """Read an axis as given on the command line.

    ``1:9:2`` is first, last and step, both ends included; values between commas are taken in
    turn; a range such as ``6:12`` is one value, that of a setting that takes a range.

    Raises
    ------
    ScenarioError
        Where it names no setting, no value, or steps that lead nowhere.
    """
    key, equals, rest = text.partition("=")
    values = [value for part in rest.split(",") for value in _values(part.strip(), text)]
    if not (equals and key.strip() and values):
        raise ScenarioError([Fault("--vary", f"{text!r} varies nothing", HOW)])
    return Axis(key.strip(), tuple(dict.fromkeys(values)))


def _values(part: str, whole: str) -> list[str]:
    if part.count(":") != 2:  # noqa: PLR2004 - first, last and step
        return [part] if part else []
    try:
        first, last, step = (Decimal(number) for number in part.split(":"))
        number = (last - first) / step
    except (InvalidOperation, ZeroDivisionError):
        number = Decimal(-1)
    if not 0 <= number <= MOST_RUNS:
        found = f"{part!r} in {whole!r} is no first, last and step"
        raise ScenarioError([Fault("--vary", found, HOW)])
    return [f"{first + k * step:f}" for k in range(math.floor(number) + 1)]


def grid(axes: Sequence[Axis]) -> tuple[Variation, ...]:
    """Return every combination of the axes' values, the last axis fastest.

    Raises
    ------
    ScenarioError
        Where an axis comes twice, or there are more than `MOST_RUNS` combinations.
    """
    keys = [axis.key for axis in axes]
    faults = [
        Fault("--vary", f"{key!r} is varied twice", "Give its values between commas")
        for key in sorted({key for key in keys if keys.count(key) > 1})
    ]
    number = math.prod(len(axis.values) for axis in axes)
    if number > MOST_RUNS:
        fix = f"Vary fewer settings, or take larger steps: at most {MOST_RUNS}"
        faults.append(Fault("--vary", f"that makes {number} runs", fix))
    if faults:
        raise ScenarioError(faults)
    titles = short_keys(keys)
    middle = tuple((len(axis.values) - 1) // 2 for axis in axes)
    names: dict[tuple[int, ...], str] = {}
    found = []
    for place in product(*(range(len(axis.values)) for axis in axes)):
        settings = {a.key: a.values[k] for a, k in zip(axes, place, strict=True)}
        names[place] = _folder_name({titles[key]: value for key, value in settings.items()})
        found.append((place, settings))
    return tuple(
        Variation(names[place], settings, names.get(_nearer(place, middle)))
        for place, settings in found
    )


def _nearer(place: tuple[int, ...], middle: tuple[int, ...]) -> tuple[int, ...]:
    """One step towards the middle along the last axis that is off it; () for the middle itself."""
    for axis in reversed(range(len(place))):
        if place[axis] != middle[axis]:
            step = 1 if place[axis] < middle[axis] else -1
            return (*place[:axis], place[axis] + step, *place[axis + 1 :])
    return ()


def short_keys(keys: Iterable[str]) -> dict[str, str]:
    """Return for each dotted key its shortest ending that no other key has."""
    keys = list(dict.fromkeys(keys))
    found = {}
    for key in keys:
        parts = key.split(".")
        endings = [".".join(parts[-n:]) for n in range(1, len(parts) + 1)]
        others = [f".{other}" for other in keys if other != key]
        found[key] = next((e for e in endings if not any(o.endswith(f".{e}") for o in others)), key)
    return found


def _folder_name(settings: Mapping[str, object]) -> str:
    said = "_".join(f"{key}-{value}" for key, value in settings.items())
    return re.sub(r"[^\w.+-]+", "-", said).strip(".-")[:120] or "base"


def read_sweep(path: str | Path) -> tuple[str | None, tuple[Variation, ...]]:
    """Read a sweep file, or one that comes with the program by its name ("kent-alternatives").

    It is TOML with a `base`, a `[vary]` table, `[[run]]` tables, or both.

    A run has a `name` and a table `set` of dotted keys; its search begins from the plan of the
    first run. The grid of `[vary]` comes first.

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
    path = shipped if str(path) == shipped.stem and shipped.is_file() else path
    name = file_name(path)
    try:
        tree = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = Fault(name, f"it cannot be read ({error.strerror})", "Check the path")
        raise ScenarioError([fault]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError([Fault(name, str(error), "Write it as TOML, in UTF-8")]) from error
    faults = [
        Fault(name, f"there is no setting {key!r} in a sweep", "Known: base, vary, run")
        for key in sorted(set(tree) - {"base", "vary", "run"})
    ]
    runs = [*_varied(tree.get("vary", {}), name, faults)]
    for place, run in enumerate(_tables(tree.get("run", []), name, faults), start=1):
        runs.append(_run(run, place, name, faults, runs[0].name if runs else None))
    names = [run.name for run in runs]
    faults += [
        Fault(name, f"two runs are called {twice!r}", "Give each its own name")
        for twice in sorted({n for n in names if names.count(n) > 1})
    ]
    if not runs and not faults:
        faults.append(Fault(name, "there is no run in it", "Give a [vary] table or [[run]] tables"))
    if faults:
        raise ScenarioError(faults)
    base = tree.get("base")
    return (None if base is None else str(base)), tuple(runs)


def _varied(vary: object, name: str, faults: list[Fault]) -> tuple[Variation, ...]:
    if not isinstance(vary, Mapping):
        fix = 'Write [vary] and below it "clusters.count" = "48:58:2"'
        faults.append(Fault(name, "vary is no table", fix))
        return ()
    try:
        axes = [read_axis(f"{key}={_said(values)}") for key, values in _flat(vary).items()]
        return grid(axes) if axes else ()
    except ScenarioError as error:
        faults += error.faults
        return ()


def _said(values: object) -> str:
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


def _tables(runs: object, name: str, faults: list[Fault]) -> list[Mapping[str, object]]:
    if isinstance(runs, list) and all(isinstance(run, Mapping) for run in runs):
        return list(runs)
    faults.append(Fault(name, "run is no list of tables", "Write each run under [[run]]"))
    return []


def _run(
    run: Mapping[str, object], place: int, name: str, faults: list[Fault], after: str | None
) -> Variation:
    for key in sorted(set(run) - {"name", "set"}):
        fix = "A run has a name and a table set"
        faults.append(Fault(name, f"run {place} has a setting {key!r}", fix))
    settings = run.get("set", {})
    flat = _flat(settings) if isinstance(settings, Mapping) else {}
    title = str(run.get("name", "")) or _folder_name(flat)
    return Variation(_folder_name({"": title}).strip("-"), flat, after)


def checked(base: Scenario, variations: Iterable[Variation]) -> dict[str, Scenario]:
    """Return the scenario of each run by its name.

    Raises
    ------
    ScenarioError
        With the faults of all of them, each once.
    """
    faults: dict[Fault, None] = {}
    scenarios = {}
    for variation in variations:
        try:
            scenarios[variation.name] = variation.of(base)
        except ScenarioError as error:
            faults |= dict.fromkeys(error.faults)
    if faults:
        raise ScenarioError(faults)
    return scenarios
