"""Read a county from files and plain settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cluster_geo import travel as ways
from cluster_geo.boundaries import (
    BoundaryLayer,
    group_layer,
    layer_from_column,
    read_layer,
    stray_schools,
)
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError, gathered
from cluster_geo.geometry import read_land
from cluster_geo.neighbours import find_neighbours, read_crossings
from cluster_geo.records import Notice
from cluster_geo.schools import Schools

WATER_IGNORED = Notice(
    "travel",
    "Travel should go around water, but no land layer is given, so straight lines are used.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """Where the zones of a layer come from: polygons, a column, both, or groups of another.

    Parameters
    ----------
    name : str
        Name of the layer.
    file : path, optional
        Polygons.
    file_layer : str, optional
        Layer of that file.
    name_field, code_field : str, optional
        Fields of `file`.
    column : str, optional
        Column of the schools table. Where it disagrees with `file`, the column is used. A layer
        named after a column that has codes ("district") uses that column by default.
    groups : path, optional
        CSV that groups the zones of the layer `of`.
    of : str, optional
        Name of the layer that is grouped.
    """

    name: str
    file: str | Path | None = None
    file_layer: str | None = None
    name_field: str | None = None
    code_field: str | None = None
    column: str | None = None
    groups: str | Path | None = None
    of: str | None = None


def read_county(
    *,
    schools: Schools,
    layers: Iterable[LayerSpec] = (),
    land: str | Path | None = None,
    tolerance_m: float = 100.0,
    reach_km: float = 25.0,
    crossings: str | Path | None = None,
    bridge: bool = True,
    factor: float = 1.3,
    around_water: bool = False,
    matrix: str | Path | None = None,
) -> County:
    """Read the layers, find the neighbours and measure travel.

    Parameters
    ----------
    schools : Schools
    layers : iterable of LayerSpec
    land : path, optional
        Polygons of the land; without it water is ignored.
    tolerance_m : float
        Metres of a line, in total, that may lie off land.
    reach_km : float
        Longest edge between neighbours, km.
    crossings : path, optional
        Bridges, tunnels and ferries (see `neighbours.crossings`).
    bridge : bool
        Whether to join pieces that are still apart by their shortest link.
    factor : float
        Kilometres of road per kilometre of straight line.
    around_water : bool
        Whether travel goes around water; without `land` it cannot, and a notice says so.
    matrix : path, optional
        Travel times in minutes; then `factor` and `around_water` have no effect.

    Raises
    ------
    InputError
        With the faults of all these files together, including schools whose coordinates lie
        far from every zone and all land.
    """
    faults: list[Fault] = []
    found_layers = _read_layers(tuple(layers), schools, faults)
    found_land = gathered(land, lambda path: read_land(path, schools.points), faults)
    crossing_file = gathered(crossings, read_crossings, faults)
    minutes = gathered(matrix, lambda path: ways.read_matrix(path, schools), faults)
    faults += stray_schools(schools, found_layers.values(), found_land)
    if faults:
        raise InputError(faults)
    neighbours = find_neighbours(
        schools,
        reach_km=reach_km,
        land=found_land,
        tolerance_m=tolerance_m,
        crossings=crossing_file,
        bridge=bridge,
    )
    travel = minutes
    notices: tuple[Notice, ...] = ()
    if travel is None and around_water and found_land is not None:
        travel = ways.around_water(
            schools, neighbours.whole, found_land, factor=factor, tolerance_m=tolerance_m
        )
    elif travel is None:
        travel = ways.straight_line(schools, factor)
        notices = (WATER_IGNORED,) if around_water else ()
    return County(schools, found_layers, neighbours, travel, notices, land=found_land)


def _read_layers(
    specs: tuple[LayerSpec, ...], schools: Schools, faults: list[Fault]
) -> Mapping[str, BoundaryLayer]:
    """Read every layer, groupings after the layers they group; add what is wrong to `faults`."""
    found: dict[str, BoundaryLayer] = {}
    names = {spec.name for spec in specs}
    failed: set[str] = set()
    waiting = list(specs)
    while waiting:
        ready = [s for s in waiting if s.groups is None or s.of in found or s.of not in names]
        for spec in ready:
            try:
                found[spec.name] = _read_layer(spec, schools, found)
            except InputError as error:
                faults += error.faults
                failed.add(spec.name)
        waiting = [s for s in waiting if s not in ready and s.of not in failed]
        if waiting and not ready:
            circular = ", ".join(s.name for s in waiting)
            fix = "Let one of them group a layer that has zones of its own"
            faults.append(Fault("boundaries", f"{circular} group each other", fix))
            break
    return {spec.name: found[spec.name] for spec in specs if spec.name in found}


def _read_layer(
    spec: LayerSpec, schools: Schools, found: Mapping[str, BoundaryLayer]
) -> BoundaryLayer:
    where = f"boundaries.{spec.name}"
    if spec.groups is not None:
        if spec.of is None or spec.of not in found:
            there = f"it groups layer {spec.of!r}, which does not exist"
            fix = f"Set 'of' to the layer that is grouped, one of: {', '.join(found) or 'none'}"
            raise InputError([Fault(where, there, fix, column="of")])
        return group_layer(spec.name, found[spec.of], spec.groups)
    column = spec.column
    if column is None and f"{spec.name}_code" in schools.table.columns:
        column = spec.name
    if spec.file is not None:
        return read_layer(
            spec.name,
            spec.file,
            schools,
            file_layer=spec.file_layer,
            name_field=spec.name_field,
            code_field=spec.code_field,
            column=column,
        )
    if column is not None:
        return layer_from_column(spec.name, schools, column)
    fix = "Give a file of polygons, a column of the schools table, or groups of another layer"
    raise InputError([Fault(where, "it does not state where its zones come from", fix)])
