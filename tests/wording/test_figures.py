"""Figures and lists in texts: thousands are marked, names with commas are kept apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from cluster_geo import records
from cluster_geo.phrases import amount, by_phase, counted, in_short, joined, listed, unbroken
from tests.wording import PACKAGE

# What is counted in texts that readers see.
THINGS = re.compile(
    r" (?:[a-z-]+ )?(?:schools|pupils|pairs|edges|rows|zones|clusters|patients|points|runs|plans|"
    r"trusts|polygons|areas|practices|PCNs|LSOAs|more|others|matches|findings|reasons|cells)\b"
)
# Texts of the search's own, which no planner reads.
INSIDE = ("compiled/", "optimise/", "neighbours/graph.py")
# Mark thousands themselves, or are no figures.
WORDS = re.compile(
    r"^(?:counted|named|listed|in_short|amount|percent|up|down|_shown|count_lsoas)\("
)


def figures() -> Iterator[tuple[str, str]]:
    """Yield each figure that stands before what it counts, or is a length, without commas."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(INSIDE):
            continue
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(text, ast.JoinedStr):
                yield from ((name, found) for found in unmarked(text))


def unmarked(text: ast.JoinedStr) -> Iterator[str]:
    """Yield the figures of one text that a reader would see without commas."""
    after = [*text.values[1:], ast.Constant("")]
    for part, following in zip(text.values, after, strict=True):
        if not isinstance(part, ast.FormattedValue) or part.format_spec is not None:
            continue
        value = ast.unparse(part.value)
        words = following.value if isinstance(following, ast.Constant) else ""
        counts = isinstance(part.value, ast.Name) and THINGS.match(str(words))
        if value.startswith("len(") or (counts and not WORDS.match(value)):
            yield value


# Names of words, not of figures.
NAMES = frozenset(("of", "which", "phase", "verb", "both", "where", "some"))


def test_thousands_are_marked_in_every_text():
    """12345 schools are read twice, 12,345 once."""
    assert [(name, value) for name, value in figures() if value not in NAMES] == []


def test_a_figure_without_commas_would_be_noticed():
    """The pattern above sees what it is for."""
    for source in ('f"{len(rows)} rows"', 'f"{wet} pairs of schools"', 'f"in {len(found)}"'):
        text = ast.parse(source, mode="eval").body
        assert list(unmarked(text)), source
    for source in ('f"{len(rows):,} rows"', 'f"{counted(2, name)} rows"'):
        text = ast.parse(source, mode="eval").body
        assert not list(unmarked(text)), source


def test_figures_and_their_nouns():
    """One way for every text."""
    assert (counted(1, "school"), counted(12_345, "school")) == ("1 school", "12,345 schools")
    assert (amount(12_345.5, "km"), amount(1_000), amount(0.25)) == ("12,345.5 km", "1,000", "0.25")
    assert by_phase(1_203, 2, 0) == "1,203 primary, 2 secondary"


def test_names_with_commas_are_parted_by_semicolons():
    """Else "St Anne's, Wye" would be two schools."""
    plain, own = ["Wye", "Lenham"], ["St Anne's, Wye", "Lenham", "Bristol, City of"]
    assert (joined(plain), listed(plain)) == ("Wye, Lenham", "Wye and Lenham")
    assert joined(own) == "St Anne's, Wye; Lenham; Bristol, City of"
    assert listed(own) == "St Anne's, Wye; Lenham; and Bristol, City of"
    assert listed(own[:1]) == "St Anne's, Wye"
    # A comma within brackets or a figure parts no names.
    assert listed(["Oak (1, 2)", "1,203 more"]) == "Oak (1, 2) and 1,203 more"
    many = [f"School {k}" for k in range(1_215)]
    assert in_short(many, 2) == "School 0, School 1 and 1,213 more"
    assert in_short(own, 1) == "St Anne's, Wye; and 2 more"
    assert in_short(plain) == "Wye, Lenham"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("on 1 September 2026 and 18 July 2025", "on 1_September_2026 and 18_July_2025"),
        ("0.37 % of 2.9 km, 12 minutes", "0.37_% of 2.9_km, 12_minutes"),
        ("12 kmh, 3 maybe, May 2026 and Mayor 2026", "12 kmh, 3 maybe, May 2026 and Mayor 2026"),
    ],
)
def test_no_line_ends_within_a_date(text, whole):
    """Nor between a figure and its unit."""
    assert unbroken(text).replace("\N{NO-BREAK SPACE}", "_") == whole
    assert unbroken(unbroken(text)) == unbroken(text)


def test_every_kind_of_notice_has_a_heading_for_readers():
    """A topic is a key; what is shown of it says more than the key with a capital."""
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    topics = set(re.findall(r'\bNotice\(\s*"(\w+)"', source))
    assert len(topics) > 20
    plain = {"census", "deprivation", "repair", "withheld"}
    assert topics - set(records.TOPICS) <= plain
    assert records.Notice("pcn", "").heading == "PCNs"
    assert records.Notice("census", "").heading == "Census"
