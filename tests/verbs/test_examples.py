"""The examples in the docstrings of `import cluster_geo` run as they are printed."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import cluster_geo as cg

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
VERBS = [name for name in cg.__all__ if inspect.isfunction(getattr(cg, name))]
# An example goes on from the package's own, on its county and its plan; two use a plan by hand.
ORDER = ("cluster_geo", "read_plan", *(verb for verb in VERBS if verb != "read_plan"))


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
    for name in ORDER:
        output: list[str] = []
        text = (cg if name == "cluster_geo" else getattr(cg, name)).__doc__
        test = doctest.DocTestParser().get_doctest(text, known, name, None, None)
        test.globs = known
        doctest.DocTestRunner(optionflags=FLAGS).run(test, out=output.append, clear_globs=False)
        found[name] = (len(test.examples), "".join(output))
    return found


@pytest.mark.parametrize("name", ORDER)
def test_an_example_runs(outcome, name):
    """The package and each verb show how they are used, and what is printed is what comes."""
    number, output = outcome[name]
    assert number > 0
    assert output == ""


def test_the_examples_write_what_they_say(outcome):
    """What `help(cluster_geo)` begins with ends in a folder of outputs."""
    assert outcome["cluster_geo"][1] == ""
    assert (Path("outputs") / "example" / "map.html").is_file()
