"""The files of a scenario: each is read once, with its county, and used from there.

Only `load_county` reads the files that a scenario names. Everything that needs their contents (the
rules, frozen clusters, codes and names, the papers of a plan) takes them from the county, which
does not change when a file does. A scenario that names files other than those the county was read
from is refused, because its plan would be judged by the wrong files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from cluster_geo.county import County, Inputs
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import Context, box_around, read_context
from cluster_geo.plan import (
    ClusterNames,
    Papers,
    Plan,
    PlanRows,
    Responses,
    SecondClusters,
    Waves,
    carried_decisions,
    figures_sources,
    read_corrections,
    read_decisions,
    read_names,
    read_plan_rows,
    read_second_clusters,
    read_waves,
    record_beside,
)
from cluster_geo.plan.withheld import DECISIONS_ROLE
from cluster_geo.records import Notice, Source, sha256_of, source_of
from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.pots import read_last_years
from cluster_geo.scenario.registry import rule_kinds
from cluster_geo.scenario.responses import responses_now
from cluster_geo.schools import Schools

Content = TypeVar("Content")
Hashes = Mapping[Path, str]
"""SHA-256 of each file by its path."""

REFERENCE, PREVIOUS = "reference.plan", "plan.previous_plan"
CONTEXT = "context"
DECISIONS, NAMES = "plan.decisions", "clusters.names"
CORRECTIONS, WAVES = "plan.corrections", "plan.waves"
RESPONSES, SECOND = "plan.responses", "plan.second_clusters"
# Sections whose files the county itself is read from.
OF_COUNTY = frozenset({"schools", "columns", "neighbours", "travel", "boundaries"})
# Of these a scenario may leave out what its county has.
NAMED_BY_PLANNERS = ("boundaries", "columns")
# Settings of those sections that only rules are made by.
OF_RULES = frozenset({"travel.weight", "travel.worst", "rule", "weight"})
LOAD_AGAIN = "Read the county of this scenario: county = load_county(scenario)"


def _rows_now(path: Path, schools: Schools) -> PlanRows:
    return read_plan_rows(path).carried(schools.identity, file_name(path))


def _decisions_now(path: Path, schools: Schools) -> pd.DataFrame:
    return carried_decisions(read_decisions(path), schools.identity, file_name(path))


def _second_now(path: Path, schools: Schools) -> SecondClusters:
    return read_second_clusters(path, frozenset(schools.urns), schools.identity)


def _without_schools(read: Callable[[Path], object]) -> Callable[[Path, Schools], object]:
    return lambda path, _schools: read(path)


# The role of a file in the run, and its reader, by the setting that names it.
READERS: Mapping[str, tuple[str, Callable[[Path, Schools], object]]] = {
    REFERENCE: ("reference plan", _rows_now),
    PREVIOUS: ("previous plan", _rows_now),
    DECISIONS: (DECISIONS_ROLE, _decisions_now),
    NAMES: ("cluster names", _without_schools(read_names)),
    CORRECTIONS: ("corrections", _without_schools(read_corrections)),
    WAVES: ("waves", _without_schools(read_waves)),
    SECOND: ("second clusters", _second_now),
}


def with_inputs(county: County, scenario: Scenario) -> County:
    """Return a county with a scenario's files for rules, names and papers.

    `load_county` reads them too. This is for a county that was put together by hand, or that needs
    another reference plan, or other networks, pairs or names.

    Raises
    ------
    InputError
        With the faults in all of these files.
    """
    hashes = hashes_of(scenario)
    inputs = read_inputs(scenario, county.schools, hashes)
    require_unchanged(hashes, inputs.sources)
    sources = (replace(s, path=scenario.recorded_path(s.path)) for s in inputs.sources)
    made = {s: path for s, path in county.inputs.files.items() if _section(s) in OF_COUNTY}
    more = {s: path for s, path in inputs.files.items() if _section(s) not in OF_COUNTY}
    settings = county.inputs.settings
    whole = replace(inputs, files=made | more, settings=settings, sources=tuple(sources))
    return replace(county, inputs=whole)


def hashes_of(scenario: Scenario) -> Hashes:
    """Return the hash of every file that a scenario names, and of the records beside its plans.

    A file that cannot be read is left out: its reader reports what is wrong with it.
    """
    paths = [*scenario.files().values(), *_records(scenario)]
    found = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = sha256_of(path)
        except OSError:
            continue
    return found


def require_unchanged(before: Hashes, sources: Iterable[Source]) -> None:
    """Refuse files that changed while they were read.

    If the hashes from before and after reading are equal, they are those of the bytes read.

    Raises
    ------
    InputError
        With one fault for each file.
    """
    fix = "Wait until no program is writing to it, and run this again"
    faults = {
        source.path: Fault(source.path, "it changed while it was read", fix)
        for source in sources
        if before.get(Path(source.path), source.sha256) != source.sha256
    }
    if faults:
        raise InputError(faults.values())


def read_inputs(scenario: Scenario, schools: Schools, hashes: Hashes) -> Inputs:
    """Read the files for rules, names and papers.

    Parameters
    ----------
    scenario : Scenario
    schools : Schools
        All schools of the county.
    hashes : mapping of Path to str
        As `hashes_of` returned them before anything was read.

    Raises
    ------
    InputError
        With the faults in all of these files.
    """
    files = scenario.files()
    contents: dict[str, object] = {}
    roles: list[tuple[Path, str]] = []
    notices: list[Notice] = []
    faults: list[Fault] = []
    for kind in rule_kinds():
        named = _files_of(kind, files)
        try:
            if kind.read is not None and named:
                found = kind.read(named, schools)
                contents[kind.section] = found.content
                notices += found.notices
        except InputError as error:
            faults += error.faults
        roles += [(path, _role(kind, name)) for name, path in named.items()]
    for setting, (role, read) in READERS.items():
        if setting not in files:
            continue
        try:
            contents[setting] = read(files[setting], schools)
        except InputError as error:
            faults += error.faults
        roles.append((files[setting], role))
    roles += _read_responses(scenario, schools, contents, faults)
    roles += read_last_years(scenario, schools, contents, faults)
    roles += [(path, "codes retired") for path in _records(scenario)]
    sources = (*_sources(roles, faults), *figures_sources(contents.get(DECISIONS)))
    try:
        if behind := [path for name, path in files.items() if _section(name) == CONTEXT]:
            context = read_context(behind, box_around(schools.points))
            contents[CONTEXT] = context
            sources = (*sources, *context.sources)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    by_setting = {s: hashes[path] for s, path in files.items() if path in hashes}
    return Inputs(files, by_setting, contents=contents, sources=sources, notices=tuple(notices))


def _read_responses(
    scenario: Scenario, schools: Schools, contents: dict[str, object], faults: list[Fault]
) -> list[tuple[Path, str]]:
    """Read the responses to a consultation, after the plan before, whose clusters they name."""
    path, before = scenario.plan.responses, contents.get(PREVIOUS)
    if path is None:
        return []
    try:
        contents[RESPONSES] = responses_now(path, scenario, schools, before)
    except InputError as error:
        faults += error.faults
    return [(path, "responses")]


def _sources(roles: Iterable[tuple[Path, str]], faults: list[Fault]) -> tuple[Source, ...]:
    """Return the records of files; a file without a reader may turn out to be unreadable."""
    sources = []
    for path, role in roles:
        try:
            sources.append(source_of(path, role))
        except OSError as error:
            if not any(fault.where == file_name(path) for fault in faults):
                found = f"it cannot be read ({error.strerror})"
                faults.append(Fault(file_name(path), found, "Check the file"))
    return tuple(sources)


def _role(kind: RuleKind, name: str) -> str:
    """Return the role in the run of a file of a kind of rule."""
    return kind.section if name == "file" else f"{kind.section} {name}"


def _files_of(kind: RuleKind, files: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files named in a kind's section, by their settings within it."""
    begins = f"{kind.section}."
    return {s.removeprefix(begins): path for s, path in files.items() if s.startswith(begins)}


