"""`cluster-geo explain`: why there is no plan, and what would make one possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import asked_for, audience, inputs, out_folder, time_limit
from cluster_geo.errors import ImpossibleError, NoPlanFoundError

EXIT_CODES = {
    "possible": 0,
    "impossible": ImpossibleError.exit_code,
    "not proven": NoPlanFoundError.exit_code,
}


@click.command(short_help="Explain why there is no plan, and what would make one possible.")
@click.argument("scenario", required=False)
@audience
@inputs
@out_folder("Also write the explanation here, as a page, as text and as JSON.")
@time_limit("How long to search in all.  [default: the scenario's]")
def explain(scenario: str | None, out: Path | None, **options: Any) -> None:
    """Explain why no plan meets the requirements, and what would make one possible.

    The rules that clash are named with the schools or zones they clash on: without any one of
    them the others can be kept. Each change that is offered was tried, and a plan of the schools
    concerned was found.

    \b
    Example:
      cluster-geo explain kent --schools GIAS.csv --set boundaries.district.rule=hard
      cluster-geo explain mine.toml --out outputs/why --time-limit 300

    Exit codes: 0 there is a plan; 2 the input cannot be used; 3 it is proven that there is no
    plan, even where time ran out before it was shown of each rule named that it is needed for the
    clash (that rule is then marked "not settled"); 4 none was found, and that there is none is
    not proven.
    """
    from cluster_geo.audience import Disclosure
    from cluster_geo.cli.show import show_files, show_marking
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.explain import explanation_text
    from cluster_geo.export.explanation import write_explanation
    from cluster_geo.publish import ExplanationPublication
    from cluster_geo.scenario import brief_of, load_county, read_scenario
    from cluster_geo.verbs import explaining

    asked = asked_for(lambda settings: read_scenario(scenario, settings), options)
    county = load_county(asked)
    found = explaining.explain(county, asked)
    if out is not None:
        disclosed = Disclosure(county, brief_of(asked))
        written = write_explanation(out, ExplanationPublication(disclosed, found))
        wrote(out)
    to = console()
    show_marking(to, asked)
    say(to, explanation_text(found))
    if out is not None:
        show_files(to, out, written)
    click.get_current_context().exit(EXIT_CODES[found.status])
