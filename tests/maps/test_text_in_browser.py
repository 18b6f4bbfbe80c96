"""Text on its way into HTML by the map's scripts: one way, which lets no text become a tag."""

import re
from importlib.resources import files

import pytest

from cluster_geo.maps import write_map
from tests.harm import TOWN, brief_of_harm, seen, words, world_of_harm

ASSETS = sorted(
    (
        path
        for package in ("maps", "review")
        for path in (files(f"cluster_geo.{package}") / "assets").iterdir()
        if path.name.endswith(".js")
    ),
    key=lambda path: path.name,
)
# What makes HTML of a string, in the browser or in Leaflet.
SINK = re.compile(
    r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|createContextualFragment|"
    r"\bhtml: (?!`\$\{clusterMap\.html`)|\bbindTooltip\((?!clusterMap\.text\(|`\$\{clusterMap\.)|"
    r"bindPopup\((?!\(\) => `\$\{clusterMap\.)"
)
# A template with a tag in it which `clusterMap.html` does not read.
TAGGED = re.compile(r"(?<!html)`[^`$]*<[a-z]|\"<[a-z]|'<[a-z]")
HARM = (
    "<img src=x onerror=window.hacked=1>",
    "&amp;",
    "\"double\" 'single' `back`",
    "</td></table><script>window.hacked=1</script>",
    "R&D &lt;b&gt; &#60;i&#62;",
)


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_only_one_script_makes_html_of_text(path):
    """Whoever writes a new table or popup takes the same way."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    if path.name == "text.js":
        assert len(SINK.findall(text)) == 2
        return
    assert SINK.findall(text) == []
    assert TAGGED.findall(text) == []


def test_another_way_would_be_noticed():
    """The patterns above see what they are for."""
    for text in ("place.innerHTML = name", "area.bindTooltip(facts.name)", "html: `<b>`"):
        assert SINK.search(text), text
    for text in ("const row = `<td>${name}</td>`", '"<b>" + name'):
        assert TAGGED.search(text), text
    assert not TAGGED.search("clusterMap.html`<td>${name}</td>`")
    assert not SINK.search("clusterMap.write(place, clusterMap.html`<td>${name}</td>`)")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    published = world_of_harm().published(brief_of_harm())
    return write_map(tmp_path_factory.mktemp("harm") / "map.html", published)


@pytest.mark.browser
def test_text_that_missed_the_door_is_text_all_the_same(visit_harm, path):
    """Were a name in the page's data as it was written, scripts would still show it as text."""
    page = visit_harm(path)
    for name in HARM:
        shown = page.evaluate(
            """(name) => {
              const box = document.createElement("div");
              const school = {name, phase_label: name, urn: name, cluster: name, needs: name, srp: true,
                cluster_name: `${name} x`, trust: name, federation: name, zones: [[name, name]],
                postcode: name, pupils: name, travel: name, outside: []};
              const cluster = {name, code: name, schools: name, phases: name, hub: name, mean: name,
                worst: name, furthest: name, srps: 2, needs: [[name, 1]], trusts: [[name, 1]],
                zones: [[name, name]], rules: [[name, "broken", name]]};
              const words = {unit: name, layers: [name]};
              document.body.append(box);
              const found = [clusterMap.schoolWords(school, words),
                clusterMap.clusterWords(cluster, [school], words),
                clusterMap.html`<p title="${name}">${[name, name]}</p>`].map((html) => {
                clusterMap.write(box, html);
                return {tags: box.querySelectorAll("img, script, i, b").length, text: box.textContent,
                  title: [...box.querySelectorAll("[title]")].map((one) => one.title)};
              });
              clusterMap.write(box, name);
              found.push({tags: box.querySelectorAll("*").length, text: box.textContent, title: []});
              box.remove();
              return found;
            }""",
            name,
        )
        # What is an entity already is what it stands for: the page's data is HTML.
        once = page.evaluate("(name) => clusterMap.plain(name)", name)
        for one in shown:
            assert one["tags"] == 0, name
            assert once in one["text"]
            assert all(title == once for title in one["title"])
    assert page.evaluate("window.hacked") is None


@pytest.mark.browser
def test_hostile_towns_and_districts_are_text(visit_harm, path):
    """As places of the map, in its search, and as names of zones."""
    page = visit_harm(path)
    town = seen(TOWN)
    page.fill("#search", town)
    assert any(text == f"{town} place" for text in words(page, "#found button"))
    page.locator("#found button", has_text="place").first.click()
    page.check("#show-zones-0")
    assert page.locator("img[src='x']").count() == 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.browser
def test_lists_and_numbers_for_readers(visit_harm, path):
    """As in Python: semicolons between names with commas, thousands with commas."""
    page = visit_harm(path)
    assert page.evaluate("clusterMap.listed(['a', 'b'])") == "a, b"
    assert page.evaluate("clusterMap.listed(['a, b', 'c'])") == "a, b; c"
    assert page.evaluate("clusterMap.counted(1203, 'school')") == "1,203 schools"
