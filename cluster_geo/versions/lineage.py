"""Which version of a plan replaces which, in what order they were made, and what does not fit."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from cluster_geo.records import recorded_as
from cluster_geo.schools.dates import in_words
from cluster_geo.versions.version import Version, natural

NO_DATE = "9999"


@dataclass(frozen=True, slots=True)
class Link:
    """That a version was made from another.

    Parameters
    ----------
    before : int
        Place of the other version in the lineage.
    made_from : bool
        Whether its record has the very list of the other version. Then clusters of one code are
        the same as long as they share a school.
    replaces : bool
        Whether it replaces that version; not so where its planner has named another.
    doubt : str
        What does not fit, in a sentence; "" for nothing.
    """

    before: int
    made_from: bool
    replaces: bool = True
    doubt: str = ""


@dataclass(frozen=True, eq=False)
class Lineage:
    """The versions of a plan, each after the one it was made from.

    Parameters
    ----------
    versions : tuple of Version
    links : mapping of int to Link
        By the place of the version that was made from another.
    remarks : tuple of str
        What was found on the way, in sentences: versions that are not among these folders, folders
        that hold the same version.
    """

    versions: tuple[Version, ...]
    links: Mapping[int, Link]
    remarks: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.versions)

    def replaced_by(self, place: int) -> int | None:
        """Return the place of the version that replaces one; a draft replaces none.

        Of several it is the last one.
        """
        newer = [
            k
            for k, link in self.links.items()
            if link.before == place and link.replaces and self.versions[k].in_force
        ]
        return max(newer, default=None)

    def ends(self, place: int) -> str:
        """Return the last day that a version is in effect (ISO 8601), "" where it is not known.

        That is the day before the next one takes effect. One that corrects it may have the very
        date: then it is not known when it was issued.
        """
        own, newer = self.versions[place], self.replaced_by(place)
        if own.end_date or newer is None:
            return own.end_date
        follows = self.versions[newer].effective_date
        return day_before(follows) if follows > own.effective_date else ""

    def chain(self, place: int) -> list[int]:
        """Return a version and those that it was made from, one from the other, oldest first."""
        found = [place]
        while found[-1] in self.links:
            found.append(self.links[found[-1]].before)
        return found[::-1]

    @property
    def doubts_of_links(self) -> list[str]:
        """What does not fit in what was made from what, in sentences."""
        return [link.doubt for _, link in sorted(self.links.items()) if link.doubt]

    @cached_property
    def doubts(self) -> list[str]:
        """What does not fit together, in sentences."""
        return [*self.remarks, *self.doubts_of_links, *self._not_marked(), *self._at_once()]

    def _not_marked(self) -> Iterator[str]:
        for place, version in enumerate(self.versions):
            newer = self.replaced_by(place)
            if newer is not None and version.status == "adopted":
                by, again = self.versions[newer], f"{version.folder}-superseded"
                folders = [shlex.quote(str(p)) for p in (version.folder, by.folder, again)]
                yield (
                    f"The pages of {version.called} do not say that {by.called} replaces it. "
                    f"Write them again: cluster-geo export {folders[0]} --superseded-by "
                    f"{folders[1]} --to {folders[2]}"
                )

    def _at_once(self) -> Iterator[str]:
        """Yield each pair of versions that are in effect on one day, and neither replaces."""
        spans = [
            (v.effective_date, self.ends(k) or NO_DATE, k)
            for k, v in enumerate(self.versions)
            if v.in_force and v.effective_date
        ]
        for one, other in combinations(sorted(spans), 2):
            places = one[2], other[2]
            if other[0] <= one[1] and not any(self.replaced_by(p) in places for p in places):
                day = in_words(other[0])
                first, second = (self.versions[place] for place in places)
                names = f"{first.at_head} and {second.called}"
                yield f"{names} are both in effect on {day}. Give the first an end date."


def lineage_of(versions: Sequence[Version]) -> Lineage:
    """Find which version was made from which, and bring them into order.

    A version replaces the one of the number that its planner gave (`replaces`); without a number,
    the one whose list is that of its record. Of two folders with one number and one list only that
    one counts whose pages say that it is superseded.
    """
    versions, remarks = _once(versions)
    links: dict[int, Link] = {}
    # A number is surer than a list, which a later version may have again.
    for find in (_by_number, _by_list):
        for place in range(len(versions)):
            older = [k for k in range(len(versions)) if place not in _ancestors(k, links)]
            if place not in links and (link := find(place, older, versions)):
                links[place] = link
    for place, version in enumerate(versions):
        if place not in links and (version.replaces or version.made_from):
            remarks.append(_without_link(version, versions))
    order = _order(versions, links)
    new = {old: place for place, old in enumerate(order)}
    moved = {new[place]: replace(link, before=new[link.before]) for place, link in links.items()}
    return Lineage(tuple(versions[old] for old in order), moved, tuple(remarks))


def _without_link(version: Version, versions: Sequence[Version]) -> str:
    """Say that it is not known what a version was made from."""
    if any(version.replaces and one.version == version.replaces for one in versions):
        other = f"version {version.replaces}"
        return f"{version.at_head} replaces {other} by its record, but {other} was made from it."
    before = f"version {version.replaces}" if version.replaces else "another plan"
    return f"{version.at_head} was made from {before}, which is not among these folders."


def _once(versions: Sequence[Version]) -> tuple[list[Version], list[str]]:
    """Return the versions without those that were written again, and what to say of that."""
    kept: list[Version] = []
    remarks = []
    for version in sorted(versions, key=_says_most):
        same = [one for one in kept if version.version and one.version == version.version]
        again = next((one for one in same if one.sha256 == version.sha256), None)
        if again is not None:
            other = "" if _facts(version) == _facts(again) else ", with other dates or texts"
            remarks.append(
                f"{version.folder.name} and {again.folder.name} both hold {version.called}{other}: "
                f"{again.folder.name} is listed."
            )
            continue
        remarks += [
            f"{one.folder.name} and {version.folder.name} hold different plans, and both are "
            f"called {version.called}. Give one of them another number."
            for one in same
        ]
        kept.append(version)
    return [version for version in versions if version in kept], remarks


def _says_most(version: Version) -> tuple[object, ...]:
    """Return by what the folders of one version are ordered: that it was replaced, then waves."""
    more = len(version.waves) + len(version.corrections)
    return version.status != "superseded", -more, version.folder.name


def _facts(version: Version) -> tuple[object, ...]:
    # A last day is given to a version when it is replaced.
    texts = (
        version.effective_date,
        version.title,
        version.reason,
        version.decision_reference,
        version.told,
    )
    return texts, version.corrections, dict(version.waves)


def day_before(iso: str) -> str:
    """Return the day before a day, both in ISO 8601."""
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat()


def _ancestors(place: int, links: Mapping[int, Link]) -> list[int]:
    found = [place]
    while found[-1] in links:
        found.append(links[found[-1]].before)
    return found


def _by_number(place: int, older: Sequence[int], versions: Sequence[Version]) -> Link | None:
    """Return the link to the version that a planner says it replaces."""
    version = versions[place]
    named = [k for k in older if version.replaces and versions[k].version == version.replaces]
    if not named:
        return None
    same = {k: recorded_as(versions[k].sha256, version.made_from) for k in named}
    chosen = next((k for k in named if same[k]), named[0])
    before = versions[chosen]
    # A version that is issued again has the list of the one that it corrects.
    if same[chosen] or before.sha256 == version.sha256:
        return Link(chosen, made_from=True)
    if same[chosen] is None:
        return Link(chosen, made_from=False)
    doubt = (
        f"{version.at_head} was made from another list than the one that is now in "
        f"{before.folder.name}, which is {before.called} by its number."
    )
    return Link(chosen, made_from=False, doubt=doubt)


def _by_list(place: int, older: Sequence[int], versions: Sequence[Version]) -> Link | None:
    """Return the link to the version whose list is that of the record, the newest of several."""
    version = versions[place]
    same = [k for k in older if recorded_as(versions[k].sha256, version.made_from)]
    newest = max(same, key=lambda k: (natural(versions[k].version), -k), default=None)
    if newest is None:
        return None
    lacks = version.replaces and (
        f"{version.at_head} replaces version {version.replaces}, which is not among"
        f" these folders; it was made from {versions[newest].called}."
    )
    return Link(newest, made_from=True, replaces=not lacks, doubt=lacks)


def _order(versions: Sequence[Version], links: Mapping[int, Link]) -> list[int]:
    """Return the places, each after that of the version it was made from, then by date."""

    def key(place: int) -> tuple[object, ...]:
        version = versions[place]
        date = version.effective_date or NO_DATE
        return date, natural(version.version), version.folder.name

    left, done = set(range(len(versions))), list[int]()
    while left:
        ready = [k for k in left if k not in links or links[k].before in done]
        done.append(min(ready, key=key))
        left.remove(done[-1])
    return done
