"""The one door through which text enters a page.

A school may be called anything. Before a name meets folium, Jinja or a browser it passes
`as_html`, which turns every character that means something to any of them into an HTML
entity: folium renders its output a second time as a Jinja template, and embeds it in scripts,
so escaping for HTML alone is not enough. Whatever a page holds is therefore HTML already, and
scripts may show it with `innerHTML`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cluster_geo.phrases import unbroken

# Markup, attributes, template literals, Jinja's braces: each is one numeric entity.
ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`$\\{}"}
# Line separators end a statement in a script; control characters show nothing.
SILENT = dict.fromkeys([*range(0x20), 0x7F, 0x2028, 0x2029], " ")
# Signs that turn the reading direction can make one name pass for another.
BIDIRECTIONAL = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")
DOOR = ENTITIES | SILENT | BIDIRECTIONAL


def as_html(value: object) -> Markup:
    """Return `value` as HTML text that means nothing to a script, a template or a browser.

    No line of it ends within a date, or between a figure and its unit.

    Markup (text that has passed this door, or a template's own) is returned as it is; None is
    the empty text.
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    return Markup(unbroken(str(value)).translate(DOOR))  # noqa: S704 - every sign is translated first


def as_css(value: object) -> Markup:
    """Return `value` as a quoted CSS string, every sign but letters and figures escaped."""
    signs = (s if s.isascii() and s.isalnum() else f"\\{ord(s):x} " for s in str(value))
    return Markup(f'"{"".join(signs)}"')  # noqa: S704 - letters, figures and escapes only


def harmless(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return JSON-like `data` with every string in it, keys too, passed through the door."""
    if isinstance(data, str):
        return as_html(data)
    if isinstance(data, Mapping):
        return {as_html(key): harmless(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [harmless(value) for value in data]
    return data
