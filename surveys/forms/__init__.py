"""The form of one entry, built from the frozen definition: it takes whatever is typed and says what to mend."""

from .entry import EntryForm

__all__ = ["EntryForm"]
