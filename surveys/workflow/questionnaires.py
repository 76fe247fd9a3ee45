"""Bringing a questionnaire into the tables, and freezing it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Max

from ogl_portal.directory.models import TargetGroup, Topic
from ogl_portal.lib.fields import RevisedModel

from .. import definition, interchange
from ..models import Choice, Question, Questionnaire, QuestionnaireVersion, Section
from .errors import NotPublishable

OTHER_TOPIC = "sonstiges"
VOCABULARIES = {Question.Vocabulary.TOPIC: Topic, Question.Vocabulary.TARGET_GROUP: TargetGroup}
QUESTION_TEXTS = [
    "key", "text", "help", "notice", "kind", "text_label", "needs_section", "show_if_question", "show_if_choice",
]  # fmt: skip
QUESTION_FACTS = [
    "is_required", "is_consent", "max_length", "max_choices", "min_value", "max_value", "varies_by_entry",
]  # fmt: skip


@transaction.atomic
def load_definition(*, document: Mapping) -> Questionnaire:
    """Create the questionnaire that a JSON document describes; one that exists stays as the lead has it."""
    questionnaire, is_new = Questionnaire.objects.get_or_create(
        slug=document["slug"], defaults={"title": document["title"], "intro": document.get("intro", "")}
    )
    if is_new:
        load_sections(questionnaire, document)
    return questionnaire


@transaction.atomic
def replace_definition(*, document: Mapping) -> Questionnaire:
    """Put what a checked document describes in the place of the questionnaire with its short name, or create it.

    Published versions, and with them every round and answer, stay as they are.
    """
    facts = {"title": document["title"], "intro": document.get("intro", "")}
    changed = facts | {"revision": F("revision") + 1}
    questionnaire, _ = Questionnaire.objects.update_or_create(
        slug=document["slug"], defaults=changed, create_defaults=facts
    )
    questionnaire.sections.all().delete()
    load_sections(questionnaire, document)
    return questionnaire


def load_sections(questionnaire: Questionnaire, document: Mapping) -> None:
    for position, section in enumerate(document["sections"], start=1):
        load_section(questionnaire, position, section)


def load_section(questionnaire: Questionnaire, position: int, document: Mapping) -> None:
    """Create a section with its questions and their choices, numbered as ``renumber`` does."""
    facts = {name: value for name, value in document.items() if name != "questions"}
    section = Section.objects.create(questionnaire=questionnaire, position=10 * position, **facts)
    for number, question in enumerate(document["questions"], start=1):
        own = {name: value for name, value in question.items() if name != "choices"}
        created = Question.objects.create(section=section, position=10 * number, **own)
        Choice.objects.bulk_create(
            Choice(question=created, position=10 * place, **choice)
            for place, choice in enumerate(question.get("choices", []), start=1)
        )


@transaction.atomic
def renumber(*, things) -> None:
    """Number sections, questions or choices 10, 20, 30 in their order, to leave room; what has no place comes last.

    What has a page of its own is outdated there once it has moved.
    """
    ordered = sorted(things.all(), key=lambda thing: (not thing.position, thing.position, thing.pk))
    moved = [(10 * place, thing) for place, thing in enumerate(ordered, start=1) if thing.position != 10 * place]
    for place, thing in moved:
        thing.position = place
    things.bulk_update([thing for _, thing in moved], ["position"])
    if issubclass(things.model, RevisedModel):
        things.filter(pk__in=[thing.pk for _, thing in moved]).update(revision=F("revision") + 1)


@transaction.atomic
def publish_version(*, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Freeze the questionnaire as it stands into its next version; unchanged, the latest version is returned.

    Raises NotPublishable for a questionnaire that nobody could answer.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    gaps = list(interchange.check_sense(interchange.describe(questionnaire)))
    if gaps:
        raise NotPublishable(gaps)
    document = freeze(questionnaire)
    sha256 = definition.digest(document)
    latest = questionnaire.versions.order_by("-number").first()
    if latest and latest.sha256 == sha256:
        return latest
    number = (questionnaire.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=number, document=document, sha256=sha256
    )


def freeze(questionnaire: Questionnaire) -> dict:
    """The questionnaire as the document of surveys.definition, with today's vocabulary in it."""
    words = {name: freeze_vocabulary(model) for name, model in VOCABULARIES.items()}
    sections = questionnaire.sections.prefetch_related("questions__choices")
    return {
        "slug": questionnaire.slug,
        "title": questionnaire.title,
        "intro": questionnaire.intro,
        "sections": [freeze_section(section, words) for section in sections],
    }


def freeze_vocabulary(model) -> list[dict]:
    """Topics or target groups as choices; „Sonstiges“ opens a short text."""
    return [
        {"key": word.slug, "label": word.name, "opens_text": word.slug == OTHER_TOPIC, "is_exclusive": False}
        for word in model.objects.all()
    ]


def freeze_section(section: Section, words: Mapping[str, list[dict]]) -> dict:
    facts = ["key", "title", "intro", "is_repeatable", "max_entries", "entry_label", "add_label"]
    questions = [freeze_question(question, words) for question in section.questions.all()]
    return {name: getattr(section, name) for name in facts} | {"questions": questions}


def freeze_question(question: Question, words: Mapping[str, list[dict]]) -> dict:
    facts = {name: getattr(question, name) for name in QUESTION_TEXTS + QUESTION_FACTS}
    own = [
        {"key": choice.key, "label": choice.label, "opens_text": choice.opens_text, "is_exclusive": choice.is_exclusive}
        for choice in question.choices.all()
    ]
    return facts | {"vocabulary": question.vocabulary, "choices": words.get(question.vocabulary, own)}
