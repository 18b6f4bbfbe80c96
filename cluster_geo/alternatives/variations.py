"""Variations of a scenario: settings that take several values in turn, and the grid of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import product

from cluster_geo.errors import Fault, ScenarioError
from cluster_geo.scenario import Scenario, recorded_scenario

# More runs than this in one sweep are more likely a slip than a wish.
MOST_RUNS = 500
_STEPPED = "first:last:step"
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
    title : str
        What a planner called it; "" where its settings say it.
    best_of : str
        Runs with the same words here are ways to the same end, of which the best is kept; "" for
        a run that stands for itself.
    """

    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    after: str | None = None
    title: str = ""
    best_of: str = ""

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
    if part.count(":") != _STEPPED.count(":"):
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
        faults.append(Fault("--vary", f"that makes {number:,} runs", fix))
    if faults:
        raise ScenarioError(faults)
    titles = short_keys(keys)
    middle = tuple((len(axis.values) - 1) // 2 for axis in axes)
    names: dict[tuple[int, ...], str] = {}
    found = []
    for place in product(*(range(len(axis.values)) for axis in axes)):
        settings = {a.key: a.values[k] for a, k in zip(axes, place, strict=True)}
        names[place] = folder_name({titles[key]: value for key, value in settings.items()})
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


def folder_name(settings: Mapping[str, object]) -> str:
    """Return a name for the folder of a run with these settings."""
    label = "_".join(f"{key}-{value}" for key, value in settings.items())
    return re.sub(r"[^\w.+-]+", "-", label).strip(".-")[:120] or "base"


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
