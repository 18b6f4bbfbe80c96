"""One version of a plan, read from its output folder alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cluster_geo.compare.school_changes import Published
from cluster_geo.delimited import open_delimited
from cluster_geo.errors import Fault, InputError, gathered
from cluster_geo.plan import PLAN_FILE, Cluster, Plan, PlanRows, Wave, title_of
from cluster_geo.records import Notice, report, sha256_of
from cluster_geo.scenario import RUN_RECORD, record_of
from cluster_geo.schools.dates import is_iso
from cluster_geo.schools.identity import Identity, Succession

# What a record says of a version; older records say less.
TEXTS = (
    *("title", "version", "status", "decision_reference", "replaces", "reason"),
    *("superseded_by", "audience"),
)
DATES = ("effective_date", "end_date", "as_at")
IN_FORCE = frozenset({"adopted", "superseded"})
NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, eq=False)
class Version:
    """A version of a plan, as its folder has it on record.

    Parameters
    ----------
    folder : Path
    title, version, status, decision_reference : str
        As in the scenario's ``[plan]``; "" where the record does not say.
    effective_date, end_date : str
        In ISO 8601.
    replaces, reason, superseded_by : str
    audience, as_at : str
    told : tuple of str
        Who was informed, and when.
    sha256 : str
        Hash of its list of schools.
    made_from : str
        Hash of the list that it was made from, as its record has it: plain, or keyed.
    others : mapping of int to tuple of int
        URNs that the schools of that list have in this version, where they differ.
    corrections : tuple of mapping
        `figure`, `published`, `correct`, `since`, `reason` of what an earlier issue had wrong.
    waves : mapping of str to Wave
        When each cluster starts, by code, where not all do at once.
    rows : PlanRows
        Which schools are together.
    schools : mapping of int to str
        Names of the schools, by URN.
    hubs : frozenset of int
        URNs of the central schools.
    """

    folder: Path
    title: str
    version: str
    status: str
    decision_reference: str
    effective_date: str
    end_date: str
    replaces: str
    reason: str
    superseded_by: str
    audience: str
    as_at: str
    told: tuple[str, ...]
    sha256: str
    made_from: str
    others: Mapping[int, tuple[int, ...]]
    corrections: tuple[Mapping[str, str], ...]
    waves: Mapping[str, Wave]
    rows: PlanRows = field(repr=False)
    schools: Mapping[int, str] = field(repr=False)
    hubs: frozenset[int] = field(repr=False)

    @property
    def called(self) -> str:
        """What a sentence calls it: "version 3", or its folder where it has no number."""
        return f"version {self.version}" if self.version else self.folder.name

    @property
    def at_head(self) -> str:
        """What a sentence that begins with it calls it."""
        return f"Version {self.version}" if self.version else self.folder.name

    @property
    def in_force(self) -> bool:
        """Whether it is, or was, in force: a draft replaces nothing."""
        return self.status in IN_FORCE

    @cached_property
    def plan(self) -> Plan:
        """Its clusters, with the URNs of then."""
        return plan_of(self.rows, self.hubs)

    @cached_property
    def code_of(self) -> dict[int, str]:
        """Code of each school's cluster, by URN."""
        return {urn: code for code, urns in self.rows.members.items() for urn in urns}

    def title_of(self, code: str) -> str:
        """Return what the version calls a cluster."""
        return title_of(code, self.rows.names)

    def carried(self, before: PlanRows) -> PlanRows:
        """Return the list that this version was made from, with the URNs of this version."""
        found = {old: Succession(old, new, "") for old, new in self.others.items()}
        return before.carried(Identity(found), self.folder.name)


def plan_of(rows: PlanRows, hubs: frozenset[int]) -> Plan:
    """Return the plan that a list says, without a county: its central schools are `hubs`."""
    clusters = {}
    for code, urns in rows.members.items():
        members = tuple(sorted(urns))
        clusters[code] = Cluster(members, next((u for u in members if u in hubs), members[0]))
    return Plan.coded(clusters, rows.names, rows.retired)


