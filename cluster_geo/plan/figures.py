"""Figures that were saved when a request was decided: what `why` said of a school on that day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import Source

# What a run calls the file of figures that a row of the list of decisions names.
FIGURES_ROLE = "figures of a request"
FIX = "Give a file that cluster-geo why --save has written, as it was written"
# Figures of one school are some kilobytes; a larger file is another kind of file.
LARGEST = 1_000_000

Urn = Annotated[int, Field(ge=1, le=999_999_999)]


class _Part(BaseModel):
    """Base of the parts: immutable, and nothing else in them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class PlanThen(_Part):
    """The plan that figures are of.

    Parameters
    ----------
    title, version : str
    sha256 : str
        Hash of its file; keyed, as in the record of a run, where that holds withheld counts.
    """

    title: str
    version: str
    sha256: str


class Alternative(_Part):
    """Another cluster that the school could have been in.

    Parameters
    ----------
    cluster, name : str
        Its code, and what it was called.
    travel : float
        From the school to its central school, in `Figures.unit`.
    alone : float
        Change of the score if only this school moved there.
    breaks : tuple of str
        Requirements that this would have broken.
    change : float or None
        Change of the score with the clusters nearby solved again; None where it is not known.
    """

    cluster: str
    name: str
    travel: float
    alone: float
    breaks: tuple[str, ...]
    change: float | None


class Figures(_Part):
    """What `why` answered about a school on a day.

    Parameters
    ----------
    asked : date
    program : str
        Version of this program.
    audience : {"public", "internal"}
        For whom the answer was. One for the authority is not published.
    plan : PlanThen
    urn : int
    name, cluster : str
        The school, and the code of its cluster then.
    unit : str
        Of journeys.
    score : float
        Of the plan, by the rules that the audience may see.
    alternatives : tuple of Alternative
        The best first.
    text : tuple of str
        The answer as it was printed, line by line.
    """

    kind: Literal["figures of why"] = "figures of why"
    format: Literal[1] = 1
    asked: date
    program: str
    audience: Literal["public", "internal"]
    plan: PlanThen
    urn: Urn
    name: str
    cluster: str
    unit: str
    score: float
    alternatives: tuple[Alternative, ...]
    text: tuple[str, ...]


@dataclass(frozen=True)
class SavedFigures:
    """Figures, and the file they were read from."""

    figures: Figures
    source: Source


def read_figures(path: str | Path) -> SavedFigures:
    """Read figures that were saved by ``cluster-geo why --save``.

    Raises
    ------
    InputError
        Where there is no such file, or it is another kind of file or was changed by hand so that
        something in it is missing or is not what it should be.
    """
    name = file_name(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        found = f"the file cannot be opened ({error.strerror})"
        raise InputError([Fault(name, found, "Check the path")]) from error
    if len(data) > LARGEST:
        raise InputError([Fault(name, "it is too large to be a file of figures", FIX)])
    try:
        figures = Figures.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        where = f" ({place}: {first['msg']})" if place else ""
        raise InputError([Fault(name, f"it is not a file of figures{where}", FIX)]) from error
    source = Source(FIGURES_ROLE, str(path), hashlib.sha256(data).hexdigest())
    return SavedFigures(figures, source)


def figures_text(figures: Figures) -> str:
    """Return figures as their file holds them: equal figures give equal bytes."""
    content = figures.model_dump(mode="json")
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
