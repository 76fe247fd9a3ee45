"""Whoever no longer wants to be named is named nowhere in public any more, whatever happens at the same time."""

import pytest
from django.core.management import call_command

from ogl_portal.directory import own_data
from ogl_portal.directory.models import Organisation, Person, User
from ogl_portal.lib import pdf, registry
from ogl_portal.lib.audit.models import AuditRecord
from ogl_portal.lib.models import UnwantedFile
from sessions_app import workflow
from sessions_app.models import Event, Recommendation, Report
from sessions_app.workflow import releasing
from sessions_app.workflow.spellings import without_name
from tests.cast import make_staff
from tests.factories.actions import make_item
from tests.factories.directory import make_membership, make_person
from tests.factories.matches import make_hand_match
from tests.factories.recommendations import make_recommendation
from tests.factories.sessions_app import make_draft_report, make_event, make_series
from tests.factories.topics import make_collection, make_topic

from .test_admin import form_data

pytestmark = pytest.mark.django_db
PUBLIC = {"name_is_public": True, "name_public_basis": "Einwilligung"}
PUBLIC_NOT = {"name_is_public": False, "name_public_basis": ""}


def fail(html):
    raise pdf.RenderError("Das PDF lässt sich gerade nicht herstellen.")


def draw(html):
    return b"%PDF-1.7\n" + html.encode()


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """PDFs need no drawing here; what is in them can be read."""
    monkeypatch.setattr(pdf, "from_html", draw)


@pytest.fixture
def adler():
    return make_person(salutation="Frau", given_name="Anna", family_name="Adler", **PUBLIC)


@pytest.fixture
def birke():
    return make_person(salutation="Herr", given_name="Bert", family_name="Birke", **PUBLIC)


def release(lead, body: str, **facts):
    """A report that says this in its first section, released."""
    report = make_draft_report(**facts)
    report.sections.filter(number=1).update(body=body)
    workflow.release_report(report=report, by=lead.user)
    return report


def withdraw(person) -> int:
    Person.objects.filter(pk=person.pk).update(**PUBLIC_NOT)
    return workflow.redact_versions(person=Person.objects.get(pk=person.pk))


def public_of(visitor, report, *others: str) -> str:
    """What everybody reads of a report: its page, its PDF, and other pages."""
    pages = [report.get_absolute_url(), report.get_pdf_url(), *others]
    return "\n".join(visitor.client.get(page).content.decode() for page in pages)


def test_two_withdrawals_at_once_both_hold_and_the_first_hash_stays(lead, visitor, adler, birke, monkeypatch):
    report = release(lead, "Es sprachen Frau Adler und Herr Birke.")
    first = report.current_version.public_sha256
    others = [birke]

    def slow(html):
        if others:
            withdraw(others.pop())
        return draw(html)

    monkeypatch.setattr(pdf, "from_html", slow)
    withdraw(adler)
    assert "Adler" not in (text := public_of(visitor, report)) and "Birke" not in text
    version = report.versions.get()
    assert version.former_sha256 == first != version.public_sha256


@pytest.mark.logs_errors
def test_pdf_that_cannot_be_drawn_is_withheld_and_comes_with_the_next_run(lead, member, visitor, adler, monkeypatch):
    report = release(lead, "Es sprach Frau Adler.")
    monkeypatch.setattr(pdf, "from_html", fail)
    assert withdraw(adler) == 1
    assert "Adler" not in public_of(visitor, report)
    assert visitor.client.get(report.get_pdf_url()).status_code == 503
    assert member.client.get(report.get_pdf_url()).status_code == 200, "members read theirs"
    assert "wird ohne den Namen neu hergestellt" in lead.client.get("/admin/").content.decode()
    monkeypatch.setattr(pdf, "from_html", draw)
    call_command("remind")
    content = visitor.client.get(report.get_pdf_url()).content.decode()
    assert "Adler" not in content and adler.organisation.name in content
    assert report.versions.get().public_sha256


@pytest.mark.logs_errors
def test_lead_reads_of_missing_pdfs_where_the_name_stood_in_some(lead, adler, birke, monkeypatch):
    release(lead, "Es sprach Frau Adler.")
    monkeypatch.setattr(pdf, "from_html", fail)
    told = " ".join(own_data.withdraw_name(adler))
    assert "nicht mehr öffentlich steht: 1." in told and "noch nicht neu hergestellt sind: 1." in told
    assert own_data.withdraw_name(birke) == []