def _records(scenario: Scenario) -> list[Path]:
    """Return the records beside plans, from which their retired codes are read."""
    plan = scenario.plan.previous_plan or scenario.reference.plan
    record = None if plan is None else record_beside(plan)
    return [record] if record is not None and record.is_file() else []


def inputs_for(county: County, scenario: Scenario) -> Inputs:
    """Return what was read with a county, after checking that the scenario asks for that county.

    A county that was put together by hand has no record of the files and settings of its parts, so
    those are not checked.

    Raises
    ------
    InputError
        With one fault for each setting that names a file the county was not read from, or that
        would have made another county.
    """
    others = (*_other_files(scenario, county.inputs.files), *_other_settings(county, scenario))
    faults = [Fault("scenario", found, LOAD_AGAIN, setting=setting) for setting, found in others]
    if faults:
        raise InputError(faults)
    return county.inputs


def _other_files(scenario: Scenario, read: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Yield each setting whose file the county was not read from, with a message."""
    asked = scenario.files()
    by_hand = "schools.file" not in read
    for setting, path in asked.items():
        if by_hand and _of_county(setting, scenario):
            continue
        there = read.get(setting)
        if there is None:
            yield setting, f"the county was read without {str(path)!r}"
        elif path.resolve() != there.resolve():
            yield setting, f"the county was read with {str(there)!r}, not with {str(path)!r}"
    kinds = {kind.section for kind in rule_kinds() if _files_of(kind, asked)}
    for setting, there in read.items():
        used = _of_county(setting, scenario) or _section(setting) in kinds
        if used and setting not in asked:
            yield setting, f"the county was read with {str(there)!r}, but the scenario has no file"


def made_by(scenario: Scenario) -> dict[str, object]:
    """Return the settings, other than files, that make the county what it is, by their keys."""
    files, record = scenario.files(), scenario.record()
    found = {k: v for name in sorted(OF_COUNTY) for k, v in _flat(name, record.get(name, {}))}
    rules = {key for key in found if not OF_RULES.isdisjoint((key, key.rsplit(".")[-1]))}
    return {key: value for key, value in found.items() if key not in rules and key not in files}


def _flat(key: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from _flat(f"{key}.{part}", inner)
    else:
        yield key, value


def _other_settings(county: County, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield each setting by which the county was not made, with a message."""
    read = county.inputs.settings
    if not read:
        return
    asked = made_by(scenario)
    for key in sorted(asked.keys() | {key for key in read if _of_county(key, scenario)}):
        if read.get(key) != asked.get(key):
            there, now = (repr(s[key]) if key in s else "the default" for s in (read, asked))
            yield key, f"the county was read with {there}, not with {now}"


def _of_county(setting: str, scenario: Scenario) -> bool:
    """Whether the county itself is read from a setting's file, and the scenario still uses it."""
    section = _section(setting)
    named = section in NAMED_BY_PLANNERS
    dropped = named and setting.split(".")[1] not in getattr(scenario, section)
    return section in OF_COUNTY and not dropped


def _section(setting: str) -> str:
    return setting.split(".", maxsplit=1)[0]


def content_of(kind: RuleKind, scenario: Scenario, inputs: Inputs) -> object:
    """Return what a kind of rule read for a scenario; None if the scenario names no file for it."""
    return inputs.contents.get(kind.section) if _files_of(kind, scenario.files()) else None


def reference_plan(county: County, scenario: Scenario) -> Plan | None:
    """Return the plan to stay close to, or None if the scenario names none."""
    rows = _content(county, scenario, REFERENCE, PlanRows)
    return None if rows is None else rows.plan(county)


def previous_plan(county: County, scenario: Scenario) -> Plan | None:
    """Return the previous plan, or None if the scenario names none."""
    rows = _content(county, scenario, PREVIOUS, PlanRows)
    return None if rows is None else rows.plan(county)


def cluster_names(county: County, scenario: Scenario) -> ClusterNames | None:
    """Return the planner's own cluster names, or None if the scenario names no file of them."""
    return _content(county, scenario, NAMES, ClusterNames)


def decisions_of(county: County) -> pd.DataFrame | None:
    """Return the list of decisions that a county was read with, or None where there was none."""
    decisions = county.inputs.contents.get(DECISIONS)
    return decisions if isinstance(decisions, pd.DataFrame) else None


def papers_of(county: County, scenario: Scenario) -> Papers:
    """Return what a planner adds to a plan, from the files that a scenario names."""
    names = cluster_names(county, scenario)
    before = _content(county, scenario, PREVIOUS, PlanRows)
    waves = _content(county, scenario, WAVES, Waves)
    return Papers(
        decisions=_content(county, scenario, DECISIONS, pd.DataFrame),
        previous=None if before is None else before.plan(county),
        venues={} if names is None else names.venues,
        decisions_file=scenario.plan.decisions,
        previous_sha256=county.inputs.sha256.get(PREVIOUS, ""),
        previous_urns={} if before is None else before.others,
        corrections=_content(county, scenario, CORRECTIONS, pd.DataFrame),
        corrections_file=scenario.plan.corrections,
        waves={} if waves is None else waves.of_cluster,
        second_clusters=_content(county, scenario, SECOND, SecondClusters),
        responses=_content(county, scenario, RESPONSES, Responses),
    )


def _content(
    county: County, scenario: Scenario, setting: str, kind: type[Content]
) -> Content | None:
    """Return the contents of the file of a setting, or None if there is none."""
    inputs = inputs_for(county, scenario)
    if setting not in scenario.files():
        return None
    found = inputs.contents[setting]
    assert isinstance(found, kind), "every reader returns this type"
    return found


def context_of(county: County) -> Context | None:
    """Return what maps show behind the plan, or None where no file was named."""
    context = county.inputs.contents.get(CONTEXT)
    return context if isinstance(context, Context) else None
