"""Fixtures that every test may use."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# Dozens of tests start Python anew. Without bytecode kept each of them would compile every library
# that it imports, and take two to three times as long to begin.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A case may take as long as it needs: a machine that is busy is no fault of the code.
settings.register_profile("everyday", deadline=None)
settings.load_profile("everyday")

# Files that take long, begun first and in this order, so that no processor is left with one of
# them at the end. On a fresh machine the first also compiles the optimiser, for all others: of
# those that a second processor begins with meanwhile, none waits for that, nor does it too.
LONGEST = (
    "optimise/test_solve.py",
    "compiled/test_fallbacks.py",
    "optimise/test_lies.py",
    "browser/test_accessible.py",
    "notebooks/test_notebooks.py",
    "studies/test_runs.py",
    "cli/test_search.py",
    "cli/test_streams.py",
    "optimise/test_cores.py",
    "export/test_killed.py",
    "hostile/test_broken_files.py",
    "wishes/test_solve.py",
    "verbs/test_examples.py",
    "rules/test_a_rule_of_ones_own.py",
    "scenario/test_inputs.py",
    "maps/test_choices_in_browser.py",
)
# Where another release of a dependency would be felt first: .ci/fresh runs these with the newest
# releases and with the oldest that are allowed.
DRIFT = (
    "boundaries/",
    "cli/test_commands.py",
    "cli/test_group.py",
    "cli/test_show.py",
    "example/",
    "explain/",
    "export/test_comparison.py",
    "export/test_no_plan.py",
    "export/test_outputs.py",
    "geometry/",
    "maps/",
    "neighbours/",
    "notebooks/test_notebooks.py::test_a_notebook_runs[1_",
    "optimise/",
    "rules/",
    "schools/",
    "tables/",
    "test_structure.py::test_each_floor_imports_only_from_below",
)
REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Long fuzzing is asked for by name: it tells little that an everyday run does not."""
    parser.addoption("--nightly", action="store_true", help="run the long fuzzing too")


def pytest_configure(config: pytest.Config) -> None:
    """Keep pytest-xdist from putting the files of few tests last: some of them take longest."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what drift would touch; begin with the longest files, the order otherwise as it was."""
    if not config.getoption("--nightly"):
        left_out = [item for item in items if item.get_closest_marker("nightly")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        if item.nodeid.removeprefix("tests/").startswith(DRIFT):
            item.add_marker(pytest.mark.drift)
    begun = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: begun.get("/".join(item.path.parts[-2:]), len(LONGEST)))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the real open data; a test that needs it is skipped where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real open data is not on this machine")
    return REAL_DATA


def browser_path() -> str:
    """Return the path of a Chromium, empty where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), "")


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium; a test that needs it is skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = browser_path()
    if not found:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(chromium):
    """One window for the pages of all tests: the product's pages store nothing in a browser.

    Chromium takes longer to make a window than to open most pages.
    """
    return chromium.new_context()


@pytest.fixture(scope="session")
def tabs(window):
    """Tabs of the window that no test uses: opening one takes as long as what is then shown."""
    return []


def listen(page, event: str, heard) -> None:
    """Hear of an event of a page until the end of the test."""
    page.on(event, heard)
    page.listeners.append((event, heard))


def cleared(page) -> None:
    """Leave nothing of a test in a tab: the next document in it begins as in a new one."""
    for event, heard in page.listeners:
        page.remove_listener(event, heard)
    page.unroute_all()
    page.emulate_media(media="null")
    page.goto("about:blank")
    page.mouse.move(0, 0)


@pytest.fixture
def visit(window, tabs):
    """Return a function that opens a file in a page of its own.

    The page's `requests` lists what it asked for beside itself, its `faults` what its scripts
    or its policy complained of.
    """
    pages = []

    def open_file(path: Path, fragment: str = "", width: int = 1200, height: int = 800):
        page = tabs.pop() if tabs else window.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        # A busy browser takes a while, and a map would fit its schools into the size before.
        page.wait_for_function(
            "size => `${innerWidth} ${innerHeight}` === size", arg=f"{width} {height}"
        )
        address = path.resolve().as_uri() + fragment
        page.requests, page.faults, page.listeners = [], [], []
        listen(
            page,
            "request",
            lambda r: page.requests.append(r.url) if r.url != address.split("#")[0] else None,
        )
        listen(page, "pageerror", lambda error: page.faults.append(str(error)))
        listen(page, "console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.goto(address)
        return page

    yield open_file
    for page in pages:
        if not page.is_closed():
            cleared(page)
            tabs.append(page)


@pytest.fixture
def visit_harm(visit):
    """Return a function that opens a file of hostile texts in a page of its own.

    When the test is done nothing of them must have run, asked the network, or met the policy.
    """
    opened = []

    def open_file(path: Path, fragment: str = ""):
        page = visit(path, fragment)
        page.dialogs = []
        listen(page, "dialog", lambda box: (page.dialogs.append(box.message), box.dismiss()))
        opened.append(page)
        return page

    yield open_file
    for page in opened:
        assert page.evaluate("window.hacked") is None
        assert (page.dialogs, page.requests, page.faults) == ([], [], [])
