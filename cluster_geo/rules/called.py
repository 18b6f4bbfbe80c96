"""The rules that a planner means by a name: the rule's own, or that of the setting behind it."""

from __future__ import annotations

from cluster_geo.rules.rulebook import Rulebook

# Settings of rules that a rulebook has under another name.
OF_SETTING = {
    "clusters.size": "size",
    "clusters.primaries": "phases",
    "clusters.secondaries": "phases",
    "neighbours": "one piece",
    "travel.worst": "worst trip",
}


def rules_called(word: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the names of the rules that a word is about, in the order of the rulebook.

    Parameters
    ----------
    word : str
        Name of a rule ("size"), or of the setting or the section that asks for it
        ("clusters.size", "boundaries.pcn", "boundaries").
    rulebook : Rulebook

    Returns
    -------
    tuple of str
        Empty if the rulebook has no such rule.
    """
    own = OF_SETTING.get(word, word)
    settings = {rule.name: rule.setting for rule in rulebook.rules}
    settings |= {rule.name: rule.setting for rule in rulebook.plan_rules}
    return tuple(
        name
        for name, setting in settings.items()
        if name == own or f"{setting}.".startswith(f"{word}.")
    )
