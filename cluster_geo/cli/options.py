"""Options that several commands share: which scenario, which files, which settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cluster_geo.errors import Fault, InputError, ScenarioError

if TYPE_CHECKING:
    from cluster_geo.scenario import Scenario

Command = TypeVar("Command", bound=Callable[..., Any])
Found = TypeVar("Found")

_FILE = click.Path(path_type=Path)
_INPUTS = (
    click.option(
        "--schools",
        type=_FILE,
        metavar="FILE",
        help="GIAS extract (.csv, .csv.gz) or your own table of schools.",
    ),
    click.option(
        "--authority",
        "authorities",
        multiple=True,
        metavar="NAME",
        help="Local authority to plan; may be given again.",
    ),
    click.option(
        "--boundary",
        "boundaries",
        multiple=True,
        metavar="LAYER=FILE[[:FILE_LAYER]:NAME_FIELD]",
        help="Polygons of a layer such as district or pcn; may be given again. FILE_LAYER is the "
        "layer of a file that has several.",
    ),
    click.option(
        "--land",
        type=_FILE,
        metavar="FILE",
        help="Polygons of land, so that water separates neighbours.",
    ),
    click.option(
        "--context",
        "contexts",
        multiple=True,
        type=_FILE,
        metavar="FILE",
        help="Main roads, rivers, railways, built-up areas and places to draw beneath the map "
        "(OS Open Zoomstack, OpenStreetMap); may be given again.",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help="Any setting of the scenario, as clusters.count=45:60; may be given again.",
    ),
)


# As `solve.time_limit`: a year. (Its own name for it would import the whole of the scenarios.)
MOST_SECONDS = 31_536_000.0


class Finite(click.FloatRange):
    """A number in a range; "nan" compares with no end of a range, and so would be in any."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return float(number)


def inputs(command: Command) -> Command:
    """Give a command the options that name files and settings."""
    for option in reversed(_INPUTS):
        command = option(command)
    return command


def audience(command: Command) -> Command:
    """Give a command that writes outputs the option for whom they are."""
    return click.option(
        "--audience",
        type=click.Choice(["public", "internal"]),
        help="For whom the outputs are: public withholds your own counts below 5, internal shows "
        "all and is marked OFFICIAL-SENSITIVE.  [default: the scenario's, public]",
    )(command)


def out_folder(words: str) -> Callable[[Command], Command]:
    """Give a command the option for the folder it writes, with these words of help."""
    folder = click.Path(path_type=Path, file_okay=False)
    return click.option("--out", type=folder, metavar="DIR", help=words)


def time_limit(words: str, seconds: float | None = None) -> Callable[[Command], Command]:
    """Give a command that searches the option for how long, with these words of help.

    `seconds` is its default; without one the scenario's holds.
    """
    return click.option(
        "--time-limit",
        type=Finite(min=0, min_open=True, max=MOST_SECONDS),
        metavar="SECONDS",
        default=seconds,
        show_default=seconds is not None,
        help=words,
    )


def asked_for(
    read: Callable[[dict[str, object]], Found],
    options: Mapping[str, Any],
    more: Mapping[str, object] | None = None,
) -> Found:
    """Return the scenario, or the run, that a command is asked for, with what its options say.

    Parameters
    ----------
    read : callable
        Reads it with settings that replace its own, by dotted key.
    options : mapping of str to any
        As `overrides_of` takes them.
    more : mapping of str to object, optional
        Settings of the command's own options.

    Raises
    ------
    ScenarioError
        With the faults of the options and those of the scenario, all in one.
    """
    faults: list[Fault] = []
    overrides = _overrides(faults, **options) | dict(more or {})
    if not faults:
        return read(overrides)
    try:
        faults += _missing(read(overrides))
    except InputError as error:
        # What only follows from an option that was left out is not said.
        names = [text.partition("=")[0].strip() for text in options.get("boundaries", ())]
        left_out = {f"boundaries.{name}" for name in names}
        faults += [fault for fault in error.faults if fault.setting not in left_out]
    raise ScenarioError(faults)


def _missing(asked: object) -> list[Fault]:
    """Return the files that a scenario, or the run to repeat, names and that are not there."""
    from cluster_geo.scenario import Scenario, missing_files

    scenario = getattr(asked, "scenario", asked)
    return list(missing_files(scenario)) if isinstance(scenario, Scenario) else []


