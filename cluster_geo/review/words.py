"""A session in plain values, as its page shows it: sentences, figures as they are printed, lists.

Nothing is judged here, and nothing of a school is counted but what `Session` has counted for the
scenario's audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cluster_geo.county import County
from cluster_geo.errors import InputError
from cluster_geo.session import (
    Broken,
    Consequence,
    Draft,
    Figures,
    Judged,
    Request,
    Row,
    Session,
    words_of,
)
from cluster_geo.session.text import pins_taken
from cluster_geo.tolerances import SAME_SCORE

Plain = dict[str, Any]
OTHER_SETTING = "The score afterwards is by the new setting, the score before by the old one."


def signed(change: float) -> str:
    """Return a change of the score with its sign, as it is printed."""
    return "0.0" if abs(change) < max(SAME_SCORE, 0.05) else f"{change:+,.1f}"


def faults_of(error: InputError) -> list[str]:
    """Return what cannot be done, and what to do about it, in sentences."""
    return [f"{_opening(fault.found)}. {fault.fix}." for fault in error.faults]


def state_of(session: Session) -> Plain:
    """Return where a session stands: figures, steps, variants, what was agreed."""
    draft, history, names = session.draft, session.history, session.county.schools.names
    return {
        "version": len(session.lines),
        "digest": draft.digest,
        "step": history.head,
        "variant": history.current,
        "variants": [{"name": name, "step": one.head} for name, one in history.variants.items()],
        "undo": history.before is not None,
        "redo": history.next is not None,
        "summary": _summary(session),
        "locked": sorted(draft.locked),
        "venues": dict(draft.venues),
        "together": [_schools(group, names) for group in draft.together],
        "apart": [_schools(group, names) for group in draft.apart],
        "missing": _missing(draft, session.county),
        "notices": list(session.notices),
        "record": _record(session),
    }


def _summary(session: Session) -> Plain:
    found, county, draft = session.summary, session.county, session.draft
    begun = session.begun.draft
    names, unit = county.schools.names, county.travel.unit
    return {
        "broken": broken_words(found.broken, draft),
        "moved": [
            {
                "urn": urn,
                "name": names[urn],
                "words": f"from {begun.home_of(urn)} to {draft.home_of(urn)}",
            }
            for urn in found.moved
        ],
        "pupils": None if found.pupils is None else f"{found.pupils:,}",
        "trusts": f"{found.trusts:,}",
        "longest": f"{found.longest:,.1f} {unit}",
        "furthest": names[found.furthest],
        "score": f"{found.score:,.1f}",
        "change": signed(found.change),
        "certainty": found.certainty,
    }


def broken_words(broken: Iterable[Broken], draft: Draft) -> list[Plain]:
    """Return the requirements that are broken, each with the cluster that breaks it."""
    return [
        {
            "rule": one.rule,
            "words": one.words,
            "code": one.code,
            "cluster": draft.name_of(one.code) if one.code else "",
        }
        for one in broken
    ]


def _missing(draft: Draft, county: County) -> list[Plain]:
    return _schools((urn for urn in county.urns if urn not in draft.code_of), county.schools.names)


def _schools(urns: Iterable[int], names: Mapping[int, str]) -> list[Plain]:
    return [{"urn": urn, "name": names[urn]} for urn in urns]


def _record(session: Session) -> list[Plain]:
    """Return every request that was decided, in the order of the decisions."""
    history, names = session.history, session.county.schools.names
    path = set(history.path(history.head))
    rows: list[Plain] = []
    for line in session.lines:
        if line.event not in ("accepted", "refused"):
            continue
        number = line.number if line.event == "accepted" else None
        rows.append(
            {
                "step": number,
                "decision": line.event,
                "holds": number in path,
                "words": words_of(line.request, history.drafts[line.parent], names),
                "found": list(line.found) if line.event == "refused" else [],
                "by": line.by,
                "asked": line.asked,
                "reason": line.reason,
                "at": line.when[:16].replace("T", " "),
            }
        )
    return rows


def proposal_words(requests: Iterable[Request], chain: list[Consequence], county: County) -> Plain:
    """Return what requests lead to when each is accepted after the one before.

    Parameters
    ----------
    requests : iterable of Request
    chain : list of Consequence
        Of each in turn.
    county : County
    """
    names, unit = county.schools.names, county.travel.unit
    first, last = chain[0].before, chain[-1].after
    steps = [
        words_of(request, found.before.draft, names)
        for request, found in zip(requests, chain, strict=True)
    ]
    notes = pins_taken(first.draft, last.draft)
    if last.draft.settings != first.draft.settings:
        notes.append(OTHER_SETTING)
    return {
        "words": "; then ".join(steps),
        "change": signed(last.score - first.score),
        "score": f"{last.score:,.1f}",
        "rows": [_row(row, names, unit) for row in joined_rows(chain)],
        "broken": broken_words(last.broken_beyond(first), last.draft),
        "mended": broken_words(first.broken_beyond(last), first.draft),
        "moved": _schools(last.draft.moved_from(first.draft), names),
        "notes": notes,
    }


def joined_rows(chain: list[Consequence]) -> list[Row]:
    """Return the clusters that consequences touch, from before the first to after the last."""
    rows: dict[str, Row] = {}
    for found in chain:
        for row in found.rows:
            before = rows[row.code].before if row.code in rows else row.before
            rows[row.code] = Row(row.code, row.name, before, row.after)
    return [rows[code] for code in sorted(rows)]


def _row(row: Row, names: Mapping[int, str], unit: str) -> Plain:
    return {
        "code": row.code,
        "name": row.name,
        "before": _figures(row.before, names, unit),
        "after": _figures(row.after, names, unit),
    }


def _figures(found: Figures | None, names: Mapping[int, str], unit: str) -> Plain | None:
    if found is None:
        return None
    return {
        "schools": f"{found.schools:,}",
        "score": f"{found.score:,.1f}",
        "longest": f"{found.longest:,.1f} {unit}",
        "central": names[found.hub],
    }


def choice_words(found: Consequence) -> Plain:
    """Return what joining one cluster would mean for a school, in a line."""
    (code,) = set(getattr(found.request, "to", {}).values())
    draft = found.draft
    sizes = [f"{row.name} {_size(row.before)} to {_size(row.after)}" for row in found.rows]
    return {
        "code": code,
        "name": draft.name_of(code),
        "change": signed(found.change),
        "sizes": ", ".join(sizes),
        "broken": broken_words(found.broken, draft),
    }


def _size(found: Figures | None) -> str:
    return "0" if found is None else f"{found.schools:,}"


def locked_words(judged: Judged, urn: int) -> list[Plain]:
    """Return the clusters that a school cannot join, since they are locked."""
    draft = judged.draft
    return [
        {"code": code, "name": draft.name_of(code), "reason": "It is locked."}
        for code in sorted(draft.locked)
        if code != draft.code_of.get(urn)
    ]


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]
