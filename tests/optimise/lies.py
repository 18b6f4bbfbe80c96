"""Answers of HiGHS that are no answers, or are lies, planted where it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import highspy
import numpy as np
import pytest

from cluster_geo.optimise import solver
from cluster_geo.optimise.solver import Answer, ModelStatus

NO_SOLUTION = highspy.SolutionStatus.kSolutionStatusNone
Lie = Callable[[Answer], Answer]


def _emptied(answer: Answer, model: ModelStatus, run: str = "kOk") -> Answer:
    """Zeros, as HiGHS fills them in where there is nothing."""
    return replace(
        answer,
        run=getattr(highspy.HighsStatus, run),
        model=model,
        primal=NO_SOLUTION,
        dual=NO_SOLUTION,
        objective=0.0,
        bound=-np.inf,
        iterations=0,
        values=np.zeros_like(answer.values),
        duals=np.zeros_like(answer.duals),
    )


# Those that HiGHS itself would see, and those that only a check of its numbers does.
LIES: dict[str, Lie] = {
    "error": lambda a: _emptied(a, ModelStatus.kNotset, "kError"),
    "not set": lambda a: _emptied(a, ModelStatus.kNotset),
    "unknown": lambda a: replace(a, model=ModelStatus.kUnknown),
    "solve error": lambda a: _emptied(a, ModelStatus.kSolveError),
    "iteration limit": lambda a: replace(a, model=ModelStatus.kIterationLimit),
    "time limit without solution": lambda a: _emptied(a, ModelStatus.kTimeLimit),
    "unbounded": lambda a: _emptied(a, ModelStatus.kUnbounded),
    "optimal without solution": lambda a: _emptied(a, ModelStatus.kOptimal),
    "optimal, all zero": lambda a: replace(
        a, values=np.zeros_like(a.values), duals=np.zeros_like(a.duals), objective=0.0
    ),
    "not a number": lambda a: replace(a, values=a.values * np.nan, duals=a.duals * np.nan),
    "values break a row": lambda a: replace(a, values=a.values + 0.25),
    "duals not numbers": lambda a: replace(a, duals=a.duals + np.inf, bound=np.nan),
    "another objective": lambda a: replace(a, objective=a.objective - 1.0),
    "bound above the cost": lambda a: replace(
        a, bound=a.objective + 5.0, duals=a.duals + 5.0, objective=a.objective + 5.0
    ),
    "no values": lambda a: replace(a, values=np.empty(0), duals=np.empty(0)),
}
# Wrong duals are still duals: whatever they are, the bound at them holds.
TRUE_ALL_THE_SAME: dict[str, Lie] = {
    "duals all zero": lambda a: replace(a, duals=np.zeros_like(a.duals)),
    "duals reversed": lambda a: replace(a, duals=a.duals[::-1].copy()),
    "duals doubled": lambda a: replace(a, duals=2.0 * a.duals),
}


@dataclass
class Liar:
    """Asks HiGHS, and lies about its answers from the n-th call for so many calls.

    Parameters
    ----------
    lie : callable
    first : int
        Counted from 0.
    times : int
    """

    lie: Lie
    first: int = 0
    times: int = 1
    calls: int = 0
    lied: int = 0
    _ask: Callable[[highspy.Highs], Answer] = field(default=solver.ask, repr=False)

    def __call__(self, model: highspy.Highs) -> Answer:
        answer = self._ask(model)
        if self.first <= self.calls < self.first + self.times:
            answer = self.lie(answer)
            self.lied += 1
        self.calls += 1
        return answer

    def at_the_door(self, monkeypatch: pytest.MonkeyPatch) -> Liar:
        """Stand where HiGHS is asked."""
        monkeypatch.setattr(solver, "ask", self)
        return self
