"""Shades of how settled a school is: the same on every page that shows it."""

from __future__ import annotations

# Most share of the plans in agreement, and its shade: from the most contested to the settled,
# dark to light, so that it tells in grey too.
SHADES = ((0.5, "#a3004f"), (0.75, "#e2789d"), (0.999, "#f6c9d8"), (1.01, "#ffffff"))
SAID = ("half or fewer", "up to three quarters", "most", "all")


def agreement_note(number: int, what: str) -> str:
    """Say which plans "settled" is based on.

    Parameters
    ----------
    number : int
        How many plans are laid over each other.
    what : str
        What each is called: "option" or "plan".
    """
    if number == 1:
        return f"There is only one {what}, so what is settled is not known."
    return f"“Settled” refers only to these {number} {what}s: another plan as good may differ."


def shade(settled: float) -> str:
    """Return the colour of a school that is in its usual cluster in this share of the plans."""
    return next(colour for most, colour in SHADES if settled <= most)