@pytest.mark.logs_errors
def test_pdf_that_can_never_be_drawn_keeps_no_other_waiting(lead, adler, monkeypatch):
    never, other = (release(lead, f"Es sprach Frau Adler {words}.") for words in ["ohne Ende", "kurz"])
    monkeypatch.setattr(pdf, "from_html", lambda html: fail(html) if "ohne Ende" in html else draw(html))
    withdraw(adler)
    for _ in range(50):
        workflow.draw_missing_pdfs()
    assert other.versions.get().public_pdf and not never.versions.get().public_pdf


def test_withdrawal_during_a_release_is_not_lost(lead, visitor, adler, monkeypatch):
    keep = releasing.keep_version

    def keep_late(*args):
        assert withdraw(adler) == 0, "there is nothing to redact yet"
        return keep(*args)

    monkeypatch.setattr(releasing, "keep_version", keep_late)
    report = release(lead, "Es sprach Frau Adler.", title="Workshop mit Frau Adler")
    assert "Adler" not in public_of(visitor, report, "/reports/")
    assert report.versions.get().public_sha256


def test_title_and_reason_name_a_withdrawn_person_nowhere(lead, visitor, adler):
    report = release(lead, "Es sprachen alle.", title="Workshop mit Frau Adler")
    workflow.start_correction(report=report, by=lead.user, reason="Frau Adler & Co. fehlte.")
    workflow.release_report(report=report, by=lead.user)
    assert "Workshop mit Frau Adler" in public_of(visitor, report)
    withdraw(adler)
    text = public_of(visitor, report, "/", "/reports/", "/reports/feed.atom", "/suche/?q=Workshop")
    assert "Frau Adler" not in text and f"{adler.organisation.name} &amp; Co. fehlte." in text
    workflow.start_correction(report=report, by=lead.user, reason="Frau Adler fehlt noch immer.")
    Report.objects.filter(pk=report.pk).update(title="Workshop mit Frau Adler")
    workflow.release_report(report=report, by=lead.user)
    assert "Frau Adler" not in public_of(visitor, report), "nor does the next release bring it back"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("Frau **Adler** sagt", "**{}** sagt"), ("Frau ~~Adler~~", "~~{}~~"), ("Frau __Adler__", "__{}__"),
     ("Frau ***Adler***", "***{}***"), ("**Frau** Adler", "**{}**"), ("**Frau *Adler***", "***{}***")],
)  # fmt: skip
def test_marks_around_a_part_of_a_name_stay_in_pairs(adler, text, cleaned):
    assert without_name(text, adler, is_html=False) == cleaned.format(adler.organisation.name)


@pytest.fixture
def adler_of_adler(adler):
    """Somebody whose organisation is called nearly as they are."""
    Organisation.objects.filter(pk=adler.organisation_id).update(name="Dr. Adler & Co. GmbH")
    Person.objects.filter(pk=adler.pk).update(title="Dr.")
    return Person.objects.get(pk=adler.pk)


def test_name_within_the_stand_in_is_not_replaced_again_and_hinders_no_deletion(lead, visitor, adler_of_adler):
    report = release(lead, "Es sprach Frau Dr. Adler für die Dr. Adler & Co. GmbH.")
    assert withdraw(adler_of_adler) == 1
    shown = public_of(visitor, report)
    assert "Es sprach Dr. Adler &amp; Co. GmbH für die Dr. Adler &amp; Co. GmbH." in shown
    before = report.versions.get().public_sha256
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum")
    workflow.release_report(report=report, by=lead.user)
    assert report.versions.filter(number=2, redacted_at=None).exists(), "there was nothing to take out"
    lead.client.post(f"/admin/directory/person/{adler_of_adler.pk}/delete/", {"post": "yes"})
    assert not Person.objects.filter(pk=adler_of_adler.pk).exists()
    assert report.versions.get(number=1).public_sha256 == before


def test_event_that_says_the_name_of_the_house_alone_is_not_listed_as_naming_somebody(adler_of_adler):
    make_event(title="Bei der Dr. Adler & Co. GmbH")
    assert own_data.withdraw_name(adler_of_adler) == []
    make_event(title="Mit Dr. Adler")
    [sentence] = own_data.withdraw_name(adler_of_adler)
    assert "Mit Dr. Adler" in sentence and "Bei der" not in sentence


@pytest.mark.parametrize("house", ["Adler", "Anna Adler", "Frau"])
def test_house_that_is_called_as_the_person_hides_no_name(adler, house):
    Organisation.objects.filter(pk=adler.organisation_id).update(name=house)
    text = without_name("Es sprachen Frau Anna Adler und Anna Adler.", Person.objects.get(pk=adler.pk))
    assert "Anna" not in text and "Frau A" not in text
    assert without_name(text, Person.objects.get(pk=adler.pk)) == text


WORKING_TEXT = "Dank an **Frau** Anna Adler, Frau\n*Adler*, [Frau Adler](https://example.org) und Frau Adlerhorst."


