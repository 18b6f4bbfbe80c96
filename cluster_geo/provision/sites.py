"""Where there are places for a need, and where there could be."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from cluster_geo.county import County
from cluster_geo.phrases import counted, in_short
from cluster_geo.provision.lists import OTHER_KINDS, TEAM, Lists, figures_of
from cluster_geo.provision.question import CHANGED, EXPANDED, NEW, Question
from cluster_geo.rules import needs_of
from cluster_geo.schools.needs import SEPARATOR


@dataclass(frozen=True)
class Site:
    """Places for the need, or what could become places.

    Parameters
    ----------
    name : str
    urns : tuple of int
        Schools that stand for where it is: travel is to the nearest of them. Empty for a team,
        which travels to the pupils.
    places : float
        May be a fraction, where the places of a provision for several needs are shared out.
    kind : {"", "new", "expanded", "changed"}
        What has to be done for it; "" where it is there.
    """

    name: str
    urns: tuple[int, ...]
    places: float
    kind: str = ""


def of_phase(county: County, phase: str) -> frozenset[int]:
    """Return the URNs of the schools with pupils of a phase."""
    return county.schools.primaries if phase == "primary" else county.schools.secondaries


def sites_of(county: County, asked: Question, lists: Lists) -> tuple[list[Site], list[str]]:
    """Return all sites, those that are there first, and sentences about how places are counted."""
    words: list[str] = []
    here = of_phase(county, asked.phase)
    needs = needs_of(county)
    theirs = {urn: needs[urn] for urn in sorted(needs.keys() & here)}
    found = _there(county, asked, theirs, words)
    if lists.others is not None:
        found += _others(county, asked, lists, words)
    with_need = {urn for urn, kinds in theirs.items() if asked.need in kinds}
    if lists.candidates is None:
        if asked.new:
            found += [
                Site(_name(county, (urn,)), (urn,), asked.places, NEW)
                for urn in sorted(here - with_need - _left_out(county, asked, words))
            ]
        if asked.expand:
            found += [_expanded(county, (urn,), asked.by) for urn in sorted(with_need)]
    else:
        found += _candidates(county, asked, lists.candidates, with_need)
    if asked.change:
        found += _changed(county, theirs, with_need, words)
    return found, words


def _there(
    county: County, asked: Question, theirs: dict[int, tuple[str, ...]], words: list[str]
) -> list[Site]:
    """Return the SRPs for the need; the places of several needs or phases are shared out."""
    places = figures_of(county, "srp_places")
    both = county.schools.primaries & county.schools.secondaries
    found, unknown, several = [], [], 0
    for urn, kinds in theirs.items():
        if asked.need not in kinds:
            continue
        if math.isnan(places[urn]):
            unknown.append(_name(county, (urn,)))
            continue
        several += len(kinds) > 1 or urn in both
        share = len(kinds) * (2 if urn in both else 1)
        found.append(Site(_name(county, (urn,)), (urn,), places[urn] / share))
    if several:
        words.append(
            f"Assumed: the places of {counted(several, 'SRP')} for several needs, or in an "
            "all-through school, are shared equally between these."
        )
    if unknown:
        words.append(
            f"The places of {counted(len(unknown), 'SRP')} for {asked.need} are not known, and "
            f"count as none: {in_short(unknown)}."
        )
    return found


def _left_out(county: County, asked: Question, words: list[str]) -> frozenset[int]:
    """Return the selective schools where none of them may have a new provision."""
    admissions = county.schools.table["admissions"]
    selective = frozenset(int(urn) for urn in admissions.index[admissions == "Selective"])
    if asked.selective or not selective:
        return frozenset()
    words.append(
        f"{counted(len(selective), 'selective school is', 'selective schools are')} left out as "
        "sites of a new provision."
    )
    return selective


def _expanded(county: County, urns: tuple[int, ...], more: float) -> Site:
    return Site(_name(county, urns), urns, more, EXPANDED)


def _candidates(
    county: County, asked: Question, rows: pd.DataFrame, with_need: set[int]
) -> list[Site]:
    """Return the listed sites: a new provision, or more places where there is one."""
    held, found = figures_of(county, "srp_places"), []
    for urns, listed in zip(rows["urns"], rows["places"], strict=True):
        there = [urn for urn in urns if urn in with_need]
        if not there:
            places = asked.places if math.isnan(listed) else listed
            found += [Site(_name(county, urns), urns, places, NEW)] if asked.new else []
        elif asked.expand:
            now = float(np.nansum([held[urn] for urn in there]))
            more = asked.by if math.isnan(listed) else listed - now
            found += [_expanded(county, urns, more)] if more > 0 else []
    return found


def _changed(
    county: County, theirs: dict[int, tuple[str, ...]], with_need: set[int], words: list[str]
) -> list[Site]:
    """Return the SRPs for other needs, with their spare places."""
    places, held = figures_of(county, "srp_places"), figures_of(county, "srp_on_roll")
    found, unknown = [], 0
    for urn in theirs:
        if urn in with_need:
            continue
        spare = places[urn] - held[urn]
        if math.isnan(spare):
            unknown += 1
        elif spare > 0:
            found.append(Site(_name(county, (urn,)), (urn,), spare, CHANGED))
    if unknown:
        words.append(
            f"{counted(unknown, 'SRP')} for other needs {'is' if unknown == 1 else 'are'} left "
            "out, since it is not known how many places are spare."
        )
    return found


def _others(county: County, asked: Question, lists: Lists, words: list[str]) -> list[Site]:
    """Return the other places for the need that are open on the planning date."""
    rows, day = lists.others, county.schools.as_at
    assert rows is not None
    open_now = (rows["opens"] <= day) & ((rows["closes"] == "") | (rows["closes"] >= day))
    open_now |= not day
    theirs = rows["need"].map(lambda codes: asked.need in codes.split(SEPARATOR))
    theirs &= rows["phase"].isin(["", asked.phase])
    tree, found, far = KDTree(county.schools.points), [], 0.0
    for row in rows[theirs & open_now].to_dict(orient="records"):
        share = len(row["need"].split(SEPARATOR)) * (1 if row["phase"] else 2)
        urns = tuple(row["urns"])
        if not urns and row["kind"] != TEAM:
            metres, nearest = tree.query((row["easting"], row["northing"]))
            urns, far = (county.urns[int(nearest)],), max(far, float(metres))
        name = row["name"] or (_name(county, urns) if urns else OTHER_KINDS[TEAM].capitalize())
        found.append(Site(name, urns if row["kind"] != TEAM else (), row["places"] / share))
    name = lists.names["others"]
    number = math.fsum(site.places for site in found)
    words.append(
        f"{name} adds {number:,.1f} places for {asked.need}; those for several needs, or for both "
        "phases, are shared equally between these."
    )
    if far:
        words.append(
            "Journeys to a point of it are those to the nearest school of the plan, at most "
            f"{far / 1000:.1f} km away."
        )
    if shut := int((theirs & ~open_now).sum()):
        words.append(
            f"{counted(shut, 'row')} of {name} {'is' if shut == 1 else 'are'} left out: not open "
            f"on the planning date, {day}."
        )
    return found


def _name(county: County, urns: tuple[int, ...]) -> str:
    names = county.schools.names
    return " with ".join(f"{names[urn]} ({urn})" for urn in urns)


def travel_to(county: County, sites: list[Site]) -> np.ndarray:
    """Return the travel from each school to each site, shape (schools, sites)."""
    place, columns = county.travel.position, []
    for site in sites:
        if site.urns:
            at = [place[urn] for urn in site.urns]
            columns.append(county.travel.matrix[:, at].min(axis=1))
        else:
            columns.append(np.zeros(len(county.urns)))
    return np.column_stack(columns) if columns else np.zeros((len(county.urns), 0))
