"""Runs the guarding tests against each mutant.

The suite is imported and collected once; each mutant gets a copy of that process (fork), in which the code of one
function is exchanged, and its own copy of the database. What takes effect at the import begins a process of its own.
Of the guarding tests only those run that call the function, the quickest first, up to the first that fails.
"""

import ast
import builtins
import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from .mutants import ROOT, Mutant, first_line, walk
from .scope import Target

PASSED, FAILED, UNFIT = 0, 1, 3
Function = tuple[str, str, int]
"""The file, the qualified name, the first line."""


class Runner:
    """A plugin of pytest that runs what was collected once for each mutant, instead of once."""

    def __init__(self, targets: list[Target]):
        self.targets = targets
        self.figures = {target.path: [0, 0] for target in targets}  # killed and survived
        self.checked: set[Target] = set()
        self.calls: dict[str, set[Function]] = {}
        self.seconds: dict[str, float] = {}

    def pytest_runtestloop(self, session) -> bool:
        self.items = session.items
        gc.unfreeze()  # ``exchange`` finds functions where the collector of garbage knows them
        self.warm_up()
        mutants = [(target, mutant) for target in self.targets for mutant in target.mutants()]
        mutants.sort(key=lambda each: each[1].function is None)  # those take longest
        for target, mutant in mutants:
            is_killed = self.is_killed(target, mutant)
            self.figures[target.path][not is_killed] += 1
            if not is_killed:
                say(f"survived: {target.path}:{mutant.line} {mutant.key}")
        return True

    def warm_up(self) -> None:
        """Run one test, so that the database and whatever else lasts for the session is there; keep a copy of it.

        Of what pytest set up for the test, the least stays that another one needs: any may be the next in a copy.
        """
        from django.db import connections

        from ogl_portal.lib.pdf.service import renderer
        from tests.conftest import needs_database

        for target in self.targets:
            import_module(target.path.removesuffix(".py").replace("/", "."))
        item = next(filter(needs_database, self.items))
        other = min(self.items, key=lambda each: len({*each.listchain()} & {*item.listchain()}))
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=other)
        self.database = Path(connections["default"].settings_dict["NAME"])
        connections.close_all()
        renderer.stop()  # a copy would let go of it, which warns and so fails a test
        self.untouched = Path(shutil.copyfile(self.database, f"{self.database}.untouched"))

    def learn(self, items: list) -> None:
        """Note of tests which functions they call, and how long they take; ends where one fails without any mutant."""
        kept = self.database.with_suffix(".learnt")
        if items and self.in_copy(lambda: note_calls(items, self.targets, kept), seconds=3600) != PASSED:
            pytest.exit(f"Without any mutant, a test fails: {kept.read_text() if kept.exists() else items}", 3)
        if items:
            calls, seconds = pickle.loads(kept.read_bytes())
            self.calls |= calls
            self.seconds |= seconds

    def is_killed(self, target: Target, mutant: Mutant) -> bool:
        """Whether a guarding test fails, or does not come to its end, because of the mutant."""
        if mutant.function is None:
            self.check(target)
            return fails_from_the_start(target, mutant.key)
        self.learn([item for item in self.guards(target) if item.nodeid not in self.seconds])
        items = self.callers(target, mutant)
        if not items:
            return False
        limit = 5 + 4 * sum(self.seconds[item.nodeid] for item in items)
        code = self.in_copy(lambda: test(items, mutant), seconds=int(limit))
        return fails_from_the_start(target, mutant.key) if code == UNFIT else code != PASSED

    def check(self, target: Target) -> None:
        """End where the guards of a file fail without any mutant."""
        if target not in self.checked and fails_from_the_start(target, ""):
            pytest.exit(f"Without any mutant, a test fails: {target.tests}", 3)
        self.checked.add(target)

    def guards(self, target: Target) -> list:
        return [item for item in self.items if item.path.relative_to(ROOT).as_posix() in target.tests]

    def callers(self, target: Target, mutant: Mutant) -> list:
        """The guards that call the function; those that share a world at the end, behind them those that flush."""
        function = (str(ROOT / mutant.path), *mutant.function)
        found = [item for item in self.guards(target) if function in self.calls[item.nodeid]]
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
                os.dup2(nothing, 2)
                code = work()
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def note_calls(items: list, targets: list[Target], kept: Path) -> int:
    """Run tests while every function of the targets says that it is called."""
    calls, seconds, current = {item.nodeid: set() for item in items}, {}, []
    builtins.note_call = lambda function: calls[current[-1]].add(function)
    if not exchange({identity(code): code for target in targets for code in codes(compiled_with_notes(target.path))}):
        kept.write_text("no function of the files was found")
        return FAILED
    for item, is_passed in run(items, seconds, current):
        if not is_passed:
            kept.write_text(item.nodeid)
            return FAILED
    kept.write_bytes(pickle.dumps((calls, seconds)))
    return PASSED


def compiled_with_notes(path: str) -> CodeType:
    """The file with a call of ``note_call`` at the beginning of each function."""
    file = str(ROOT / path)
    tree = ast.parse((ROOT / path).read_text())
    for node, place in walk(tree):
        if isinstance(node, ast.FunctionDef) and place.function is None:
            function = ast.Constant((file, ".".join([*place.around, node.name]), first_line(node)))
            note = ast.Expr(ast.Call(ast.Name("note_call", ast.Load()), [function], []))
            node.body.insert(0, ast.copy_location(note, node.body[0]))
    return compile(ast.fix_missing_locations(tree), file, "exec")


def test(items: list, mutant: Mutant) -> int:
    """Exchange the function's code and run the tests up to the first that fails."""
    wanted = (str(ROOT / mutant.path), *mutant.function)
    if not exchange({identity(code): code for code in codes(mutant.compiled()) if identity(code) == wanted}):
        return UNFIT
    return PASSED if all(is_passed for _, is_passed in run(items, {}, [])) else FAILED


def exchange(new: dict[Function, CodeType]) -> int:
    """Give functions their new code, wherever they were imported to; returns how many. Python may raise ValueError."""
    known = [each for each in gc.get_objects() if type(each) is FunctionType and identity(each.__code__) in new]
    for function in known:
        function.__code__ = new[identity(function.__code__)]
    return len(known)


def identity(code: CodeType) -> Function:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes(each)


def run(items: list, seconds: dict[str, float], current: list[str]) -> Iterator[tuple]:
    """Run tests one by one, and yield each with whether it passed."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        failed, start = item.session.testsfailed, time.monotonic()
        current.append(item.nodeid)
        forget_prepared()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        seconds[item.nodeid] = time.monotonic() - start
        yield item, item.session.testsfailed == failed


def forget_prepared() -> None:
    """Let the next use of a prepared query put it together anew, as the function has it by then."""
    for query in prepared_queries():
        vars(query.local).clear()


@cache
def prepared_queries() -> list:
    from ogl_portal.lib.prepared import Prepared

    return [each for each in gc.get_objects() if isinstance(each, Prepared)]


def flushes(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


def shares(item) -> bool:
    return "lasting_database" in item.fixturenames


def fails_from_the_start(target: Target, key: str) -> bool:
    """Whether a guard fails in a process of its own, which imports the file as the mutant has it (none without key)."""
    command = [sys.executable, "-m", "tests.mutation.from_the_start", target.path, key, *target.tests]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def say(text: str) -> None:
    print(text, file=sys.__stdout__, flush=True)
