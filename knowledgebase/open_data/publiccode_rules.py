"""The rules of publiccode.yml 0.2–0.7: its keys, and what may stand in them; every value is read as text.

Source: github.com/publiccodeyml/publiccode.yml, docs/standard/schema.core.rst. The lists of categories and scopes grow
with every version, and the portal takes neither over: they are not checked here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..interchange.checking import shown

Faults = Iterator[tuple[str, str]]
"""Path of a key („description.de.features“) and what is wrong there, in German."""
Check = Callable[[str, object], Faults]

VERSIONS = {"0", "0.2", "0.2.0", "0.2.1", "0.2.2", "0.3", "0.3.0", "0.4", "0.4.0", "0.5", "0.5.0", "0.7", "0.7.0"}
STATUS = {"concept", "development", "beta", "stable", "obsolete"}
SOFTWARE_TYPES = {"standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
                  "standalone/other", "addon", "library", "configurationFiles"}  # fmt: skip
MAINTENANCE = {"internal", "contract", "community", "none"}
COUNTRY = re.compile(r"[A-Za-z]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as a shape can tell
LICENCE = re.compile(r"[A-Za-z0-9.+\-]+( (AND|OR|WITH) [A-Za-z0-9.+\-]+)*")  # an SPDX expression without brackets


def check(document) -> list[tuple[str, str]]:
    """Every fault of a document whose scalars are all texts."""
    faults = list(section(FILE)("", document))
    return faults or list(check_sense(document))


def text(shortest: int = 1, longest: int = 10_000) -> Check:
    def check_text(path: str, value) -> Faults:
        if not isinstance(value, str):
            yield path, "Hier muss ein Text stehen."
        elif not shortest <= len(value) <= longest:
            yield path, f"Der Text muss {shortest} bis {longest} Zeichen haben; er hat {len(value)}."

    return check_text


def like(is_right: Callable[[str], bool], words: str) -> Check:
    def check_likeness(path: str, value) -> Faults:
        if not isinstance(value, str) or not is_right(value):
            yield path, f"„{shown(value)}“ ist {words}."

    return check_likeness


def one_of(values) -> Check:
    return like(lambda value: value in values, "kein Wert, den der Standard kennt")


def is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "git", "ssh", "svn"} and bool(parts.netloc)


def is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def several(check_one: Check, *, may_be_one: bool = False) -> Check:
    """A list; some keys take a single value for it too."""

    def check_several(path: str, value) -> Faults:
        if may_be_one and not isinstance(value, list):
            yield from check_one(path, value)
        elif not isinstance(value, list) or not value:
            yield path, "Hier muss eine Liste stehen, die nicht leer ist."
        else:
            for number, each in enumerate(value):
                yield from check_one(f"{path}.{number}", each)

    return check_several


def section(keys: dict[str, Check]) -> Check:
    """Keys with values; a key that ends in „!“ must be there."""

    def check_section(path: str, value) -> Faults:
        if not isinstance(value, dict):
            yield path, "Hier müssen Schlüssel mit Werten stehen."
            return
        known = {name.rstrip("!"): check_value for name, check_value in keys.items()}
        for name in [name.rstrip("!") for name in keys if name.endswith("!")]:
            if name not in value:
                yield join(path, name), "Dieser Schlüssel fehlt."
        for name, each in value.items():
            if name in known:
                yield from known[name](join(path, name), each)
            elif path or not COUNTRY.fullmatch(name):  # sections of single countries are none of our business
                yield join(path, name), "Diesen Schlüssel kennt der Standard nicht."

    return check_section


def join(path: str, name: str) -> str:
    return f"{path}.{shown(name)}" if path else shown(name)


def languages(path: str, value) -> Faults:
    """The descriptions by language."""
    if not isinstance(value, dict) or not value:
        yield path, "Hier muss mindestens eine Sprache stehen, zum Beispiel de."
        return
    for name, each in value.items():
        if LANGUAGE.fullmatch(name):
            yield from section(DESCRIPTION)(join(path, name), each)
        else:
            yield join(path, name), "Das ist kein Kürzel einer Sprache (BCP 47)."


def anything(path: str, value) -> Faults:
    """Keys that the portal neither reads nor writes."""
    yield from ()


SOME_TEXT, DAY = text(), like(is_day, "kein Tag wie 2021-05-27")
URL, EMAIL = like(is_url, "keine Adresse im Netz"), like(is_email, "keine E-Mail-Adresse")
YES_NO = like(lambda value: value in {"true", "false"}, "weder true noch false")
LANGUAGE_TAG = like(lambda value: bool(LANGUAGE.fullmatch(value)), "kein Kürzel einer Sprache (BCP 47)")
COUNTRY_CODE = like(lambda value: bool(COUNTRY.fullmatch(value)), "kein Kürzel eines Landes (ISO 3166-1)")
SPDX = like(lambda value: bool(LICENCE.fullmatch(value)), "keine Lizenz nach SPDX")
OWNER = section({"name!": SOME_TEXT, "uri": SOME_TEXT})
DEPENDENCY = section({"name!": SOME_TEXT, "versionMin": SOME_TEXT, "versionMax": SOME_TEXT, "version": SOME_TEXT,
                      "optional": YES_NO})  # fmt: skip
DESCRIPTION = {
    "localisedName": SOME_TEXT, "genericName": text(longest=35), "shortDescription!": text(longest=150),
    "longDescription": text(150, 10_000), "documentation": URL, "apiDocumentation": URL, "features": several(SOME_TEXT),
    "screenshots": several(SOME_TEXT), "videos": several(URL), "awards": several(SOME_TEXT),
}  # fmt: skip
CONTACT = section({"name!": SOME_TEXT, "email": EMAIL, "phone": SOME_TEXT, "affiliation": SOME_TEXT})
CONTRACTOR = section({"name!": SOME_TEXT, "until!": DAY, "email": EMAIL, "website": URL})
FILE = {
    "publiccodeYmlVersion!": one_of(VERSIONS), "name!": SOME_TEXT, "url!": URL, "landingURL": URL,
    "applicationSuite": SOME_TEXT, "isBasedOn": several(URL, may_be_one=True), "organisation": OWNER,
    "softwareVersion": SOME_TEXT, "releaseDate": DAY, "logo": SOME_TEXT, "monochromeLogo": SOME_TEXT,
    "platforms!": several(SOME_TEXT, may_be_one=True), "categories": several(SOME_TEXT),
    "inputTypes": anything, "outputTypes": anything, "usedBy": several(SOME_TEXT), "fundedBy": several(OWNER),
    "roadmap": URL, "supports": anything, "developmentStatus!": one_of(STATUS), "softwareType!": one_of(SOFTWARE_TYPES),
    "intendedAudience": section({
        "countries": several(COUNTRY_CODE), "unsupportedCountries": several(COUNTRY_CODE),
        "scope": several(SOME_TEXT),
    }),
    "description!": languages,
    "legal!": section({
        "license!": SPDX, "mainCopyrightOwner": SOME_TEXT, "repoOwner": SOME_TEXT, "authorsFile": SOME_TEXT,
    }),
    "maintenance!": section({
        "type!": one_of(MAINTENANCE), "contacts": several(CONTACT), "contractors": several(CONTRACTOR),
    }),
    "localisation!": section({"localisationReady!": YES_NO, "availableLanguages!": several(LANGUAGE_TAG)}),
    "dependsOn": section({
        "open": several(DEPENDENCY), "proprietary": several(DEPENDENCY), "hardware": several(DEPENDENCY),
    }),
}  # fmt: skip


def check_sense(document: dict) -> Faults:
    """What must hold between keys: one full description, and people who maintain what is maintained."""
    for name in ["longDescription", "features"]:
        if not any(name in each for each in document["description"].values()):
            yield f"description.*.{name}", "Dieser Schlüssel fehlt; eine Sprache muss ihn haben."
    kind = document["maintenance"]["type"]
    needed = {"internal": "contacts", "community": "contacts", "contract": "contractors"}.get(kind)
    if needed and needed not in document["maintenance"]:
        yield f"maintenance.{needed}", f"Dieser Schlüssel fehlt; type: {kind} braucht ihn."
