"""Mails to respondents about their response: what has not left goes with the response, or with the link in it."""

from datetime import datetime

from ogl_portal.lib import mail

from ..models import PersonalLink, Response
from .links import way_in


def write_to_respondent(
    template: str, *, response: Response, context: dict, valid_until: datetime | None = None, has_way_in: bool = False
) -> None:
    """Put a mail into the outbox; nothing happens where there is no address (``Response.is_reachable``).

    ``has_way_in`` adds ``url`` to the context, see ``links.way_in``. Called within a transaction.
    """
    if not response.is_reachable:
        return
    link, url = way_in(response=response) if has_way_in else (None, "")
    context = {"response": response, "round": response.round, "url": url, **context}
    sent = mail.send(template, to=response.respondent.email, context=context, valid_until=valid_until)
    response.mails.add(sent)
    if link:
        PersonalLink.objects.filter(pk=link.pk).update(mail=sent)
