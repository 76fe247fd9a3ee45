"""A variable that a template of ours uses and nobody defines fails the test."""

import inspect
from pathlib import Path

from django.template.base import Node

TEMPLATES = Path(__file__).parent.parent / "templates"


class UndefinedVariable(AssertionError):
    """Says which template asks for which variable."""


class UndefinedIsAnError(str):
    """Value of ``string_if_invalid``; the templates of installed packages may rely on an empty string."""

    __slots__ = ()

    def __contains__(self, key):
        return key == "%s"

    def __mod__(self, variable):
        template = asking_template()
        if template and Path(template).is_relative_to(TEMPLATES):
            raise UndefinedVariable(f"{Path(template).relative_to(TEMPLATES)} uses „{variable}“, which is not defined.")
        return ""


def asking_template() -> str:
    """The file of the node that is being rendered, found on the call stack."""
    frame = inspect.currentframe()
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return node.origin.name
        frame = frame.f_back
    return ""
