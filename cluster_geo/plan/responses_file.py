"""The table of responses to a consultation, as officers keep it: one row for each point raised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import DECIMAL_URN
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import counted, in_short
from cluster_geo.plan.responses import COLUMNS, Response, Responses, codes_in
from cluster_geo.records import Notice, report
from cluster_geo.schools.headings import URN_PATTERN, folded, read_list

SYNONYMS = {
    "category": ("theme", "issue", "topic", "point", "yousaid", "whatwassaid"),
    "count": ("responses", "number", "numberofresponses", "howmany"),
    "action": ("wedid", "whatwedid", "councilsresponse", "ourresponse"),
    "urns": ("urn", "schools", "schoolurns", "schoolurn"),
    "clusters": ("cluster", "clustercode", "clustercodes", "codes"),
    "rule": ("setting", "rules"),
    "text": ("freetext", "quote", "quotation", "comment", "words"),
    "publish": ("published", "maypublish", "publishtext", "maybepublished"),
}
REQUIRED = {"category": "what was raised", "count": "how many responses raised it"}
YES, NO = frozenset({"yes", "y", "true"}), frozenset({"", "no", "n", "false"})
# A whole number as a spreadsheet writes it: 1,203 and 12.0 too.
WHOLE = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?")
# Between the schools, or the clusters, of one cell. A cluster's code may have blanks in it.
BETWEEN_URNS, BETWEEN_CODES = re.compile(r"[;,|\s]+"), re.compile(r"[;,|\n]+")


def read_responses(
    path: str | Path,
    *,
    rules: Collection[str] | None = None,
    codes: Collection[str] | None = None,
) -> Responses:
    """Read a CSV with `category` and `count`, and any of the other columns of `COLUMNS`.

    Parameters
    ----------
    path : str or Path
    rules : collection of str, optional
        Names that a row may have under `rule`; without it any.
    codes : collection of str, optional
        Codes of the clusters that were consulted on; without it any, and they are left as written.

    Raises
    ------
    InputError
        With every fault: missing columns and cells, counts that are not whole numbers, URNs, codes
        and rules that are none, and a `publish` that is neither yes nor no.
    """
    frame, titles = read_list(path, SYNONYMS, REQUIRED)
    reader = _Reader(file_name(path), titles, rules, codes)
    rows = [reader.response(line, cells) for line, cells in _lines(frame)]
    if reader.faults:
        raise InputError(reader.faults)
    if reader.decimals:
        one, many = (f"{noun} with decimals, as 118229.0," for noun in ("URN", "URNs"))
        words = counted(reader.decimals, f"{one} was", f"{many} were")
        report(Notice("file", f"{reader.name}: {words} read as whole."))
    return Responses(tuple(rows), Path(path))


def _lines(frame: pd.DataFrame) -> Iterable[tuple[int, dict[str, str]]]:
    rows = frame[list(COLUMNS)].to_dict(orient="records")
    lines = (int(line) for line in frame.index)
    return zip(lines, [{str(k): v for k, v in row.items()} for row in rows], strict=True)


class _Reader:
    """Reads row by row, and gathers what is wrong."""

    def __init__(
        self,
        name: str,
        titles: dict[str, str],
        rules: Collection[str] | None,
        codes: Collection[str] | None,
    ) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.decimals = 0
        self._titles, self._codes = titles, codes
        self._rules = None if rules is None else {folded(rule): rule for rule in rules}

    def response(self, line: int, cells: dict[str, str]) -> Response:
        """Return a row; what cannot be read is a fault, and has any value."""
        if not cells["category"]:
            fix = "Write what was raised, such as: Clusters split our trust"
            self._fault(line, "category", "the category is missing", fix)
        return Response(
            line,
            cells["category"],
            self._count(line, cells["count"]),
            cells["action"],
            self._urns(line, cells["urns"]),
            self._clusters(line, cells["clusters"]),
            self._rule(line, cells["rule"]),
            cells["text"],
            self._publish(line, cells["publish"]),
        )

    def _fault(self, line: int, column: str, found: str, fix: str) -> None:
        title = self._titles.get(column, column)
        self.faults.append(Fault(self.name, found, fix, line, title))

    def _count(self, line: int, text: str) -> int:
        match = WHOLE.fullmatch(text)
        number = int(match[1].replace(",", "")) if match else 0
        if number < 1:
            found = (
                f"{text!r} is not a whole number of 1 or more" if text else "the count is missing"
            )
            self._fault(
                line, "count", found, "Write how many responses raised it, or delete the row"
            )
        return number

    def _urns(self, line: int, text: str) -> tuple[int, ...]:
        urns = []
        for word in filter(None, BETWEEN_URNS.split(text)):
            plain = DECIMAL_URN.sub(r"\1", word)
            self.decimals += plain != word
            if URN_PATTERN.fullmatch(plain):
                urns.append(int(plain))
            else:
                fix = "Write the schools' unique reference numbers, such as: 118229; 118230"
                self._fault(line, "urns", f"{word!r} is not a URN", fix)
        return tuple(dict.fromkeys(urns))

    def _clusters(self, line: int, text: str) -> tuple[str, ...]:
        pieces = [piece.strip() for piece in BETWEEN_CODES.split(text) if piece.strip()]
        if self._codes is None:
            return tuple(dict.fromkeys(pieces))
        found, unknown = codes_in(pieces, self._codes)
        for word in unknown:
            what = f"no cluster of the plan before has the code {word!r}"
            self._fault(line, "clusters", what, f"Its codes are {_nearest(word, self._codes)}")
        return found

    def _rule(self, line: int, text: str) -> str:
        if self._rules is None or not text:
            return text
        rule = self._rules.get(folded(text))
        if rule is None:
            names = _nearest(text, self._rules.values())
            fix = f"Leave it blank, or name one of these: {names}"
            self._fault(line, "rule", f"there is no rule {text!r}", fix)
        return rule or ""

    def _publish(self, line: int, text: str) -> bool:
        word = text.casefold()
        if word not in YES | NO:
            fix = "Write yes where the text may be published; no, or nothing, where it may not"
            self._fault(line, "publish", f"{text!r} is neither yes nor no", fix)
        return word in YES


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return what is known, what is most like a word first."""
    ranked = sorted(
        set(known),
        key=lambda name: (-SequenceMatcher(None, word.casefold(), name.casefold()).ratio(), name),
    )
    return in_short(ranked)
