"""LSOAs that lie apart from the rest of their PCN, and LSOAs without patients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import networkx as nx

from cluster_geo.boundaries.pcn.counts import count_lsoas
from cluster_geo.boundaries.pcn.lsoas import Lsoas
from cluster_geo.phrases import in_short
from cluster_geo.records import Notice

# A group of LSOAs without patients that is larger than this share of those with patients lies
# outside the PCNs; a smaller one is a gap in the figures.
MOST_HOLE = 0.1
# More empty LSOAs than this suggest two censuses: between 2011 and 2021 about 6 % changed.
FEW_EMPTY = 0.02
MANY_EMPTY = (
    " So many suggest that patients and polygons are by LSOAs of different years; if so, give a "
    "lookup with --lookup."
)
# Giving one detached group away may join another to its PCN, or cut one off.
MOST_ROUNDS = 5


def fill_empty(
    pcn_of: Mapping[str, str], lsoas: Lsoas
) -> tuple[dict[str, str], tuple[Notice, ...]]:
    """Give LSOAs without patients to the PCN around them, by the longest border.

    Parameters
    ----------
    pcn_of : mapping of str to str
        PCN by LSOA, of those that have patients.
    lsoas : Lsoas

    Returns
    -------
    pcn_of : dict of str to str
        PCN by LSOA; groups of empty LSOAs too large to be a gap are left out.
    notices : tuple of Notice
    """
    known = {code: pcn_of[code] for code in lsoas.codes if code in pcn_of}
    empty = lsoas.borders.subgraph(code for code in lsoas.codes if code not in known)
    filled: list[str] = []
    left: list[str] = []
    limit = max(1.0, MOST_HOLE * len(known))
    for group in sorted(map(sorted, nx.connected_components(empty))):
        if len(group) > limit:
            left += group
            continue
        waiting = group
        while waiting:
            found = {code: pcn for code in waiting if (pcn := _around([code], known, lsoas))}
            if not found:
                break
            known |= found
            filled += found
            waiting = [code for code in waiting if code not in found]
        left += waiting
    notices: tuple[Notice, ...] = ()
    if filled:
        text = "without patients in the figures went to the PCN with the longest shared border"
        hint = MANY_EMPTY if len(filled) > FEW_EMPTY * len(known) else ""
        notices += (
            Notice("pcn", f"{count_lsoas(len(filled))} {text}: {in_short(sorted(filled))}.{hint}"),
        )
    if left:
        text = f"{count_lsoas(len(left))} without patients in the figures, outside these PCNs"
        notices += (Notice("pcn", f"Left out: {text}: {in_short(sorted(left))}."),)
    return dict(sorted(known.items())), notices


def detached_groups(pcn_of: Mapping[str, str], lsoas: Lsoas) -> list[list[str]]:
    """Return the groups of LSOAs that touch no other part of their PCN, except its largest.

    Ascending by number of LSOAs, then by code. If two groups are largest, the one with the lowest
    code is the PCN's main one.
    """
    within: nx.Graph[str] = nx.Graph()
    within.add_nodes_from(pcn_of)
    within.add_edges_from(
        (a, b) for a, b in lsoas.borders.edges if pcn_of.get(a, a) == pcn_of.get(b, b)
    )
    groups = sorted(map(sorted, nx.connected_components(within)), key=lambda g: (-len(g), g))
    seen: set[str] = set()
    detached = []
    for group in groups:
        pcn = pcn_of[group[0]]
        if pcn in seen:
            detached.append(group)
        seen.add(pcn)
    return sorted(detached, key=lambda group: (len(group), group))


def absorb(
    pcn_of: Mapping[str, str], lsoas: Lsoas, most: int
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give small detached groups to the PCN with the longest shared border.

    Parameters
    ----------
    pcn_of : mapping of str to str
        PCN by LSOA.
    lsoas : Lsoas
    most : int
        Groups of up to this many LSOAs are given away; 0 for none.

    Returns
    -------
    pcn_of : dict of str to str
    moved : tuple of str
        LSOAs whose PCN has changed, ascending.
    """
    now = dict(pcn_of)
    for _ in range(MOST_ROUNDS):
        small = [group for group in detached_groups(now, lsoas) if len(group) <= most]
        changed = False
        for group in small:
            around = _around(group, now, lsoas)
            if around and around != now[group[0]]:
                now |= dict.fromkeys(group, around)
                changed = True
        if not changed:
            break
    moved = tuple(sorted(code for code in now if now[code] != pcn_of[code]))
    return now, moved


def detached_notices(
    groups: Iterable[list[str]],
    pcn_of: Mapping[str, str],
    names: Mapping[str, str],
    lsoas: Lsoas,
) -> tuple[Notice, ...]:
    """Name each detached group with its size and place."""
    return tuple(
        Notice(
            "pcn",
            f"{names[pcn_of[group[0]]]} has a detached part of {count_lsoas(len(group))} at "
            f"{lsoas.name_of(group[0])}.",
        )
        for group in groups
    )


def _around(group: Iterable[str], pcn_of: Mapping[str, str], lsoas: Lsoas) -> str | None:
    """Return the PCN with the longest border with a group, in a tie the lowest code."""
    members = set(group)
    border: Counter[str] = Counter()
    for code in members:
        for other, edge in lsoas.borders.adj[code].items():
            if other not in members and other in pcn_of:
                border[pcn_of[other]] += edge["metres"]
    return min(border, key=lambda pcn: (-border[pcn], pcn), default=None)
