"""One object for each case of the access matrix."""

import json
import uuid
from datetime import timedelta
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actions.models import ActionItem
from knowledgebase.models import Contact, LifeSituation, PublicService, Reuse, Solution, Suggestion
from knowledgebase.workflow import consents, keep_snapshot, transfer_entry
from knowledgebase.workflow.reuse import token_of
from ogl_portal.directory import group_news
from ogl_portal.directory.models import GroupSubscription, SignedInBrowser, TargetGroup
from ogl_portal.directory.workflow import create_sign_in_link
from ogl_portal.lib.search.models import MissedSearch
from ogl_portal.pages.workflow import ask_leads, report_barrier
from sessions_app.models import Event, Report, Subscription, VersionAnnex
from sessions_app.workflow import meetings, propose_item, renew_calendar, subscribing
from surveys import workflow
from surveys.models import Consent, Round
from surveys.workflow import links, questionnaires, responses, rounds, uploads

from . import cast
from .factories import directory, registrations, sessions_app
from .factories.directory import make_person, make_user
from .factories.knowledgebase import make_attachment
from .factories.matches import consent_token, make_hand_match
from .factories.needs import make_coding, make_need
from .factories.recommendations import make_recommendation
from .factories.surveys import make_response
from .factories.topics import make_topic
from .factories.transfer import make_example

DEFINITION = Path(__file__).parent.parent / "surveys" / "definitions" / "anlage-1.json"


def build_world(people) -> dict[str, dict]:
    """Make the objects for all addresses; return what fills them, by case."""
    cases = {"-": {}, "admin-app": {"app_label": "directory"}, "unknown-token": {"token": "unbekannt"}}
    for make in MAKERS:
        cases |= make(people)
    return cases


def things_without_a_page(people) -> dict[str, dict]:
    """What nobody but the admin shows."""
    LifeSituation.objects.create(name="Umzug", kind="L", ozg_field="bauen-wohnen")
    PublicService.objects.create(name="Wohnsitz anmelden")
    MissedSearch.objects.create(text="ummelden")
    section = Report.objects.get(status=Report.Status.IN_REVIEW).sections.first()
    section.comments.create(author=people["member"].user, text="Fehlt hier etwas?")
    return {}


def admin_cases() -> dict[str, dict]:
    event = Event.objects.first()
    return {"admin-object": {"content_type_id": ContentType.objects.get_for_model(Event).pk, "object_id": event.pk}}


def sign_in_cases(people) -> dict[str, dict]:
    path = create_sign_in_link(user=directory.make_user(), minutes=24 * 60)  # a world may last for hours
    other = cast.Actor(Client(), people["other_member"].user)
    cast.sign_in(other.client, other.user)
    logo = directory.make_logo().organisation.slug
    browser = SignedInBrowser.objects.get(session=other.client.session.session_key)
    token = path.strip("/").rpartition("/")[2]
    return {"token": {"token": token}, "other-browser": {"key": browser.pk}, "logo": {"slug": logo}}


def target_group_cases() -> dict[str, dict]:
    subscription = GroupSubscription.objects.create(group=TargetGroup.objects.first(), email="abo@example.org")
    token = group_news.personal_url(subscription).strip("/").rpartition("/")[2]
    return {"group": {"slug": subscription.group.slug}, "group-token": {"token": token}}


def page_cases() -> dict[str, dict]:
    barrier, request = uuid.uuid4(), uuid.uuid4()
    report_barrier(key=barrier, where="/", what="Zu klein.", name="", email="", client="127.0.0.1")
    ask_leads(key=request, subject="Mitmachen", message="Wie?", name="", email="x@example.org", client="127.0.0.1")
    return {"barrier": {"key": barrier}, "request": {"key": request}}


def session_cases() -> dict[str, dict]:
    series = sessions_app.make_series(slug="serie")
    sessions_app.make_event(slug="termin", series=series)
    sessions_app.make_event(slug="verborgen", is_published=False)
    sessions_app.make_series(slug="leer")
    sessions_app.make_report(slug="freigegeben")
    for status in [Report.Status.IN_REVIEW, Report.Status.DRAFT]:
        sessions_app.make_report(slug=status.value, status=status, released_at=None)
    return {
        "event": {"slug": "termin"},
        "hidden-event": {"slug": "verborgen"},
        "series": {"slug": "serie"},
        "report": {"slug": "freigegeben"},
        "report-in-review": {"slug": Report.Status.IN_REVIEW.value},
        "report-draft": {"slug": Report.Status.DRAFT.value},
        "section-in-review": {"slug": Report.Status.IN_REVIEW.value, "number": 4},
        "section-of-draft": {"slug": Report.Status.DRAFT.value, "number": 4},
    } | annex_cases()


