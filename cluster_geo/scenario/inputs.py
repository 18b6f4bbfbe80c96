"""The files of a scenario, each read once with its county, and what is taken from them later.

`load_county` alone reads what a scenario names. Whoever needs more of it than the county's parts
hold (the rules, the clusters that stay frozen, codes and names, the papers of a plan) takes it
from the county, which means the same whatever has become of the files. A scenario that names other
files than the county was read from is refused: it would be judged by what it does not name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from cluster_geo.county import County, Inputs
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.plan import (
    ClusterNames,
    Papers,
    Plan,
    PlanRows,
    read_decisions,
    read_names,
    read_plan_rows,
    record_beside,
)
from cluster_geo.records import Notice, Source, sha256_of, source_of
from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.registry import rule_kinds
from cluster_geo.schools import Schools

Content = TypeVar("Content")
Hashes = Mapping[Path, str]
"""SHA-256 of files by their paths."""

REFERENCE, PREVIOUS = "reference.plan", "plan.previous_plan"
DECISIONS, NAMES = "plan.decisions", "clusters.names"
# What a file is to the run, and how it is read, by the setting that names it.
READERS: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    REFERENCE: ("reference plan", read_plan_rows),
    PREVIOUS: ("previous plan", read_plan_rows),
    DECISIONS: ("decisions", read_decisions),
    NAMES: ("cluster names", read_names),
}
# Sections whose files the parts of a county are made of.
OF_COUNTY = frozenset({"schools", "neighbours", "travel", "boundaries"})
LOAD_AGAIN = "Read the county of this scenario: county = load_county(scenario)"


def with_inputs(county: County, scenario: Scenario) -> County:
    """Return a county with what a scenario's files say to rules, names and papers.

    `load_county` reads them too. This is for a county that was put together by hand, or that is
    to have another plan to stay close to, other networks, pairs or names.

    Raises
    ------
    InputError
        With the faults of all these files together.
    """
    hashes = hashes_of(scenario)
    inputs = read_inputs(scenario, county.schools, hashes)
    require_unchanged(hashes, inputs.sources)
    made = {s: path for s, path in county.inputs.files.items() if _section(s) in OF_COUNTY}
    more = {s: path for s, path in inputs.files.items() if _section(s) not in OF_COUNTY}
    return replace(county, inputs=replace(inputs, files=made | more))


def hashes_of(scenario: Scenario) -> Hashes:
    """Return the hash of every file that a scenario names or that lies beside one of its plans.

    A file that cannot be read is left to its reader, which says what is wrong with it.
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
    """Refuse files that are not what they were before they were read.

    Their hashes were taken before and after: where the two are one, it is that of the bytes that
    were read.

    Raises
    ------
    InputError
        With one fault for each file.
    """
    fix = "Wait until nothing writes to it any more, and run this again"
    faults = {
        source.path: Fault(source.path, "it changed while it was read", fix)
        for source in sources
        if before.get(Path(source.path), source.sha256) != source.sha256
    }
    if faults:
        raise InputError(faults.values())


def read_inputs(scenario: Scenario, schools: Schools, hashes: Hashes) -> Inputs:
    """Read the files that no part of the county is made of.

    Parameters
    ----------
    scenario : Scenario
    schools : Schools
        All of the county.
    hashes : mapping of Path to str
        As `hashes_of` gave them before anything was read.

    Raises
    ------
    InputError
        With the faults of all these files together.
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
            contents[setting] = read(files[setting])
        except InputError as error:
            faults += error.faults
        roles.append((files[setting], role))
    roles += [(path, "codes retired") for path in _records(scenario)]
    sources = _sources(roles, faults)
    if faults:
        raise InputError(faults)
    by_setting = {s: hashes[path] for s, path in files.items() if path in hashes}
    return Inputs(files, by_setting, contents, sources, tuple(notices))


def _sources(roles: Iterable[tuple[Path, str]], faults: list[Fault]) -> tuple[Source, ...]:
    """Return the records of files; a file that no reader has looked at may not be readable."""
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
    """Say what a file of a kind of rule is to the run."""
    return kind.section if name == "file" else f"{kind.section} {name}"


def _files_of(kind: RuleKind, files: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files of a kind's section, by their settings within it."""
    begins = f"{kind.section}."
    return {s.removeprefix(begins): path for s, path in files.items() if s.startswith(begins)}


