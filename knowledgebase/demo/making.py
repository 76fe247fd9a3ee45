"""From a document of the demo to a draft with all its rows."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ogl_portal.directory.models import Organisation, Person, TargetGroup, Topic, User
from ogl_portal.lib import uploads

from .. import workflow
from ..models import Attachment, Audience, Contact, EfaCheck, LifeSituation, Link, PublicService, Solution, Step
from .files import make

EXAMPLE = (
    "**Dieser Eintrag ist ein erfundenes Beispiel.** Er zeigt, was eine Lösung in der Wissensdatenbank enthält.\n\n"
)
WORDING = "Name und dienstliche E-Mail dürfen bis zum genannten Tag bei diesem Eintrag stehen. (Beispiel)"
NOT_FIELDS = {"demo", "steps", "links", "relations", "efa", "audiences", "target_groups", "topics", "services",
              "life_situations", "publisher", "operator"}  # fmt: skip


def make_solution(slug: str, document: dict) -> Solution:
    """Make the draft that a document describes, but not yet what it is related to."""
    facts = document["demo"]
    fields = {name: plain(value) for name, value in document.items() if name not in NOT_FIELDS}
    if not facts.get("names_itself_an_example"):
        fields["description"] = EXAMPLE + fields["description"] if "description" in fields else ""
    fields |= {name: Organisation.objects.get(slug=document[name]) for name in ["publisher", "operator"]
               if name in document}  # fmt: skip
    fields |= dates_of(facts) | facts.get("earlier", {})
    proposer = User.objects.filter(email=facts.get("proposed_by", "")).first()
    solution = Solution.objects.create(slug=slug, is_example=True, proposed_by=proposer, **fields)
    load_words(solution, document)
    load_files(solution, facts.get("files", []))
    load_rows(solution, document)
    return solution


def plain(value):
    """A list becomes a text with one thing a line."""
    return "\n".join(value) if isinstance(value, list) else value


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def dates_of(facts: dict) -> dict:
    """The days of an entry, counted from today, so that the demo never grows old."""
    days = {"reviewed_on": facts.get("reviewed_days_ago"), "released_on": facts.get("released_days_ago"),
            "maturity_on": facts.get("maturity_days_ago")}  # fmt: skip
    found = {name: days_ago(number) for name, number in days.items() if number is not None}
    if "reviewed_on" in found:
        found |= {"next_review_on": found["reviewed_on"] + timedelta(days=365), "costs_as_of": found["reviewed_on"]}
    return found | ({"maintained_until": days_ago(-facts["maintained_days"])} if "maintained_days" in facts else {})


def load_words(solution: Solution, document: dict) -> None:
    """The vocabulary that the entry names."""
    solution.target_groups.set(TargetGroup.objects.filter(slug__in=document.get("target_groups", [])))
    solution.topics.set(Topic.objects.filter(slug__in=document.get("topics", [])))
    solution.services.set(PublicService.objects.filter(ozg_id__in=document.get("services", [])))
    solution.life_situations.set(LifeSituation.objects.filter(name__in=document.get("life_situations", [])))


def load_files(solution: Solution, files: list[dict]) -> None:
    """The attachments, made now and checked like everybody's."""
    for fields in files:
        kind = fields.pop("make")
        checked = uploads.check(SimpleUploadedFile(*make(kind, fields["title"])))
        attachment = Attachment(solution=solution, licence=solution.licence, **fields)
        workflow.put_file(attachment, checked)
        attachment.save()


def load_rows(solution: Solution, document: dict) -> None:
    """Steps, links, suitability, EfA check and contacts."""
    attachments = {attachment.title: attachment for attachment in solution.attachments.all()}
    for position, step in enumerate(document.get("steps", []), start=1):
        file = attachments.get(step.pop("attachment", ""))
        Step.objects.create(solution=solution, position=position, attachment=file, **step)
    for link in document.get("links", []):
        Link.objects.create(solution=solution, **link)
    for kind in document.get("audiences", []):
        Audience.objects.create(solution=solution, kind=kind)
    for area, result in document.get("efa", {}).items():
        EfaCheck.objects.create(solution=solution, area=area, result=result)
    for contact in document["demo"]["contacts"]:
        load_contact(solution, **contact)


def load_contact(solution: Solution, *, email: str, days_left: int = 730, **fields) -> None:
    """An exemplary member, who consented until a day to come."""
    fields["name"] = Person.objects.get(email=email).full_name
    consent = {"consented_on": days_ago(10), "valid_until": days_ago(-days_left), "consent_wording": WORDING}
    consent |= {"consent_noted_at": timezone.now(), "told_at": timezone.now()}  # nobody reads the mail
    Contact.objects.create(solution=solution, email=email, **consent, **fields)
