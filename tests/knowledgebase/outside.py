"""What a browser sends from the forms that anybody may use."""

from ogl_portal.lib.spam import Seal

SUGGEST = "/wissensdatenbank/vorschlagen/hinweis/"


def suggestion(*, age: int = 60, **values) -> dict:
    """A suggestion from a page that was shown so many seconds ago."""
    data = {"title": "Terminbuchung", "text": "Läuft seit einem Jahr.", "url": "", "name": "", "email": ""}
    return data | {"homepage": "", "seal": str(Seal.fresh(age=age))} | values


def reuse(**values) -> dict:
    """The report of a reuse, as a visitor sends it."""
    data = {
        "organisation_name": "Beispielgemeinde", "place": "Musterdorf", "status": "productive", "since_year": "2024",
        "may_publish": "on", "homepage": "", "seal": str(Seal.fresh(age=60)),
    }  # fmt: skip
    return data | values