def annex_cases() -> dict[str, dict]:
    """Files that a released version names, as public and for members, and those of texts that are none yet."""
    earlier = sessions_app.make_event(starts_at=timezone.now() - timedelta(days=60))
    report = sessions_app.make_report(slug="mit-anlagen", event=earlier)
    report.current_version = report.versions.create(number=1, title=report.title, distribution=[])
    report.save()
    cases = {}
    for case, is_public in {"annex": True, "annex-for-members": False}.items():
        annex = sessions_app.make_annex(report, is_public=is_public)
        VersionAnnex.objects.create(version=report.current_version, annex=annex, is_public=is_public)
        cases[case] = {"slug": report.slug, "uuid": annex.uuid}
    for status in [Report.Status.IN_REVIEW, Report.Status.DRAFT]:
        annex = sessions_app.make_annex(Report.objects.get(slug=status.value))
        cases[f"annex-{status}"] = {"slug": status.value, "uuid": annex.uuid}
    return cases | {"annex-elsewhere": {"slug": report.slug, "uuid": annex.uuid}}


def sessions_app_cases(people) -> dict[str, dict]:
    cases = session_cases() | event_part_cases(people) | participation_cases(people)
    return cases | recommendation_cases() | topic_cases(people) | admin_cases()


def participation_cases(people) -> dict[str, dict]:
    """A session with a registration, a meeting to which a member is invited, and a subscription."""
    session = registrations.make_session(slug="mit-anmeldung")
    registration = registrations.make_registration(session)
    own = registrations.make_registration(session, email=people["member"].user.email)
    meeting, member = Event.objects.get(slug="termin"), people["member"]
    meeting.attendances.create(person=member.person)
    propose_item(event=meeting, by=member.user, title="Vorschlag", description="")
    subscription = Subscription.objects.create(series=meeting.series, email="abo@example.org")
    tokens = {
        "registration-token": registrations.path_of(registration),
        "invitation-token": meetings.answer_url(meeting, member.person),
        "subscription-token": subscribing.personal_url(subscription),
    }
    return {
        "session": {"slug": "mit-anmeldung"},
        "registration": {"number": own.pk},
        "empty-series": {"slug": "leer"},
        **{case: {"token": url.strip("/").rpartition("/")[2]} for case, url in tokens.items()},
    }


def recommendation_cases() -> dict[str, dict]:
    """An agreed recommendation of the series with the event, and a draft; another series has none."""
    event = Event.objects.get(slug="termin")
    agreed, draft = (make_recommendation(event=event, status=status) for status in ["agreed", "draft"])
    return {
        "recommendation": {"number": agreed.pk},
        "recommendation-draft": {"number": draft.pk},
        "empty-series": {"slug": "leer"},
    }


def topic_cases(people) -> dict[str, dict]:
    """A topic of an open collection, with a member's comment."""
    topic = make_topic(proposed_by=people["member"].user)
    comment = topic.comments.create(author=people["member"].user, text="Gut")
    slug = topic.collection.event.slug
    return {
        "collection": {"slug": slug},
        "topic": {"slug": slug, "number": topic.pk},
        "topic-comment": {"slug": slug, "number": topic.pk, "comment": comment.pk},
    }


def event_part_cases(people) -> dict[str, dict]:
    """Files of events, each also asked for where it does not belong, and the calendar of a member."""
    shown, hidden = (Event.objects.get(slug=slug) for slug in ["termin", "verborgen"])
    public, internal = (sessions_app.make_material(event=shown, is_public=is_public) for is_public in [True, False])
    draft = sessions_app.make_material(event=hidden, is_public=True)
    calendar = renew_calendar(user=people["member"].user)
    return {
        "material": {"slug": shown.slug, "uuid": public.uuid},
        "internal-material": {"slug": shown.slug, "uuid": internal.uuid},
        "hidden-material": {"slug": hidden.slug, "uuid": draft.uuid},
        "foreign-material": {"slug": shown.slug, "uuid": draft.uuid},
        "empty-series": {"slug": "leer"},
        "calendar-token": {"token": calendar.token},
    }


