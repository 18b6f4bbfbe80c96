"""Responses to a consultation: what was raised, how often, about whom, and what the council does.

They are a summary that officers have made. What people wrote is not for publication unless it is
marked so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import counted
from cluster_geo.schools.identity import Identity

COLUMNS = ("category", "count", "action", "urns", "clusters", "rule", "text", "publish")


@dataclass(frozen=True, slots=True)
class Response:
    """One row of the table: a point that responses raised.

    Parameters
    ----------
    row : int
        Line of the file.
    category : str
        What was raised, in the council's words.
    count : int
        How many responses raised it; at least 1.
    action : str
        What the council does about it, "" where none is recorded.
    urns : tuple of int
        Schools named, each once.
    clusters : tuple of str
        Codes of clusters named, of the plan that was consulted on.
    rule : str
        Rule of this program that it is about, "" for none.
    text : str
        A quotation, "" for none.
    publish : bool
        Whether the quotation may be published.
    """

    row: int
    category: str
    count: int
    action: str = ""
    urns: tuple[int, ...] = ()
    clusters: tuple[str, ...] = ()
    rule: str = ""
    text: str = ""
    publish: bool = False


@dataclass(frozen=True)
class Responses:
    """The responses to a consultation.

    Parameters
    ----------
    rows : tuple of Response
        As in the file.
    file : Path or None
        Where they were read from, so that nothing is written over it.
    withheld : int
        Quotations that were left out, since they are not for the public.
    """

    rows: tuple[Response, ...]
    file: Path | None = None
    withheld: int = 0

    @property
    def unpublished(self) -> int:
        """How many rows have a quotation that may not be published."""
        return sum(bool(row.text) and not row.publish for row in self.rows)

    def for_public(self) -> Responses:
        """Return the responses without the quotations that may not be published."""
        rows = tuple(row if row.publish else replace(row, text="") for row in self.rows)
        return replace(self, rows=rows, withheld=self.withheld + self.unpublished)

    def table(self) -> pd.DataFrame:
        """Return the responses as `read_responses` reads them back, one row for each."""
        rows = [
            (
                row.category,
                row.count,
                row.action,
                "; ".join(map(str, row.urns)),
                "; ".join(row.clusters),
                row.rule,
                row.text,
                "yes" if row.publish else "no",
            )
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def require_outside(self, folder: Path) -> None:
        """Refuse to write for the public into the folder of a file that is not for the public.

        What is published is such a folder as a whole, and the planner's own file in it would stay.

        Raises
        ------
        InputError
            Where quotations were left out, and the file that has them lies in the folder.
        """
        if self.file is None or not self.withheld:
            return
        if self.file.resolve().is_relative_to(folder.resolve()):
            texts = counted(self.withheld, "text that is", "texts that are")
            found = f"it has {texts} not for publication, in the folder of what is published"
            fix = "Move it to another folder, and name it there"
            raise InputError([Fault(file_name(self.file), found, fix, setting="plan.responses")])

    def carried(self, identity: Identity, where: str) -> Responses:
        """Return the responses with the URNs that the schools have now.

        Parameters
        ----------
        identity : Identity
        where : str
            What to call the file in what is reported.
        """
        now = identity.carried((urn for row in self.rows for urn in row.urns), where)
        rows = (
            replace(row, urns=tuple(dict.fromkeys(new for urn in row.urns for new in now[urn])))
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def codes_in(
    pieces: Sequence[str], codes: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes that are among some words, each once, and the words that are none.

    A piece that is a code is one code, even with blanks in it; any other is taken word by word.
    Capitals do not matter.

    Examples
    --------
    >>> codes_in(["Hythe East", "sev-01 SEV-02"], ["Hythe East", "SEV-01"])
    (('Hythe East', 'SEV-01'), ('SEV-02',))
    """
    known = {code.casefold(): code for code in codes}
    words: list[str] = []
    for piece in pieces:
        words += [piece] if piece.casefold() in known else piece.split()
    found = (known[word.casefold()] for word in words if word.casefold() in known)
    unknown = (word for word in words if word.casefold() not in known)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(unknown))
