"""What the page of an event shows of taking part: registration for everybody; answer and proposals for the AG."""

from django import template

from ogl_portal.directory.models import belongs_to_group

from ..models import AgendaProposal, Event, Registration

register = template.Library()


@register.simple_tag
def free_places(event) -> int | None:
    """How many may still get a place at once; None where there is no limit."""
    if event.capacity is None:
        return None
    taken = event.taken_places if hasattr(event, "taken_places") else event.registrations.active().count()
    return max(0, event.capacity - taken)


@register.inclusion_tag("sessions_app/_registration.html", takes_context=True)
def registration(context, event):
    """Whether and until when people may register, how many places are left, and whether the reader has one."""
    user = context["user"]
    own = Registration.objects.of_user(user).filter(event=event).first() if user.is_authenticated else None
    return {"event": event, "own": own, "free": free_places(event) if event.is_open_for_registration else 0}


@register.inclusion_tag("sessions_app/_meeting.html", takes_context=True)
def meeting(context, event):
    """For the AG: whether the reader comes, and what members propose for the agenda."""
    user = context["user"]
    if event.kind == Event.Kind.SESSION or not belongs_to_group(user):
        return {"is_asked": False, "may_propose": False, "proposals": []}
    may_act = event.takes_place and user.person_id is not None
    own = event.attendances.filter(person=user.person_id).first() if may_act else None
    proposals = AgendaProposal.objects.filter(event=event).select_related("proposed_by__person")
    shown = {"is_asked": may_act, "may_propose": may_act, "proposals": proposals, "answer": own.status if own else ""}
    return {"event": event, **shown}


@register.inclusion_tag("sessions_app/_my_registrations.html", takes_context=True)
def my_registrations(context):
    """The coming events that the signed-in user registered for with the address of the sign-in."""
    own = Registration.objects.of_user(context["user"])
    return {"registrations": own[:20], "csrf_token": context["csrf_token"]}
