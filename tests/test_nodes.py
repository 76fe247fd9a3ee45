"""Three nodes behind nginx, one PostgreSQL of their own: the story of ``python -m tests.nodes``, in short."""

import subprocess
import sys

import pytest

from .load import ROOT


@pytest.mark.long
def test_nothing_is_lost_or_doubled_when_nodes_are_killed_and_the_database_restarts():
    command = [sys.executable, "-m", "tests.nodes", "short"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
