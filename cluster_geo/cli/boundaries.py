"""`cluster-geo boundaries`: make a boundary layer where none is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import Finite

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from cluster_geo.boundaries.pcn import PcnAreas
    from cluster_geo.errors import Fault
    from cluster_geo.schools import Schools

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(short_help="Make a boundary layer where none is published: areas of PCNs.")
def boundaries() -> None:
    """Make a boundary layer where none is published.

    \b
    Example:
      cluster-geo boundaries pcn --help
    """


@boundaries.command(short_help="Areas of primary care networks, from the NHS's open data.")
@click.option(
    "--epcn",
    "workbook",
    type=_FILE,
    required=True,
    metavar="FILE",
    help="The NHS workbook of PCNs, ePCN.xlsx.",
)
@click.option(
    "--of",
    multiple=True,
    metavar="NAME",
    help="Sub-ICB location (or CCG) whose PCNs are wanted, its code or part of its name; may be "
    "given again.  [default: all]",
)
@click.option(
    "--registrations",
    type=_FILE,
    metavar="FILE",
    help="Patients registered by practice and LSOA (gp-reg-pat-prac-lsoa...csv).",
)
@click.option(
    "--lsoa",
    "lsoas",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="Polygons of the LSOAs; may be given again.",
)
@click.option(
    "--lookup",
    type=_FILE,
    metavar="FILE",
    help="LSOAs of 2011 and 2021, where patients are by the old ones and polygons the new.",
)
@click.option(
    "--practices",
    type=_FILE,
    metavar="FILE",
    help="The NHS register epraccur.csv, or a table of practices with easting and northing.",
)
@click.option(
    "--postcodes",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="PATH",
    help="Code-Point Open: files or its folder; may be given again.",
)
@click.option(
    "--outline",
    type=_FILE,
    metavar="FILE",
    help="Polygons such as the districts, in which ground is cut where no LSOAs are given.",
)
@click.option(
    "--absorb",
    "absorb_lsoas",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Detached parts of up to N LSOAs go to the PCN around them.",
)
@click.option(
    "--least-share",
    type=Finite(0, 1),
    default=0.05,
    show_default=True,
    help="LSOAs with a smaller share of their patients in these PCNs are left out.",
)
@click.option(
    "--schools",
    "schools_file",
    type=_FILE,
    metavar="FILE",
    help="GIAS extract: says which PCNs hold a school.",
)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    metavar="NAME",
    help="Local authority of the schools; may be given again.",
)
@click.option(
    "--reference",
    type=_FILE,
    metavar="FILE",
    help="A table of LSOA and PCN to compare with.",
)
@click.option(
    "--out",
    type=_FILE,
    default=Path("boundaries/pcn.gpkg"),
    show_default=True,
    metavar="FILE",
    help="The GeoPackage.",
)
def pcn(
    workbook: Path,
    schools_file: Path | None,
    authorities: tuple[str, ...],
    reference: Path | None,
    out: Path,
    **files: Any,
) -> None:
    """Derive the areas of primary care networks, which have no official boundary.

    Best by where patients live: each LSOA goes to the PCN with most of its registered patients
    (--registrations and --lsoa). Without them ground goes to the PCN of the nearest practice
    (--practices, and --postcodes where they give only those), which is worse: in Kent it puts 85 %
    of the schools into the right PCN. With --reference and --schools that is measured for yours.

    \b
    Example:
      cluster-geo boundaries pcn --epcn ePCN.xlsx --of "Kent and Medway" \\
          --registrations gp-reg-pat-prac-lsoa-all.csv --lsoa LSOA_2021_Kent.geojson \\
          --lookup LSOA11_to_LSOA21.csv --out boundaries/pcn.gpkg
      cluster-geo boundaries pcn --epcn ePCN.xlsx --of "Kent and Medway" \\
          --practices epraccur.csv --postcodes codepo_gb/ --outline districts.geojson \\
          --reference lsoa_to_pcn.csv --schools GIAS.csv --authority Kent
      cluster-geo propose kent --schools GIAS.csv --boundary pcn=boundaries/pcn.gpkg
    """
    from cluster_geo.boundaries.pcn import (
        derive_areas,
        read_reference,
        require_writable,
        write_areas,
    )
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.errors import InputError, gathered
    from cluster_geo.schools import read_schools

    require_writable(out)
    faults: list[Fault] = []
    known = gathered(reference, read_reference, faults)
    schools = gathered(
        schools_file, lambda path: read_schools(path, authorities=authorities), faults
    )
    areas = gathered(workbook, lambda path: derive_areas(path, **files), faults)
    if areas is None or faults:
        raise InputError(faults)
    to = console()
    _show_areas(to, areas)
    if known is not None:
        _show_reference(to, areas, known, schools)
    if schools is not None:
        _show_schools(to, areas, schools)
    say(to, f"Written: {write_areas(areas, out)}")


def _show_areas(to: Console, areas: PcnAreas) -> None:
    """Print a line for each PCN, then what was noticed."""
    from rich.table import Table

    from cluster_geo.cli.terminal import escape, say

    columns = {
        "practices": "practices",
        "lsoas": "LSOAs",
        "area_km2": "km²",
        "patients": "patients",
        "share": "of those who live there",
        "at_home": "of its own",
    }
    table = Table(title=f"{len(areas.zones):,} PCNs, by {areas.how}", title_justify="left")
    table.add_column("PCN", overflow="fold")
    shown = [column for column in columns if column in areas.zones]
    for column in shown:
        # Names fold in a narrow window; figures stay whole.
        longest = max(len(word) for word in [*columns[column].split(), "000,000"])
        table.add_column(columns[column], justify="right", min_width=longest)
    for _, row in areas.zones.iterrows():
        cells = [f"{row[c]:.0%}" if c in {"share", "at_home"} else f"{row[c]:,.0f}" for c in shown]
        table.add_row(escape(str(row["pcn_name"])), *cells)
    to.print(table)
    for notice in areas.notices:
        say(to, f"- {notice.text}")


def _show_reference(
    to: Console, areas: PcnAreas, known: pd.Series, schools: Schools | None
) -> None:
    """Say how far a reference agrees: on the LSOAs, or where there are none on the schools'."""
    from cluster_geo.boundaries.pcn import compare_lsoas, compare_schools
    from cluster_geo.cli.terminal import say

    agreed = compare_lsoas(areas, known)
    if not agreed.of and schools is not None:
        agreed = compare_schools(areas, schools, known)
    if agreed.of:
        say(to, f"The reference gives the same PCN to {agreed}.")
    else:
        say(to, "The reference is by LSOA: give --lsoa or --schools to compare with it.")


def _show_schools(to: Console, areas: PcnAreas, schools: Schools) -> None:
    """Say how many PCNs hold a school, and how the nearest practice would have done."""
    from cluster_geo.boundaries.pcn import nearest_by_schools, pcn_of_schools
    from cluster_geo.cli.terminal import say

    pcn_of = pcn_of_schools(areas, schools)
    outside = len(schools) - len(pcn_of)
    say(
        to,
        f"{len(set(pcn_of.values())):,} of {len(areas.zones):,} PCNs hold a school; {outside:,} of "
        f"{len(schools):,} schools are in none.",
    )
    if areas.points is not None and areas.how == "patients":
        right = nearest_by_schools(areas, areas.points, schools)
        text = f"The nearest {areas.points.what} alone would have given the right PCN for {right}."
        say(to, text)
