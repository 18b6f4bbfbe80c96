"""The schools that a plan must cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np

from cluster_geo.columns import OwnColumn
from cluster_geo.records import Notice, Source
from cluster_geo.schools.identity import NO_IDENTITY, Identity


@dataclass(frozen=True, eq=False)
class Schools:
    """Schools to be clustered, and the settings shown beside them.

    Parameters
    ----------
    table : GeoDataFrame
        One row per school, indexed by `urn` (int64, ascending), columns as in
        `columns.SCHOOL_COLUMNS`, points in EPSG:27700.
    associates : GeoDataFrame
        Special schools, PRUs and planned settings, same columns: shown, never counted.
    as_at : str
        Planning date (ISO 8601): schools open on that day are counted.
    notices : tuple of Notice
        Inclusions and exclusions by date, repairs, overrides.
    sources : tuple of Source
        Files the table was made from.
    small : mapping of str to frozenset of int
        By column, schools whose count is the planner's own and below 5, and not for the public.
    withheld : mapping of str to frozenset of int
        Those of them that are left out of `table`; see `small_counts.without_small_counts`.
    other_names : mapping of int to tuple of str
        By URN, what the school's predecessors and successors are called, where links are known.
    around : GeoDataFrame, optional
        The other mainstream schools of the authorities, where only some districts are planned:
        `name` and points by `urn`. They are part of who adjoins whom, and of nothing else.
    identity : Identity
        What has become of the schools that had other URNs, where links are known.
    own : tuple of OwnColumn
        Columns of `table` that are the planner's own.
    """

    table: gpd.GeoDataFrame
    associates: gpd.GeoDataFrame
    as_at: str = ""
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())
    small: Mapping[str, frozenset[int]] = field(default_factory=dict)
    withheld: Mapping[str, frozenset[int]] = field(default_factory=dict)
    other_names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    around: gpd.GeoDataFrame | None = None
    identity: Identity = NO_IDENTITY
    own: tuple[OwnColumn, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def _grouped(self) -> dict[str, dict[str, frozenset[int]]]:
        """Groups that were asked for, by column: a report asks hundreds of times."""
        return {}

    # Cached, as those by phase below, for the same reason.
    @cached_property
    def urns(self) -> tuple[int, ...]:
        """URNs in ascending order, the order of every array about schools."""
        return tuple(int(urn) for urn in self.table.index)

    @property
    def names(self) -> dict[int, str]:
        """Name of each school by URN."""
        return dict(zip(self.urns, self.table["name"].astype(str), strict=True))

    @property
    def points(self) -> np.ndarray:
        """Eastings and northings, shape (schools, 2), metres."""
        return np.column_stack([self.table.geometry.x, self.table.geometry.y])

    def where(self, flag: str) -> frozenset[int]:
        """URNs of the schools whose boolean column `flag` is true."""
        return frozenset(int(urn) for urn in self.table.index[self.table[flag].astype(bool)])

    @cached_property
    def primaries(self) -> frozenset[int]:
        """URNs of schools with a primary phase, including all-through schools."""
        return self._of_phase("primary")

    @cached_property
    def secondaries(self) -> frozenset[int]:
        """URNs of schools with a secondary phase, including all-through schools."""
        return self._of_phase("secondary")

    def may_show_total(self, column: str, urns: Iterable[int]) -> bool:
        """Whether a total of `column` over these schools may be shown, as no part is withheld."""
        return self.withheld.get(column, frozenset()).isdisjoint(urns)

    def _of_phase(self, phase: str) -> frozenset[int]:
        mask = self.table["phase"].isin([phase, "all-through"])
        return frozenset(int(urn) for urn in self.table.index[mask])

    def grouped_by(self, column: str) -> dict[str, frozenset[int]]:
        """Return the URNs by value of a text column, in order of the values, without ""."""
        if column not in self._grouped:
            members: dict[str, list[int]] = {}
            for urn, value in zip(self.urns, self.table[column].tolist(), strict=True):
                if value != "":
                    members.setdefault(str(value), []).append(urn)
            self._grouped[column] = {key: frozenset(members[key]) for key in sorted(members)}
        return dict(self._grouped[column])

    def groups_of(self, code: str, title: str) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
        """Return the URNs by the codes of groups such as trusts, and the groups' titles by code.

        If a planner's own table has a trust without a code, its name is used instead.
        """
        groups = self.grouped_by(code) or self.grouped_by(title)
        return groups, {key: str(self.table.at[min(urns), title]) for key, urns in groups.items()}
