"""The numbers that steer the searches of an explanation: shares of the time, numbers of tries.

Whatever they are, every statement is proven or shown by a plan; they decide how much is found in
the same time. Each question has its own, given as `params`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.optimise.ranged import Ranged, share, some


@dataclass(frozen=True)
class ExplainParams(Ranged):
    """Why there is no plan, and what would help.

    Parameters
    ----------
    step : float
        Share of the limit that one search may take.
    least_seconds : float
        Seconds that it may take however little that is.
    longer : float
        Steps that a search of the whole county may take where shorter ones have settled nothing.
    reasons : float
        Share of the limit for finding the reasons; the rest is for cures.
    subsets : int
        Sets of demands that may be counted to find the smallest: a count takes milliseconds.
    one_neighbour : float
        Part of a step that a plan with one neighbouring region alone is looked for.
    any_gap : float
        Gap, a fraction, of searches that any plan will do for.
    rounds : tuple of float
        Parts of a step that the search for a change's first plan may take, one round after the
        other: most plans are found in the first, and a change that has none must not take the
        time of all.
    enough : int
        With so many cures a clash does without the last round, and without sets of changes.
    most_changes, most_combined : int
        Where single changes are not enough: changes of a set, and sets found, at most.
    of_set : float
        Part of a step that the search for the first plan of a set may take.
    single, combined : float
        Shares of what is left that are for first plans, and then for sets of changes; the rest is
        for better plans, by which cures are compared.
    zones : int
        Zones next door that are tried: beyond them a boundary is opened far from the trouble.
    detours : tuple of float
        How much sooner a corridor goes by a school of the zone that it is to be in than by
        another: hardly any school of another, some, or the shortest way.
    better : float
        Part of a step that a better plan is looked for.
    guests : float
        Share of what is left then for the best of the schools let in by themselves.
    gap : float
        Gap, a fraction, at which cures are scored: what divides them is mostly more.
    """

    step: float = share(0.2, above=0.0)
    least_seconds: float = some(0.05, above=0.0)
    longer: float = some(2.0, least=1.0)
    reasons: float = share(0.6, above=0.0)
    subsets: int = some(600)
    one_neighbour: float = share(1 / 16, above=0.0)
    any_gap: float = share(1e-3)
    rounds: tuple[float, ...] = share((1 / 16, 1 / 4, 1.0), above=0.0)
    enough: int = some(3, least=1)
    most_changes: int = some(3, least=1)
    most_combined: int = some(6, least=1)
    of_set: float = share(1 / 4, above=0.0)
    single: float = share(1 / 3, above=0.0)
    combined: float = share(0.5)
    zones: int = some(8, least=1)
    detours: tuple[float, ...] = some((10.0, 3.0, 1.0), least=1.0)
    better: float = share(0.5, above=0.0)
    guests: float = share(0.5)
    gap: float = share(5e-3)


@dataclass(frozen=True)
class WhyParams(Ranged):
    """Why a school is in its cluster.

    Parameters
    ----------
    tried : int
        Other clusters that are looked at closely: those that a move alone would suit best.
    freed : int
        Clusters that are solved again at a time: about fifty schools are solved to within a hair
        of the best possible in seconds, all of a county in hours.
    gap : float
        Gap, a fraction, that these searches stop at.
    """

    tried: int = some(3, least=1)
    freed: int = some(4, least=2)
    gap: float = share(1e-5)


@dataclass(frozen=True)
class WorthParams(Ranged):
    """What each rule is worth.

    Parameters
    ----------
    base : float
        The first search is what all others are compared with, so it may take so many times as
        long.
    gap : float
        Gap, a fraction, that searches stop at.
    """

    base: float = some(4.0, least=1.0)
    gap: float = share(1e-4)


@dataclass(frozen=True)
class TrustsParams(Ranged):
    """What each trust in one cluster fewer would mean.

    Parameters
    ----------
    freed : int
        Clusters that are solved again for one trust at most: a trust of twenty schools sits in
        dozens.
    gap : float
        Gap, a fraction, that these searches stop at.
    cover_seconds : float
        Seconds for the fewest clusters that a trust could sit in; not solved by then, it still
        has a proven floor.
    """

    freed: int = some(6, least=2)
    gap: float = share(1e-5)
    cover_seconds: float = some(5.0, above=0.0)
