"""`cluster-geo price`: what each rule is worth in travel and in the other wishes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, inputs, out_folder, overrides_of, time_limit
from cluster_geo.errors import ImpossibleError, NoPlanFoundError


@click.command(short_help="Show what each rule is worth: solve with it relaxed or tightened.")
@click.argument("scenario", required=False)
@audience
@inputs
@click.option(
    "--plan",
    "begin",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="A plan to begin from: a table or an output folder.",
)
@out_folder("Also write the tables here: price.csv, and trusts.csv with --trusts.")
@time_limit("How long each search may take; the first has four times as long.", seconds=60.0)
@click.option("--trusts", is_flag=True, help="Also solve for each trust in one cluster fewer.")
def price(
    scenario: str | None,
    begin: Path | None,
    out: Path | None,
    time_limit: float,
    trusts: bool,
    **options: Any,
) -> None:
    """Show what each rule is worth, by solving with it relaxed or tightened.

    Each row is a search of its own, begun from the plan by the rules as they are. Scores leave
    out the rule that is turned; a change of which neither a rise nor a fall is proven is called
    unresolved.

    \b
    Example:
      cluster-geo price kent --schools GIAS.csv --time-limit 120 --out outputs/price
      cluster-geo price mine.toml --plan outputs/mine --trusts

    Exit codes: 0 done, 2 the input cannot be used, 3 it is proven that there is no plan, 4 none
    was found and nothing is proven.
    """
    from cluster_geo import explain
    from cluster_geo.cli.show import console, show_marking
    from cluster_geo.cli.show_worth import show_trusts, show_worth
    from cluster_geo.export.worth import write_worth
    from cluster_geo.page.certainty import no_plan, of_frozen
    from cluster_geo.pipeline import plan_file, require_plan
    from cluster_geo.plan import read_plan
    from cluster_geo.scenario import frozen_clusters, load_county, read_scenario, rulebook_of

    if begin is not None:
        require_plan(begin)
    asked = read_scenario(scenario, overrides_of(**options))
    county = load_county(asked)
    rulebook = rulebook_of(asked, county)
    progress = console(stderr=True)

    def told(words: str) -> None:
        progress.print(f"solving: {words}", markup=False, soft_wrap=True)

    frozen = frozen_clusters(asked, county, rulebook)
    found = explain.worth(
        county,
        rulebook,
        time_limit=time_limit,
        seed=asked.solve.seed,
        start=None if begin is None else read_plan(plan_file(begin), county),
        frozen=frozen,
        told=told,
    )
    if found.base.plan is None:
        fix = "Run cluster-geo explain on the scenario"
        if found.base.status == "impossible":
            raise ImpossibleError.of([fix])
        raise NoPlanFoundError(
            f"By the rules as they are: {no_plan(found.base)} {fix}.",
            found.base.failure,
        )
    show_marking(console(), asked)
    show_worth(console(), found, county)
    if frozen:
        click.echo(of_frozen(len(frozen)))
    apart = None
    if trusts:
        apart = explain.trusts_apart(
            found.base.plan,
            county,
            rulebook,
            time_limit=time_limit,
            seed=asked.solve.seed,
            told=told,
        )
        show_trusts(console(), apart, county)
    if out is not None:
        written = write_worth(out, found.table, apart, asked.record())
        click.echo(f"Written to {out}: {', '.join(path.name for path in written)}")
