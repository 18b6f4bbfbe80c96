"""Requests as the public may see them: those that are settled, and how many are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan.figures import FIGURES_ROLE, SavedFigures
from cluster_geo.plan.stages import places_of, requests_of
from cluster_geo.records import KEYED, Notice, Source, keyed

# What a run calls the list itself, and the topic of notices about what is not settled.
DECISIONS_ROLE = "decisions"
REQUEST_TOPIC = "request"


@dataclass(frozen=True, slots=True)
class WithheldRequests:
    """What the public is not shown of a list of decisions, in figures.

    Parameters
    ----------
    open : int
        Requests that are open.
    appeals : int
        How many of these are under appeal.
    figures : int
        Decisions whose figures were made for the authority.
    files : tuple of Path
        Files that must not lie among what is published: those of figures that are not shown.
    """

    open: int = 0
    appeals: int = 0
    figures: int = 0
    files: tuple[Path, ...] = ()

    def __add__(self, other: WithheldRequests) -> WithheldRequests:
        return WithheldRequests(
            self.open + other.open,
            self.appeals + other.appeals,
            self.figures + other.figures,
            tuple(sorted({*self.files, *other.files})),
        )


NOTHING_WITHHELD = WithheldRequests()


def without_open(decisions: pd.DataFrame) -> tuple[pd.DataFrame, WithheldRequests]:
    """Return the rows of a list that the public may see, and what was left out.

    Of a request that is open or under appeal no row is shown, so that none is both shown and
    counted. Figures that were made for the authority are not shown either.

    Parameters
    ----------
    decisions : DataFrame
        As `read_decisions` gives it.
    """
    requests = requests_of(decisions)
    unsettled = [one for one in requests if one.is_open]
    shown = decisions.iloc[places_of(one for one in requests if not one.is_open)]
    inside = 0
    if "figures" in shown:
        fit = [None if saved is None or _inside(saved) else saved for saved in shown["figures"]]
        inside = sum(saved is not None for saved in shown["figures"])
        inside -= sum(saved is not None for saved in fit)
        shown = shown.assign(figures=pd.Series(fit, shown.index, dtype=object))
    hidden = _saved(decisions) - _saved(shown)
    return shown, WithheldRequests(
        open=len(unsettled),
        appeals=sum(one.stage == "appeal" for one in unsettled),
        figures=inside,
        files=tuple(sorted(Path(saved.source.path) for saved in hidden)),
    )


def without_traces(county: County, decisions: pd.DataFrame) -> County:
    """Return a county that does not tell of requests that the public is not shown.

    Their rows, what was noticed about their schools, and which files hold their figures are left
    out. A plain hash of the list would let anybody confirm a guess at what is in it, so that it is
    keyed.

    Parameters
    ----------
    county : County
    decisions : DataFrame
        The list that it was read with.
    """
    shown, withheld = without_open(decisions)
    if withheld == NOTHING_WITHHELD:
        return county
    kept = {saved.source.sha256 for saved in _saved(shown)}

    def fit(source: Source) -> Source:
        plain = source.role == DECISIONS_ROLE and not source.sha256.startswith(KEYED)
        return keyed(source) if plain and withheld.open else source

    sources = (s for s in county.inputs.sources if s.role != FIGURES_ROLE or s.sha256 in kept)
    contents = county.inputs.contents.items()
    fit_contents = {key: shown if found is decisions else found for key, found in contents}
    inputs = replace(county.inputs, sources=tuple(sources), contents=fit_contents)
    settled = tuple(filter(_of_settled, county.own_notices))
    return replace(county, inputs=inputs, own_notices=settled).with_sources(fit)


def _of_settled(notice: Notice) -> bool:
    return notice.topic != REQUEST_TOPIC


def _inside(saved: SavedFigures) -> bool:
    return saved.figures.audience == "internal"


def _saved(decisions: pd.DataFrame) -> set[SavedFigures]:
    if "figures" not in decisions:
        return set()
    return {saved for saved in decisions["figures"] if saved is not None}


def figures_sources(decisions: object) -> tuple[Source, ...]:
    """Return the records of the files of figures that a list of decisions names."""
    if not isinstance(decisions, pd.DataFrame):
        return ()
    ordered = {saved.source.path: saved.source for saved in _saved(decisions)}
    return tuple(ordered[path] for path in sorted(ordered))