def test_deleted_person_is_not_named_by_the_next_version(lead, visitor, member, adler):
    Person.objects.filter(pk=adler.pk).update(**PUBLIC_NOT)
    member.user.person = adler
    member.user.save()
    report = release(lead, WORKING_TEXT)
    item = make_item(report=report, title="Frau Adler fragen", due_kind="open", responsible_kind="open")
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum")
    revision = report.revision
    own_data.delete_own_data(user=member.user)
    report.refresh_from_db()
    assert report.revision > revision, "a page that is open with the old text does not bring it back"
    workflow.release_report(report=report, by=lead.user)
    house = adler.organisation.name
    text = public_of(visitor, report, item.get_absolute_url())
    assert "Adler" not in text.replace("Frau Adlerhorst", "") and f"{house} fragen" in text
    assert f"<strong>{house}</strong>, <em>{house}</em>, " in text and f">{house}</a> und Frau Adlerhorst" in text


@pytest.mark.logs_errors
def test_person_whom_the_lead_deletes_is_named_no_more_though_the_pdf_cannot_be_drawn_yet(
    lead, visitor, adler, monkeypatch
):
    report = release(lead, "Es sprach Frau Adler.", title="Workshop mit Frau Adler")
    assert "Adler" in public_of(visitor, report)
    former = report.current_version.public_pdf.name
    monkeypatch.setattr(pdf, "from_html", fail)
    lead.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"})
    assert not Person.objects.filter(pk=adler.pk).exists()
    addresses = [report.get_pdf_url(), f"{report.get_pdf_url()}?version=1"]
    assert [visitor.client.get(address).status_code for address in addresses] == [503, 503]
    assert UnwantedFile.objects.filter(name=former).exists()
    assert "Adler" not in public_of(visitor, report, "/reports/", "/suche/?q=Workshop")
    monkeypatch.setattr(pdf, "from_html", draw)
    call_command("remind")
    report.refresh_from_db()
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum")
    workflow.release_report(report=report, by=lead.user)
    for address in addresses:
        content = visitor.client.get(address).content.decode()
        assert "Adler" not in content and adler.organisation.name in content, address


def test_lead_whose_deletion_of_a_person_is_refused_reads_why_on_the_page_of_the_person(lead, adler, monkeypatch):
    release(lead, "Es sprach Frau Adler.")
    monkeypatch.setattr(registry.withdrawn_names, "functions", [])
    answer = lead.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"}, follow=True)
    assert answer.redirect_chain == [(f"/admin/directory/person/{adler.pk}/change/", 302)]
    assert "Es wurde nichts gelöscht." in answer.content.decode()
    assert Person.objects.filter(pk=adler.pk).exists()


@pytest.mark.parametrize(
    ("obstacle", "status"),
    [("no right", 403), ("no right to what goes along", 403), ("protected", 200), ("last lead", 302)],
)
def test_name_stays_where_its_person_cannot_be_deleted(lead, member, visitor, adler, obstacle, status):
    report = release(lead, "Es sprach Frau Adler.")
    actor = member if "right" in obstacle else lead
    match obstacle:
        case "no right":
            make_staff(member, "view_person")
            User.objects.filter(pk=lead.user.pk).update(person=adler)  # of which no word is said to who has no right
        case "no right to what goes along":
            make_staff(member, "view_person", "delete_person")
            make_membership(person=adler)
        case "protected":
            make_hand_match(first=adler)
        case "last lead":
            User.objects.filter(pk=lead.user.pk).update(person=adler)
    answer = actor.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"})
    assert answer.status_code == status and Person.objects.get(pk=adler.pk).name_is_public
    assert "Frau Adler" in public_of(visitor, report)


@pytest.mark.logs_errors
def test_withdrawal_that_broke_off_is_made_up_for_by_saving_again(lead, visitor, adler, monkeypatch):
    report = release(lead, "Es sprach Frau Adler.")
    page = f"/admin/directory/person/{adler.pk}/change/"
    data = form_data(lead.client.get(page)) | {"name_public_basis": ""}
    data.pop("name_is_public")
    with monkeypatch.context() as broken:
        broken.setattr(registry.withdrawn_names, "functions", [lambda person: [1 / 0]])
        with pytest.raises(ZeroDivisionError):
            lead.client.post(page, data)
    assert "Adler" in public_of(visitor, report)
    row = AuditRecord.objects.get(what="Name darf nicht mehr öffentlich genannt werden")
    assert (row.actor_key, row.object_key) == (lead.user.pk, str(adler.pk))
    lead.client.post(page, form_data(lead.client.get(page)))
    assert "Adler" not in public_of(visitor, report)
    assert AuditRecord.objects.filter(kind=AuditRecord.Kind.CONSENT).count() == 1


