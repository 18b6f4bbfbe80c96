"""What a map's page has besides where its plan changes while one looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
from markupsafe import Markup


@dataclass(frozen=True, eq=False)
class Live:
    """Parts, scripts and styles of such a page, and the areas that it begins with.

    Parameters
    ----------
    shapes : GeoDataFrame
        The areas as they are drawn, by code: what replaces one of them must have the same borders.
    colours : mapping of str to str
        By code.
    begun : mapping of str to any
        What the page's script is told of the plan that it begins with, as JSON values.
    bar, section, dialogs : Markup
        Above the map and its panel, at the panel's head, and at the page's end.
    scripts, styles : tuple of str
        Texts, after those of the map.
    connect : str
        Whom the scripts may ask, as a content security policy has it.
    """

    shapes: gpd.GeoDataFrame
    colours: Mapping[str, str]
    begun: Mapping[str, object]
    bar: Markup
    section: Markup
    dialogs: Markup
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    connect: str
