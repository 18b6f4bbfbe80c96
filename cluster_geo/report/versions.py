"""The page of a plan's versions: what was in force when, what was corrected, where schools were."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cluster_geo.phrases import listed
from cluster_geo.publish.edition import Edition, date_text, in_effect
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.publish.timetable import Timetable
from cluster_geo.report import amounts
from cluster_geo.scenario import Brief
from cluster_geo.versions import MADE, MOVED, STAYED, Lineage, Stay, Version, stays_of

PAGES = ("map.html", "report.html", "update.html")


@dataclass(frozen=True, slots=True)
class Row:
    """A version as the page lists it."""

    called: str
    at_head: str
    title: str
    status: str
    in_effect: str
    replaces: str
    reason: str
    decision: str
    informed: str
    schools: int
    clusters: int
    moved: int | None
    pages: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SchoolPath:
    """A school through the versions: what it is called now, and its cluster in each of them."""

    school: str
    stays: list[tuple[str, str]]
    changed: bool


def edition_of_lineage(lineage: Lineage) -> Edition:
    """Return what stands at the head of the page: marked where any version is internal."""
    internal = any(version.audience == "internal" for version in lineage.versions)
    title = lineage.versions[-1].title
    return Edition.of(Brief(audience="internal" if internal else "public", title=title))


def write_versions_page(path: Path, lineage: Lineage, home: Path) -> Path:
    """Write the page of the versions of a plan; return its path.

    Parameters
    ----------
    path : Path
    lineage : Lineage
    home : Path
        The folder that the page will be in, for its links to the versions' own pages.
    """
    page = template_of("cluster_geo.report", "versions.html").render(
        edition=edition_of_lineage(lineage),
        rows=[version_row(lineage, place, home) for place in range(len(lineage))],
        corrections=[
            {"version": version.called, **one}
            for version in lineage.versions
            for one in version.corrections
        ],
        starts=[row for version in lineage.versions for row in _starts(version)],
        called=[version.at_head for version in lineage.versions],
        schools=_schools(lineage),
        words=amounts,
        scripts=scripts_of(*TABLE_SCRIPTS),
    )
    return write_page(path, with_policy(page))


def version_row(lineage: Lineage, place: int, home: Path | None = None) -> Row:
    """Return what is to be said of a version; without a `home` it has no links."""
    version, link = lineage.versions[place], lineage.links.get(place)
    newer = lineage.replaced_by(place)
    status = version.status if newer is None else _replaced(lineage.versions[newer])
    return Row(
        called=version.called,
        at_head=version.at_head,
        title=version.title,
        status=status if version.in_force else version.status,
        in_effect=in_effect(version.effective_date, lineage.ends(place)).removeprefix("in effect "),
        replaces=_before(lineage, place),
        reason=version.reason,
        decision=version.decision_reference,
        informed="; ".join(version.told),
        schools=len(version.code_of),
        clusters=len(version.rows.members),
        moved=None if link is None else moved(lineage, place),
        pages=[] if home is None else list(_pages(version, home)),
    )


def _replaced(newer: Version) -> str:
    since = f" from {date_text(newer.effective_date)}" if newer.effective_date else ""
    return f"replaced by {newer.called}{since}"


def _before(lineage: Lineage, place: int) -> str:
    """Return which version one replaces: that of its record, or the one that it was made from."""
    version, link = lineage.versions[place], lineage.links.get(place)
    if version.replaces:
        return f"version {version.replaces}"
    return "" if link is None else lineage.versions[link.before].called


def moved(lineage: Lineage, place: int) -> int:
    """Return how many schools are in another cluster than in the version before."""
    return sum(stay.change == MOVED for stay in stays_of(lineage, place).values())


def stay_words(lineage: Lineage, stay: Stay, urn: int) -> str:
    """Say where a school is in a version, and where it was in the one before, in a sentence.

    Its name and URN of then are said where it has another URN than `urn`.
    """
    version = lineage.versions[stay.place]
    when = in_effect(version.effective_date, lineage.ends(stay.place))
    head = ", ".join(filter(None, (version.at_head, version.status, when)))
    name = version.schools.get(stay.urn) or "a school"
    who = "" if stay.urn == urn else f", as {name} ({stay.urn})"
    what = {
        MOVED: f"it moved there from {stay.before}",
        STAYED: "as before",
        MADE: f"it was made of schools of {stay.before}",
    }.get(stay.change, stay.change)
    return f"{head}: {version.title_of(stay.code)}{who} ({what})."


def _pages(version: Version, home: Path) -> Iterator[tuple[str, str]]:
    """Yield name and address of a version's pages, where they are near the page that links."""
    folder = Path(os.path.relpath(version.folder.resolve(), home.resolve()))
    if folder.parts.count("..") > 1:
        return
    for name in PAGES:
        if (version.folder / name).is_file():
            yield name.removesuffix(".html"), (folder / name).as_posix()


def _starts(version: Version) -> Iterator[dict[str, str]]:
    for wave, codes in Timetable(version.waves).by_wave().items():
        yield {
            "version": version.called,
            "starts": date_text(wave.starts) if wave.starts else "not decided",
            "wave": wave.name,
            "clusters": listed([version.title_of(code) for code in codes]),
        }


def _schools(lineage: Lineage) -> list[SchoolPath]:
    """Return the path of each school; one that became part of another ends where it did."""
    rows: list[dict[int, Stay]] = []
    at: list[dict[int, int]] = []
    for place in range(len(lineage)):
        link, here = lineage.links.get(place), dict[int, int]()
        before = {} if link is None else at[link.before]
        for urn, stay in sorted(stays_of(lineage, place).items()):
            olds = [before[old] for old in stay.old_urns or (urn,) if old in before]
            free = [row for row in olds if place not in rows[row]]
            if not free:
                rows.append({})
                free = [len(rows) - 1]
            rows[free[0]][place] = stay
            here[urn] = free[0]
        at.append(here)
    paths = [_path(lineage, stays) for stays in rows]
    return sorted(paths, key=lambda path: path.school)


def _path(lineage: Lineage, stays: dict[int, Stay]) -> SchoolPath:
    last = stays[max(stays)]
    name = lineage.versions[last.place].schools.get(last.urn) or "School"
    cells = [_cell(lineage, stays.get(place)) for place in range(len(lineage))]
    changed = len({text for text, _ in cells}) > 1 or any(note for _, note in cells)
    return SchoolPath(f"{name} ({last.urn})", cells, changed)


def _cell(lineage: Lineage, stay: Stay | None) -> tuple[str, str]:
    """Return the cluster of a school, and a note: that it moved, or the URN that it had."""
    if stay is None:
        return "not in the plan", ""
    notes: Sequence[str] = [stay.change] if stay.change in (MOVED, MADE) else []
    if stay.old_urns:
        notes = [*notes, f"before: URN {listed([str(urn) for urn in stay.old_urns])}"]
    return lineage.versions[stay.place].title_of(stay.code), ", ".join(notes)
