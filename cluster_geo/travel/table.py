"""Travel from school to school, in kilometres or in the planner's minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from cluster_geo.records import Notice, Source


@dataclass(frozen=True, eq=False)
class Travel:
    """Travel between every two schools.

    Parameters
    ----------
    urns : tuple of int
        The schools, in the order of the rows and columns.
    matrix : ndarray, shape (schools, schools)
        ``matrix[i, j]``: travel from school i to school j; may be asymmetric.
    unit : str
        "km" or "minutes".
    method : str
        One sentence for the report: how the figures were made.
    """

    urns: tuple[int, ...]
    matrix: np.ndarray
    unit: str = "km"
    method: str = ""
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", {urn: i for i, urn in enumerate(self.urns)})

    position: dict[int, int] = field(init=False, repr=False)

    def between(self, origin: int, destination: int) -> float:
        """Travel from one school to another, by URN."""
        return float(self.matrix[self.position[origin], self.position[destination]])
