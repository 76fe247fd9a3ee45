"""Tables of the search: the index, its vocabulary, the synonyms and what nobody found."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..fields import RevisedModel
from .texts import has_word

WORD = 60
"""Longer words are cut, in the index and in what is searched."""


class SearchState(models.Model):
    """One row: with which analyser the index was filled. Whoever writes locks it and changes the stamp."""

    version = models.CharField(max_length=20, blank=True)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.version or "noch nicht gefüllt"


class SearchDocument(models.Model):
    """Something that can be found, as its source described it when it was saved."""

    source = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=250)
    url = models.CharField(max_length=300)
    kind = models.CharField(max_length=60)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    audience = models.PositiveSmallIntegerField()
    date = models.DateField(null=True)
    outdated_from = models.DateField(null=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="one_search_document_per_object"),
        ]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word as documents spell it; of what keys it consists is in SearchKey."""

    spelling = models.CharField(max_length=WORD, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.spelling


class SearchKey(models.Model):
    """What a word is found by: its stem, or that of one of its parts."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="keys", db_index=False)
    key = models.CharField(max_length=WORD)
    share = models.PositiveSmallIntegerField()  # of the word's weight, in percent: 100 for the word itself

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word", "key"], name="one_search_key_per_word")]
        indexes = [models.Index(fields=["key", "share", "word"], name="search_key_lookup")]

    def __str__(self):
        return self.key


class SearchTrigram(models.Model):
    """Three letters in a row of a word, for words that are misspelt."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="trigrams", db_index=False)
    trigram = models.CharField(max_length=3)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word", "trigram"], name="one_search_trigram_per_word")]
        indexes = [models.Index(fields=["trigram", "word"], name="search_trigram_lookup")]

    def __str__(self):
        return self.trigram


class SearchPosting(models.Model):
    """How much a word weighs in a document, in hundredths; the audience is the document's."""

    word = models.ForeignKey(SearchWord, models.PROTECT, related_name="postings", db_index=False)
    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="postings", db_index=False)
    audience = models.PositiveSmallIntegerField()
    weight = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["document", "word"], name="one_search_posting_per_word")]
        indexes = [models.Index(fields=["word", "audience", "document", "weight"], name="search_posting_lookup")]

    def __str__(self):
        return f"{self.word_id} in {self.document_id}: {self.weight}"


class SynonymGroupQuerySet(models.QuerySet):
    def own(self):
        """Groups that the OGL-Leitung edits; the others come from the vocabulary of topics and target groups."""
        return self.filter(key="")


class SynonymGroup(RevisedModel):
    """Words that mean the same: whoever searches for one of them finds the others, too."""

    words = models.TextField(
        "Wörter",
        max_length=2000,
        help_text="Wörter oder kurze Wendungen, die dasselbe meinen, eine je Zeile. Nur die Einzahl ist nötig.",
    )
    key = models.CharField(max_length=WORD, blank=True, editable=False)

    objects = SynonymGroupQuerySet.as_manager()

    MOST_WORDS = 30

    class Meta:
        verbose_name = "Synonymgruppe"
        verbose_name_plural = "Synonyme für die Suche"
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_synonym_group_per_key"),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_synonym_group_has_words",
                violation_error_message="Bitte tragen Sie mindestens zwei Wörter ein.",
            ),
        ]

    def __str__(self):
        return " = ".join(self.word_list)[:120]

    @property
    def word_list(self) -> list[str]:
        """The words, without blanks."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self):
        super().clean()
        words = {word.casefold(): word for word in reversed(self.word_list)}
        words = sorted(words.values(), key=self.word_list.index)
        if reason := self.reason_to_refuse(words):
            raise ValidationError({"words": reason})
        self.words = "\n".join(words)

    def reason_to_refuse(self, words: list[str]) -> str:
        """Why these words make no group, in German; nothing where they do."""
        if len(words) < 2:
            return "Bitte tragen Sie mindestens zwei verschiedene Wörter ein, eins je Zeile."
        if len(words) > self.MOST_WORDS:
            return f"Bitte höchstens {self.MOST_WORDS} Wörter in einer Gruppe. Teilen Sie die Gruppe auf."
        if long := next((word for word in words if len(word) > WORD), ""):
            return f"„{long[:30]}…“ ist zu lang. Möglich sind {WORD} Zeichen je Zeile."
        if empty := next((word for word in words if not has_word(word)), ""):
            return f"„{empty}“ enthält kein Wort, nach dem jemand suchen könnte."
        return ""


class MissedSearch(models.Model):
    """What was searched for and not found; nothing about who searched."""

    text = models.CharField("gesucht", max_length=WORD, unique=True)
    count = models.PositiveIntegerField("wie oft", default=1)
    first_on = models.DateField("zuerst am", default=timezone.localdate, db_index=True)
    last_on = models.DateField("zuletzt am", default=timezone.localdate, db_index=True)

    class Meta:
        verbose_name = "Suche ohne Treffer"
        verbose_name_plural = "Suchen ohne Treffer"
        ordering = ["-count", "-last_on", "text"]
        default_permissions = ("view", "delete")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="a_missed_search_ends_after_it_begins",
                violation_error_message="Der letzte Tag kann nicht vor dem ersten liegen.",
            )
        ]

    def __str__(self):
        return self.text
