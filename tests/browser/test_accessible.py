"""Every page held to WCAG 2.2 AA by axe-core."""

import pytest

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page) -> list[str]:
    """What axe-core finds wrong with a page as it stands: rule, impact, and where."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], "runOnly": WCAG})
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.fixture(
    scope="module",
    params=[
        *("map", "report", "responses", "pair", "options_page", "settled", "sweep"),
        *("explanation", "update", "history", "requests", "report_of_requests", "teams"),
        *("packs_index", "pack_of_cluster", "page_of_school"),
    ],
)
def path(request, example):
    """A page of each kind."""
    return getattr(example, request.param)()


@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_no_fault(visit, path, width):
    """Each kind of page, on a desk and on a telephone."""
    page = visit(path, width=width)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.requests == []
    assert page.faults == []


@pytest.mark.parametrize("width", [1200, 360])
def test_the_appendix_on_a_consultation_fits_its_page(visit, example, width):
    """Long words wrap, and only the table scrolls."""
    page = visit(example.responses(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    section = page.locator("#responses")
    assert section.locator("blockquote").count() == 2
    assert "(not for publication)" in section.inner_text()
    page.get_by_role("link", name="You said, we did").click()
    assert page.url.endswith("#responses")
    assert page.faults == []


def test_axe_finds_no_fault_in_a_map_that_is_used(visit, example):
    """A cluster chosen, its rules unfolded, a popup open, matches in the search, layers shown."""
    page = visit(example.map())
    page.evaluate("clusterMap.opened.select(Object.keys(clusterMap.opened.areas)[0])")
    page.locator("#details summary").first.click()
    page.evaluate("clusterMap.opened.open(Object.keys(clusterMap.opened.schools)[5])")
    page.fill("#search", "school")
    for box in page.locator(".choices input[type=checkbox]").all():
        box.check()
    page.wait_for_timeout(400)
    assert faults(page) == []


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("name", ["requests", "report_of_requests"])
def test_axe_finds_no_fault_in_figures_that_are_unfolded(visit, example, name, width):
    """Their lines fit the window, though the table that they are in is wider."""
    page = visit(getattr(example, name)(), width=width)
    for summary in page.locator("details.then > summary").all():
        summary.click()
    assert faults(page) == []
    boxes = [part.bounding_box() for part in page.locator("details.then").all()]
    assert len(boxes) == 3
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_axe_finds_no_fault_in_a_comparison_that_is_used(visit, example):
    """A school that moves opened on both maps."""
    page = visit(example.pair())
    page.locator("[data-school]").first.click()
    page.wait_for_timeout(400)
    assert faults(page) == []
