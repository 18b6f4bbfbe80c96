"""`cluster-geo why`: why a school is in its cluster, and what another would mean."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, scenario_for, time_limit
from cluster_geo.errors import Fault, InputError


@click.command(short_help="Explain why a school is where it is, and what else is possible.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("urn", type=int)
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Rules to judge by: a file or shipped name.  [default: those of the run beside PLAN]",
)
@click.option(
    "--history",
    is_flag=True,
    help="Show only in which cluster the school has been, in every version that PLAN was made "
    "from.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the answer here (JSON) with its date and plan, for the column figures of a list of "
    "decisions.",
)
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day that the figures are of; only with --save.  [default: today]",
)
@base_run
@audience
@inputs
@time_limit("How long to search in all.", seconds=60.0)
def why(
    plan: Path,
    urn: int,
    scenario: str | None,
    history: bool,
    save: Path | None,
    as_at: datetime | None,
    base: Path | None,
    time_limit: float,
    **options: Any,
) -> None:
    """Explain why a school is in its cluster, and what another cluster would mean.

    PLAN is a table with the columns urn and cluster, or an output folder; URN is that of the
    school. For the best other clusters the school is pinned there and the
    clusters nearby are solved again.

    \b
    Example:
      cluster-geo why outputs/example 900001
      cluster-geo why by_hand.csv 118264 --scenario kent --schools GIAS.csv --time-limit 120
      cluster-geo why plans/v4 900001 --history
      cluster-geo why outputs/example 900001 --save figures/900001.json --as-at 2026-09-01
    """
    if as_at is not None and save is None:
        raise click.UsageError("--as-at is the date of figures that are kept: give --save too.")
    from cluster_geo.audience import Disclosure
    from cluster_geo.cli.show import show_marking, show_readings
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.explain import why_text
    from cluster_geo.scenario import brief_of, load_county
    from cluster_geo.verbs import explaining
    from cluster_geo.verbs.figures import figures_of, require_new_file, write_figures
    from cluster_geo.verbs.judging import read_plan

    if history and save is not None:
        raise click.UsageError("--history has no figures to keep: leave out --save.")
    if history:
        _show_history(base or plan, urn)
        return
    if save is not None:
        require_new_file(save)
    asked = scenario_for(plan, scenario, options, base)
    county = load_county(asked)
    with show_readings(console(stderr=True)):
        drawn = read_plan(plan, county, base=base).within(set(county.urns))
        now = county.schools.identity.carried([urn], "URN")[urn]
    urn = now[0] if len(now) == 1 else urn
    if urn not in drawn.cluster_of:
        found = f"the plan has no school with the URN {urn}"
        fix = county.schools.identity.advice(urn, "Check the number, or the plan")
        raise InputError([Fault(plan.name, found, fix)])
    answer = explaining.why(county, asked, drawn, urn, time_limit=time_limit)
    shown = Disclosure(county, brief_of(asked)).county
    text = [why_text(answer, drawn, shown), explaining.about_judging(county, asked)]
    if left_out := explaining.about_left_out(county, asked):
        text.append(f"{left_out} With --audience internal, they are included.")
    if save is not None:
        day = (as_at or datetime.now()).date()  # noqa: DTZ005 - the day where the planner is
        write_figures(figures_of(county, asked, drawn, answer, text, source=plan, asked=day), save)
        wrote(save)
    to = console()
    show_marking(to, asked)
    for part in filter(None, text):
        say(to, part)
    if save is not None:
        say(to, f"Written: {save}")


def _show_history(plan: Path, urn: int) -> None:
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.pipeline import require_plan
    from cluster_geo.report.versions import edition_of_lineage, stay_words
    from cluster_geo.versions import history_of, lineage_of, versions_before

    require_plan(plan)
    versions, ending = versions_before(plan)
    lineage = lineage_of(versions)
    stays = history_of(lineage, urn)
    if not stays:
        fix = "Check the number, or the plan"
        raise InputError([Fault(plan.name, f"no version has a school with the URN {urn}", fix)])
    to = console()
    if marking := edition_of_lineage(lineage).marking:
        say(to, marking)
    last = stays[-1]
    say(to, f"{lineage.versions[last.place].schools.get(last.urn) or 'School'} ({last.urn})")
    for stay in stays:
        say(to, f"  - {stay_words(lineage, stay, last.urn)}")
    after = [place for place in lineage.chain(len(lineage) - 1) if place > last.place]
    if after:
        gone = lineage.versions[after[0]].at_head
        say(to, f"  - {gone}: it is no longer in the plan.")
    for words in (*lineage.doubts_of_links, *filter(None, [ending])):
        say(to, f"Please check: {words}")
