"""What is installed is what was tested: the locks, the floors and ceilings, the README's commands."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import DRIFT
from tests.locks import DOCS_LOCK, LOCKS, ROOT, floor, lines, locked, project, required

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for line in README.splitlines() if line.startswith("python3 -m venv .venv && ")]
EXTRAS = {"requirements.lock": (), "requirements-test.lock": ("test",), DOCS_LOCK: ("docs",)}
# The oldest pip that a Python brings: Python 3.11.0's, 3.12.0's and 3.13.0's.
OLDEST_PIP = {(3, 11): "22.3", (3, 12): "23.2.1", (3, 13): "24.2"}
# What judges the code. Each release judges it anew, so none but the locked one is promised.
JUDGES = {
    "axe-playwright-python",
    "mypy",
    "pandas-stubs",
    "playwright",
    "pytest-cov",
    "ruff",
    "types-geopandas",
    "types-networkx",
    "types-shapely",
}


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_can_be_used_with_any_registry(lock):
    """It says how it was made, and names no registry and no folder of a machine."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|--(extra-)?index-url|--find-links|/tmp|/home|/root", text)
    command = text.splitlines()[1]
    for option in ("--universal", "--generate-hashes", "--no-strip-extras", f"-o {lock}"):
        assert option in command
    assert re.findall(r"--extra (\w+)", command) == list(EXTRAS[lock])


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_holds_hashes_and_versions_for_all(lock):
    """Pip installs nothing from it that was not there when it was made."""
    pins = locked(lock)
    assert len(pins) > 30
    for pin in (pin for pins_of in pins.values() for pin in pins_of):
        assert pin.version
        assert pin.hashes
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in pin.hashes)


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_holds_what_is_asked_for(lock):
    """Each requirement of pyproject.toml is there, and in its range."""
    pins = locked(lock)
    for wanted in required(*EXTRAS[lock]):
        found = pins[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(pin.version) for pin in found), wanted


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_lists_the_extras_that_are_asked_for(lock):
    """Pip 23 refuses a lock with `coverage` where `coverage[toml]` is asked for."""
    pins = locked(lock)
    asked = [wanted for wanted in required(*EXTRAS[lock]) if wanted.extras]
    for name, pins_of in pins.items():
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:  # of another Python or another system
            continue
        extras = {extra for pin in pins_of for extra in pin.requirement.extras}
        asked += [
            wanted
            for wanted in map(Requirement, needs)
            if wanted.extras and applies(wanted, extras)
        ]
    for wanted in asked:
        for pin in pins[canonicalize_name(wanted.name)]:
            assert wanted.extras <= pin.requirement.extras, str(wanted)
    if "test" in EXTRAS[lock]:
        assert "coverage" in {wanted.name for wanted in asked}