def test_name_that_may_stand_stays_when_its_person_or_a_namesake_is_saved(lead, visitor, adler):
    report = release(lead, "Es sprach Frau Adler.")
    page = f"/admin/directory/person/{adler.pk}/change/"
    assert lead.client.post(page, form_data(lead.client.get(page))).status_code == 302
    added = form_data(lead.client.get("/admin/directory/person/add/")) | {"salutation": "Frau", "family_name": "Adler"}
    assert lead.client.post("/admin/directory/person/add/", added).status_code == 302
    assert Person.objects.filter(family_name="Adler").count() == 2
    assert "Frau Adler" in public_of(visitor, report)


def test_person_who_was_renamed_is_found_by_the_former_name(lead, visitor, adler):
    report = release(lead, "Es sprach Frau Anna Adler.", title="Workshop mit Frau Adler")
    adler.family_name = "Zimmer"
    adler.save()
    assert "Frau Anna Adler" in public_of(visitor, report), "a name that may stand stays as it was"
    assert "Frau Anna Adler" in lead.client.get(f"/admin/directory/person/{adler.pk}/change/").content.decode()
    assert withdraw(adler) == 1
    assert "Adler" not in public_of(visitor, report)
    workflow.start_correction(report=report, by=lead.user, reason="Ein Datum")
    workflow.release_report(report=report, by=lead.user)
    assert "Adler" not in public_of(visitor, report)


def test_other_public_texts_with_the_name_are_listed_and_a_deletion_cleans_them(lead, visitor, adler):
    series = make_series(aim="Frau *Adler* entlasten")
    event = make_event(title="Erste Session", series=series, description="Vortrag von **Frau Adler**")
    event.agenda.create(position=1, title="Frau Adler & Herr Birke")
    make_event(title="In Vorbereitung", outcome="Frau Adler sagte zu.", is_published=False)
    make_recommendation(title="Mehr Zeit", series=series, text="Wie Frau Adler sagt", status="agreed")
    make_recommendation(title="Entwurf", series=series, text="Frau Adler fragen", status="draft")
    [sentence] = own_data.withdraw_name(adler)
    assert [name for name in [str(event), str(series), "Mehr Zeit"] if sentence.count(f"„{name}“") != 1] == []
    assert "Entwurf" not in sentence and "Vorbereitung" not in sentence
    revision = event.revision
    said = lead.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"}, follow=True)
    assert sentence in said.content.decode()
    row = AuditRecord.objects.get(kind=AuditRecord.Kind.DELETED)
    assert (row.actor_key, row.object_key) == (lead.user.pk, str(adler.pk))
    text = "".join(visitor.client.get(thing.get_absolute_url()).content.decode() for thing in [event, series])
    assert "Adler" not in text and f"{adler.organisation.name} &amp; Herr Birke" in text
    assert f"<strong>{adler.organisation.name}</strong>" in text
    assert not Recommendation.objects.filter(text__contains="Adler").exists()
    assert not Event.objects.filter(outcome__contains="Adler").exists()
    event.refresh_from_db()
    assert event.revision > revision


def test_page_that_was_open_does_not_bring_a_deleted_name_back(lead, adler):
    event = make_event()
    event.agenda.create(position=1, title="Frau Adler berichtet")
    page = f"/admin/sessions_app/event/{event.pk}/change/"
    opened = form_data(lead.client.get(page))
    lead.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"})
    assert lead.client.post(page, opened).status_code == 409
    assert event.agenda.get().title == f"{adler.organisation.name} berichtet"


def test_what_members_proposed_does_not_make_a_deleted_name_public(lead, member, visitor, adler):
    workshop = make_collection().event
    wish = {"title": "Was Frau Adler rät", "description": "Siehe Frau *Adler*"}
    proposal = workflow.propose_item(event=workshop, by=member.user, **wish)
    topic = make_topic(collection=workshop.topic_collection, title="Frage von Frau Adler", result="Frau Adler fragen")
    assert own_data.withdraw_name(adler) == [], "nobody else reads it"
    lead.client.post(f"/admin/directory/person/{adler.pk}/delete/", {"post": "yes"})
    proposal.refresh_from_db()
    workflow.take_over_proposal(proposal=proposal, by=lead.user)
    page = visitor.client.get(workshop.get_absolute_url()).content.decode()
    assert "Adler" not in page and f"Was {adler.organisation.name} rät" in page
    topic.refresh_from_db()
    assert (topic.title, topic.result) == (f"Frage von {adler.organisation.name}", f"{adler.organisation.name} fragen")
