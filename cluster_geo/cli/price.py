"""`cluster-geo price`: what each rule is worth in travel and in the other wishes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import asked_for, audience, inputs, out_folder, time_limit


@click.command(short_help="Show what each rule is worth: solve with it relaxed or tightened.")
@click.argument("scenario", required=False)
@audience
@inputs
@click.option(
    "--plan",
    "begin",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="A plan to begin from: a table or an output folder. Preferences that its run made "
    "requirements stay requirements.",
)
@out_folder("Also write them here: price.html, price.csv, and trusts.csv with --trusts.")
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

    Each row is a search of its own, which starts from the plan found under the rules as they
    are. Scores leave out the rule that is changed; a change for which neither a rise nor a fall
    is proven is called unresolved.

    \b
    Example:
      cluster-geo price kent --schools GIAS.csv --time-limit 120 --out outputs/price
      cluster-geo price mine.toml --plan outputs/mine --trusts

    Exit codes: 0 done, 2 the input cannot be used, 3 it is proven that there is no plan, 4 none
    was found and nothing is proven.
    """
    from cluster_geo.cli.show import show_files, show_marking
    from cluster_geo.cli.show_worth import show_trusts, show_worth
    from cluster_geo.cli.terminal import console, say
    from cluster_geo.export.worth import write_worth
    from cluster_geo.pipeline import judged_beside, require_plan
    from cluster_geo.publish import WorthPublication
    from cluster_geo.scenario import brief_of, load_county, read_scenario
    from cluster_geo.verbs import explaining
    from cluster_geo.verbs.judging import read_plan

    if begin is not None:
        require_plan(begin)
    asked = asked_for(lambda settings: read_scenario(scenario, settings), options)
    if begin is not None:
        asked = judged_beside(begin, asked)
    county = load_county(asked)
    start = None if begin is None else read_plan(begin, county)
    progress = console(stderr=True)

    def begun(words: str) -> None:
        say(progress, f"solving: {words}")

    found = explaining.price(county, asked, start, time_limit=time_limit, progress=begun)
    show_marking(console(), asked)
    show_worth(console(), found)
    left_out = explaining.about_left_out(county, asked)
    frozen = explaining.about_frozen(county, asked)
    if left_out:
        say(console(), f"{left_out} With --audience internal, they are included.")
    judged = explaining.about_judging(county, asked)
    for sentence in filter(None, (frozen, judged)):
        say(console(), sentence)
    apart = None
    if trusts:
        assert found.base.plan is not None, "price raises where there is none"
        apart = explaining.price_trusts(
            county, asked, found.base.plan, time_limit=time_limit, progress=begun
        )
        show_trusts(console(), apart)
    if out is not None:
        notes = tuple(filter(None, (left_out, frozen, judged)))
        published = WorthPublication(brief_of(asked), found, apart, county.travel.unit, notes)
        written = write_worth(out, published)
        show_files(console(), out, written)
