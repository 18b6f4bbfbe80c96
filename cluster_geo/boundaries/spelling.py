"""Zones known by their names alone: capitals and blanks make no other zone."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from cluster_geo.phrases import listed
from cluster_geo.records import Notice


def one_spelling(names: pd.Series, where: str) -> tuple[pd.Series, list[Notice]]:
    """Give names that differ in capitals or blanks alone the spelling used most.

    Parameters
    ----------
    names : Series of str
        "" for none.
    where : str
        File or column, for the notices.

    Returns
    -------
    Series of str
    list of Notice
        One for each name that stands in several spellings.
    """
    keys = names.str.casefold().str.split().str.join(" ")
    spellings: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        spellings.setdefault(key, Counter())[name] += 1
    used = {key: min(of, key=lambda name: (-of[name], name)) for key, of in spellings.items()}
    notices = [
        Notice("zone", f"{listed(sorted(of))} in {where} were taken for one zone, {used[key]}.")
        for key, of in sorted(spellings.items())
        if key and len(of) > 1
    ]
    return keys.map(used), notices
