"""Pages beside a scroll bar that takes room, as on Windows: nothing of them is cut off."""

from dataclasses import replace

import pytest

from cluster_geo.export import write_options
from cluster_geo.maps import write_map
from cluster_geo.maps.pair import pair_page
from cluster_geo.publish import OptionsPublication
from cluster_geo.publish.templates import write_page
from cluster_geo.report import write_report
from tests.briefs import disclosed
from tests.conftest import browser_path
from tests.maps.pairs import compared
from tests.maps.test_settled_in_browser import two_options
from tests.outputs import BRIEF, make_world

pytestmark = pytest.mark.browser

# As long as names of clusters are in Kent.
NAMES = ("Tunbridge Wells North", "Skernehaven and Leysand", "Brackenford")
# Elements whose words are wider than they are, apart from those that scroll by themselves.
CUT = """() => {
  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const inside = (one) => one && (scrolls(one) && !one.matches(".panel, .below, body")
    || inside(one.parentElement));
  return [...document.querySelectorAll("body, .panel, .below, .panel *, .below *, main > :not(.folium-map)")]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1 && !inside(one))
    .map((one) => `${one.tagName}.${one.className}`);
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of a plan, of two plans and of options, by name."""
    folder = tmp_path_factory.mktemp("pages")
    world = make_world()
    names = dict(zip(world.plan.names, NAMES, strict=True))
    world = replace(world, plan=replace(world.plan, names=names))
    found = {
        "map": write_map(folder / "map.html", world.published()),
        "report": write_report(folder / "report.html", world.published()),
        "pair": write_page(folder / "pair.html", pair_page(compared(world))),
    }
    options = OptionsPublication(disclosed(world.county, BRIEF), two_options(world))
    write_options(folder / "options", options)
    return found | {name: folder / "options" / f"{name}.html" for name in ("settled", "options")}


@pytest.fixture(scope="module")
def classic(chromium):
    """A browser whose scroll bars take 15 pixels."""
    browser = chromium.browser_type.launch(
        executable_path=browser_path(),
        args=["--no-sandbox", "--disable-gpu", "--disable-features=OverlayScrollbar"],
        ignore_default_args=["--hide-scrollbars"],
    )
    yield browser
    browser.close()


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("name", ["map", "report", "pair", "settled", "options"])
def test_nothing_is_cut_off_beside_a_scroll_bar(classic, pages, name, width):
    """Neither the page nor a table in a panel is wider than the room beside the bar."""
    page = classic.new_page(viewport={"width": width, "height": 700})
    page.goto(pages[name].as_uri())
    assert page.evaluate(CUT) == []
    if name == "map":
        bar = page.locator(".panel" if width > 760 else ".frame").evaluate(
            "({offsetWidth, clientWidth}) => offsetWidth - clientWidth"
        )
        assert bar >= 15, "the bar takes no room: nothing was tested"
        words = page.evaluate(
            """[...document.querySelectorAll(".clusters .link span")].map((span) => {
              const range = document.createRange(), text = span.firstChild;
              return text.data.split(" ").filter((word) => word.length > 1 && word.length < 12).map((word) => {
                range.setStart(text, text.data.indexOf(word));
                range.setEnd(text, text.data.indexOf(word) + word.length);
                return range.getClientRects().length;
              });
            }).flat()"""
        )
        assert set(words) == {1}, "a name is broken within a word"
    page.close()