def applies(wanted: Requirement, extras: set[str]) -> bool:
    """Whether a package that is installed with these extras needs `wanted` here."""
    return wanted.marker is None or any(
        wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


def test_the_locks_agree():
    """What the tests run on is what is installed for use."""
    used, tested = map(locked, LOCKS)
    assert used.keys() < tested.keys()
    for name, pins in used.items():
        assert [(p.version, str(p.marker), p.hashes) for p in pins] == [
            (p.version, str(p.marker), p.hashes) for p in tested[name]
        ]


def test_the_documentation_is_built_with_what_the_tests_run_on():
    """Where both locks hold a package for this Python, they hold one version of it."""
    tested, built = locked(LOCKS[1]), locked(DOCS_LOCK)
    assert {requirement.name for requirement in required()} < built.keys()
    for name in built.keys() & tested.keys():
        versions = [
            {pin.version for pin in lock[name] if pin.marker is None or pin.marker.evaluate()}
            for lock in (tested, built)
        ]
        assert versions[0] == versions[1], name


def test_the_floor_of_what_builds_the_documentation_is_locked():
    """Nothing else is tried, so nothing else is promised."""
    pins, shared = locked(DOCS_LOCK), {requirement.name for requirement in required()}
    for wanted in required("docs"):
        if wanted.name not in shared:
            assert floor(wanted) in {pin.version for pin in pins[canonicalize_name(wanted.name)]}


def test_the_readmes_commands_install_from_the_locks():
    """Both make an environment, fill it from a lock, and add the program alone."""
    use, test = (command.split(" && ") for command in COMMANDS)
    assert use[1:3] == [
        ".venv/bin/pip install -q -r requirements.lock",
        ".venv/bin/pip install -q --no-deps .",
    ]
    assert test[1:3] == [
        ".venv/bin/pip install -q -r requirements-test.lock",
        ".venv/bin/pip install -q --no-deps -e .",
    ]
    for lock in LOCKS:
        assert f"uv pip install -q -r {lock}" in README


def test_every_requirement_has_a_floor_and_a_line():
    """.ci/fresh reads the floors line by line, and installs them all."""
    read = [requirement for requirement, _ in lines()]
    assert sorted(map(str, read)) == sorted(map(str, required("docs", "notebooks", "test")))
    assert [str(requirement) for requirement in read if floor(requirement) is None] == []
    fresh = (ROOT / ".ci" / "fresh").read_text(encoding="utf-8")
    (script,) = re.findall(r"sed -nE '(.*)' pyproject.toml", fresh)
    found = subprocess.run(
        ["sed", "-nE", script, "pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(found.stdout.split()) == {f"{r.name}=={floor(r)}" for r in read}


def test_what_is_marked_drift_is_there():
    """A file that moves must not slip out of the tests on other versions."""
    tests = ROOT / "tests"
    for path in DRIFT:
        assert (tests / path.partition("::")[0]).exists(), path


def test_a_ceiling_has_a_reason():
    """Whoever meets one is to know what breaks above it."""
    ceilings = [
        (requirement, reason)
        for requirement, reason in lines()
        if any(s.operator != ">=" for s in requirement.specifier)
    ]
    assert [str(requirement) for requirement, reason in ceilings if not reason] == []


def test_the_floor_of_what_judges_the_code_is_locked():
    """Nobody runs an older linter, so none is promised; a new one is in lock and floor at once."""
    pins = locked("requirements-test.lock")
    judges = {r.name: floor(r) for r in required("test") if r.name in JUDGES}
    assert judges == {name: pins[name][0].version for name in JUDGES}


def test_what_builds_the_program_is_one_version():
    """Pip takes it from outside the locks, so it is pinned where pip looks for it."""
    (builder,) = map(Requirement, project()["build-system"]["requires"])
    assert [s.operator for s in builder.specifier] == ["=="]


def test_what_is_imported_is_required_and_the_other_way_round():
    """A package that another one happens to bring may be gone tomorrow."""
    imported = {
        name
        for path in (ROOT / "cluster_geo").rglob("*.py")
        for name in imports(path)
        if name not in sys.stdlib_module_names and name != "cluster_geo"
    }
    homes = packages_distributions()
    used = {canonicalize_name(homes[name][0]) for name in imported}
    # What only one command needs is asked for as an extra.
    needed = {requirement.name for requirement in [*required(), *required("review")]}
    assert used - needed == {"pydantic-core"}  # pydantic needs one version of it, its own
    unseen = {requirement.name for requirement, reason in lines() if not reason} & needed - used
    assert unseen == set()


def imports(path: Path) -> set[str]:
    """Return the top-level packages that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.registry
@pytest.mark.skipif(
    "WITH_REGISTRY" not in os.environ, reason="asks the package registry (WITH_REGISTRY=1)"
)
@pytest.mark.parametrize("lock", EXTRAS)
def test_the_oldest_pip_can_install_a_lock(lock, tmp_path):
    """Whatever the registry holds today, the pip that came with this Python finds its way."""
    python = sys.version_info[:2]
    if python not in OLDEST_PIP:
        pytest.skip(f"nobody looked up the first pip of Python {python[0]}.{python[1]}")
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    pip = [tmp_path / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"pip=={OLDEST_PIP[python]}"], check=True)
    done = subprocess.run(
        [*pip, "--dry-run", "--require-hashes", "--ignore-installed", "-r", ROOT / lock],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
