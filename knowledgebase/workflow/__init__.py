"""What happens to solutions: one verb for each thing that views, admin and commands do."""

from .solutions import (
    NotPublishable,
    archive_solution,
    missing_core_fields,
    missing_fields,
    publish_solution,
    submit_solution,
)

__all__ = [
    "NotPublishable",
    "archive_solution",
    "missing_core_fields",
    "missing_fields",
    "publish_solution",
    "submit_solution",
]
