"""The report's long tables and its search for a school, in a real browser and without scripts."""

import csv
import io
from pathlib import Path

import pytest

from cluster_geo.plan import title_of
from cluster_geo.report import write_report
from tests.browser.example import Example
from tests.outputs import make_world

pytestmark = pytest.mark.browser

SRPS = "[aria-label='SRPs by cluster']"
CLUSTERS = "[aria-label='Table of clusters']"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return Example(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def path(example):
    return example.report()


def cells(page, table, column):
    """The words of a column's cells, of the rows that show."""
    rows = page.locator(f"{table} tbody tr").all()
    found = [row.locator("th, td").nth(column) for row in rows if row.is_visible()]
    return [" ".join(cell.inner_text().split()) for cell in found]


def sort(page, table, heading):
    page.get_by_role("button", name=heading, exact=True).and_(
        page.locator(f"{table} .sort")
    ).first.click()


def test_a_table_is_sorted_by_its_figures_and_back(visit, path):
    """2 before 10, whatever the letters say; the heading tells the direction."""
    page = visit(path)
    sort(page, CLUSTERS, "Pupils")
    up = [int(cell.replace(",", "")) for cell in cells(page, CLUSTERS, 7)]
    assert up == sorted(up)
    head = page.locator(f"{CLUSTERS} thead th").nth(7)
    assert head.get_attribute("aria-sort") == "ascending"
    sort(page, CLUSTERS, "Pupils")
    down = [int(cell.replace(",", "")) for cell in cells(page, CLUSTERS, 7)]
    assert down == sorted(up, reverse=True)
    sort(page, CLUSTERS, "Cluster")
    assert head.get_attribute("aria-sort") is None
    names = cells(page, CLUSTERS, 0)
    assert names == sorted(names, key=str.casefold)
    assert page.faults == []


def test_rows_that_belong_together_stay_so_and_the_total_is_last(visit, path):
    """A cluster's rows of needs follow its row of all; what is not known comes after figures."""
    page = visit(path)
    page.locator("details", has=page.locator(SRPS)).evaluate_all(
        "folds => folds.forEach((f) => { f.open = true; })"
    )
    names, needs = cells(page, SRPS, 0), cells(page, SRPS, 1)
    before = {}
    for name, need in zip(names, needs, strict=True):
        before.setdefault(name, []).append(need)
    sort(page, SRPS, "Places")
    names, needs = cells(page, SRPS, 0), cells(page, SRPS, 1)
    after = {}
    for name, need in zip(names, needs, strict=True):
        after.setdefault(name, []).append(need)
    assert after == before
    assert names[-1] == "Whole plan"
    assert list(after) != list(before)


def test_a_filter_leaves_the_rows_that_hold_what_is_typed(visit, path):
    """Case and accents do not matter, and it says how many are left."""
    page = visit(path)
    whole = cells(page, CLUSTERS, 0)
    word = whole[3].split()[0]
    page.get_by_role("searchbox", name="Filter: Table of clusters").fill(word.upper())
    left = cells(page, CLUSTERS, 0)
    assert 0 < len(left) < len(whole)
    assert all(
        word.lower() in " ".join(row.inner_text().split()).lower()
        for row in page.locator(f"{CLUSTERS} tbody tr").all()
        if row.is_visible()
    )
    status = page.locator(f".tools:has(+ {CLUSTERS}) [role=status]")
    assert status.inner_text() == f"{len(left)} of {len(whole)} rows"


def test_a_table_is_downloaded_as_it_shows(visit, path):
    """A CSV file with a byte order mark, figures bare, and only the rows that are left."""
    page = visit(path)
    names = cells(page, CLUSTERS, 0)
    page.get_by_role("searchbox", name="Filter: Table of clusters").fill(names[2])
    shown = [cells(page, CLUSTERS, column) for column in (0, 1, 7)]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV: Table of clusters").click()
    assert waiting.value.suggested_filename == "table_of_clusters.csv"
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[:3] == ["Cluster", "Schools", "Primary"]
    assert [row[0] for row in rows] == shown[0]
    assert [row[1] for row in rows] == shown[1]
    assert [row[7] for row in rows] == [cell.replace(",", "") for cell in shown[2]]
    assert page.requests == []


def test_no_cell_of_a_download_is_a_formula(visit, path):
    """A name that a spreadsheet would run gets an apostrophe; figures below nought do not."""
    page = visit(path)
    told = page.evaluate(
        "['=1+1', '@x', '-3', '+44 x', '-', '6,644', 'a,b', 'say \"x\"'].map(sheets.csvCell)"
    )
    assert told == ["'=1+1", "'@x", "-3", "'+44 x", "'-", "6644", '"a,b"', '"say ""x"""']


def test_without_scripts_nothing_is_missing_but_the_buttons(chromium, path, example):
    """Every school stands in the list and in the atlas, and each link leads to its cluster."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    assert page.locator(".tools, .sort, #find").count() == 0
    listed = page.locator("#finder [data-school]")
    assert listed.count() == len(example.county.urns)
    codes = set(example.plans[0].labels)
    for code in codes:
        assert page.locator(f"article#cluster-{code}").count() == 1
    links = listed.evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    assert {link.removeprefix("#cluster-") for link in links} == codes
    page.locator("#finder summary").click()
    assert listed.first.is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_a_school_is_found_and_shown_in_the_atlas(visit, path, example, width):
    """By its name, misspelt, its URN and its postcode; its cluster unfolds and its row is marked."""
    page = visit(path, width=width)
    urn = example.county.urns[20]
    school = example.county.schools.table.loc[urn]
    name = school["name"]
    first = name.split()[0]
    wrong = first[:2] + first[3] + first[2] + first[4:] if len(first) > 4 else first
    for typed in (name, name.upper(), f"{wrong} {' '.join(name.split()[1:])}", str(urn)):
        page.fill("#find", typed)
        links = page.locator("#finder .found a").all_inner_texts()
        assert name in links, typed
    page.fill("#find", school["postcode"])
    assert name in page.locator("#finder .found a").all_inner_texts()
    code = example.plans[0].code_of[urn]
    assert title_of(code, example.plans[0].names) in page.locator("#finder .found").inner_text()
    article = page.locator(f"#cluster-{code}")
    assert not article.locator("table").first.is_visible()
    page.locator("#finder .found a", has_text=name).first.click()
    assert article.locator("table").first.is_visible()
    marked = page.locator("tr.mine")
    assert marked.get_attribute("id") == f"school-{urn}"
    assert page.url.endswith(f"#cluster-{code}")
    assert page.faults == []


def test_what_is_not_found_says_what_to_try(visit, path):
    """No dead end."""
    page = visit(path)
    page.fill("#find", "xyzzy quux")
    told = page.locator("#finder [role=status]").inner_text()
    assert told.startswith("No school matches. Try one word of its name")


def test_a_link_to_a_cluster_unfolds_it(visit, path, example):
    """Of another page, and of the table of clusters."""
    code = example.plans[0].labels[3]
    page = visit(path, fragment=f"#cluster-{code}")
    assert page.locator(f"#cluster-{code} table").first.is_visible()
    other = example.plans[0].labels[5]
    page.locator(f"{CLUSTERS} a[href='#cluster-{other}']").click()
    page.locator(f"#cluster-{other} table").first.wait_for(state="visible")


def test_on_a_telephone_the_atlas_is_folded_and_tables_say_that_they_scroll(visit, path):
    """Unfolded, the report is several times as long."""
    page = visit(path, width=360, height=780)
    height = "document.documentElement.scrollHeight"
    folded = page.evaluate(height)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    hint = f"getComputedStyle(document.querySelector(\"{CLUSTERS}\"), '::before').content"
    assert "Scroll sideways" in page.evaluate(hint)
    page.get_by_role("button", name="Unfold all").click()
    assert page.evaluate(height) > 1.8 * folded
    page.get_by_role("button", name="Fold all", exact=True).click()
    assert page.evaluate(height) == pytest.approx(folded, abs=4)
    desk = visit(path, width=1200)
    assert "Scroll" not in desk.evaluate(hint)


def test_the_first_printed_page_is_filled_and_the_atlas_is_unfolded(visit, tmp_path):
    """The map takes what the words leave; what is folded on the screen is printed all the same."""
    path = write_report(tmp_path / "report.html", make_world().published())
    page = visit(path, width=688, height=1000)  # 182 mm, A4 less its margins
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    millimetre = 96 / 25.4
    summary = page.locator("#summary").bounding_box()
    figure = page.locator("#summary .plan-map").bounding_box()
    bottom = (summary["y"] + summary["height"]) / millimetre
    assert 245 < bottom < 266, "A4 less its margins is 265 mm high"
    assert figure["height"] / millimetre >= 69.9
    assert not page.locator("#finder").is_visible()
    assert page.locator("article table").first.is_visible()
