"""Which page somebody comes back to."""

import pytest

from ogl_portal.lib.addresses import page_to_return_to

ROUND = "/fragebogen/beispiel/"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "/"),
        ("/reports/", "/reports/"),
        ("/robots.txt", "/robots.txt"),
        (f"{ROUND}absenden/", ROUND),
        (f"{ROUND}eintrag/00000000-0000-4000-8000-000000000000/entfernen/",
         f"{ROUND}eintrag/00000000-0000-4000-8000-000000000000/"),
        ("/admin/login/", "/admin/"),
        ("/gibt/es/nicht/", "/"),
    ],
)  # fmt: skip
def test_who_was_at_an_address_comes_back_to_it_or_to_the_nearest_page_above(path, page):
    assert page_to_return_to(path) == page
