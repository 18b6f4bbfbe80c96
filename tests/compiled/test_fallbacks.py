"""Whatever of Numba is gone, changed or in the way: the same results, and not a word about it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import cluster_geo.compiled
from cluster_geo.compiled import jit
from tests.compiled.running import forks, printed

# An entry point with a part, and how it was compiled.
TINY = """
import json
from cluster_geo.compiled import jit

@jit.inner
def square(x):
    return x * x

@jit.entry
def hypotenuse(x, y):
    return (square(x) + square(y)) ** 0.5

def main():
    ready = jit.is_ready(hypotenuse)
    value = hypotenuse(3.0, 4.0)
    kept = isinstance(hypotenuse, jit._Entry)
    print(json.dumps({
        "value": value,
        "parts": bool(jit.PART_OPTIONS),
        "kept": kept,
        "ready": ready,
        "loaded": kept and sum(hypotenuse._compiled.stats.cache_hits.values()),
        "files": kept and len(hypotenuse.files()),
    }))
"""
# What may be amiss with what parts are made of, done to Numba before it is used.
PARTS_AMISS = {
    "a name is gone": "import numba.core.codegen as m; del m.JITCodeLibrary",
    "a module is gone": """
import numba.core.cpu, sys
del numba._dynfunc
sys.modules["numba._dynfunc"] = None
""",
    "a method takes something else": """
from numba.core.codegen import CPUCodeLibrary
before = CPUCodeLibrary.finalize
CPUCodeLibrary.finalize = lambda self, *, more=None: before(self)
""",
    "a step does something else": """
from numba.core.typed_passes import BaseNativeLowering
before = BaseNativeLowering.run_pass
def run_pass(self, state):
    return before(self, state)
BaseNativeLowering.run_pass = run_pass
""",
    "a decorator refuses": """
import numba.core.compiler_machinery as m
def register_pass(mutates_CFG, analysis_only, something_new):
    raise AssertionError
m.register_pass = register_pass
""",
    "sources are not there": """
import inspect
def getsource(_):
    raise OSError("could not get source code")
inspect.getsource = getsource
""",
}
# The same of the cache on disk.
CACHE_AMISS = {
    "the folder's name is gone": "import numba; del numba.config.CACHE_DIR",
    "the folder's name is not looked at": """
from numba.core import caching
nothing = classmethod(lambda cls, function, file: None)
for name in ("UserProvidedCacheLocator", "_UserProvidedCacheLocator"):
    if hasattr(caching, name):
        getattr(caching, name).from_function = nothing
""",
    "the cache is gone": "import numba.core.dispatcher as m; del m.FunctionCache",
    "the cache refuses": """
import numba.core.dispatcher as m
def refuse(self, *_):
    raise RuntimeError("cannot cache function")
m.Dispatcher.enable_caching = refuse
""",
    "its place is not known": "import numba.core.dispatcher as m; del m.Dispatcher.stats",
    "nothing can be compiled ahead": """
import numba.core.dispatcher as m
m._DispatcherBase.signatures = property()
""",
}


@pytest.fixture(scope="module")
def in_a_process():
    """Return a function that runs code in a process and returns what it prints."""
    if not hasattr(os, "fork"):
        yield printed
        return
    with forks() as ready:
        yield ready.printed


@pytest.fixture(scope="module")
def run(in_a_process, tmp_path_factory):
    """Return a function that runs the tiny entry point with a folder to keep it in.

    Before it is imported, something may be done to Numba.
    """
    code = tmp_path_factory.mktemp("code")
    (code / "tiny.py").write_text(TINY)

    def result(kept: Path, amiss: str = "", how=in_a_process) -> dict[str, object]:
        here = f"import sys; sys.path.insert(0, {str(code)!r})"
        return how(f"{amiss}\n{here}\nimport tiny; tiny.main()", NUMBA_CACHE_DIR=str(kept))

    return result


@pytest.fixture(scope="module")
def made(run, tmp_path_factory):
    """Return a folder that the tiny entry point is kept in, and what the run that made it said."""
    folder = tmp_path_factory.mktemp("made")
    return folder, run(folder, how=printed)


@pytest.fixture
def kept(made, tmp_path):
    """Return a folder of the test's own that the tiny entry point is kept in."""
    return shutil.copytree(made[0], tmp_path / "kept")


def test_all_is_well(run, in_a_process, made):
    """The tiny entry point is kept on disk, loaded from there, and made of parts."""
    folder, first = made
    expected = {"value": 5.0, "parts": bool(jit.PART_OPTIONS), "kept": True, "files": 2}
    assert first == {**expected, "ready": False, "loaded": 0}
    for how in (printed, in_a_process):
        assert run(folder, how=how) == {**expected, "ready": True, "loaded": 1}


