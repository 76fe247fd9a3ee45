"""What must be true after the disturbances: nothing acknowledged is lost, nothing is there twice or by half."""

from collections import Counter

from django.core.files.uploadedfile import SimpleUploadedFile

from ogl_portal.lib import mail
from ogl_portal.lib.models import OutgoingMail
from surveys import workflow
from surveys.models import Response, Round
from tests.cast import member
from tests.factories.knowledgebase import make_published
from tests.factories.surveys import make_complete_response
from tests.load import Job
from tests.surveys.whole import torn_responses

from .disturbances import MODES, Turmoil
from .machines import Node, ask
from .mail_sink import MailSink


def check_answers(jobs: list[Job], acknowledged: list[bool]) -> dict[str, int]:
    """Figures that must be 0."""
    there = {str(each): each for each in Response.objects.submitted().prefetch_related("submissions")}
    submissions = Counter(str(key) for each in there.values() for key in keys_of(each))
    keys = [str(job.key) for job, is_acknowledged in zip(jobs, acknowledged, strict=False) if is_acknowledged]
    return {
        "Absendungen ohne Bestätigung": len(jobs) - acknowledged.count(True),
        "bestätigte Absendungen verloren": sum(not submissions[key] for key in keys),
        "Absendungen doppelt": sum(each.submissions.count() > 1 for each in there.values()),
        "Absendungen halb": len(torn_responses()),
    }


def check_turmoil(turmoil: Turmoil) -> dict[str, int]:
    """Figures that must be 0: whoever is done before all is broken has shown nothing."""
    return {
        "zu wenige Knoten beendet": len(MODES) - turmoil.killed,
        "zu wenige Neustarts der Datenbank": len(list(filter(None, MODES))) - turmoil.restarts,
    }


def keys_of(response: Response) -> list:
    return [submission.idempotency_key for submission in response.submissions.all()]


def check_mails(sink: MailSink, reminded: Round) -> dict[str, int]:
    """Figures that must be 0; a mail is known by its Message-ID, which every attempt has the same."""
    rows = {mail.Letter(row).extra_headers["Message-ID"]: row for row in OutgoingMail.objects.all()}
    confirmations = Counter(Response.objects.submitted().values_list("mails", flat=True))
    people = Counter(row.recipient for row in rows.values() if row.subject)
    return {
        "Mails verloren, ohne dass es jemand weiß": sum(
            not sink.taken[name] and not row.handed_over_at for name, row in rows.items()
        ),
        "Mails doppelt übergeben": sum(count > 1 for count in sink.taken.values()),
        "Mails noch im Postausgang": OutgoingMail.objects.waiting().count(),
        "Absendungen ohne oder mit zwei Mails": confirmations[None] + sum(count > 1 for count in people.values()),
        "Erinnerungen zu viel oder zu wenig": abs(
            reminded.invitations.count() - reminded.invitations.filter(reminders__mail__isnull=False).count()
        ),
    }


def check_pages(nodes: list[Node]) -> dict[str, int]:
    """A change is on every node's kept page at once, and a file that one stored comes from all."""
    for node in nodes:
        ask(node.port, "GET", "/wissensdatenbank/")
    title = make_published().title
    pages = [ask(node.port, "GET", "/wissensdatenbank/").content.decode() for node in nodes]
    person = member()
    response = make_complete_response(person.person)
    entry = response.entries.get(section_key="B")
    file = SimpleUploadedFile("ablauf.pdf", b"%PDF-1.7\n%%EOF")
    upload = workflow.add_upload(entry=entry, question_key="B9", file=file)
    path = f"/fragebogen/{response.round.slug}/datei/{upload.uuid}/"
    headers = {"Cookie": Job.of(response, person.client).cookie}
    files = [ask(node.port, "GET", path, None, headers).content for node in nodes]
    return {
        "Knoten mit veralteter Seite": sum(title not in page for page in pages),
        "Knoten ohne die Datei aus dem Bucket": sum(content != b"%PDF-1.7\n%%EOF" for content in files),
    }
