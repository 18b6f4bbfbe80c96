"""`cluster-geo move`: put schools into other clusters of a plan, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cluster_geo.cli.options import audience, base_run, inputs, overrides_of
from cluster_geo.errors import Fault, InputError

# Why, where nobody says.
BY_HAND = "Moved by hand"
# A URN has six figures; longer numbers are none.
MOST_FIGURES = 9


@click.command(short_help="Move schools to other clusters, and write the plan that results.")
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("moves", nargs=-1, required=True, metavar="URN=CODE ...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the outputs; written whole or not at all.",
)
@click.option("--by", default="", metavar="ROLE", help="Role of who asked; not a name.")
@click.option("--reason", default="", metavar="TEXT", help="Why; it is in the list of decisions.")
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Rules to judge by: a file or shipped name.  [default: those of the run beside PLAN]",
)
@base_run
@audience
@inputs
def move(
    plan: Path,
    moves: tuple[str, ...],
    out: Path,
    by: str,
    reason: str,
    scenario: str | None,
    base: Path | None,
    **options: Any,
) -> None:
    """Move schools to other clusters of a plan, and write the plan that results.

    PLAN is an output folder, or a table with the columns urn and cluster; CODE is that of the
    cluster that the school joins. Codes, names and the record of the run stay; PLAN is not
    changed. A plan that breaks a requirement is written too: its report says which.

    \b
    Example:
      cluster-geo move outputs/kent 118313=MAI-02 --out outputs/kent-2
    """
    from cluster_geo.cli.show import show_audit, show_files, show_marking
    from cluster_geo.cli.terminal import console, say, wrote
    from cluster_geo.pipeline import require_writable
    from cluster_geo.session import Move, Session, sentences_of

    request = Move(to=_read(moves))
    require_writable(out)
    overrides = overrides_of(**options)
    with Session.open(plan, scenario=scenario, base=base, overrides=overrides) as session:
        found = session.accept(request, by=by, reason=reason)
        judged = session.proposal
        files = session.finish(out, reason=reason or BY_HAND)
    wrote(out)
    to = console()
    show_marking(to, judged.scenario)
    for sentence in sentences_of(found):
        say(to, sentence)
    show_audit(to, judged.audit)
    say(to, judged.published.certainty)
    show_files(to, out, files)


def _read(moves: tuple[str, ...]) -> dict[int, str]:
    """Read the moves as they were typed.

    Raises
    ------
    InputError
        With every one that cannot be read.
    """
    found: dict[int, str] = {}
    faults = []
    for text in moves:
        urn, equals, code = text.partition("=")
        number = urn.strip()
        is_number = number.isdecimal() and 0 < len(number) <= MOST_FIGURES
        if not (equals and code.strip() and is_number and int(number)):
            fix = "Write it as URN=CODE, such as 118313=MAI-02"
            faults.append(Fault("moves", f"{text!r} moves no school", fix))
        elif found.get(int(urn), code.strip()) != code.strip():
            fault = f"school {urn.strip()} is to join two clusters"
            faults.append(Fault("moves", fault, "Name one of them"))
        else:
            found[int(urn)] = code.strip()
    if faults:
        raise InputError(faults)
    return found