@pytest.mark.parametrize("amiss", PARTS_AMISS.values(), ids=PARTS_AMISS)
def test_where_parts_cannot_be_made_functions_compile_as_any_other(run, tmp_path, amiss):
    """No part is made of Numba's internals unless they are as known."""
    found = run(tmp_path, amiss)
    assert (found["value"], found["parts"], found["kept"]) == (5.0, False, True)


@pytest.mark.parametrize("amiss", CACHE_AMISS.values(), ids=CACHE_AMISS)
def test_where_nothing_can_be_kept_functions_compile_each_time(run, kept, amiss):
    """Neither is anything kept elsewhere, where it would not be known to be stale."""
    before = sorted(kept.parent.rglob("*"))
    found = run(kept, amiss)
    assert (found["value"], found["kept"], found["ready"]) == (5.0, False, True)
    assert sorted(kept.parent.rglob("*")) == before


def cut_short(file: Path) -> None:
    """Leave the first half of a file."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def replace_by_folder(file: Path) -> None:
    """Put a folder in the place of a file, which can be neither read nor replaced."""
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
@pytest.mark.parametrize("spoil", [cut_short, replace_by_folder])
def test_what_is_kept_and_cannot_be_read_is_done_without(run, kept, spoil, ending):
    """It is compiled; and a file cut short is thrown away, so that the next run keeps it anew."""
    (file,) = kept.rglob(f"*{ending}")
    spoil(file)
    found = run(kept)
    assert (found["value"], found["loaded"]) == (5.0, 0)
    assert file.exists() == (spoil is replace_by_folder)


def test_what_cannot_be_written_is_compiled_all_the_same(run, tmp_path):
    """A disk may turn out to be full only when the machine code is there."""
    full = """
from numba.core.caching import IndexDataCacheFile
def save(self, key, data):
    raise OSError(28, "No space left on device")
IndexDataCacheFile.save = save
"""
    found = run(tmp_path, full)
    assert (found["value"], found["kept"], found["files"]) == (5.0, True, 0)


@pytest.fixture
def package(in_a_process, tmp_path):
    """Return a function that runs the tiny entry point in a package of its own, and the folder.

    It has what compiles functions of this one, and a callee in a file of its own.
    """
    home = tmp_path / "cluster_geo" / "compiled"
    home.mkdir(parents=True)
    (home.parent / "__init__.py").touch()
    for name in ("__init__", "jit", "disk", "parts"):
        shutil.copy(Path(cluster_geo.compiled.__file__).with_name(f"{name}.py"), home)
    body = TINY.split("@jit.inner")[1].split("@jit.entry")
    (home / "callee.py").write_text(f"from . import jit\n@jit.inner{body[0]}")
    tiny = TINY.replace(f"@jit.inner{body[0]}", "from .callee import square\n")
    (home / "tiny.py").write_text(tiny)

    def result(**env: str) -> dict[str, object]:
        code = "from cluster_geo.compiled import tiny; tiny.main()"
        everything = {"NUMBA_CACHE_DIR": "", "PYTHONDONTWRITEBYTECODE": "1", **env}
        return in_a_process(code, tmp_path, **everything)

    return result, home


def test_a_changed_callee_changes_its_callers(package):
    """What is kept of an entry point is of use only for all of its sources."""
    tiny, home = package
    assert tiny()["value"] == 5.0
    callee = home / "callee.py"
    callee.write_text(callee.read_text().replace("x * x", "x * x * x"))
    changed = tiny()
    assert (changed["value"], changed["loaded"]) == (pytest.approx(91**0.5), 0)


def test_machine_code_is_kept_where_there_is_room(package, tmp_path):
    """Beside the bytecode; in the user's folder for such things; else nowhere."""
    tiny, home = package
    user = {"XDG_CACHE_HOME": str(tmp_path / "user"), "HOME": str(tmp_path / "home")}
    assert tiny(**user)["kept"]
    assert list((home / "__pycache__").rglob("tiny.hypotenuse*.nbc"))
    shutil.rmtree(home / "__pycache__")
    (home / "__pycache__").touch()
    assert tiny(**user)["kept"]
    assert list((tmp_path / "user" / "cluster-geo").rglob("tiny.hypotenuse*.nbc"))
    shutil.rmtree(tmp_path / "user")
    (tmp_path / "user").touch()
    assert tiny(**user)["kept"]
    assert list((tmp_path / "home" / ".cache" / "cluster-geo").rglob("tiny.hypotenuse*.nbc"))
    shutil.rmtree(tmp_path / "home")
    (tmp_path / "home").touch()
    nowhere = tiny(**user)
    assert (nowhere["value"], nowhere["kept"]) == (5.0, False)
