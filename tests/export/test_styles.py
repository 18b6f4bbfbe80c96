"""plan.gpkg in QGIS: colours and labels, by the schema of `layer_styles` and by QGIS itself."""

import json
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET

import geopandas as gpd
import pytest

from cluster_geo.export import write_outputs
from tests.outputs import hostile_world, make_world

COLUMNS = (
    *("id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName"),
    *("styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time"),
)
# What QGIS makes of a file: whether each layer is valid, styled and labelled, and its colours.
ASK_QGIS = """
import json, os, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
told = {}
for name in ("schools", "clusters", "hubs"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    _, styled = layer.loadDefaultStyle()
    renderer = layer.renderer()
    kinds = renderer.categories() if hasattr(renderer, "categories") else []
    told[name] = {
        "valid": layer.isValid(), "styled": styled, "labelled": layer.labelsEnabled(),
        "by": renderer.classAttribute() if kinds else "",
        "colours": {str(k.value()): k.symbol().color().name() for k in kinds},
    }
print("TOLD", json.dumps(told), flush=True)
# QGIS takes itself down in an order that Python does not keep.
os._exit(0)
"""


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def path(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("styles") / "out"
    write_outputs(folder, world.published())
    return folder / "plan.gpkg"


def styles_of(path):
    with sqlite3.connect(path) as base:
        names = tuple(row[1] for row in base.execute("PRAGMA table_info(layer_styles)"))
        rows = base.execute("SELECT * FROM layer_styles").fetchall()
    assert names == COLUMNS
    return {row[3]: dict(zip(names, row, strict=True)) for row in rows}


def test_each_layer_has_its_style_in_the_table_that_qgis_reads(world, path):
    """One default style a layer, for the column that holds its shapes; the colours of the map."""
    styles = styles_of(path)
    assert set(styles) == {"schools", "clusters", "hubs"}
    with sqlite3.connect(path) as base:
        shapes = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        listed = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert listed["layer_styles"] == "attributes"
    for name, style in styles.items():
        assert (style["useAsDefault"], style["f_geometry_column"]) == (1, shapes[name])
        assert ET.fromstring(style["styleQML"].split("\n", 1)[1]).tag == "qgis"
    tree = ET.fromstring(styles["clusters"]["styleQML"].split("\n", 1)[1])
    codes = [kind.attrib["value"] for kind in tree.iter("category")]
    fills = [o.attrib["value"] for o in tree.iter("Option") if o.attrib.get("name") == "color"]
    found = {
        code: "#" + "".join(f"{int(part):02X}" for part in fill.split(",")[:3])
        for code, fill in zip(codes, fills, strict=True)
    }
    assert found == world.published().colours


def test_the_layers_are_what_they_were(path):
    """The table of styles takes the place of no layer, and the first is the schools."""
    names = gpd.list_layers(path)["name"].tolist()
    assert names[:3] == ["schools", "clusters", "hubs"]
    assert len(gpd.read_file(path, layer="schools")) == 18


def test_qgis_draws_it_with_colours_and_labels(world, path, tmp_path):
    """Asked of QGIS's own library, where this machine has it."""
    python = shutil.which("python3", path="/usr/bin")
    # Nothing of this environment's own GDAL and PROJ, which are other releases.
    quiet = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    quiet["QT_QPA_PLATFORM"] = "offscreen"
    if (
        not python
        or subprocess.run(
            [python, "-c", "import qgis.core"], capture_output=True, check=False, env=quiet
        ).returncode
    ):
        pytest.skip("QGIS is not on this machine (apt-get install python3-qgis)")
    asked = [python, "-c", ASK_QGIS, str(path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=quiet)
    line = next(x for x in done.stdout.splitlines() if x.startswith("TOLD "))
    told = json.loads(line.removeprefix("TOLD "))
    assert all(layer["valid"] and layer["styled"] for layer in told.values())
    assert (told["clusters"]["by"], told["clusters"]["labelled"]) == ("cluster", True)
    colours = {code: colour.lower() for code, colour in world.published().colours.items()}
    assert told["clusters"]["colours"] == colours
    assert set(told["schools"]["colours"]) == {"primary", "secondary", "all-through"}


def test_hostile_codes_do_not_break_the_style(tmp_path):
    """A code may hold what XML takes for markup."""
    world = hostile_world()
    write_outputs(tmp_path / "out", world.published())
    roots = {
        name: ET.fromstring(style["styleQML"].split("\n", 1)[1])
        for name, style in styles_of(tmp_path / "out" / "plan.gpkg").items()
    }
    assert {root.tag for root in roots.values()} == {"qgis"}
    values = {part.get("value") for part in roots["clusters"].iter("category")}
    assert values >= set(world.published().plan.labels)
