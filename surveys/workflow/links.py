"""Personal links: they let somebody into one response without an account."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.tokens import hash_of, new_token

from ..models import Invitation, PersonalLink, Response


def create_link(*, invitation: Invitation, email: str, is_shared: bool = False) -> tuple[PersonalLink, str]:
    """Create a link and return it with its full address, which is known only now: the token is stored as a hash."""
    token = new_token()
    link = PersonalLink.objects.create(
        invitation=invitation, email=email, is_shared=is_shared, token_hash=hash_of(token)
    )
    return link, settings.SITE_URL + reverse("surveys:personal-link", args=[token])


def use_link(*, token: str) -> PersonalLink | None:
    """Find the link of a token and note that it was used; None where it is unknown or revoked."""
    links = PersonalLink.objects.usable().filter(token_hash=hash_of(token))
    link = links.select_related("invitation__round").first()
    if link:
        PersonalLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    return link


def revoke_link(*, link: PersonalLink) -> None:
    """Let a link open nothing any more, at once: also whoever came in through it is out."""
    PersonalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def revoke_links(*, invitation: Invitation) -> int:
    """Revoke every link of an invitation, those of colleagues too; returns how many."""
    return invitation.links.filter(revoked_at=None).update(revoked_at=timezone.now())


def way_in(*, response: Response) -> tuple[PersonalLink | None, str]:
    """The full address for a mail to the respondent: a fresh personal link for who has no account, else the round's."""
    person, round = response.respondent, response.round
    if hasattr(person, "user") and person.user.is_active:
        return None, settings.SITE_URL + round.get_absolute_url()
    invitation, _ = Invitation.objects.get_or_create(round=round, person=person)
    return create_link(invitation=invitation, email=person.email)
