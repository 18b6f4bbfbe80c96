"""A session as a notebook shows it."""

from __future__ import annotations

import pandas as pd

from cluster_geo.cards import card
from cluster_geo.county import County
from cluster_geo.session.history import History
from cluster_geo.session.summary import Summary
from cluster_geo.session.words import words_of


def card_of(now: Summary, history: History, county: County) -> str:
    """Return a card with where a session stands, and the steps that led there."""
    facts = {
        "requirements broken": len(now.broken),
        "schools moved": len(now.moved),
        "multi-academy trusts among them": now.trusts,
        "longest journey": f"{now.longest:,.1f} {county.travel.unit}",
        "change of the score": f"{now.change:+,.1f}",
        "certainty": now.certainty,
    }
    names = county.schools.names
    steps = [
        (number, words_of(step.request, history.drafts[step.parent], names), step.by)
        for number in history.path(history.head)
        if (step := history.steps[number])
    ]
    table = pd.DataFrame(steps, columns=["step", "request", "asked by"]).set_index("step")
    return card(f"Session, variant {history.current}", facts, table)
