"""Run tests against one mutant that takes effect at the import, or none: ``… FILE KEY tests``."""

import sys
import tempfile
from importlib.machinery import SourceFileLoader

import pytest

from .mutants import ROOT, Mutant, mutants_of


def main(path: str, key: str, *tests: str) -> int:
    if key:
        put_in_place(next(each for each in mutants_of(path) if each.key == key))
    with tempfile.TemporaryDirectory() as folder:
        return pytest.main(["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={folder}/pytest", *tests])


def put_in_place(mutant: Mutant) -> None:
    """Let Python import the mutant in the place of the file."""
    get_code = SourceFileLoader.get_code

    def get_mutant(loader, name):
        return mutant.compiled() if loader.path == str(ROOT / mutant.path) else get_code(loader, name)

    SourceFileLoader.get_code = get_mutant


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
