"""Solutions as documents: for snapshots, for exports, and the way back. Nothing here decides who may see what."""

from .bulk import dump_all
from .checking import check
from .dumping import dump, with_content
from .filling import fill
from .shape import label

__all__ = ["check", "dump", "dump_all", "fill", "label", "with_content"]
