"""The questionnaire as the lead edits it, and its published versions."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from ogl_portal.lib.fields import MarkdownField, RevisedModel

from ..definition import Definition, Kind
from .frozen import FrozenModel

SECTION_KEY = RegexValidator(r"^[A-Z]\Z", "Der Schlüssel eines Abschnitts ist ein Großbuchstabe.")
QUESTION_KEY = RegexValidator(
    r"^[A-Z][1-9]\d?\Z", "Der Schlüssel einer Frage ist ein Großbuchstabe mit einer Zahl, z. B. B1."
)


class Questionnaire(RevisedModel):
    """A questionnaire in the making; people answer one of its published versions."""

    slug = models.SlugField("Kurzname", max_length=80, unique=True)
    title = models.CharField("Titel", max_length=200)
    intro = MarkdownField("Einleitung", help_text="Platzhalter wie {deadline} füllt die Runde.")

    class Meta:
        verbose_name = "Fragebogen"
        verbose_name_plural = "Fragebögen"
        ordering = ["title"]

    def __str__(self):
        return self.title


class Section(RevisedModel):
    """A section; repeatable ones take several entries."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, verbose_name="Fragebogen", related_name="sections")
    key = models.CharField("Schlüssel", max_length=1, validators=[SECTION_KEY])
    title = models.CharField("Titel", max_length=120)
    intro = MarkdownField("Einleitung")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0, help_text="0 heißt: am Ende.")
    is_repeatable = models.BooleanField("wiederholbar", default=False)
    max_entries = models.PositiveSmallIntegerField(
        "höchstens",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="Einträge je Rückmeldung.",
    )
    entry_label = models.CharField("ein Eintrag heißt", max_length=40, blank=True, help_text="z. B. Beispiel")
    add_label = models.CharField("noch einer heißt", max_length=60, blank=True, help_text="z. B. Weiteres Beispiel")

    class Meta:
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "key"],
                name="one_section_per_key",
                violation_error_message="Einen Abschnitt mit diesem Schlüssel gibt es schon.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_repeatable=False) | ~models.Q(entry_label="") & ~models.Q(add_label=""),
                name="entries_of_a_repeatable_section_have_a_name",
                violation_error_message="Bitte sagen Sie, wie ein Eintrag heißt und wie noch einer heißt.",
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.title}"


class Question(RevisedModel):
    """A question with its stable key."""

    class Vocabulary(models.TextChoices):
        """Choices that come from the portal's one vocabulary when the version is published."""

        TOPIC = "topic", "Themen (HF)"
        TARGET_GROUP = "target-group", "Zielgruppen (ZG)"

    section = models.ForeignKey(Section, models.CASCADE, verbose_name="Abschnitt", related_name="questions")
    key = models.CharField("Schlüssel", max_length=3, validators=[QUESTION_KEY])
    text = models.CharField("Frage", max_length=300)
    help = models.TextField("Hilfe", max_length=500, blank=True, help_text="Steht vor dem Feld.")
    notice = models.TextField("Hinweistext", max_length=4000, blank=True, help_text="Steht als Absatz vor der Frage.")
    kind = models.CharField("Art", max_length=20, choices=Kind)
    is_required = models.BooleanField("zum Absenden nötig", default=False)
    is_consent = models.BooleanField("Freigabe", default=False, help_text="Wortlaut und Zeitpunkt werden gespeichert.")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0, help_text="0 heißt: am Ende.")
    max_length = models.PositiveIntegerField(
        "höchstens Zeichen", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20000)]
    )
    max_choices = models.PositiveSmallIntegerField(
        "höchstens Antworten", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    min_value = models.IntegerField("mindestens", null=True, blank=True, help_text="Bei einer Zahl.")
    max_value = models.IntegerField("höchstens", null=True, blank=True, help_text="Bei einer Zahl.")
    vocabulary = models.CharField(
        "Liste", max_length=20, choices=Vocabulary, blank=True, help_text="Statt eigener Antworten."
    )
    text_label = models.CharField(
        "Freitext daneben", max_length=120, blank=True, help_text="Beschriftung; leer heißt: keiner."
    )
    needs_section = models.CharField(
        "nur mit Einträgen in",
        max_length=1,
        blank=True,
        validators=[SECTION_KEY],
        help_text="Schlüssel des Abschnitts, z. B. B.",
    )
    varies_by_entry = models.BooleanField(
        "je Eintrag abweichend", default=False, help_text="Für jeden Eintrag jenes Abschnitts einzeln einstellbar."
    )
    show_if_question = models.CharField(
        "nur nach Antwort auf",
        max_length=3,
        blank=True,
        validators=[QUESTION_KEY],
        help_text="Schlüssel einer früheren Frage, z. B. D4. Leer heißt: immer.",
    )
    show_if_choice = models.SlugField(
        "und zwar",
        max_length=60,
        blank=True,
        help_text="Schlüssel der Antwort; bei Ja/Nein „yes“ oder „no“. Leer heißt: bei irgendeiner Antwort.",
    )

    class Meta:
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"
        ordering = ["section__position", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "key"],
                name="one_question_per_key",
                violation_error_message="Eine Frage mit diesem Schlüssel gibt es schon.",
            ),
            models.CheckConstraint(
                condition=models.Q(varies_by_entry=False) | ~models.Q(needs_section=""),
                name="what_varies_by_entry_names_its_section",
                violation_error_message="Bitte nennen Sie den Abschnitt, für dessen Einträge das gilt.",
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.text}"

    def clean(self):
        """A question carries the letter of its section: so its key means one question of the whole questionnaire."""
        if self.key and self.section_id and not self.key.startswith(self.section.key):
            letter = self.section.key
            raise ValidationError({"key": f"Der Schlüssel beginnt mit dem Buchstaben des Abschnitts, z. B. {letter}1."})

    @property
    def condition(self) -> str:
        """What it hangs on: „D4“ or „D4:running“; nothing where it is always asked."""
        return ":".join(filter(None, [self.show_if_question, self.show_if_choice]))


class Choice(models.Model):
    """An answer to choose."""

    question = models.ForeignKey(Question, models.CASCADE, verbose_name="Frage", related_name="choices")
    key = models.SlugField("Schlüssel", max_length=60)
    label = models.CharField("Antwort", max_length=200)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0, help_text="0 heißt: am Ende.")
    opens_text = models.BooleanField("mit Kurztext", default=False, help_text="z. B. Sonstiges")
    is_exclusive = models.BooleanField(
        "schließt andere aus", default=False, help_text="z. B. „nein, wir machen das allein“"
    )

    class Meta:
        verbose_name = "Antwort zur Auswahl"
        verbose_name_plural = "Antworten zur Auswahl"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"],
                name="one_choice_per_key",
                violation_error_message="Eine Antwort mit diesem Schlüssel gibt es schon.",
            )
        ]

    def __str__(self):
        return self.label


class QuestionnaireVersion(FrozenModel):
    """A published definition, frozen as a document; see surveys.definition."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, verbose_name="Fragebogen", related_name="versions")
    number = models.PositiveIntegerField("Version", editable=False)
    published_at = models.DateTimeField("veröffentlicht", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "Version eines Fragebogens"
        verbose_name_plural = "Versionen der Fragebögen"
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number")]

    def __str__(self):
        return f"{self.questionnaire}, Version {self.number}"

    @property
    def definition(self) -> Definition:
        """The frozen questionnaire with its placeholders unfilled."""
        return Definition.from_document(self.document)