def natural(version: str) -> tuple[tuple[int, str], ...]:
    """Return what versions are ordered by: 2.10 comes after 2.9.

    Examples
    --------
    >>> sorted(["2.10", "2.9", "1"], key=natural)
    ['1', '2.9', '2.10']
    """
    parts = NUMBER.split(version)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def folders_in(paths: Iterable[str | Path]) -> list[Path]:
    """Return the output folders of plans among folders, and in folders that hold them.

    Parameters
    ----------
    paths : iterable of path
        Output folders, or folders of output folders (those that are not plans are left out).

    Raises
    ------
    InputError
        With a fault for each that is neither.
    """
    found: dict[Path, Path] = {}
    faults: list[Fault] = []
    for path in map(Path, paths):
        own = [path] if _holds_plan(path) else sorted(filter(_holds_plan, _children(path)))
        for child in [] if own == [path] else sorted(_children(path)):
            if (child / PLAN_FILE).is_file() and child not in own:
                text = f"{child.name} has a {PLAN_FILE} and no {RUN_RECORD}: it is left out"
                report(Notice("file", text))
        found |= {folder.resolve(): folder for folder in own}
        if not own:
            what = (
                "no plan with its record is in this folder" if path.is_dir() else "no such folder"
            )
            fix = f"Give an output folder, with {PLAN_FILE} and {RUN_RECORD}, or a folder of them"
            faults.append(Fault(str(path), what, fix))
    if faults:
        raise InputError(faults)
    return list(found.values())


def _holds_plan(folder: Path) -> bool:
    return (folder / PLAN_FILE).is_file() and (folder / RUN_RECORD).is_file()


def _children(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (child for child in folder.iterdir() if not child.name.startswith("."))


def read_versions(paths: Iterable[str | Path]) -> list[Version]:
    """Read every version of `folders_in`.

    Raises
    ------
    InputError
        With the faults of all of them.
    """
    faults: list[Fault] = []
    found = [gathered(folder, read_version, faults) for folder in folders_in(paths)]
    if faults:
        raise InputError(faults)
    return [version for version in found if version is not None]


def read_version(folder: str | Path) -> Version:
    """Read a version from its output folder.

    Raises
    ------
    InputError
        Where the list of schools or the record cannot be read.
    """
    folder = Path(folder)
    record, file = record_of(folder / RUN_RECORD), folder / PLAN_FILE
    about = record.get("plan")
    if not isinstance(about, dict):
        fix = "Give the folder of a run that found a plan"
        raise InputError([Fault(str(folder / RUN_RECORD), "it is not the record of a plan", fix)])
    try:
        published = Published.read(file)
    except InputError as error:
        # The lists of all versions have one name.
        raise InputError(
            [replace(one, where=f"{folder.name}/{one.where}") for one in error.faults]
        ) from error
    details = published.details
    named = zip(details.index, details["name"], strict=True) if "name" in details else ()
    return Version(
        folder=folder,
        **{name: _text(about.get(name)) for name in TEXTS},
        **{name: _date(about.get(name)) for name in DATES},
        told=tuple(map(str, _list(about.get("told")))),
        sha256=sha256_of(file),
        made_from=_text(record.get("previous_plan_sha256")),
        others=dict(_others(record.get("previous_urns"))),
        corrections=tuple(_corrections(record.get("corrections"))),
        waves=dict(_waves(record.get("waves"))),
        rows=published.rows,
        schools={int(urn): str(name) for urn, name in named},
        hubs=_hubs(file),
    )


def _hubs(file: Path) -> frozenset[int]:
    """Return the central schools of a list, where it says which they are."""
    table = open_delimited(file)
    heads = {head.casefold(): head for head in table.header}
    if "hub_urn" not in heads:
        return frozenset()
    cells = table.columns({heads["hub_urn"]: "hub_urn"})["hub_urn"]
    return frozenset(int(text) for text in cells if text.isdecimal())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(value: object) -> str:
    """Return a date in ISO 8601, "" for anything else that somebody may have written there."""
    text = _text(value)
    return text if is_iso(text) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _others(value: object) -> Iterator[tuple[int, tuple[int, ...]]]:
    for old, new in value.items() if isinstance(value, dict) else ():
        urns = tuple(urn for urn in _list(new) if isinstance(urn, int))
        if old.isdecimal() and urns:
            yield int(old), urns


def _corrections(value: object) -> Iterator[dict[str, str]]:
    for one in _list(value):
        if isinstance(one, dict):
            names = ("figure", "published", "correct", "since", "reason")
            yield {name: _text(one.get(name)) for name in names}


def _waves(value: object) -> Iterator[tuple[str, Wave]]:
    for code, wave in value.items() if isinstance(value, dict) else ():
        if isinstance(wave, dict):
            yield code, Wave(_text(wave.get("starts")), _text(wave.get("name")))
