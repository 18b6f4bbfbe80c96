"""Results of counting: hard rules that no plan can keep together, and regions of a county."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Hard rules that no plan can keep together.

    Parameters
    ----------
    rules : tuple of str
        Names of the rules; giving up or loosening any one of them resolves this clash.
    words : str
        One sentence that names the schools or zones, with the figures.
    schools : frozenset of int
        The schools concerned: no plan puts all of them in clusters that keep the rules.
    """

    rules: tuple[str, ...]
    words: str
    schools: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Region:
    """Schools that share clusters only with each other, and bounds on their number of clusters."""

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
    """Figures about the possible clusters of a county, for the rules over the plan.

    Parameters
    ----------
    regions : tuple of Region
        Regions of the county; every cluster lies in one of them.
    most_schools : int
        Most schools that a cluster may have.
    sizing, needing, parting : tuple of str
        Names of the rules that limit the size of a cluster, that require some kind of school in
        each cluster, and that split the county into regions.
    cut : bool
        Whether, as far as counting shows, each region can be split into clusters.
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
