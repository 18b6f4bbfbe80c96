"""What a question of provision came to: the choices, what each buys, and the next one's worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cluster_geo.provision.demand import Demand
from cluster_geo.provision.question import Question
from cluster_geo.provision.sites import Site
from cluster_geo.provision.ways import Areas


@dataclass(frozen=True)
class Outcome:
    """How pupils fare with some choice of sites.

    Parameters
    ----------
    travel : float
        Of all pupils with a place, one way.
    placed, without : float
        Pupils with a place within reach, and without one.
    gaps : tuple of str
        Clusters or districts with a primary provision for the need and no way on.
    """

    travel: float
    placed: float
    without: float
    gaps: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        """Journey of a pupil with a place; None where nobody has one."""
        return self.travel / self.placed if self.placed > 0 else None


@dataclass(frozen=True)
class Taken:
    """A site that is chosen.

    Parameters
    ----------
    site : Site
    pupils : float
        Who would go there.
    journey : float or None
        Their mean journey; None where nobody would.
    areas : tuple of str
        Clusters or districts that it lies in.
    """

    site: Site
    pupils: float
    journey: float | None
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A choice of sites, and what is proven of it.

    Parameters
    ----------
    sites : tuple of Taken
    cost : float
        Travel, pupils without a place and areas without a way on, in pupils times the unit of
        travel.
    bound : float
        No choice costs less, but for those ranked above this one.
    outcome : Outcome
    first : tuple of str
        Areas with an SRP where there was none before.
    """

    sites: tuple[Taken, ...]
    cost: float
    bound: float
    outcome: Outcome
    first: tuple[str, ...] = ()

    @property
    def distance(self) -> float:
        """How much less the best possible may cost at most, as a share of the cost."""
        return max(0.0, self.cost - self.bound) / self.cost if self.cost > 0 else 0.0


@dataclass(frozen=True)
class Step:
    """The best that so many measures can do.

    Parameters
    ----------
    measures : int
    cost, bound : float
    without : float
        Pupils without a place.
    least, most : float or None
        Between which the worth of the last of them lies: what the best choice costs less than
        the best with one measure fewer. None for no measure.
    """

    measures: int
    cost: float
    bound: float
    without: float
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Spare:
    """An SRP with spare places, and what they would be worth for another need.

    Parameters
    ----------
    urn : int
    name : str
    needs : tuple of str
    places, on_roll, spare : float
        Pupils.
    for_need : str
        The need for which the spare places are worth most; "" where for none anything.
    worth : float
        What it would save, in pupils times the unit of travel.
    """

    urn: int
    name: str
    needs: tuple[str, ...]
    places: float
    on_roll: float
    spare: float
    for_need: str
    worth: float


@dataclass(frozen=True, eq=False)
class Provision:
    """Where more provision would help.

    Parameters
    ----------
    question : Question
    demand : Demand
    sites : tuple of Site
        Places that there are.
    candidates : int
        How many sites could be chosen.
    areas : Areas
    today : Choice
        With nothing chosen.
    choices : tuple of Choice
        The best, then the next best; fewer than asked for where there are no more.
    curve : tuple of Step
    spare : tuple of Spare, optional
        SRPs of the phase with spare places, if that was asked.
    words : tuple of str
        What is assumed, left out and counted how.
    unit : str
        Of travel.
    """

    question: Question
    demand: Demand
    sites: tuple[Site, ...]
    candidates: int
    areas: Areas
    today: Choice
    choices: tuple[Choice, ...]
    curve: tuple[Step, ...]
    spare: tuple[Spare, ...] | None
    words: tuple[str, ...]
    unit: str

    @property
    def best(self) -> Choice:
        """The best choice found."""
        return self.choices[0]

    @property
    def places(self) -> float:
        """Places that there are."""
        return float(np.sum([site.places for site in self.sites]))
