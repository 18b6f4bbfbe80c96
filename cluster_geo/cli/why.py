"""`cluster-geo why`: why a school is in its cluster, and what another would mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, inputs, scenario_for, time_limit
from cluster_geo.errors import Fault, InputError


@click.command(short_help="Tell why a school is in its cluster, and what another would mean.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("urn", type=int)
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Rules to judge by: a file or shipped name.  [default: those of the run beside PLAN]",
)
@audience
@inputs
@time_limit("How long to search in all.", seconds=60.0)
def why(plan: Path, urn: int, scenario: str | None, time_limit: float, **options: Any) -> None:
    """Tell why a school is in its cluster, and what another cluster would mean.

    PLAN is a table with the columns urn and cluster, or an output folder; URN is the school's
    number in the register. For the best other clusters the school is locked there and the
    clusters nearby are solved again.

    \b
    Example:
      cluster-geo why outputs/example 990001
      cluster-geo why by_hand.csv 118264 --scenario kent --schools GIAS.csv --time-limit 120
    """
    from cluster_geo import explain
    from cluster_geo.audience import county_for, rulebook_for
    from cluster_geo.cli.show import console, show_marking
    from cluster_geo.cli.terminal import harmless
    from cluster_geo.pipeline import judge

    asked = scenario_for(plan, scenario, options)
    judged = judge(plan, asked)
    if urn not in judged.plan.cluster_of:
        found = f"the plan has no school with the URN {urn}"
        raise InputError([Fault(plan.name, found, "Check the number, or the plan")])
    # How the score changes with one school tells its counts where the balance of them is weighed.
    rulebook = rulebook_for(judged.rulebook, judged.county, asked.record())
    answer = explain.why(
        judged.plan,
        urn,
        judged.county,
        rulebook,
        time_limit=time_limit,
        seed=asked.solve.seed,
    )
    show_marking(console(), asked)
    county = county_for(judged.county, asked.record())
    click.echo(harmless(explain.why_told(answer, judged.plan, county)), nl=False)
    kept = {rule.name for rule in rulebook.rules}
    if left_out := [rule.name for rule in judged.rulebook.rules if rule.name not in kept]:
        click.echo(
            f"Left out of account, since counts below 5 are withheld: {', '.join(left_out)}. "
            "With --audience internal it is counted."
        )
