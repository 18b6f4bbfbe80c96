"""What a request does, in sentences."""

from __future__ import annotations

from cluster_geo.phrases import counted, joined
from cluster_geo.session.consequence import Consequence, Row
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Broken


def sentences_of(found: Consequence) -> list[str]:
    """Say what a request does: to the score, to the clusters, and to the rules.

    Examples
    --------
    >>> from cluster_geo.session import sentences_of
    >>> with cg.Session.open("outputs/example") as meeting:
    ...     sentences_of(meeting.ranking(900001)[0])[0].startswith("The score changes by +")
    True
    """
    sizes = [size for row in found.rows if (size := _size(row))]
    change = f"The score changes by {found.change:+,.1f}"
    said = [f"{change}; schools: {joined(sizes)}." if sizes else f"{change}."]
    said += [f"Broken by it: {broken_words(one, found.draft)}." for one in found.broken]
    before = found.before.draft
    said += pins_taken(before, found.draft)
    said += [f"No longer broken: {broken_words(one, before)}." for one in found.mended]
    return said


def pins_taken(before: Draft, after: Draft) -> list[str]:
    """Say how many pins of the scenario are taken away from one draft to another, if any are."""
    number = len(after.unpinned - before.unpinned)
    return [f"{counted(number, 'pin')} of the scenario would be taken away."] if number else []


def broken_words(broken: Broken, draft: Draft) -> str:
    """Say which requirement is broken, where, and what was found."""
    where = f"{draft.name_of(broken.code)}, " if broken.code else ""
    return f"{where}“{broken.rule}”: {broken.words}"


def _size(row: Row) -> str:
    """Say how many schools a cluster has before and after; "" where that does not change."""
    before, after = row.before, row.after
    if before is None:
        return f"{row.name} is new, with {after.schools if after else 0:,}"
    if after is None:
        return f"{row.name} is no more (it had {counted(before.schools, 'school')})"
    if before.schools == after.schools:
        return ""
    return f"{row.name} {before.schools:,} to {after.schools:,}"
