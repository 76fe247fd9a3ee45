"""Who fills in: somebody signed in, or the holder of a personal link. A link opens one round and nothing else."""

from dataclasses import dataclass

from ogl_portal.directory.browsers import renew_key

from ..models import Invitation, PersonalLink, Response

SESSION_KEY = "survey_links"
PAPER_KEY = "paper_returns"


@dataclass(frozen=True)
class Participant:
    """The person whose response it is, and the link that somebody came in through, if any."""

    person_id: int | None
    link: PersonalLink | None = None
    is_paper: bool = False  # the OGL-Leitung types in what came on paper

    @property
    def is_known(self) -> bool:
        """Whether somebody stands behind the request at all."""
        return self.person_id is not None

    @property
    def is_colleague(self) -> bool:
        """Whether it is somebody who helps: filling in and submitting, but not deciding for the respondent."""
        return self.link is not None and self.link.is_shared

    @property
    def decides(self) -> bool:
        """Whether it is the respondent in person: who helps or types in a paper does not decide for somebody else."""
        return not self.is_colleague and not self.is_paper

    def invitation(self, round) -> Invitation | None:
        """The invitation to the round."""
        if self.person_id is None:
            return None
        invitations = Invitation.objects.filter(round=round, person=self.person_id)
        return invitations.select_related("person__organisation").first()


def participant(request, slug: str) -> Participant:
    """Who asks for this round's pages: the link that was opened in this browser counts before the sign-in.

    A link that is revoked ends at once, also in sessions that it opened.
    """
    paper = paper_return(request, slug)
    if paper:
        return Participant(paper.respondent_id, is_paper=True)
    pk = request.session.get(SESSION_KEY, {}).get(slug)
    if pk:
        links = PersonalLink.objects.usable().filter(pk=pk, invitation__round__slug=slug)
        link = links.select_related("invitation").first()
        if link:
            return Participant(link.invitation.person_id, link)
    return Participant(getattr(request.user, "person_id", None))


def let_in(request, link: PersonalLink) -> None:
    """Open the link's round, and nothing else, for this browser; the session gets a new name as with a sign-in."""
    renew_key(request.session)
    links = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = links | {link.invitation.round.slug: link.pk}


def let_out(request, slug: str) -> None:
    """End what a link opened in this browser."""
    links = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {key: pk for key, pk in links.items() if key != slug}


def take_paper(request, response: Response) -> None:
    """From now on this browser of the OGL-Leitung fills in the response of somebody who answered on paper."""
    renew_key(request.session)
    papers = request.session.get(PAPER_KEY, {})
    request.session[PAPER_KEY] = papers | {response.round.slug: response.pk}


def put_paper_away(request, slug: str) -> None:
    """End that; the lead's own response is there again."""
    papers = request.session.get(PAPER_KEY, {})
    request.session[PAPER_KEY] = {key: pk for key, pk in papers.items() if key != slug}


def paper_return(request, slug: str) -> Response | None:
    """The return on paper that the OGL-Leitung is typing in for this round."""
    pk = request.session.get(PAPER_KEY, {}).get(slug)
    if not pk or not getattr(request.user, "is_lead", False):
        return None
    return Response.objects.filter(pk=pk, is_paper=True, round__slug=slug).first()
