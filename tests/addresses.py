"""All addresses of the portal, taken from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

SAMPLES = {"slug": "beispiel", "int": 1, "uuid": "00000000-0000-4000-8000-000000000000", "str": "beispiel", "path": "1"}
"""A value that each path converter accepts."""


@dataclass(frozen=True)
class Address:
    """A named pattern; ``samples`` fill its placeholders."""

    name: str
    route: str
    samples: tuple[tuple[str, object], ...]
    is_admin: bool


def all_addresses() -> list[Address]:
    """Every pattern, those of the admin included."""
    return list(walk(get_resolver(), "", ""))


def walk(resolver, route: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        full_route = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address(pattern, full_route, namespace)
        else:
            yield from walk(pattern, full_route, namespace + f"{pattern.namespace}:" * bool(pattern.namespace))


def address(pattern, route: str, namespace: str) -> Address:
    converters = pattern.pattern.converters
    samples = tuple((key, SAMPLES[converter_name(converter)]) for key, converter in converters.items())
    if "app_label" in route:  # the admin's one regular expression
        samples = (("app_label", "directory"),)
    return Address(f"{namespace}{pattern.name or ''}", route, samples, namespace == "admin:")


def converter_name(converter) -> str:
    """The word in front of the colon: SlugConverter is slug."""
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()
