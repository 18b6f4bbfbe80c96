"""Leaflet's part of a page, made with folium: a map, its layers, the call that starts the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.utilities import JsCode
from jinja2 import Template
from jinja2.utils import htmlsafe_json_dumps

from cluster_geo.maps.features import Features
from cluster_geo.publish.door import harmless

SECONDARY_SIZE = 1.1


def empty_map(**options: Any) -> folium.Map:  # noqa: ANN401 - Leaflet's
    """Return a map without a background, with further options of Leaflet's."""
    return folium.Map(
        tiles=None,
        location=(0, 0),
        prefer_canvas=True,
        zoom_snap=0.25,
        **options,
    )


def add_layer(data: Features, canvas: folium.Map, **options: Any) -> folium.GeoJson:  # noqa: ANN401 - Leaflet's
    """Draw features on a map, with further options of Leaflet's; return their layer."""
    layer = folium.GeoJson(data, control=False, **options)
    canvas.add_child(layer)
    return layer


def add_schools(data: Features, canvas: folium.Map, **options: Any) -> folium.GeoJson:  # noqa: ANN401 - Leaflet's
    """Draw schools on a map by the symbols of the page's script; return their layer."""
    return add_layer(data, canvas, point_to_layer=JsCode("clusterMap.symbol"), **options)


@dataclass(frozen=True)
class Data:
    """An argument of a page's script that may have any text for a key."""

    content: Any


class Start(MacroElement):
    """The call that ties a page's layers to its panel, after all of them are made.

    Parameters
    ----------
    function : str
        Of the page's script.
    arguments
        Layers and maps, texts and numbers, and lists and mappings of them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        clusterMap.{{ this.function }}({{ this.arguments }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, **arguments: Any) -> None:  # noqa: ANN401 - any of the above
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.function = function
        self.arguments = _script({**arguments, "sizes": {"secondary": SECONDARY_SIZE}})


def _script(value: Any) -> str:  # noqa: ANN401 - any of the above
    """Return a value as JavaScript: an element by its name, a text through the door."""
    if isinstance(value, Element):
        return str(value.get_name())
    if isinstance(value, Data):
        return str(htmlsafe_json_dumps(harmless(value.content)))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_script(own)}" for key, own in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_script, value)) + "]"
    return str(htmlsafe_json_dumps(harmless(value)))
