"""Which sites to open, as an integer programme: capacitated location with an unplaced remainder.

Variables, for pupils who live at i and sites j:

- ``f[i, j]`` of the pupils at i travel to j, only where j is within reach of i;
- ``u[i]`` of the pupils at i have no place within reach;
- ``y[j]`` is one where the site j is chosen, for sites that are not there yet;
- ``z[g]`` is one where the group g (a cluster or a district) has a primary provision and no way on.

Minimise the travel of all pupils, plus a price for each without a place and for each such group:

- every pupil is counted: ``sum_j f[i, j] + u[i] = pupils[i]``;
- no site holds more than its places: ``sum_i f[i, j] <= places[j] * y[j]``;
- nobody travels to what is not chosen: ``f[i, j] <= min(pupils[i], places[j]) * y[j]``. The row
  above implies this for whole y; written out, it makes the bound tight;
- at most so many sites of each kind are chosen;
- ``z[g] >= 1 - sum of y over the sites that close it``, and ``z[g] >= y[j]`` for those that open
  it.

A pair beyond reach is left out by what is asked, not to save time: every bound is of the whole
model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array

from cluster_geo.optimise import solver
from cluster_geo.optimise.mip import MipOutcome, solve_programme
from cluster_geo.optimise.solver import Programme
from cluster_geo.provision.model import Location, Solved, Worth
from cluster_geo.tolerances import HALF

# Stands for sites of every kind.
ALL = "all"


def solve_location(
    location: Location,
    most: Mapping[str, int],
    *,
    measures: int | None = None,
    excluded: Sequence[tuple[int, ...]] = (),
    differ: int = 1,
    start: Sequence[int] = (),
    time_limit: float | None = None,
    accuracy: float = 0.0,
    seed: int = 0,
) -> Solved | None:
    """Choose sites; None if no choice is allowed.

    Parameters
    ----------
    location : Location
    most : mapping of str to int
        Most sites of each kind.
    measures : int, optional
        Most sites of all kinds.
    excluded : sequence of tuple of int
        Choices that are not allowed again, nor a part of one.
    differ : int
        So many sites at least must be in none of these.
    start : sequence of int
        A choice to begin from.
    time_limit : float, optional
        Seconds.
    accuracy : float
        Stop where the bound is within this share of the cost.
    seed : int
    """
    built = Built.of(location, {**most, ALL: measures}, excluded, differ)
    outcome = solve_programme(
        built.programme,
        time_limit=time_limit,
        gap=accuracy,
        seed=seed,
        start=built.start(start) if start else None,
    )
    if outcome.impossible:
        return None
    return built.read(outcome)


# Where the number of sites is whole, duals are seldom unique. A little below it they tell most of
# what one site more is worth, and so leave out most sites.
LITTLE = 1e-3


def linear_worth(
    location: Location,
    most: Mapping[str, int],
    measures: int,
    seconds: float | None = None,
) -> Worth | None:
    """Return what pupils and ways on would cost if a part of a site could be chosen.

    From the duals of the linear relaxation, and unchecked: any such figures will do for whom they
    are for. None where HiGHS has none, or not in time.
    """
    limits = {kind: max(0.0, number - LITTLE) for kind, number in {**most, ALL: measures}.items()}
    programme = Built.of(location, limits, (), 1).programme
    model = solver.new_solver()
    if seconds is not None:
        solver.taken(model.setOptionValue("time_limit", seconds), "a time limit")
    linear = replace(programme, whole=np.zeros_like(programme.whole))
    solver.taken(model.passModel(linear.model()), "a linear relaxation")
    answer = solver.ask(model)
    if not (answer.has_duals and np.isfinite(answer.duals).all()):
        return None
    number = sum(1 if group.missing else len(group.sites) for group in location.groups)
    rows = iter(answer.duals[len(answer.duals) - number :].tolist())
    closing = np.zeros(len(location.groups))
    opening = np.zeros((len(location.groups), len(location.kind)))
    for g, group in enumerate(location.groups):
        if group.missing:
            closing[g] = next(rows)
        else:
            opening[g, list(group.sites)] = [next(rows) for _ in group.sites]
    return Worth(answer.duals[: len(location.pupils)], closing, opening)


@dataclass(frozen=True, eq=False)
class Built:
    """The programme of a question; columns in the order f, u, y, z."""

    location: Location
    programme: Programme

    @classmethod
    def of(
        cls,
        location: Location,
        most: Mapping[str, float | None],
        excluded: Sequence[tuple[int, ...]],
        differ: int,
    ) -> Built:
        """Write down the rows, then the costs and limits of the columns."""
        columns, rows = _Columns(location), _Rows()
        _count_pupils(rows, columns)
        _limit_places(rows, columns)
        choices, y_of = location.choices, columns.y_of
        for kind, number in most.items():
            of_kind = [y_of[j] for j in choices if kind in (location.kind[j], ALL)]
            if of_kind and number is not None:
                rows.add(of_kind, 1.0, high=number)
        for sites_before in excluded:
            others = [y_of[j] for j in choices if j not in sites_before]
            rows.add(others, 1.0, low=differ)
        _mark_gaps(rows, columns)
        whole = np.zeros(columns.number, dtype=bool)
        whole[columns.y] = True
        return cls(location, rows.programme(columns.cost(), columns.high(), whole))

    @property
    def columns(self) -> _Columns:
        """Which column is which."""
        return _Columns(self.location)

    def start(self, chosen: Sequence[int]) -> dict[str, float]:
        """Return a choice as an initial solution: HiGHS completes it."""
        return {str(y): float(site in chosen) for site, y in self.columns.y_of.items()}

    def read(self, outcome: MipOutcome) -> Solved | None:
        """Return the solution; None where the search ended before there was one."""
        if not outcome.values:
            return None
        assert outcome.objective is not None, "a solution has a cost"
        values = np.array([outcome.values[str(k)] for k in range(len(outcome.values))])
        location, columns = self.location, self.columns
        flow = np.zeros(location.travel.shape)
        flow[location.pairs] = np.maximum(values[columns.f], 0.0)
        chosen = values[columns.y] > HALF
        return Solved(
            chosen=tuple(np.array(location.choices, dtype=int)[chosen].tolist()),
            cost=outcome.objective,
            bound=outcome.bound,
            flow=flow,
            without=np.maximum(values[columns.u], 0.0),
            gaps=tuple(np.flatnonzero(values[columns.z] > HALF).tolist()),
        )


class _Columns:
    """Which column is which, and what each costs."""

    def __init__(self, location: Location) -> None:
        self.location = location
        lengths = [
            len(location.pairs[0]),
            len(location.pupils),
            len(location.choices),
            len(location.groups),
        ]
        ends = np.cumsum([0, *lengths]).tolist()
        self.f, self.u, self.y, self.z = map(slice, ends, ends[1:])
        self.number: int = ends[-1]
        self.y_of = {site: ends[2] + k for k, site in enumerate(location.choices)}

    def cost(self) -> np.ndarray:
        """Travel, pupils without a place, and groups without a way on."""
        cost = np.zeros(self.number)
        cost[self.f] = self.location.travel[self.location.pairs]
        cost[self.u], cost[self.z] = self.location.unplaced, self.location.gap
        return cost

    def high(self) -> np.ndarray:
        """No more pupils than live there, or than there are places; the others are at most one."""
        high, (homes, sites) = np.ones(self.number), self.location.pairs
        high[self.f] = np.minimum(self.location.pupils[homes], self.location.places[sites])
        high[self.u] = self.location.pupils
        return high


def _count_pupils(rows: _Rows, columns: _Columns) -> None:
    """Let every pupil go somewhere, or be without a place."""
    location = columns.location
    first = columns.u.start
    for home, flows in enumerate(_grouped(location.pairs[0], len(location.pupils))):
        number = location.pupils[home]
        rows.add([*flows, first + home], 1.0, low=number, high=number)


def _limit_places(rows: _Rows, columns: _Columns) -> None:
    """Let no site hold more than its places, and nobody go to what is not chosen."""
    location, y_of = columns.location, columns.y_of
    homes = location.pairs[0]
    for site, flows in enumerate(_grouped(location.pairs[1], len(location.places))):
        places = location.places[site]
        if not len(flows):
            continue
        if site not in y_of:
            rows.add(flows, 1.0, high=places)
            continue
        rows.add([*flows, y_of[site]], [*[1.0] * len(flows), -places], high=0.0)
        for f in flows:
            most = min(location.pupils[homes[f]], places)
            rows.add([f, y_of[site]], [1.0, -most], high=0.0)


def _mark_gaps(rows: _Rows, columns: _Columns) -> None:
    """Let z be one where a group has a primary provision and no way on."""
    for g, group in enumerate(columns.location.groups):
        z = columns.z.start + g
        if group.missing:
            rows.add([z, *(columns.y_of[j] for j in group.sites)], 1.0, low=1.0)
            continue
        for j in group.sites:
            rows.add([z, columns.y_of[j]], [1.0, -1.0], low=0.0)


def _grouped(of_pair: np.ndarray, number: int) -> list[np.ndarray]:
    """Return the places of the pairs of each home, or of each site."""
    order = np.argsort(of_pair, kind="stable")
    return np.split(order, np.searchsorted(of_pair[order], np.arange(1, number)))


class _Rows:
    """Rows of a programme, added one by one."""

    def __init__(self) -> None:
        self._at: list[np.ndarray] = []
        self._values: list[np.ndarray] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(
        self,
        columns: Sequence[int] | np.ndarray,
        values: float | Sequence[float],
        *,
        low: float = -math.inf,
        high: float = math.inf,
    ) -> None:
        """Add low <= sum of value * column <= high."""
        at = np.asarray(columns, dtype=np.int64)
        self._at.append(at)
        self._values.append(np.broadcast_to(np.asarray(values, dtype=float), at.shape))
        self._low.append(low)
        self._high.append(high)

    def programme(self, cost: np.ndarray, high: np.ndarray, whole: np.ndarray) -> Programme:
        """Return the programme of all rows, whose columns are from 0 to `high`."""
        lengths = [len(at) for at in self._at]
        rows = np.repeat(np.arange(len(lengths)), lengths)
        entries = (np.concatenate(self._values), (rows, np.concatenate(self._at)))
        matrix = coo_array(entries, shape=(len(lengths), len(cost))).tocsc()
        matrix.eliminate_zeros()
        row_limits = np.array(self._low), np.array(self._high)
        return Programme(cost, np.zeros(len(cost)), high, matrix, *row_limits, whole)