def overrides_of(**options: Any) -> dict[str, object]:
    """Return what the options say as settings of a scenario, by dotted key; --set comes last.

    Raises
    ------
    ScenarioError
        Where a ``--boundary`` or ``--set`` has no "=", with all such faults.
    """
    faults: list[Fault] = []
    found = _overrides(faults, **options)
    if faults:
        raise ScenarioError(faults)
    return found


def _overrides(
    faults: list[Fault],
    *,
    schools: Path | None = None,
    authorities: Iterable[str] = (),
    boundaries: Iterable[str] = (),
    land: Path | None = None,
    contexts: Iterable[Path] = (),
    settings: Iterable[str] = (),
    audience: str | None = None,
    time_limit: float | None = None,
) -> dict[str, object]:
    """Return the settings; what cannot be used is left out, and added to `faults`."""
    found: dict[str, object] = {}
    if schools is not None:
        found["schools.file"] = schools
    if names := tuple(authorities):
        found["schools.authorities"] = names
    if land is not None:
        found["neighbours.land"] = land
    found |= {f"context.file{k}.file": path for k, path in enumerate(contexts, start=1)}
    found |= _layers(boundaries, faults)
    for text in settings:
        key, equals, value = text.partition("=")
        if not (equals and key.strip()):
            fix = "Write it as --set KEY=VALUE, such as clusters.count=53"
            faults.append(Fault("--set", f"{text!r} sets nothing", fix))
            continue
        found[key.strip()] = value.strip()
    if audience is not None:
        found["plan.audience"] = audience
    if time_limit is not None:
        found["solve.time_limit"] = time_limit
    return found


def _layers(boundaries: Iterable[str], faults: list[Fault]) -> dict[str, object]:
    """Read LAYER=FILE[[:FILE_LAYER]:NAME_FIELD]; what is not written so is added to `faults`."""
    found: dict[str, object] = {}
    for text in boundaries:
        layer, equals, rest = text.partition("=")
        if not (equals and layer.strip() and rest.strip()):
            fix = "Write it as --boundary LAYER=FILE, such as district=districts.geojson"
            faults.append(Fault("--boundary", f"{text!r} names no layer and file", fix))
            continue
        file, name_field = _file_and_field(rest.strip())
        file, file_layer = _file_and_field(str(file)) if name_field is not None else (file, None)
        found[f"boundaries.{layer.strip()}.file"] = file
        if file_layer:
            found[f"boundaries.{layer.strip()}.file_layer"] = file_layer
        if name_field:
            found[f"boundaries.{layer.strip()}.name_field"] = name_field
    return found


def _file_and_field(text: str) -> tuple[Path, str | None]:
    """Split FILE:NAME_FIELD; the colon of a Windows drive or a file that exists is no field."""
    file, colon, field = text.rpartition(":")
    if not colon or len(file) == 1 or "/" in field or "\\" in field or Path(text).exists():
        return Path(text), None
    return Path(file), field


def base_run(command: Command) -> Command:
    """Give a command that reads a plan the option for the run that the plan was changed from."""
    return click.option(
        "--base",
        type=_FILE,
        metavar="DIR",
        help="Output folder of the run that PLAN was changed from: its scenario, the names of its "
        "clusters and what it has proven.  [default: the folder that PLAN is in]",
    )(command)


def scenario_for(
    plan: Path,
    scenario: str | None,
    options: Mapping[str, Any],
    base: Path | None = None,
    more: Callable[[dict[str, object]], dict[str, object]] | None = None,
) -> Scenario:
    """Return the scenario to read a plan by: the one named, else that of the run beside it.

    Either way it knows which preferences became requirements in that run. `base` is the run's
    folder, where the plan is not in it; `more` returns the settings of the options with others.

    Raises
    ------
    InputError
        Where neither gives one, or a setting cannot be used.
    """
    from cluster_geo.pipeline import judged_beside, require_plan, scenario_of_run
    from cluster_geo.scenario import read_scenario

    require_plan(plan, *(() if base is None else (base,)))
    run = plan if base is None else base
    source, read = (run, scenario_of_run) if scenario is None else (scenario, read_scenario)
    settings = more or dict
    asked = asked_for(lambda overrides: read(source, settings(overrides)), options)
    return judged_beside(run, asked)
