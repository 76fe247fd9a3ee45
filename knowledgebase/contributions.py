"""What the Wissensdatenbank adds to the mails that are due, and how long it keeps what people tell about themselves."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ogl_portal.lib.desk import box
from ogl_portal.lib.registry import (
    NextStep,
    Removal,
    desk_boxes,
    due_mails,
    entry_steps,
    response_changes,
    retention_rules,
    round_boxes,
)
from ogl_portal.lib.retention import remove, rule
from surveys.naming import whose

from . import groups, named_texts, needs, personal_data  # noqa: F401 - they register themselves
from .models import Contact, Reuse, Solution, Suggestion, Transfer
from .workflow import ask_again, examples_to_transfer, follow_response, reason_to_refuse, send_due_reviews

KEPT = timedelta(days=90)
"""How long personal data stays after the decision, for questions about it."""
NEWS = timedelta(days=30)
"""How long the desk tells of what happened by itself; the list has all of it."""

due_mails.register(send_due_reviews)
due_mails.register(ask_again)
response_changes.register(follow_response)


@desk_boxes.register
def entries_that_wait(user):
    """Proposals to check, suggestions and reuses to decide on, entries whose day of review has come."""
    submitted = Solution.objects.filter(status=Solution.Status.SUBMITTED).order_by("submitted_at")
    yield box("Lösungen zu veröffentlichen", submitted, 80, "?status__exact=submitted")
    yield box("Vorschläge von außen", Suggestion.objects.waiting().order_by("created_at"), 90, "?entscheidung=offen")
    reuses = Reuse.objects.waiting().select_related("solution").order_by("reported_at")
    yield box("Nachnutzungen zu bestätigen", reuses, 100, "?bestaetigung=wartet")
    changed = Solution.objects.changed_alone().order_by("changed_alone_at")
    yield box("Geänderte Lösungen gegenzulesen", changed, 105, "?gegenlesen=ja")
    due = Solution.objects.due_for_review(timezone.localdate()).order_by("next_review_on")
    yield box("Lösungen zu prüfen", due, 110, "?pruefung=faellig")
    nobody = Solution.objects.published().without_contact().order_by("title")
    yield box("Lösungen ohne Ansprechperson", nobody, 115, "?einwilligung=fehlt")


@retention_rules.register
def contacts(*, now, dry_run):
    """Whose consent has long ended is forgotten; the page has not named them since the last day."""
    before = timezone.localdate(now) - timedelta(days=settings.EXPIRED_CONTACT_DAYS)
    over = Contact.objects.filter(valid_until__lt=before)
    if not dry_run:
        Solution.objects.filter(contacts__in=over).update(revision=F("revision") + 1)
    facts = {"after": settings.EXPIRED_CONTACT_DAYS, "setting": "EXPIRED_CONTACT_DAYS"}
    yield remove("Ansprechpersonen, deren Einwilligung abgelaufen ist", over, dry_run=dry_run, **facts)


@desk_boxes.register
def sources_that_changed(user):
    """Entries that came from the questionnaire, where the answer changed or the consent is gone since."""
    every = reverse("admin:knowledgebase_transfer_changelist")
    solutions, transfers = Solution.objects.select_related("transfer"), Transfer.objects
    lately = transfers.withdrawn().filter(withdrawn_at__gte=timezone.now() - NEWS)
    gone = solutions.filter(transfer__in=lately).order_by("-transfer__withdrawn_at")
    yield replace(box("Freigabe zurückgezogen", gone, 76, note=why_withdrawn), url=f"{every}?quelle=zurueckgezogen")
    changed = solutions.filter(transfer__in=transfers.changed()).order_by("transfer__changed_at")
    yield replace(box("Quelle geändert", changed, 78, note=what_changed), url=f"{every}?quelle=geaendert")


@round_boxes.register
def examples_to_take_over(round, user):
    """Checked examples with consent of which nobody has made a solution."""
    examples = examples_to_transfer(round).select_related("response__organisation", "response__respondent")
    yield box(
        "Beispiele, noch nicht übernommen",
        examples,
        10,
        f"?response__round__id__exact={round.pk}&review=reviewed",
        note=whose,
    )


def why_withdrawn(solution: Solution) -> str:
    return solution.transfer.withdrawn_reason


def what_changed(solution: Solution) -> str:
    return ", ".join(solution.transfer.changed_keys)


@entry_steps.register
def solution_of_entry(entry, user):
    """From an example to its solution; where there is none, the button that makes one, or why it cannot be made."""
    if entry.section_key != "B":
        return
    solution = Solution.objects.filter(origin=entry).first()
    if solution:
        url = reverse("admin:knowledgebase_solution_change", args=[solution.pk])
        yield NextStep(f"Musterlösung: {solution}", url, solution.get_status_display())
        return
    reason = reason_to_refuse(entry)
    url = "" if reason else reverse("admin:knowledgebase_transfer_make", args=[entry.pk])
    text = "Noch keine Musterlösung" if reason else "Als Musterlösung übernehmen"
    yield NextStep(text, url, reason, is_post=not reason)


@retention_rules.register
def suggestions(*, now, dry_run):
    """What was declined goes; of what became a draft, who suggested it."""
    before = Q(decided_at__lt=now - KEPT)
    declined = Suggestion.objects.declined().filter(before)
    yield remove("abgelehnte Hinweise auf Lösungen", declined, dry_run=dry_run, after=KEPT.days)
    taken = Suggestion.objects.taken().filter(before).exclude(name="", email="")
    yield forget("Namen und Adressen zu Hinweisen", taken, dry_run=dry_run, name="", email="")


@retention_rules.register
def reuses(*, now, dry_run):
    """What was declined goes; of what ended or was long not confirmed again, who reported it."""
    declined = Reuse.objects.declined().filter(declined_at__lt=now - KEPT)
    yield remove("abgelehnte Nachnutzungen", declined, dry_run=dry_run, after=KEPT.days)
    over = Q(status=Reuse.Status.ENDED) | Q(confirm_again_on__lt=timezone.localdate(now) - KEPT)
    known = Reuse.objects.filter(over).exclude(reporter_name="", reporter_email="")
    nobody = {"reporter_name": "", "reporter_email": "", "contact_released": False, "revision": F("revision") + 1}
    yield forget("Namen und Adressen zu Nachnutzungen", known, dry_run=dry_run, **nobody)


def forget(what: str, rows: QuerySet, *, dry_run: bool, **values) -> Removal:
    """Overwrite personal data of rows that stay, unless it is a dry run, and say how many there were."""
    return rule(what, rows.count() if dry_run else rows.update(**values), rows, KEPT.days)
