"""`cluster-geo why`: why a school is in its cluster, and what another would mean."""

from __future__ import annotations

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
@base_run
@audience
@inputs
@time_limit("How long to search in all.", seconds=60.0)
def why(
    plan: Path,
    urn: int,
    scenario: str | None,
    history: bool,
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
    """
    from cluster_geo.audience import Disclosure
    from cluster_geo.cli.show import show_marking, show_readings
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.explain import why_text
    from cluster_geo.scenario import brief_of, load_county
    from cluster_geo.verbs import explaining
    from cluster_geo.verbs.judging import read_plan

    if history:
        _show_history(base or plan, urn)
        return
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
    to = console()
    show_marking(to, asked)
    shown = Disclosure(county, brief_of(asked)).county
    say(to, why_text(answer, drawn, shown))
    if judged := explaining.about_judging(county, asked):
        say(to, judged)
    if left_out := explaining.about_left_out(county, asked):
        say(to, f"{left_out} With --audience internal, they are included.")


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
        say(to, f"  - {stay_words(lineage, stay)}")
    after = [place for place in lineage.chain(len(lineage) - 1) if place > last.place]
    if after:
        gone = lineage.versions[after[0]].called.capitalize()
        say(to, f"  - {gone}: it is no longer in the plan.")
    for words in (*lineage.doubts_of_links, *filter(None, [ending])):
        say(to, f"Please check: {words}")
