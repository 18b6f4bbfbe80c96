"""Read the files that a scenario names and put its county together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cluster_geo.columns import OwnColumn
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.records import Notice, notices_of_files
from cluster_geo.rules import excess_of, open_to_all
from cluster_geo.scenario.inputs import hashes_of, made_by, read_inputs, require_unchanged
from cluster_geo.scenario.missing import missing_files
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.pins import report_pins
from cluster_geo.scenario.pots import unsound_pots
from cluster_geo.schools import Schools, read_schools
from cluster_geo.schools.own_columns import ColumnFile, with_own_columns


def load_county(scenario: Scenario) -> County:
    """Read the county that a scenario is about.

    Every file that the scenario names is read here and never again, so later changes to a file
    have no effect. The county may be used with a scenario that differs in rules, prices and the
    search. One that names other files, or asks for other schools, layers, neighbours or travel, is
    refused.

    Raises
    ------
    InputError
        If a file is missing, cannot be used or changed while it was read, with every fault.

    Examples
    --------
    >>> county = cg.load_county(cg.read_scenario("example"))
    >>> len(county.urns), sorted(county.layers)
    (122, ['district', 'pcn'])
    """
    with notices_of_files() as found:
        county = _loaded(scenario)
    return replace(county, own_notices=(*county.own_notices, *found))


def _loaded(scenario: Scenario) -> County:
    _require_files(scenario)
    hashes = hashes_of(scenario)
    schools = _read_schools(scenario)
    neighbours, travel = scenario.neighbours, scenario.travel
    land = neighbours.land
    county = read_county(
        schools=schools,
        layers=_layers(scenario),
        land=land,
        tolerance_m=neighbours.tolerance_m,
        reach_km=neighbours.reach_km,
        crossings=neighbours.crossings if land else None,
        bridge=neighbours.bridge,
        factor=travel.factor,
        around_water=travel.around_water and land is not None,
        matrix=travel.matrix,
    )
    notices = (*_water_notices(scenario), *_data_notices(scenario, schools))
    report_pins(scenario.pins, schools.identity)
    whole = replace(
        county,
        own_notices=(*county.own_notices, *notices),
        inputs=replace(read_inputs(scenario, schools, hashes), settings=made_by(scenario)),
    )
    require_unchanged(hashes, whole.sources)
    if faults := list(unsound_pots(scenario, whole)):
        raise InputError(faults)
    return whole.with_sources(
        lambda source: replace(source, path=scenario.recorded_path(source.path))
    )


def _read_schools(scenario: Scenario) -> Schools:
    wanted = scenario.schools
    assert wanted.file is not None  # _require_files has checked it
    schools = read_schools(
        wanted.file,
        authorities=wanted.authorities,
        districts=wanted.districts,
        phases=wanted.phases,
        as_at=wanted.as_at.isoformat() if wanted.as_at else None,
        census=wanted.census,
        links=wanted.links,
        srp=wanted.srp,
        changes=wanted.changes,
        deprivation=wanted.deprivation,
        associates=wanted.associates,
    )
    return with_own_columns(schools, _own_columns(scenario))


def _own_columns(scenario: Scenario) -> Iterator[ColumnFile]:
    for name, asked in scenario.columns.items():
        column = OwnColumn(
            name=name,
            unit=asked.unit,
            meaning=asked.meaning,
            kind=asked.kind,
            public=asked.audience == "public",
            counts_pupils=asked.counts_pupils,
        )
        yield ColumnFile(column, asked.file, asked.column or name)


def _require_files(scenario: Scenario) -> None:
    """Refuse a scenario with missing files, naming all of them at once."""
    faults = list(missing_files(scenario))
    if scenario.schools.file is None:
        fix = "Give a GIAS extract or your own table with --schools FILE, or set schools.file"
        found = "it does not name a file of schools"
        faults.insert(0, Fault("scenario", found, fix, setting="schools.file"))
    if faults:
        raise InputError(faults)


def _layers(scenario: Scenario) -> tuple[LayerSpec, ...]:
    return tuple(
        LayerSpec(
            name=name,
            file=layer.file,
            file_layer=layer.file_layer,
            name_field=layer.name_field,
            code_field=layer.code_field,
            column=layer.column,
            groups=layer.groups,
            of=layer.of,
        )
        for name, layer in scenario.boundaries.items()
    )


def _water_notices(scenario: Scenario) -> tuple[Notice, ...]:
    """Warn if travel should go around water but there is no land layer to show where it is."""
    if scenario.neighbours.land is not None:
        return ()
    if not (scenario.travel.around_water or scenario.neighbours.crossings):
        return ()
    text = (
        "No land layer was given, so water is ignored: schools on opposite banks may be "
        "neighbours, and travel is along straight lines. Give one with --land FILE."
    )
    return (Notice("water", text),)


def _data_notices(scenario: Scenario, schools: Schools) -> tuple[Notice, ...]:
    """Return what the rules had to assume or leave out."""
    notices: tuple[Notice, ...] = open_to_all(schools)[1]
    for balance in scenario.balance.values():
        columns = [balance.column, *([] if balance.base == "schools" else [balance.base])]
        if all(column in schools.table for column in columns):
            notices += excess_of(schools, balance.column, balance.base)[2]
    return notices
