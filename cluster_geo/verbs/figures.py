"""Figures of `why`, kept as they were on the day a request was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.errors import OutputError
from cluster_geo.explain import Why
from cluster_geo.export.folder import replaced_file
from cluster_geo.export.papers import require_inside
from cluster_geo.pipeline import plan_file
from cluster_geo.plan import Figures, Plan
from cluster_geo.plan.figures import Alternative, PlanThen, figures_text
from cluster_geo.publish.templates import write_page
from cluster_geo.records import sha256_of
from cluster_geo.scenario import Scenario, brief_of, rulebook_of
from cluster_geo.version import __version__

# Of scores and journeys: more than anybody reads, and free of the traces of adding up.
DECIMALS = 6


def require_new_file(path: str | Path) -> None:
    """Refuse a file that is there: figures of an earlier decision are not written over.

    Raises
    ------
    OutputError
    """
    if Path(path).exists():
        raise OutputError(
            f"{path}: exists already. Figures are a record and are not replaced: choose another "
            "name with --save."
        )


def figures_of(
    county: County,
    scenario: Scenario,
    plan: Plan,
    answer: Why,
    text: Iterable[str],
    *,
    source: str | Path,
    asked: date,
) -> Figures:
    """Return what `why` answered as a record that a list of decisions can name.

    Parameters
    ----------
    county : County
    scenario : Scenario
        For its audience only: the score is by the rules that it may see.
    plan : Plan
    answer : Why
    text : iterable of str
        The answer as it was printed.
    source : path
        The plan's file, or its folder.
    asked : date
    """
    disclosed = Disclosure(county, brief_of(scenario))
    edition = disclosed.brief
    return Figures(
        asked=asked,
        program=__version__,
        audience=edition.audience,
        plan=PlanThen(
            title=edition.title,
            version=edition.version,
            sha256=disclosed.hash_of_plan(sha256_of(plan_file(source))),
        ),
        urn=answer.urn,
        name=disclosed.county.schools.names[answer.urn],
        cluster=answer.cluster,
        unit=county.travel.unit,
        score=round(disclosed.rulebook(rulebook_of(county, scenario)).cost(plan), DECIMALS),
        alternatives=tuple(
            Alternative(
                cluster=move.cluster,
                name=plan.names.get(move.cluster, ""),
                travel=round(move.travel, DECIMALS),
                alone=round(move.moved, DECIMALS),
                breaks=move.breaks,
                change=None if move.change is None else round(move.change, DECIMALS),
            )
            for move in answer.moves
        ),
        text=tuple(line for part in text for line in part.splitlines()),
    )


def write_figures(figures: Figures, path: str | Path) -> Path:
    """Write figures into a file, whole or not at all; return its path.

    Raises
    ------
    OutputError
        Where the file cannot be written, or is there already, or what is not for the public would
        be among outputs that are.
    """
    require_new_file(path)
    if figures.audience == "internal":
        require_inside(Path(path))
    with replaced_file(Path(path)) as draft:
        write_page(draft, figures_text(figures))
    return Path(path)
