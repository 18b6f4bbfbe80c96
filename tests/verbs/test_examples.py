"""The examples in the docstrings of `import cluster_geo` run as they are printed."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import cluster_geo as cg

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
VERBS = [name for name in cg.__all__ if inspect.isfunction(getattr(cg, name))]
# An example goes on where those before it ended: on their county, their plan, the plan by hand.
ORDER = ("read_scenario", "load_county", "propose", "read_plan")


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """What the examples have in common: names, as in one session, and an empty folder."""
    patch = pytest.MonkeyPatch()
    patch.chdir(tmp_path_factory.mktemp("examples"))
    yield {"cg": cg, "Path": Path}
    patch.undo()


@pytest.fixture(scope="module")
def outcome(known):
    """Run every example once, in one session; say what of each verb's was not as printed."""
    found = {}
    for name in (*ORDER, *(verb for verb in VERBS if verb not in ORDER)):
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
        test = doctest.DocTestParser().get_doctest(
            getattr(cg, name).__doc__, known, f"cluster_geo.{name}", None, None
        )
        test.globs = known
        runner.run(test, out=said.append, clear_globs=False)
        found[name] = (len(test.examples), "".join(said))
    return found


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_has_an_example_that_runs(outcome, name):
    """Each verb shows how it is called, and what it prints is what is printed."""
    number, said = outcome[name]
    assert number > 0
    assert said == ""


def test_the_packages_own_example_runs(known, outcome):
    """What `help(cluster_geo)` begins with; the search is a first plan of the example."""
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    runner.run(
        doctest.DocTestParser().get_doctest(cg.__doc__, {}, "cluster_geo", None, None),
        out=said.append,
    )
    assert said == []
    assert (Path("outputs") / "example" / "map.html").is_file()
