"""Reads scope.toml: what is changed, which tests guard it, and which changes make no difference."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .mutants import Mutant, mutants_of


@dataclass(frozen=True)
class Target:
    """A file, its functions and classes that matter here (all of them if none is named), and their tests."""

    path: str
    tests: tuple[str, ...]
    names: tuple[str, ...]
    without_effect: frozenset[str]

    def mutants(self) -> list[Mutant]:
        """The changes that a test should notice."""
        return [each for each in mutants_of(self.path, self.names) if each.key not in self.without_effect]


def targets() -> list[Target]:
    """All of them, in the order of the file."""
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    return [target(path, **table) for path, table in tables.items()]


def target(path: str, *, tests: list[str], only: list[str] = (), without_effect: list[dict] = ()) -> Target:
    """``tests`` as „folder/thing“. Raises LookupError where a name, or a change without effect, is there no more."""
    mutants, known = mutants_of(path, tuple(only)), frozenset(each["change"] for each in without_effect)
    unused = {name for name in only if not any(f"{each.where}.".startswith(f"{name}.") for each in mutants)}
    if gone := unused | (known - {each.key for each in mutants}):
        raise LookupError(f"scope.toml, {path}: {gone}")
    files = (f"tests/{folder}/test_{name}.py" for folder, _, name in (test.partition("/") for test in tests))
    return Target(path, tuple(files), tuple(only), known)
