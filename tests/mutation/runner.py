"""Runs the guarding tests against each mutant.

The suite is imported and collected once; each mutant gets a copy of that process (fork), in which the code of one
function is exchanged, and its own copy of the database. What takes effect at the import begins a process of its own.
Of the guarding tests only those run that call the function, the quickest first, up to the first that fails.
"""

import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType

from .mutants import ROOT, Mutant
from .scope import Target

PASSED, FAILED, UNFIT = 0, 1, 3
Function = tuple[str, str, int]
"""The file, the qualified name, the first line."""


class Runner:
    """A plugin of pytest that runs what was collected once for each mutant, instead of once."""

    def __init__(self, targets: list[Target]):
        self.targets = targets
        self.figures: dict[str, tuple[int, int]] = {}  # killed and all, by file

    def pytest_runtestloop(self, session) -> bool:
        self.items = session.items
        self.warm_up()
        self.calls, self.seconds = self.learn()
        for target in self.targets:
            mutants = target.mutants()
            survived = [mutant for mutant in mutants if not self.is_killed(target, mutant)]
            self.figures[target.path] = len(mutants) - len(survived), len(mutants)
            say(f"{target.path}: {len(mutants) - len(survived)} of {len(mutants)}")
            for mutant in survived:
                say(f"  survived, line {mutant.line}: {mutant.key}")
        return True

    def warm_up(self) -> None:
        """Run one test, so that the database and whatever else lasts for the session is there; keep a copy of it."""
        from django.db import connections

        from tests.conftest import needs_database

        item, other = next(filter(needs_database, self.items)), self.items[-1]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=other)
        self.database = Path(connections["default"].settings_dict["NAME"])
        connections.close_all()
        self.untouched = Path(shutil.copyfile(self.database, f"{self.database}.untouched"))

    def learn(self) -> tuple[dict[str, set[Function]], dict[str, float]]:
        """Which functions each test calls, and how long it takes; ends where one fails without any mutant."""
        kept = self.database.with_suffix(".learnt")
        if self.in_copy(lambda: self.note_calls(kept), seconds=3600) != PASSED:
            sys.exit("Without any mutant, a guarding test fails.")
        return pickle.loads(kept.read_bytes())

    def note_calls(self, kept: Path) -> int:
        paths, calls, seconds = {str(ROOT / target.path) for target in self.targets}, {}, {}
        for item, is_passed in run(
            self.items, lambda item: trace(calls.setdefault(item.nodeid, set()), paths), seconds
        ):
            if not is_passed:
                print(item.nodeid, file=sys.__stderr__)
                return FAILED
        sys.settrace(None)
        kept.write_bytes(pickle.dumps((calls, seconds)))
        return PASSED

    def is_killed(self, target: Target, mutant: Mutant) -> bool:
        """Whether a guarding test fails, or does not come to its end, because of the mutant."""
        if mutant.function is None:
            return is_killed_from_the_start(target, mutant)
        items = self.guards(target, mutant)
        limit = 15 + 5 * sum(self.seconds[item.nodeid] for item in items)
        code = self.in_copy(lambda: test(items, mutant), seconds=int(limit))
        return is_killed_from_the_start(target, mutant) if code == UNFIT else code != PASSED

    def guards(self, target: Target, mutant: Mutant) -> list:
        """The tests that call the function; those that share a world at the end, behind them those that flush."""
        function = (str(ROOT / mutant.path), *mutant.function)
        guarding = [item for item in self.items if item.path.relative_to(ROOT).as_posix() in target.tests]
        found = [item for item in guarding if function in self.calls[item.nodeid]]
        return sorted(found, key=lambda item: (flushes(item), shares(item), self.seconds[item.nodeid]))

    def in_copy(self, work: Callable[[], int], *, seconds: int) -> int:
        """Do the work in a copy of this process with a fresh database; negative where it had to be stopped."""
        shutil.copyfile(self.untouched, self.database)
        for end in ["-wal", "-shm"]:
            Path(f"{self.database}{end}").unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            code = UNFIT
            try:
                signal.alarm(seconds)
                nothing = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nothing, 1)
                code = work()
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test(items: list, mutant: Mutant) -> int:
    """Exchange the function's code and run the tests up to the first that fails."""
    exchange(mutant)
    return PASSED if all(is_passed for _, is_passed in run(items, lambda item: None, {})) else FAILED


def exchange(mutant: Mutant) -> None:
    """Give the function its new code, wherever it was imported to. Raises LookupError, or ValueError of Python."""
    wanted = (str(ROOT / mutant.path), *mutant.function)
    (new,) = [code for code in codes(mutant.compiled()) if identity(code) == wanted]
    known = [each for each in gc.get_objects() if type(each) is FunctionType and identity(each.__code__) == wanted]
    if not known:
        raise LookupError(mutant.key)
    for function in known:
        function.__code__ = new


def identity(code: CodeType) -> Function:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes(each)


def run(items: list, before: Callable, seconds: dict[str, float]) -> Iterator[tuple]:
    """Run tests one by one, and yield each with whether it passed."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        failed, start = item.session.testsfailed, time.monotonic()
        before(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        seconds[item.nodeid] = time.monotonic() - start
        yield item, item.session.testsfailed == failed


def trace(calls: set[Function], paths: set[str]) -> None:
    """From now on note the calls of functions in these files."""

    def note(frame, event, argument):
        if frame.f_code.co_filename in paths:
            calls.add(identity(frame.f_code))

    sys.settrace(note)


def flushes(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


def shares(item) -> bool:
    return "lasting_database" in item.fixturenames


def is_killed_from_the_start(target: Target, mutant: Mutant) -> bool:
    """The same in a process of its own, which imports the file as the mutant has it."""
    command = [sys.executable, "-m", "tests.mutation.from_the_start", target.path, mutant.key, *target.tests]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def say(text: str) -> None:
    print(text, file=sys.__stdout__, flush=True)