def action_cases(people) -> dict[str, dict]:
    draft = Report.objects.get(status=Report.Status.DRAFT)
    items = {
        "item": ActionItem.objects.create(title="öffentlich"),
        "item-for-all": ActionItem.objects.create(title="für alle", responsible_kind="everyone"),
        "internal-item": ActionItem.objects.create(title="intern", is_public=False),
        "item-of-draft": ActionItem.objects.create(title="noch im Entwurf", report=draft),
        "item-of-member": ActionItem.objects.create(title="eigener", responsible_kind="persons"),
    }
    items["item-of-member"].responsible_persons.add(people["member"].person)
    return {case: {"number": item.pk} for case, item in items.items()}


def solution_cases() -> dict[str, dict]:
    published = {"status": Solution.Status.PUBLISHED, "published_at": timezone.now()}
    public = Solution.objects.create(title="Öffentliche Lösung", slug="loesung", **published)
    draft = Solution.objects.create(title="Entwurf einer Lösung", slug="entwurf")
    software = Solution.objects.create(
        title="Quelloffene Lösung", slug="software", stage="productive", licence="EUPL-1.2", features="Hilft",
        software_type="standalone/web", platforms="web", languages="de", maintenance="none", **published,
    )  # fmt: skip
    software.links.create(kind="repository", url="https://git.example.org/loesung")
    keep_snapshot(solution=draft, by=None, message="Angelegt.")
    return {
        "solution": {"slug": "loesung"},
        "hidden-solution": {"slug": "entwurf"},
        "software": {"slug": "software"},
        "solution-key": {"pk": draft.pk},
        "snapshot": {"pk": draft.pk, "number": 1},
    } | attachment_cases(public, draft)


def attachment_cases(public: Solution, draft: Solution) -> dict[str, dict]:
    """A file of a published solution, one of a draft, and that one asked for at the published solution."""
    shown, hidden = (make_attachment(solution).uuid for solution in [public, draft])
    return {
        "attachment": {"slug": public.slug, "uuid": shown},
        "hidden-attachment": {"slug": draft.slug, "uuid": hidden},
        "foreign-attachment": {"slug": public.slug, "uuid": hidden},
    }


def proposal_cases(people) -> dict[str, dict]:
    """A member's own draft, a suggestion that waits, and a reuse whose reporter is asked again."""
    own = Solution.objects.create(title="Vorschlag", slug="vorschlag", proposed_by=people["member"].user).uuid
    Suggestion.objects.create(title="Hinweis", text="Läuft anderswo.")
    today = timezone.localdate()
    reuse = Reuse.objects.create(
        solution=Solution.objects.get(slug="loesung"), organisation_name="Gemeinde", place="Ort", status="productive",
        since_year=2024, confirmed_at=timezone.now(), confirm_again_on=today, asked_for=today,
    )  # fmt: skip
    contact = Contact.objects.create(
        solution=reuse.solution, name="Karla Kontakt", email="karla@example.org", consented_on=today, valid_until=today
    )
    return {
        "proposal": {"uuid": own},
        "proposal-section": {"uuid": own, "key": "loesung"},
        "proposal-rows": {"uuid": own, "key": "schritte"},
        "proposal-nothing": {"uuid": own, "key": "nichts"},
        "reuse-token": {"token": token_of(reuse)},
        "contact-token": {"token": consents.token_of(contact)},
    }


def transfer_cases(people) -> dict[str, dict]:
    """A checked example, and one from which a draft was made."""
    example, taken = (make_example(by=people["lead"].user) for _ in range(2))
    transfer_entry(entry=taken, by=people["lead"].user)
    return {"example-key": {"pk": example.pk}}


