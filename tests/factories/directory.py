"""People, organisations and memberships."""

from datetime import date
from io import BytesIO

from PIL import Image

from ogl_portal.directory.models import Logo, Membership, Organisation, Person, User
from ogl_portal.lib.files import put_file
from ogl_portal.lib.uploads import PNG, CheckedFile

from . import numbers


def make_organisation(**overrides) -> Organisation:
    number = next(numbers)
    fields = {"name": f"Organisation {number}", "slug": f"organisation-{number}"}
    return Organisation.objects.create(**fields | overrides)


def make_logo(**overrides) -> Logo:
    """Make the logo of an organisation: a white picture of 20 × 10."""
    logo = Logo(**{"organisation": overrides.get("organisation") or make_organisation()} | overrides)
    picture = BytesIO()
    Image.new("RGB", (20, 10), "white").save(picture, "PNG")
    put_file(logo, CheckedFile("logo.png", PNG, picture.getvalue()))
    logo.save()
    return logo


def make_person(**overrides) -> Person:
    """Make a person with e-mail and an organisation of their own."""
    number = next(numbers)
    fields = {"given_name": "Petra", "family_name": f"Person {number}", "email": f"person{number}@example.org"}
    if "organisation" not in overrides:
        fields["organisation"] = make_organisation()
    return Person.objects.create(**fields | overrides)


def make_membership(**overrides) -> Membership:
    fields = {"begins_on": date(2021, 1, 28)}
    if "person" not in overrides:
        fields["person"] = make_person()
    return Membership.objects.create(**fields | overrides)


def make_member(**person_fields) -> Person:
    """Make a person who is a member since the first meeting."""
    return make_membership(person=make_person(**person_fields)).person


def make_user(**overrides) -> User:
    """Make the sign-in of a person, without a password."""
    person = overrides.pop("person", None) or make_person()
    email = overrides.pop("email", person.email)
    return User.objects.create_user(email, person=person, **overrides)
