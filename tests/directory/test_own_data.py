"""„Meine Daten“: everything is shown, taken along and deleted, and nothing of it is left anywhere."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from actions.models import Comment, ItemMail, Share, StatusChange
from knowledgebase.models import Suggestion
from ogl_portal.directory import own_data, second_factor
from ogl_portal.directory.models import GroupSubscription, KnownNews, MailPreference, Person, TargetGroup, User
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib import history
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import OutgoingMail
from ogl_portal.lib.pdf import RenderError
from ogl_portal.lib.personal_data import Deletion, Refused, declarations
from ogl_portal.pages.models import BarrierReport, ContactRequest
from sessions_app import workflow as sessions
from sessions_app.models import EventMail, ReportVersion, ReviewMail, Subscription, SubscriptionMail
from sessions_app.workflow import withdrawn_names
from surveys import workflow as surveys
from surveys.models import Invitation, KeptDraft, Upload
from surveys.workflow.invitations import create_link
from tests import cast, copies
from tests.factories.actions import make_item_of
from tests.factories.directory import make_member, make_organisation
from tests.factories.knowledgebase import make_attachment, make_contact, make_draft, make_published, make_reuse
from tests.factories.matches import make_hand_match
from tests.factories.needs import make_coding
from tests.factories.registrations import make_registration, make_session
from tests.factories.sessions_app import make_event, make_report, make_series
from tests.factories.surveys import make_complete_response, submit
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
PAGE = "/mein-bereich/daten/"
DELETE = "/mein-bereich/daten/loeschen/"
NAME, EMAIL = "Quittenbaum", "quittenbaum@example.org"


@pytest.fixture
def gone():
    """A member with something in every table that is declared."""
    actor = cast.signed_in(
        make_member(given_name="Xenia", family_name=NAME, email=EMAIL, organisation=make_organisation(name="Haus X"))
    )
    at_the_door(actor)
    in_steps(actor)
    in_knowledge(actor)
    in_survey(actor)
    in_events(actor)
    in_reports(actor)
    about(actor)
    return actor


def at_the_door(actor) -> None:
    TOTPDevice.objects.create(user=actor.user, name="App")
    second_factor.new_codes(actor.user)


def in_steps(actor) -> None:
    now = timezone.now()
    item = make_item_of(actor.person)
    Share.objects.create(item=item, person=actor.person)
    Comment.objects.create(item=item, author=actor.user, text=f"Sagt {NAME}")
    ItemMail.objects.create(item=item, person=actor.person, due_at=now, stage=1)
    StatusChange.objects.create(item=item, by=actor.user, to_status="open")


def in_knowledge(actor) -> None:
    make_attachment(make_draft(proposed_by=actor.user, title=f"Entwurf von {NAME}"))
    solution = make_published()
    make_contact(solution, name=f"Xenia {NAME}", email=EMAIL)
    make_reuse(solution, reported_by=actor.user, reporter_name=NAME, reporter_email=EMAIL)
    Suggestion.objects.create(title="Hinweis", text="Text", name=NAME, email=EMAIL)


def in_survey(actor) -> None:
    response = make_complete_response(actor.person)
    surveys.skip_section(response=response, section_key="D", skipped=True)
    response.refresh_from_db()
    submit(response)
    entry = response.entries.get(section_key="B")
    surveys.judge_entry(entry=entry, state="reviewed", note=f"Von {NAME}", revision=0, by=None)
    surveys.finish_entry(entry=entry, submission=1, by=None)
    make_coding(entry=entry, words="Bauantrag digital begleiten")
    upload = Upload(
        entry=entry, question_key="B9", name=f"{NAME}.pdf", content_type="application/pdf", size=1, sha256=""
    )
    upload.file.save("x", ContentFile(b"x"))
    KeptDraft.objects.create(entry=entry, revision=1, fields={"B1": NAME})
    invitation = Invitation.objects.get(round=response.round, person=actor.person)
    create_link(invitation=invitation, email=EMAIL)
    invitation.reminders.create(stage=7, last_day=timezone.localdate())
    make_hand_match(first=actor.person)


def in_events(actor) -> None:
    now, series = timezone.now(), make_series()
    event = make_event(series=series)
    event.attendances.create(person=actor.person)
    event.speakers.create(person=actor.person)
    sessions.propose_item(event=event, by=actor.user, title=f"TOP {NAME}", description="")
    facts = {"starts_at": now, "number": 1, "details": ""}
    EventMail.objects.create(event=event, person=actor.person, stage="invited", **facts)
    sessions.renew_calendar(user=actor.user)
    registration = make_registration(make_session(), name=NAME, email=EMAIL)
    registration.links.create(token_hash="a" * 64, name=NAME)
    registration.mails.create(stage="answered", **facts)
    subscription = Subscription.objects.create(series=series, email=EMAIL, confirmed_at=now)
    SubscriptionMail.objects.create(subscription=subscription, event=event, stage="announced", **facts)
    group = GroupSubscription.objects.create(group=TargetGroup.objects.first(), email=EMAIL, confirmed_at=now)
    KnownNews.objects.create(subscription=group, key=uuid4())
    topic = make_topic(title="Wer?", proposed_by=actor.user)
    sessions.set_dots(topic=topic, by=actor.user, count=1)
    sessions.comment_topic(topic=topic, by=actor.user, text=f"Meint {NAME}")


def in_reports(actor) -> None:
    report = make_report(slug="im-entwurf", status="in-review", released_at=None)
    report.sections.first().comments.create(author=actor.user, text=f"Anmerkung von {NAME}")
    report.confirmations.create(user=actor.user)
    ReviewMail.objects.create(report=report, person=actor.person)
    named = f"<p>Dabei war Xenia {NAME}.</p>"
    facts = {"members_html": named, "public_html": named, "public_document": named, "distribution": []}
    version = report.versions.create(number=1, title=report.title, released_by=actor.user, **facts)
    version.public_pdf.save("x", ContentFile(b"%PDF"))


def about(actor) -> None:
    soon = timezone.localdate() + timedelta(days=14)
    ContactRequest.objects.create(name=NAME, email=EMAIL, due_on=soon, subject="Frage", message=f"Hier {NAME}")
    BarrierReport.objects.create(name=NAME, email=EMAIL, due_on=soon, where="/", what="Zu klein")
    MailPreference.objects.create(person=actor.person)
    create_sign_in_link(user=actor.user)
    OutgoingMail.objects.create(recipient=EMAIL, subject=f"An {NAME}", text=NAME)
    history.record(actor.user, actor.person, "Geändert.")
    AuditRecord.objects.create(
        kind="read", what="Gelesen", actor=str(actor.user), actor_key=actor.user.pk, kept_until=soon
    )


@pytest.fixture
def drawn(monkeypatch):
    """PDFs need no drawing here."""
    monkeypatch.setattr(withdrawn_names.pdf, "from_html", lambda html: b"%PDF-1.7")


def leave(actor, email: str = EMAIL):
    return actor.client.post(DELETE, {"email": email})


def tables_with(text: str) -> set[str]:
    """The tables in which a text stands somewhere."""
    copy = copies.take()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM lib_auditrecord")
        copy["lib_auditrecord"] = [], cursor.fetchall()
    return {table for table, (_, rows) in copy.items() if any(text.lower() in str(row).lower() for row in rows)}


def test_every_table_that_holds_something_is_shown_exported_and_emptied(
    gone, drawn, lead, django_capture_on_commit_callbacks
):
    told = [each for each in declarations() if each.of or each.find]
    nothing = [each.title for each in told if not each.rows_of(gone.user).exists()]
    assert nothing == [], "Give the member something there, so that this test sees it go."
    page = gone.client.get(PAGE).content.decode()
    document = json.loads(gone.client.get(reverse("directory:own-data-file")).getvalue())
    exported = {table["titel"]: table["eintraege"] for table in document["tabellen"]}
    assert [each.title for each in told if each.title not in page or not exported[each.title]] == []
    files = set(Upload.objects.values_list("file", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        response = leave(gone)
    assert response.status_code == 200 and "Ihre Daten sind gelöscht" in response.content.decode()
    assert "Ihre Rückmeldungen: 1" in response.content.decode()
    left = [each.title for each in told if each.deletion != Deletion.STAYS and each.rows_of(gone.user).exists()]
    assert left == ["Mails an Sie"]  # the one that confirms it
    assert tables_with(NAME) == {"lib_auditrecord", "lib_outgoingmail", "sessions_app_reportversion"}
    assert tables_with(EMAIL) == {"lib_outgoingmail"}
    assert not any(default_storage.exists(name) for name in files)
    assert OutgoingMail.objects.get(recipient=EMAIL).subject == mail.outbox[-1].subject
    assert mail.outbox[-1].to == [EMAIL] and "Ihre Rückmeldungen: 1" in mail.outbox[-1].body
    assert ": 0" not in mail.outbox[-1].body
    assert "Was Sie in der Verwaltung geändert haben: 1" in mail.outbox[-1].body
    version = ReportVersion.objects.get()
    assert NAME not in version.public_html + version.public_document and "Haus X" in version.public_html
    row = AuditRecord.objects.get(kind="deleted", model="directory.user")
    assert (row.actor, row.label) == ("die Person selbst", f"Zugang zum Portal {gone.user.pk}")


def test_deletion_signs_out_every_browser_and_leaves_others_as_they_are(member, other_member):
    item, second = make_item_of(other_member.person), cast.Client()
    second.force_login(member.user)
    comments = [Comment.objects.create(item=item, author=each.user, text="So") for each in [member, other_member]]
    Person.objects.filter(pk=other_member.person.pk).update(name_is_public=True, name_public_basis="Amt")
    leave(member, member.user.email)
    assert Person.objects.get(pk=other_member.person.pk).name_is_public
    for client in [member.client, second]:
        assert client.get(PAGE).status_code == 302
    assert list(Comment.objects.values_list("pk", "author")) == [(comments[1].pk, other_member.user.pk)]
    assert other_member.client.get(PAGE).status_code == 200


@pytest.mark.parametrize("email", ["", "jemand@example.org", "a" * 300, "quitten\x00"])
def test_another_address_deletes_nothing(member, email):
    response = leave(member, email)
    assert response.status_code == 422 and User.objects.filter(pk=member.user.pk).exists()


def test_last_lead_is_refused_with_the_reason_and_the_other_may_go(lead):
    assert "letzte Person der OGL-Leitung" in lead.client.get(DELETE).content.decode()
    Person.objects.filter(pk=lead.person.pk).update(name_is_public=True, name_public_basis="Amt")
    assert leave(lead, lead.user.email).status_code == 409
    assert Person.objects.get(pk=lead.person.pk).name_is_public
    assert User.objects.filter(pk=lead.user.pk).exists()
    other = cast.lead()
    assert leave(lead, lead.user.email).status_code == 200
    assert not User.objects.filter(pk=lead.user.pk).exists()
    told = OutgoingMail.objects.filter(text__contains=f"{lead.user} gehört nicht mehr zur OGL-Leitung")
    assert [each.recipient for each in told] == [other.user.email]


def test_member_who_goes_is_announced_to_nobody(member, lead):
    leave(member, member.user.email)
    assert [each.recipient for each in OutgoingMail.objects.all()] == [member.user.email]


def test_last_superuser_who_may_sign_in_is_refused_and_of_two_one_may_go(superuser, member):
    locked_out = cast.superuser()
    User.objects.filter(pk=locked_out.user.pk).update(is_active=False)
    assert own_data.reason_to_refuse(superuser.user) == own_data.LAST_SUPERUSER
    User.objects.filter(pk=locked_out.user.pk).update(is_active=True)
    assert own_data.reason_to_refuse(superuser.user) == ""


def test_lead_who_became_the_last_one_meanwhile_is_refused_within_the_transaction(lead, second_lead):
    User.objects.filter(pk=second_lead.user.pk).update(is_staff=False)
    with pytest.raises(Refused, match="letzte Person der OGL-Leitung"):
        own_data.delete_all(user=lead.user)
    assert own_data.reason_to_refuse(second_lead.user) == ""
    assert User.objects.filter(pk=lead.user.pk).exists()


def test_withdrawn_name_is_public_no_more_and_of_nobody_else_anything_changes(member, other_member):
    Person.objects.update(name_is_public=True, name_public_basis="Amt")
    own_data.withdraw_name(member.person)
    member.person.refresh_from_db()
    assert (member.person.name_is_public, member.person.name_public_basis) == (False, "")
    assert Person.objects.get(name_is_public=True) == other_member.person
    Person.objects.update(name_is_public=False, name_public_basis="Hat im Mai abgelehnt")
    own_data.withdraw_name(member.person)
    assert not Person.objects.exclude(name_public_basis="Hat im Mai abgelehnt").exists()
    assert own_data.withdraw_name(None) == []


def test_name_that_cannot_be_taken_out_of_a_report_stops_the_deletion(gone, monkeypatch):
    monkeypatch.setattr(withdrawn_names, "redact", lambda *args: False)
    response = leave(gone)
    assert response.status_code == 409 and "Es wurde nichts gelöscht" in response.content.decode()
    assert all(each.rows_of(gone.user).exists() for each in declarations() if each.of)


@pytest.mark.logs_errors
def test_pdf_that_cannot_be_drawn_without_the_name_yet_stops_no_deletion(gone, monkeypatch):
    def fail(html):
        raise RenderError("Das PDF lässt sich gerade nicht herstellen.")

    monkeypatch.setattr(withdrawn_names.pdf, "from_html", fail)
    assert leave(gone).status_code == 200
    assert not User.objects.filter(pk=gone.user.pk).exists()
    assert not ReportVersion.objects.exclude(public_pdf="").exists()


def test_deletion_that_fails_at_its_end_deletes_nothing(member, monkeypatch):
    Comment.objects.create(item=make_item_of(member.person), author=member.user, text="So")
    monkeypatch.setattr(own_data.mail, "send", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        own_data.delete_own_data(user=member.user)
    assert Comment.objects.get().author == member.user


def test_user_without_a_person_reads_and_deletes_too(db):
    user = User.objects.create_user("ohne@example.org")
    client = cast.Client()
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    assert client.post(DELETE, {"email": "OHNE@example.org"}).status_code == 200
    assert not User.objects.filter(pk=user.pk).exists()


def test_page_and_file_are_kept_by_nobody_and_cost_the_same_for_much(member, django_assert_max_num_queries):
    items = [make_item_of(member.person) for _ in range(3)]
    with django_assert_max_num_queries(85) as one:
        page = member.client.get(PAGE)
    Comment.objects.bulk_create(Comment(item=item, author=member.user, text="Ja") for item in items for _ in range(10))
    with django_assert_max_num_queries(len(one) + 1):  # where there is more than the page shows, how much
        shown = member.client.get(PAGE).content.decode()
    assert "20 weitere stehen in der" in shown and "Ihre Kommentare zu Schritten (30)" in shown
    file = member.client.get(reverse("directory:own-data-file"))
    assert file.streaming and file["Content-Disposition"].startswith("attachment")
    assert {"no-store", "private"} <= set(page["Cache-Control"].replace(" ", "").split(","))
    assert "no-store" in file["Cache-Control"]


def test_reading_of_ones_response_is_shown_to_whom_it_belongs(member, lead):
    response = make_complete_response(member.person)
    submit(response)
    lead.client.get(reverse("admin:surveys_response_change", args=[response.pk]))
    page = member.client.get(PAGE).content.decode()
    assert "Wer mit Ihrer Rückmeldung gearbeitet hat (1)" in page and str(lead.person) not in page
