"""The numbers that steer the search for other plans: shares of the time, tries and prices."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.optimise.ranged import Ranged, share, some


@dataclass(frozen=True)
class OptionsParams(Ranged):
    """The search for plans nearly as good as the best, and unlike those there are.

    Parameters
    ----------
    first : float
        Share of the time, or work, that the best plan may take.
    tries : int
        Searches for one more plan at most: each moves the price of being like the earlier ones.
    dearer, cheaper : float
        Factors of that price after a plan that is too much like them, and after one that is not
        good enough.
    near : float
        A search stops where no plan is better by more than this share of what may be given up.
    least_seconds : float
        Seconds that one search may take however little time is left.
    """

    first: float = share(0.35, above=0.0, most=0.99)
    tries: int = some(4, least=1)
    dearer: float = some(1.6, least=1.1)
    cheaper: float = share(0.6, above=0.0, most=0.99)
    near: float = share(0.25)
    least_seconds: float = some(1.0, above=0.0)
