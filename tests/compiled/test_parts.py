"""Parts: compiled functions that are only linked into others."""

from __future__ import annotations

import re
from pathlib import Path

import numba
import numpy as np
import pytest
from numba import njit

from cluster_geo.compiled.jit import PART_OPTIONS, inner

LOCK = Path(__file__).parents[2] / "requirements.lock"


@inner
def _square(x):
    return x * x


@inner
def _norm(values):
    total = 0.0
    for value in values:
        total += _square(value)
    return np.sqrt(total)


@inner
def _unit(values):
    scaled = np.empty_like(values)
    for i in range(values.size):
        scaled[i] = values[i] / _norm(values)
    return scaled


@njit
def _units(rows):
    return [_unit(row) for row in rows], [_norm(_unit(row)) for row in rows]


def test_a_part_of_a_part_computes_what_it_would_in_python():
    """Parts that call parts, hand arrays on and are called twice end up whole in their caller."""
    rows = np.array([[3.0, 4.0], [0.0, 2.0]])
    units, norms = _units(rows)
    np.testing.assert_allclose(units, [[0.6, 0.8], [0.0, 1.0]])
    np.testing.assert_allclose(norms, [1.0, 1.0])


def test_parts_are_made_with_the_numba_that_is_locked():
    """Its internals are as known; those of a newer one need not be, which costs time alone."""
    locked = re.search(r"^numba==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if numba.__version__ == locked[1]:
        assert PART_OPTIONS


@pytest.mark.skipif(
    not PART_OPTIONS, reason=f"parts were not tested with Numba {numba.__version__}"
)
def test_a_part_has_no_machine_code():
    """Only the function that Python calls is optimised and made executable."""
    _units(np.ones((1, 2)))
    (part,) = _square.overloads.values()
    assert part.library.get_pointer_to_function(part.fndesc.llvm_func_name) == 0
    (whole,) = _units.overloads.values()
    assert whole.library.get_pointer_to_function(whole.fndesc.llvm_func_name) != 0


def test_a_part_takes_more_than_one_kind_of_argument():
    """It is lowered anew for each, and callers find their own."""

    @njit
    def both(i, x):
        return _square(i), _square(x)

    assert both(3, 0.5) == (9, 0.25)
