"""Filters and columns that the lists of responses, entries and invitations share."""

from django.contrib import admin
from django.db.models import Q

from ogl_portal.directory.models import TargetGroup, Topic

from ..models import Answer, Consent, Entry, EntryReview, Question, Response, Section


class RoundColumn:
    """Mixed into lists over all rounds: where one is chosen, its title need not stand in every row."""

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return [name for name in columns if name != "round" or "round__id__exact" not in request.GET]


class KindFilter(admin.ChoicesFieldListFilter):
    """The kind of organisation, called so: „Art“ alone says nothing in a list of people."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "Art der Organisation"


class PaperFilter(admin.BooleanFieldListFilter):
    """Returns on paper; „Nach auf Papier“ would be no German."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "Papierbogen"


class SectionFilter(admin.SimpleListFilter):
    """Responses with at least one entry in a section that repeats; entries of a section."""

    title = "Abschnitt mit Einträgen"
    parameter_name = "section"

    def lookups(self, request, model_admin):
        sections = Section.objects.order_by("key").values_list("key", "title")
        if model_admin.model is Response:
            sections = sections.filter(is_repeatable=True)
        return [(key, f"{key} {title}") for key, title in dict(sections).items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if queryset.model is Entry:
            return queryset.filter(section_key=self.value())
        return queryset.filter(pk__in=Entry.objects.present().filter(section_key=self.value()).values("response"))


class ReviewFilter(admin.SimpleListFilter):
    """Entries in one state of the review; responses with at least one such entry."""

    title = "Stand der Prüfung"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return EntryReview.State.choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        entries = Entry.objects.submitted().filter(in_state(self.value()))
        column = "pk" if queryset.model is Entry else "response"
        return queryset.filter(pk__in=entries.values(column))


def in_state(state: str) -> Q:
    """Entries in a state; those that nobody has looked at are new."""
    return Q(review=None) | Q(review__state=state) if state == EntryReview.State.NEW else Q(review__state=state)


class WordFilter(admin.SimpleListFilter):
    """Base of the filters by a word of a vocabulary, in whatever question asks for it."""

    words = None
    vocabulary = ""

    def lookups(self, request, model_admin):
        return list(self.words.objects.values_list("slug", "name"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        keys = Question.objects.filter(vocabulary=self.vocabulary).values("key")
        answers = Answer.objects.filter(question_key__in=keys, value=self.value())
        column = "entry" if queryset.model is Entry else "entry__response"
        return queryset.filter(pk__in=answers.values(column))


class TopicFilter(WordFilter):
    title = "Thema"
    parameter_name = "topic"
    words, vocabulary = Topic, Question.Vocabulary.TOPIC


class TargetGroupFilter(WordFilter):
    title = "Zielgruppe"
    parameter_name = "target_group"
    words, vocabulary = TargetGroup, Question.Vocabulary.TARGET_GROUP


class ConsentFilter(admin.SimpleListFilter):
    """What the respondent has decided; a decision for one entry counts there before the one for all."""

    title = "Freigabe"
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        consents = Consent.objects.current().order_by("question_key", "value")
        found = consents.values_list("question_key", "value", "value_label").distinct()
        return [(f"{key}:{value}", f"{key}: {label}") for key, value, label in found]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        key, _, value = self.value().partition(":")
        decided = Consent.objects.current().filter(question_key=key)
        general = decided.filter(value=value, entry=None).values("response")
        if queryset.model is Response:
            return queryset.filter(pk__in=general)
        own = decided.exclude(entry=None)
        return queryset.filter(
            Q(pk__in=own.filter(value=value).values("entry")) | Q(response__in=general) & ~Q(pk__in=own.values("entry"))
        )
