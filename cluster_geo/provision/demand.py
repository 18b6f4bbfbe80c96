"""Pupils who need a place, by where they live: a planner's figures, or a stated assumption."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.phrases import counted
from cluster_geo.provision.lists import Lists, figures_of
from cluster_geo.provision.question import Question
from cluster_geo.provision.sites import Site, of_phase

# The first year of age of secondary school, and of those that are neither's: Years 7 to 11.
SECONDARY_AGE, LAST_AGE, FIRST_AGE = 11.0, 16.0, 4.0


@dataclass(frozen=True, eq=False)
class Demand:
    """Pupils who need a place.

    Parameters
    ----------
    pupils : ndarray, shape (schools,)
        By the school that stands for their home, in the order of the county's URNs.
    words : tuple of str
        What it is made of and what is assumed, a sentence each.
    """

    pupils: np.ndarray
    words: tuple[str, ...]

    @property
    def total(self) -> float:
        """All of them."""
        return math.fsum(self.pupils)


def demand_of(county: County, asked: Question, lists: Lists, sites: list[Site]) -> Demand:
    """Return the pupils who need a place.

    Raises
    ------
    InputError
        Where nothing says how many there are.
    """
    if lists.pupils is not None:
        return _listed(county, asked, lists)
    table = county.schools.table
    ehcp, in_srp = (table[name].to_numpy(dtype=float) for name in ("ehcp", "srp_on_roll"))
    unknown = int(np.isnan(ehcp).sum())
    if unknown == len(ehcp):
        fix = "Name the census in schools.census, or give a list of pupils (pupils)"
        raise InputError([Fault("pupils", "no school has a count of pupils with an EHCP", fix)])
    part = shares_of_phase(county, asked.phase)
    weights = np.maximum(np.nan_to_num(ehcp) - np.nan_to_num(in_srp), 0.0)
    weights = weights * part if asked.homes == "phase" else weights
    if not weights.sum() > 0:
        fix = "Give a list of pupils (pupils)"
        raise InputError([Fault("homes", "no school has a pupil with an EHCP", fix)])
    total, about_total = _total(asked, np.nan_to_num(ehcp) * part, lists, sites)
    where = "all mainstream schools" if asked.homes == "all" else f"{asked.phase} schools"
    spread = (
        f"Assumed: they live near the schools of the other pupils with an EHCP, in {where}; those "
        "who are in an SRP already are spread in the same way."
    )
    words = [about_total, spread]
    if unknown:
        words.append(
            f"{counted(unknown, 'school')} without a known count of pupils with an EHCP "
            f"{'counts' if unknown == 1 else 'count'} as having none."
        )
    return Demand(weights / weights.sum() * total, tuple(words))


def _total(asked: Question, ehcp: np.ndarray, lists: Lists, sites: list[Site]) -> tuple[float, str]:
    """Return how many pupils need a place, and what that rests on."""
    if asked.share is not None:
        total = asked.share * math.fsum(ehcp)
        return total, (
            f"Assumed: {100 * asked.share:g} % of the {math.fsum(ehcp):,.0f} pupils with an EHCP "
            f"in {asked.phase} schools need {_a_place(asked)}: {total:,.1f} pupils."
        )
    if lists.others is not None:
        found = "with places besides the SRPs, it must be known how many pupils need one"
        fix = "Give share, or a list of pupils (pupils)"
        raise InputError([Fault("share", found, fix)])
    total = math.fsum(site.places for site in sites if not site.kind)
    if not total > 0:
        found = f"there are no {asked.phase} places for {asked.need} to judge the need by"
        raise InputError([Fault("share", found, "Give share, or a list of pupils (pupils)")])
    return total, (
        f"Assumed: as many pupils need {_a_place(asked)} as there are such places in SRPs, "
        f"{total:,.1f}. Give your own figure with --share or --pupils."
    )


def _a_place(asked: Question) -> str:
    return f"a {asked.phase} place for {asked.need}"


def shares_of_phase(county: County, phase: str) -> np.ndarray:
    """Return the part of each school's year groups that are of a phase, from Reception to Year 11.

    Only an all-through school has a part; the others have all or none.
    """
    schools = county.schools
    lowest, highest = figures_of(county, "age_low"), figures_of(county, "age_high")
    both = schools.primaries & schools.secondaries
    shares = np.zeros(len(schools))
    here = of_phase(county, phase)
    for i, urn in enumerate(schools.urns):
        if urn not in here:
            continue
        low = max(FIRST_AGE, _or(lowest[urn], FIRST_AGE))
        high = min(LAST_AGE, _or(highest[urn], LAST_AGE))
        if urn not in both or not low < SECONDARY_AGE < high:
            shares[i] = 1.0
            continue
        years = SECONDARY_AGE - low if phase == "primary" else high - SECONDARY_AGE
        shares[i] = years / (high - low)
    return shares


def _or(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value


def _listed(county: County, asked: Question, lists: Lists) -> Demand:
    """Return the pupils of a planner's list; a point counts at the school nearest to it."""
    assert lists.pupils is not None
    rows, name = lists.pupils, lists.names["pupils"]
    theirs = rows[_concerns(rows, asked)]
    pupils = np.zeros(len(county.urns))
    place = county.travel.position
    points = theirs[theirs["urns"].map(len).eq(0)]
    for urns, number in zip(theirs["urns"], theirs["pupils"], strict=True):
        for urn in urns:
            pupils[place[urn]] += number / len(urns)
    words = [f"Pupils who need a {asked.phase} place for {asked.need} are those of {name}."]
    if len(points):
        tree = KDTree(county.schools.points)
        metres, nearest = tree.query(points[["easting", "northing"]].to_numpy(dtype=float))
        np.add.at(pupils, nearest, points["pupils"].to_numpy(dtype=float))
        words.append(
            f"{counted(len(points), 'point of it counts', 'points of it count')} at the nearest "
            f"school, which is at most {metres.max() / 1000:.1f} km away."
        )
    if left := len(rows) - len(theirs):
        words.append(f"{counted(left, 'row')} about other needs or phases {_was(left)} left out.")
    if not pupils.sum() > 0:
        found = f"it lists no pupil who needs a {asked.phase} place for {asked.need}"
        raise InputError([Fault(name, found, "Check its needs and phases")])
    return Demand(pupils, tuple(words))


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _concerns(rows: pd.DataFrame, asked: Question) -> pd.Series:
    need = rows["need"].map(lambda codes: not codes or asked.need in codes.split("|"))
    return need & rows["phase"].isin(["", asked.phase])
