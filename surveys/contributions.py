"""What the questionnaire adds to the Fahrplan."""

from ogl_portal.lib.registry import Milestone, milestones

from .models import Round


@milestones.register
def deadlines_of_rounds(user):
    """The end of every published round; it is exclusive, so shown with the filter ``deadline``."""
    for round in Round.objects.published():
        yield Milestone(
            moment=round.closes_at,
            label=f"Rückmeldung: {round.title}",
            kind="Frist",
            url=round.get_absolute_url(),
            is_deadline=True,
            is_done=round.is_over,
            is_example=round.is_example,
        )
