"""The rules of one cluster as flat arrays, for search and pricing in compiled code.

Schools that must be together are one *atom*; a school without such a tie is an atom of its own.
A cluster is a set of atoms and a hub. Everything that rules add through `ClusterModel` becomes a
handful of arrays whose meaning does not depend on the rule.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Marks at most: those of a choice in the knapsack are three bits.
MOST_MARKS = 3


class Arrays(NamedTuple):
    """One cluster's rules over `a` atoms and `h` possible hubs (schools).

    Parameters
    ----------
    low, high : int
        Fewest and most schools in a cluster.
    base : float
        Charge (or credit) for each cluster itself.
    connected : bool
        Whether members must be in one piece.
    size : ndarray of int, shape (a,)
        Schools in each atom.
    home : ndarray of int, shape (h,)
        Atom of each hub.
    hub_start, hub_of : ndarray of int
        Schools, as possible hubs, of each atom (compressed rows).
    amount : ndarray, shape (h, a)
        Charge for an atom in a cluster with the hub; inf where refused.
    credit : ndarray, shape (a,)
        What an atom may be charged less than nothing, whatever the hub: never above 0.
    in_set : ndarray of int, shape (a, s)
        Schools of each atom in each of the `s` sets that a rule asks for.
    set_need : ndarray of int, shape (s,)
        Members of the set a cluster must have; 0 where their absence is only priced.
    set_price : ndarray, shape (s,)
        Charge where the cluster has no member of the set.
    group_start, group_of : ndarray of int
        Groups of each atom whose presence is charged (compressed rows).
    group_price : ndarray, shape (g,)
        Charge once for the presence of a group.
    family : ndarray of int, shape (a,)
        One group of each atom such that these are disjoint, or -1: pricing treats the
        families exactly and bounds the other groups.
    order : ndarray of int, shape (a,)
        The atoms, those of one family side by side.
    marked : ndarray of int
        The sets that pricing treats exactly: those with the fewest members.
    alone : ndarray of bool, shape (w, a)
        Whether an atom has schools that want company, and none of that company itself, for each
        of the `w` kinds of company that a rule asks for.
    company : ndarray of bool, shape (w, a)
        Whether it has a school that is such company.
    alone_price : ndarray, shape (w,)
        Charge once for a cluster that has the ones and not the others; inf where it is refused.
    zone_count : ndarray of int, shape (l, a, z)
        Schools of each atom in each zone of each priced layer.
    zone_price : ndarray, shape (l,)
        Charge for each school outside the main zone.
    apart_start, apart_of : ndarray of int
        Atoms that may not be with each atom (compressed rows).
    tilt : ndarray, shape (b, a)
        Amounts whose sum over a cluster is to be near zero.
    tilt_price : ndarray, shape (b,)
        Charge per unit of the absolute value of that sum.
    near_start, near_of : ndarray of int
        Neighbouring atoms (compressed rows).
    whole : ndarray of bool, shape (a,)
        Whether the atom's schools are in one piece by themselves.
    road_start, road_of : ndarray of int
        Neighbouring schools (compressed rows).
    """

    low: int
    high: int
    base: float
    connected: bool
    size: np.ndarray
    home: np.ndarray
    hub_start: np.ndarray
    hub_of: np.ndarray
    amount: np.ndarray
    credit: np.ndarray
    in_set: np.ndarray
    set_need: np.ndarray
    set_price: np.ndarray
    group_start: np.ndarray
    group_of: np.ndarray
    group_price: np.ndarray
    family: np.ndarray
    order: np.ndarray
    marked: np.ndarray
    alone: np.ndarray
    company: np.ndarray
    alone_price: np.ndarray
    zone_count: np.ndarray
    zone_price: np.ndarray
    apart_start: np.ndarray
    apart_of: np.ndarray
    tilt: np.ndarray
    tilt_price: np.ndarray
    near_start: np.ndarray
    near_of: np.ndarray
    whole: np.ndarray
    road_start: np.ndarray
    road_of: np.ndarray
