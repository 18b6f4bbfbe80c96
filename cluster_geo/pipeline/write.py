"""What is written of a plan: every output into a folder, or the map alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.export import require_kept_out, write_outputs
from cluster_geo.export.folder import replaced_file
from cluster_geo.pipeline.proposal import Proposal
from cluster_geo.scenario import Scenario, brief_of, papers_of

if TYPE_CHECKING:
    from cluster_geo.maps import Tiles


def require_publishable(folder: str | Path, county: County, scenario: Scenario) -> None:
    """Refuse a folder that holds what its audience must not see, before a search of minutes.

    Raises
    ------
    OutputError
        Where it is for the public, and the list of decisions in it has open requests.
    InputError
        Where it is, and texts of responses that are not for publication lie in it.
    """
    papers = Disclosure(county, brief_of(scenario)).papers(papers_of(county, scenario))
    require_kept_out(Path(folder), papers.kept_out)
    if papers.responses is not None:
        papers.responses.require_outside(Path(folder))


def write(
    proposal: Proposal,
    folder: str | Path,
    *,
    beside: Mapping[str, Callable[[Path], object]] | None = None,
) -> list[Path]:
    """Write every output of a plan into a folder, whole or not at all; return the paths.

    Parameters
    ----------
    proposal : Proposal
    folder : path
    beside : mapping of str to callable, optional
        What writes more files at a path, by their names.

    Raises
    ------
    OutputError
        Where the folder holds something else or cannot be written; it is then as it was.

    Examples
    --------
    >>> paths = cg.write(proposal, "outputs/first")
    >>> (Path("outputs") / "first" / "report.html") in paths
    True
    """
    return write_outputs(Path(folder), proposal.published, beside)


def draw(proposal: Proposal, path: str | Path, *, tiles: Tiles | None = None) -> Path:
    """Write the map of a plan; return its path.

    Parameters
    ----------
    proposal : Proposal
    path : path
    tiles : Tiles, optional
        A background map from the web, for a reader to ask for.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    from cluster_geo.maps import write_map  # noqa: PLC0415 - folium is slow to import

    with replaced_file(Path(path)) as draft:
        write_map(draft, proposal.published, tiles=tiles)
    return Path(path)
