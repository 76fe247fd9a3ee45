"""Documents, their words and what these are found by, as rows of the index."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef

from .. import markdown
from . import analyser
from .ellipses import indexed_words
from .models import WORD, SearchDocument, SearchKey, SearchPosting, SearchTrigram, SearchWord
from .sources import Entry

TITLE, KEYWORD, TEXT, LABEL = 1000, 700, 200, 100
"""Weights in hundredths; what a part of a word counts is in SearchKey."""
USUAL_LENGTH = 120
"""Words of a text from which on each weighs less."""
BATCH = 200
LABEL_MARK = "#"
"""Before keys that are no words of a text."""
SHOWN = ["title", "url", "kind", "audience", "date", "outdated_from", "is_example"]
"""What a document takes from its entry as it is."""


def batches(items: Iterable) -> Iterator[list]:
    """The items in lists of the size that one question to a database takes."""
    items = list(items)
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def write(name: str, entries: dict[int, Entry]) -> None:
    """Write the documents of these things, and of those whose words have changed all words."""
    texts = {number: [*map(markdown.to_text, [each.summary, *each.texts])] for number, each in entries.items()}
    documents = write_documents(name, entries, texts)
    weights = {number: weigh(each, texts[number]) for number, each in entries.items()}
    words = provide_words({word for each in weights.values() for word in each})
    new = {
        documents[number]: {(words[word], weight, each.audience) for word, weight in weights[number].items()}
        for number, each in entries.items()
    }
    replace_postings(new)


def write_documents(name: str, entries: dict[int, Entry], texts: dict[int, list[str]]) -> dict[int, int]:
    """Write what is shown of the things and return the numbers of their documents."""
    rows = []
    for number, entry in entries.items():
        summary, *others = texts[number]
        values = {field: getattr(entry, field) for field in SHOWN} | {"summary": summary}
        rows.append(SearchDocument(source=name, object_id=number, text="\n".join(filter(None, others)), **values))
    SearchDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["source", "object_id"], update_fields=[*SHOWN, "summary", "text"]
    )
    found = SearchDocument.objects.filter(source=name, object_id__in=list(entries))
    return dict(found.values_list("object_id", "pk"))


def weigh(entry: Entry, texts: list[str]) -> dict[str, int]:
    """How much each word weighs, in hundredths; words as they are spelled."""
    counts = Counter(word for text in texts for word in indexed_words(text))
    longer = max(1.0, (sum(counts.values()) / USUAL_LENGTH) ** 0.5)
    weights = Counter({word: max(1, round(TEXT * count / longer)) for word, count in counts.items()})
    for text, weight in [(entry.title, TITLE), *((keyword, KEYWORD) for keyword in entry.keywords)]:
        weights.update(dict.fromkeys(indexed_words(text), weight))
    weights.update({LABEL_MARK + key: LABEL for key in entry.keys})
    return {word[:WORD]: weight for word, weight in weights.items()}


def replace_postings(new: dict[int, set[tuple[int, int, int]]]) -> None:
    """Give documents these postings (word, weight, audience), where they have others; unused words go."""
    old = {document: set() for document in new}
    rows = SearchPosting.objects.filter(document__in=new).values_list("document", "word", "weight", "audience")
    for document, *posting in rows:
        old[document].add(tuple(posting))
    changed = [document for document in new if new[document] != old[document]]
    SearchPosting.objects.filter(document__in=changed).delete()
    SearchPosting.objects.bulk_create(
        (
            SearchPosting(document_id=document, word_id=word, weight=weight, audience=audience)
            for document in changed
            for word, weight, audience in sorted(new[document])
        ),
        batch_size=BATCH,
    )
    drop_unused({posting[0] for document in changed for posting in old[document] - new[document]})


def provide_words(spellings: Iterable[str]) -> dict[str, int]:
    """The numbers of words as they are spelled; new ones are added with their keys and trigrams."""
    spellings, known = sorted(spellings), {}
    for batch in batches(spellings):
        known |= dict(SearchWord.objects.filter(spelling__in=batch).values_list("spelling", "pk"))
    new = [SearchWord(spelling=spelling) for spelling in spellings if spelling not in known]
    write_keys(SearchWord.objects.bulk_create(new, batch_size=BATCH))
    return known | {word.spelling: word.pk for word in new}


def write_keys(words: list[SearchWord]) -> None:
    """Write what new words are found by; a label by itself alone."""
    keys, trigrams = [], []
    for word in words:
        is_label = word.spelling.startswith(LABEL_MARK)
        found = {word.spelling: analyser.WHOLE} if is_label else analyser.keys_of(word.spelling)
        shares = {key[:WORD]: share for key, share in sorted(found.items())}
        keys += [SearchKey(word=word, key=key, share=share) for key, share in shares.items()]
        letters = () if is_label else sorted(analyser.trigrams(word.spelling))
        trigrams += [SearchTrigram(word=word, trigram=trigram) for trigram in letters]
    SearchKey.objects.bulk_create(keys, batch_size=BATCH)
    SearchTrigram.objects.bulk_create(trigrams, batch_size=BATCH)


def rewrite_keys(words: list[SearchWord]) -> None:
    """Write what these words are found by anew, as far as they still exist."""
    still = list(SearchWord.objects.filter(pk__in=[word.pk for word in words]))
    SearchKey.objects.filter(word__in=still).delete()
    SearchTrigram.objects.filter(word__in=still).delete()
    write_keys(still)


def drop_unused(words: Iterable[int]) -> None:
    """Delete those of the words that no document has any more."""
    for batch in batches(sorted(words)):
        used = Exists(SearchPosting.objects.filter(word=OuterRef("pk")))
        SearchWord.objects.filter(pk__in=batch).exclude(used).delete()
