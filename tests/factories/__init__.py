"""Plain functions that make one valid object of the domain each; every app has a module."""

from itertools import count

numbers = count(1)
"""Makes names unique within one test process."""
