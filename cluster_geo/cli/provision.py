"""`cluster-geo provision`: where new SRPs, more places or other designations would help most."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluster_geo.cli.options import (
    asked_for,
    audience,
    inputs,
    out_folder,
    scenario_for,
    time_limit,
)

if TYPE_CHECKING:
    from cluster_geo.scenario import Scenario

_FILE = click.Path(path_type=Path, dir_okay=False)
# Numbers are taken as they are: what is wrong with them is reported with every other fault.
_OF_THE_QUESTION = (
    click.option("--need", default="", metavar="NEED", help="Need type, such as ASD or SLCN."),
    click.option(
        "--phase",
        default="secondary",
        metavar="PHASE",
        show_default=True,
        help="primary, or secondary (Years 7 to 11).",
    ),
    click.option(
        "--new", type=float, default=5, metavar="N", help="Most new provisions.  [default: 5]"
    ),
    click.option(
        "--places", type=float, default=20, metavar="N", help="Places of each.  [default: 20]"
    ),
    click.option("--expand", type=float, default=0, metavar="N", help="Most that get more places."),
    click.option("--by", type=float, default=10, metavar="N", help="How many more.  [default: 10]"),
    click.option(
        "--change",
        type=float,
        default=0,
        metavar="N",
        help="Most provisions for other needs whose spare places take this need.",
    ),
    click.option(
        "--candidates",
        type=_FILE,
        metavar="FILE",
        help="Schools that could have one: urn, places.  [default: all of the phase]",
    ),
    click.option(
        "--no-selective", is_flag=True, help="No new provision in a school that selects by ability."
    ),
    click.option(
        "--special",
        type=_FILE,
        metavar="FILE",
        help="Other places: special schools, provisions of two schools, travelling teams.",
    ),
    click.option(
        "--pupils",
        type=_FILE,
        metavar="FILE",
        help="Pupils who need a place, by school (urn) or point (easting, northing).",
    ),
    click.option(
        "--share",
        type=float,
        metavar="SHARE",
        help="Of the pupils with an EHCP in schools of the phase, the part who need such a place, "
        "as 0.15.  [default: as many as there are places]",
    ),
    click.option(
        "--homes",
        default="all",
        metavar="all|phase",
        show_default=True,
        help="Whose pupils with an EHCP show where pupils live: all schools', or the phase's.",
    ),
    click.option(
        "--reach",
        type=float,
        default=30,
        metavar="LENGTH",
        help="No pupil travels further, in km or minutes.  [default: 30]",
    ),
    click.option(
        "--unplaced",
        type=float,
        metavar="LENGTH",
        help="A pupil without a place counts like such a journey.  [default: twice the reach]",
    ),
    click.option(
        "--gap",
        type=float,
        default=100,
        metavar="AMOUNT",
        help="What a cluster with a primary provision and no way on counts.  [default: 100]",
    ),
    click.option(
        "--alternatives",
        type=float,
        default=2,
        metavar="N",
        help="How many choices besides the best.  [default: 2]",
    ),
    click.option(
        "--differ",
        type=float,
        default=1,
        metavar="N",
        help="At least so many sites of each are in none above it.  [default: 1]",
    ),
    click.option(
        "--spare", is_flag=True, help="Also show SRPs with spare places, and their worth."
    ),
)


def _question(command: Any) -> Any:
    for option in reversed(_OF_THE_QUESTION):
        command = option(command)
    return command


@click.command(short_help="Show where new SRPs would help most, with a proven bound.")
@click.argument("source", required=False, metavar="[SCENARIO|PLAN]")
@_question
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Scenario of a PLAN drawn by hand.  [default: that of the run beside PLAN]",
)
@audience
@inputs
@out_folder("Also write them here: provision.html, provision.csv, provision.json and others.")
@time_limit(
    "How long to search for the best choice; all else may take 1.5 times as long.", seconds=60.0
)
def provision(
    source: str | None,
    need: str,
    candidates: Path | None,
    special: Path | None,
    pupils: Path | None,
    spare: bool,
    no_selective: bool,
    scenario: str | None,
    out: Path | None,
    time_limit: float,
    **options: Any,
) -> None:
    """Show at which schools new SRPs, more places or other designations would help most.

    What helps is shorter journeys of pupils with the need, fewer of them without a place, and
    fewer clusters (districts, without a plan) with a primary provision and no way on. The
    plan stays as it is.

    \b
    Example:
      cluster-geo provision outputs/example --need SLCN --new 2 --share 0.1
      cluster-geo provision kent --schools GIAS.csv --set schools.census=census.csv \\
          --need ASD --new 5 --places 20 --out outputs/asd

    Exit codes: 0 done, 2 the input cannot be used.
    """
    from cluster_geo.cli.show import show_files, show_marking
    from cluster_geo.cli.show_provision import show_provision
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.export.provision import require_provision_folder, write_provision
    from cluster_geo.provision.question import Asked
    from cluster_geo.scenario import load_county
    from cluster_geo.verbs.judging import read_plan
    from cluster_geo.verbs.provision import published_provision

    if out is not None:
        require_provision_folder(out)
    what = {name: options.pop(name) for name in Asked.__annotations__ if name in options}
    asked, plan = _asked(source, scenario, options)
    county = load_county(asked)
    drawn = None if plan is None else read_plan(plan, county).within(set(county.urns))
    progress = console(stderr=True)
    published = published_provision(
        county,
        asked,
        drawn,
        need=need,
        candidates=candidates,
        special=special,
        pupils=pupils,
        spare=spare,
        time_limit=time_limit,
        progress=lambda words: say(progress, f"searching: {words}"),
        selective=not no_selective,
        **what,
    )
    show_marking(console(), asked)
    show_provision(console(), published.found)
    if out is not None:
        show_files(console(), out, write_provision(out, published))


def _asked(
    source: str | None, scenario: str | None, options: dict[str, Any]
) -> tuple[Scenario, Path | None]:
    """Return the scenario, and the plan where the source is one."""
    from cluster_geo.scenario import read_scenario

    path = Path(source or "")
    is_plan = source is not None and (
        scenario is not None or path.is_dir() or (path.is_file() and path.suffix != ".toml")
    )
    if is_plan:
        return scenario_for(path, scenario, options), path
    return asked_for(lambda settings: read_scenario(source, settings), options), None
