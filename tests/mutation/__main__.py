"""How many small changes to the code of permissions and tokens the tests notice: ``python -m tests.mutation [FILE …]``.

Prints each that survives and the figures of each file; the exit code is 1 below 90 %.
"""

import sys
import tempfile

import pytest

from .runner import Runner, say
from .scope import targets as all_targets

WANTED = 90  # per cent


def main(*wanted: str) -> int:
    targets = [target for target in all_targets() if not wanted or target.path.startswith(wanted)]
    tests = dict.fromkeys(test for target in targets for test in target.tests)
    runner = Runner(targets)
    with tempfile.TemporaryDirectory() as folder:
        options = ["-q", "-s", "--no-header", "--no-summary", "-p", "no:cacheprovider", f"--basetemp={folder}/pytest"]
        code = pytest.main([*options, *tests], plugins=[runner])
    return code or report(runner.figures)


def report(figures: dict[str, list[int]]) -> int:
    """Print killed, survived and ratio by file and in total; return the exit code."""
    total = [sum(each) for each in zip(*figures.values(), strict=True)] or [0, 0]
    for path, (killed, survived) in [*figures.items(), ("total", total)]:
        say(f"{path:<45} {killed:>5} killed {survived:>4} survived {share(killed, survived):6.1f} %")
    return int(share(*total) < WANTED)


def share(killed: int, survived: int) -> float:
    return 100 * killed / (killed + survived) if killed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
