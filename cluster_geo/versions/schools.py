"""Where a school has been in every version of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cluster_geo.compare.clusters import common_codes
from cluster_geo.phrases import listed
from cluster_geo.versions.lineage import Lineage
from cluster_geo.versions.version import Version, plan_of

FIRST, NEW, MOVED, STAYED = "first version", "new in the plan", "moved", "stayed"
# Its record names a version before, which is not at hand.
UNKNOWN = "what was before is not known"
# As in the list of moves, such a school has not moved: it had no cluster of its own.
MADE = "made of schools of several clusters"
COLUMNS = ("version", "urn", "name", "cluster", "cluster_name", "change", "before", "old_urns")


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a school is in a version.

    Parameters
    ----------
    place : int
        Of the version in the lineage.
    urn : int
        That it has in this version.
    code : str
        Of its cluster.
    change : str
        Since the version before: "new in the plan", "made of schools of several clusters", "moved"
        or "stayed"; without one, "first version", or that what was before is not known.
    before : str
        What the version before calls the cluster that it was in; several where it was made of
        schools of several.
    old_urns : tuple of int
        URNs that it had in the version before, where they differ.
    """

    place: int
    urn: int
    code: str
    change: str
    before: str = ""
    old_urns: tuple[int, ...] = ()


def stays_of(lineage: Lineage, place: int) -> dict[int, Stay]:
    """Return where each school of a version is, by its URN, and where it was in the one before."""
    version, link = lineage.versions[place], lineage.links.get(place)
    if link is None:
        began = UNKNOWN if version.replaces or version.made_from else FIRST
        return {urn: Stay(place, urn, code, began) for urn, code in version.code_of.items()}
    old = lineage.versions[link.before]
    same = _codes(old, version, made_from=link.made_from)
    was = _before(old, version)
    found = {}
    for urn, code in version.code_of.items():
        olds = was.get(urn, ())
        codes = list(dict.fromkeys(old.code_of[one] for one in olds))
        others = () if olds == (urn,) else olds
        titles = listed([old.title_of(one) for one in codes])
        change = MADE if len(codes) > 1 else _change(codes, same[code])
        found[urn] = Stay(place, urn, code, change, titles, others)
    return found


def _change(before: Sequence[str], now: str) -> str:
    if not before:
        return NEW
    return STAYED if before == [now] else MOVED


def history_of(lineage: Lineage, urn: int) -> list[Stay]:
    """Return where a school has been in the last version and in those that it was made from.

    Oldest first. The URN may be that of any version. A school that was made of several stands
    with each of them in the versions before, and one that was split with each of its parts since.
    """
    chain = lineage.chain(len(lineage) - 1)
    known = [k for k in chain if urn in lineage.versions[k].code_of]
    if not known:
        return []
    last = chain.index(known[-1])
    before = _back(lineage, {urn}, chain[: last + 1])
    return [*before, *_on(lineage, {urn}, chain[last + 1 :])]


def _back(lineage: Lineage, urns: set[int], chain: Sequence[int]) -> list[Stay]:
    """Return the stays of schools in the last of these versions, and in those before it."""
    found: list[Stay] = []
    for place in reversed(chain):
        stays = stays_of(lineage, place)
        here = [stays[one] for one in sorted(urns) if one in stays]
        found = [*here, *found]
        urns = {old for stay in here for old in stay.old_urns or (stay.urn,)}
    return found


def _on(lineage: Lineage, urns: set[int], chain: Sequence[int]) -> list[Stay]:
    """Return the stays in later versions of what has become of schools."""
    found: list[Stay] = []
    for place in chain:
        version, stays = lineage.versions[place], stays_of(lineage, place)
        urns = {new for urn in urns for new in version.others.get(urn, (urn,))}
        found += [stays[one] for one in sorted(urns) if one in stays]
    return found


def table_of(lineage: Lineage) -> pd.DataFrame:
    """Return one row for each school of each version: the columns of `COLUMNS`.

    `change` is as in `Stay`; `before` what the version before calls the cluster it was in.
    """
    rows = [row for place in range(len(lineage)) for row in _rows(lineage, place)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(lineage: Lineage, place: int) -> Iterator[tuple[object, ...]]:
    version = lineage.versions[place]
    for urn, stay in sorted(stays_of(lineage, place).items()):
        name, title = version.schools.get(urn, ""), version.title_of(stay.code)
        olds = " ".join(map(str, stay.old_urns))
        yield version.version, urn, name, stay.code, title, stay.change, stay.before, olds


def _codes(old: Version, version: Version, *, made_from: bool) -> Mapping[str, str]:
    """Return the code in the version before of each cluster, by its own code."""
    carried = version.carried(old.rows)
    before, after = plan_of(carried, old.hubs), version.plan
    return common_codes(before, after, after.labels, made_from=made_from)


def _before(old: Version, version: Version) -> dict[int, tuple[int, ...]]:
    """Return the URNs that each school had in the version before, by its URN now."""
    found: dict[int, list[int]] = {}
    for urn in sorted(old.code_of):
        for now in version.others.get(urn, (urn,)):
            found.setdefault(now, []).append(urn)
    return {urn: tuple(olds) for urn, olds in found.items()}
