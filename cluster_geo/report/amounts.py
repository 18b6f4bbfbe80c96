"""Figures as a reader says them; how sure they are is in `optimise.certainty`."""

from __future__ import annotations

import math

import pandas as pd

MILES_IN_KM = 0.621371


def number(value: float | None, decimals: int = 0) -> str:
    """Return a figure with commas, "not known" where there is none."""
    if value is None or math.isnan(value):
        return "not known"
    return f"{value:,.{decimals}f}"


def known(value: float | None) -> str:
    """Return a whole number with commas, "not known" where it is missing."""
    return "not known" if value is None or pd.isna(value) else f"{value:,}"


def journey(length: float, unit: str) -> str:
    """Return the length of a journey with its unit: km, or whole minutes."""
    return f"{length:.1f} km" if unit == "km" else f"{length:.0f} {unit}"


def miles(km: float) -> str:
    """Return a length in miles."""
    return f"{km * MILES_IN_KM:.1f} miles"


def signed(value: float) -> str:
    """Return a change with its sign, to one decimal; no minus before a nought."""
    return f"{round(value, 1) + 0.0:+,.1f}"
