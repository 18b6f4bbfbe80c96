"""What counting finds: hard rules that no plan keeps together, and regions of a county."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Hard rules that no plan keeps together.

    Parameters
    ----------
    rules : tuple of str
        Names of the rules; giving up or loosening any one of them lifts this clash.
    words : str
        One plain sentence: which schools or zones, and the figures.
    schools : frozenset of int
        The schools it is about: none of them can be put into a cluster that keeps the rules
        without breaking them for another.
    """

    rules: tuple[str, ...]
    words: str
    schools: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Region:
    """Schools no cluster can leave, and how many clusters they can make, by counting."""

    schools: frozenset[int]
    title: str
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Need:
    """Each cluster must have `least` of these schools, because `rule` says so.

    Parameters
    ----------
    rule : str
        Name of the rule.
    schools : frozenset of int
    least : int
    what : str
        What the schools are, after their number: "with an SRP".
    """

    rule: str
    schools: frozenset[int]
    least: int
    what: str


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted of the clusters that a county can make, for the rules over the plan.

    Parameters
    ----------
    regions : tuple of Region
        Of the county, no cluster being in two.
    most_schools : int
        Most schools that a cluster may have.
    sizing, needing, parting : tuple of str
        Names of the rules that limit the size of a cluster, that need some kind of school in
        each, and that part the county into regions.
    cut : bool
        Whether each region can be cut into clusters, as far as that is counted.
    """

    regions: tuple[Region, ...]
    most_schools: int
    sizing: tuple[str, ...]
    needing: tuple[str, ...]
    parting: tuple[str, ...]
    cut: bool

    @property
    def schools(self) -> frozenset[int]:
        """All schools of the county."""
        return frozenset(urn for region in self.regions for urn in region.schools)