def survey_cases(people) -> dict[str, dict]:
    """A running round with the responses of two members, one that is over, and one that nobody knows of yet."""
    questionnaire = questionnaires.load_definition(document=json.loads(DEFINITION.read_text()))
    version = questionnaires.publish_version(questionnaire=questionnaire)
    running = make_round(version, "laufend", days=30)
    make_round(version, "geplant", days=30)
    closed = make_round(version, "vorbei", days=-1)
    for each in [running, closed]:
        rounds.open_round(round=each)
    rounds.invite(round=running, person=people["guest"].person)
    cases = {"round": {"slug": "laufend"}, "closed-round": {"slug": "vorbei"}, "hidden-round": {"slug": "geplant"}}
    cases["questionnaire"] = {"pk": questionnaire.pk}
    responses.begin_response(round=running, person=people["other_member"].person)
    cases |= response_cases(running, people["member"].person) | link_cases(running, people["member"].person)
    return cases | need_cases()


def need_cases() -> dict[str, dict]:
    """A released need with a coded entry, a draft, and one that went up in the released one."""
    released, draft, merged = (make_need(title=title) for title in ["Beratung", "Entwurf", "Rat"])
    coding = make_coding(need=released)
    make_coding(need=draft)
    lead = make_user()
    workflow.release_need(need=released, by=lead)
    workflow.merge_needs(need=merged, into=released, by=lead)
    unsent = responses.add_entry(response=make_response(make_person()), section_key="C", uuid=uuid.uuid4())
    return {
        "need": {"slug": released.slug},
        "hidden-need": {"slug": draft.slug},
        "merged-need": {"slug": merged.slug},
        "need-key": {"pk": draft.pk},
        "coded-entry": {"pk": coding.entry_id},
        "unsent-entry": {"pk": unsent.pk},
    }


def make_round(version, slug: str, *, days: int) -> Round:
    """Make a round that ends in as many days, or ended before."""
    closes_at = timezone.now() + timedelta(days=days)
    day = closes_at.date()
    return Round.objects.create(
        version=version, title=f"Runde {slug}", slug=slug, opens_at=closes_at - timedelta(days=60), closes_at=closes_at,
        evaluation_until=day, delete_raw_on=day + timedelta(days=400),
    )  # fmt: skip


def response_cases(running: Round, person) -> dict[str, dict]:
    response = responses.begin_response(round=running, person=person)
    entry, removed = (responses.add_entry(response=response, section_key="B", uuid=uuid.uuid4()) for _ in range(2))
    responses.remove_entry(entry=removed)
    single = response.entries.get(section_key="A")
    upload = uploads.add_upload(entry=entry, question_key="B9", file=SimpleUploadedFile("bogen.pdf", b"%PDF-1.7 %%EOF"))
    consent = Consent.objects.create(
        response=response,
        question_key="G2",
        wording="Dürfen wir?",
        value="yes",
        value_label="Ja",
        given_at=timezone.now(),
    )
    return {
        "round-key": {"pk": running.pk},
        "consent": {"slug": "laufend", "pk": consent.pk},
        "section-single": {"slug": "laufend", "key": "A"},
        "section": {"slug": "laufend", "key": "B"},
        "unknown-section": {"slug": "laufend", "key": "Z"},
        "single-entry": {"slug": "laufend", "uuid": single.uuid},
        "entry": {"slug": "laufend", "uuid": entry.uuid},
        "removed-entry": {"slug": "laufend", "uuid": removed.uuid},
        "upload": {"slug": "laufend", "uuid": upload.uuid},
    }


def link_cases(running: Round, person) -> dict[str, dict]:
    """A personal link, and that of a colleague who helps with the person's response."""
    invitation = running.invitations.get(person=person)
    _, url = links.create_link(invitation=invitation, email=person.email)
    colleague, _ = links.create_link(invitation=invitation, email="kollegin@example.org", is_shared=True)
    return {
        "personal-token": {"token": url.strip("/").rpartition("/")[2]},
        "colleague": {"slug": "laufend", "number": colleague.pk},
        "response": {"pk": running.responses.get(respondent=person).pk},
    }


MAKERS = [
    survey_cases,
    sign_in_cases,
    lambda people: target_group_cases(),
    lambda people: page_cases(),
    sessions_app_cases,
    action_cases,
    lambda people: solution_cases() | proposal_cases(people) | transfer_cases(people),
    things_without_a_page,
    lambda people: {"consent-token": {"token": consent_token(make_hand_match())}},
]