def _records(scenario: Scenario) -> list[Path]:
    """Return the record beside a plan, from which its retired codes are read; none without one."""
    plan = scenario.plan.previous_plan or scenario.reference.plan
    record = None if plan is None else record_beside(plan)
    return [record] if record is not None and record.is_file() else []


def inputs_for(county: County, scenario: Scenario) -> Inputs:
    """Return what was read with a county, once it is clear that it is what the scenario names.

    Of a county that was put together by hand it is not known what its parts were made of.

    Raises
    ------
    InputError
        With one fault for each setting that names another file than the county was read from.
    """
    faults = [
        Fault("scenario", found, LOAD_AGAIN, setting=setting)
        for setting, found in _other_files(scenario, county.inputs.files)
    ]
    if faults:
        raise InputError(faults)
    return county.inputs


def _other_files(scenario: Scenario, read: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Yield each setting whose file the county was not read from, and words that say so."""
    asked = scenario.files()
    by_hand = "schools.file" not in read
    for setting, path in asked.items():
        if by_hand and _of_county(setting, scenario):
            continue
        there = read.get(setting)
        if there is None:
            yield setting, f"the county was read without {str(path)!r}"
        elif path not in (there, there.absolute()) and path.absolute() != there.absolute():
            yield setting, f"the county was read with {str(there)!r} and not with {str(path)!r}"
    kinds = {kind.section for kind in rule_kinds() if _files_of(kind, asked)}
    for setting, there in read.items():
        used = _of_county(setting, scenario) or _section(setting) in kinds
        if used and setting not in asked:
            yield setting, f"the county was read with {str(there)!r}, and no file is named here"


def _of_county(setting: str, scenario: Scenario) -> bool:
    """Whether a part of the county that the scenario asks for is made of a setting's file."""
    section = _section(setting)
    dropped = section == "boundaries" and setting.split(".")[1] not in scenario.boundaries
    return section in OF_COUNTY and not dropped


def _section(setting: str) -> str:
    return setting.split(".", maxsplit=1)[0]


def content_of(kind: RuleKind, scenario: Scenario, inputs: Inputs) -> object:
    """Return what a kind of rule has read for a scenario, None where it names no file of it."""
    return inputs.contents.get(kind.section) if _files_of(kind, scenario.files()) else None


def reference_plan(county: County, scenario: Scenario) -> Plan | None:
    """Return the plan to stay close to, or None where none is named."""
    rows = _content(county, scenario, REFERENCE, PlanRows)
    return None if rows is None else rows.plan(county)


def previous_plan(county: County, scenario: Scenario) -> Plan | None:
    """Return the plan before this one, or None where none is named."""
    rows = _content(county, scenario, PREVIOUS, PlanRows)
    return None if rows is None else rows.plan(county)


def cluster_names(county: County, scenario: Scenario) -> ClusterNames | None:
    """Return the planner's own names of clusters, or None where no file of them is named."""
    return _content(county, scenario, NAMES, ClusterNames)


def papers_of(county: County, scenario: Scenario) -> Papers:
    """Return the decisions, the previous plan and the venues that a scenario names."""
    names = cluster_names(county, scenario)
    return Papers(
        decisions=_content(county, scenario, DECISIONS, pd.DataFrame),
        previous=previous_plan(county, scenario),
        venues={} if names is None else names.venues,
        decisions_file=scenario.plan.decisions,
    )


def _content(
    county: County, scenario: Scenario, setting: str, kind: type[Content]
) -> Content | None:
    """Return what was in the file of a setting."""
    inputs = inputs_for(county, scenario)
    if setting not in scenario.files():
        return None
    found = inputs.contents[setting]
    assert isinstance(found, kind), "its reader makes it so"
    return found
