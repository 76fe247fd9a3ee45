"""What members and lead do with the topics of a workshop."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from ogl_portal.directory.models import User
from ogl_portal.lib.history import record

from ..models import DOTS, DOTS_ON_ONE, TopicCollection, TopicComment, TopicDot, WorkshopTopic

CLOSED = "Die Themensammlung ist abgeschlossen. Vorschläge und Punkte lassen sich nicht mehr ändern."
TOO_MANY = f"Das sind mehr Punkte, als Sie noch haben. Für alle Themen zusammen haben Sie {DOTS}."
TAKEN_UP = (
    "Dieses Thema lässt sich nicht mehr ändern oder zurückziehen: Andere haben ihm Punkte gegeben oder etwas dazu "
    "geschrieben, oder die Sammlung ist abgeschlossen."
)
GONE = "Dieses Thema wurde inzwischen zurückgezogen."
AT_ONCE = "Sie haben an zwei Stellen zugleich Punkte vergeben. Bitte sehen Sie nach, und versuchen Sie es noch einmal."


def propose_topic(*, collection: TopicCollection, by: User, title: str, text: str = "") -> WorkshopTopic:
    """Propose a question; raises ValidationError once the collection is closed."""
    refuse_closed(collection)
    return WorkshopTopic.objects.create(collection=collection, title=title, text=text, proposed_by=by)


def refuse_closed(collection: TopicCollection) -> None:
    if not collection.is_open:
        raise ValidationError(CLOSED)


def set_dots(*, topic: WorkshopTopic, by: User, count: int) -> None:
    """Let ``count`` dots of a member lie on a topic, whatever lay there: a double click counts once.

    Raises ValidationError when the member has not that many, or the collection is closed. Nothing is counted first
    and trusted later: each dot takes a free number of the member, and the database gives a number away once.
    """
    if not 0 <= count <= DOTS_ON_ONE:
        raise ValidationError(f"Auf ein Thema passen 0 bis {DOTS_ON_ONE} Ihrer Punkte.")
    for _ in range(DOTS):
        try:
            with transaction.atomic():
                return lay_dots(topic, by, count)
        except IntegrityError:  # somebody with the same sign-in took a number at the same moment: look again
            continue
    raise ValidationError(AT_ONCE)


def lay_dots(topic: WorkshopTopic, by: User, count: int) -> None:
    """Add or take away what is missing or too much, as it stands now; the topic stays as it is meanwhile."""
    topic = locked(topic)
    refuse_closed(topic.collection)
    if topic.merged_into_id:
        raise ValidationError("Dieses Thema ist in einem anderen aufgegangen. Bitte geben Sie Ihre Punkte dort.")
    given = TopicDot.objects.filter(collection=topic.collection, member=by)
    given.filter(topic=topic, place__gt=count).delete()
    places = set(given.filter(topic=topic).values_list("place", flat=True))
    wanted = [place for place in range(1, count + 1) if place not in places]
    free = sorted(set(range(1, DOTS + 1)) - set(given.values_list("number", flat=True)))
    if len(wanted) > len(free):
        raise ValidationError(TOO_MANY)
    key = {"topic": topic, "collection": topic.collection, "member": by}
    TopicDot.objects.bulk_create(
        TopicDot(number=number, place=place, **key) for number, place in zip(free, wanted, strict=False)
    )


def locked(topic: WorkshopTopic) -> WorkshopTopic:
    """The topic as it stands and stays until the end of the transaction; raises ValidationError where it is gone."""
    topics = WorkshopTopic.objects.select_for_update(of=("self",)).select_related("collection__event")
    if found := topics.filter(pk=topic.pk).first():
        return found
    raise ValidationError(GONE)


@transaction.atomic
def withdraw_topic(*, topic: WorkshopTopic, by: User, revision: int) -> None:
    """Take back one's own topic, as one has seen it at ``revision``, with one's own dots and comments.

    Raises ValidationError where others have taken it up, or where it was worded anew meanwhile.
    """
    standing = locked(topic)
    if not standing.may_be_changed_by(by):
        raise ValidationError(TAKEN_UP)
    if standing.revision != revision:
        raise ValidationError("Das Thema wurde inzwischen geändert. Bitte sehen Sie es sich noch einmal an.")
    standing.delete()


@transaction.atomic
def comment_topic(*, topic: WorkshopTopic, by: User, text: str) -> TopicComment:
    """Say something to a topic, until its workshop is over; raises ValidationError afterwards."""
    topic = locked(topic)
    if topic.collection.event.is_over:
        raise ValidationError("Der Workshop ist vorbei. Was herauskam, steht in seinem Report.")
    return TopicComment.objects.create(topic=topic, author=by, text=text)


def delete_comment(*, comment: TopicComment, by: User) -> None:
    """Take back what oneself said; raises ValidationError for the words of others."""
    if not TopicComment.objects.filter(pk=comment.pk, author=by).delete()[0]:
        raise ValidationError("Löschen können Sie nur, was Sie selbst geschrieben haben.")


@transaction.atomic
def merge_topics(*, topics: list[WorkshopTopic], by: User) -> tuple[WorkshopTopic, int]:
    """Merge topics into the one with the most dots (of two, the older); return it, and how many dots went back.

    Dots and comments move; what a member would have on it beyond three, the member may give again. Raises
    ValidationError unless there are two, of one collection, none of them merged already.
    """
    chosen = WorkshopTopic.objects.filter(pk__in=[topic.pk for topic in topics])
    refuse_merging(list(chosen.select_for_update().order_by("pk")))
    target, *others = chosen.with_dots().most_wanted_first()
    returned = sum(move_dots(other, target) for other in others)
    TopicComment.objects.filter(topic__in=others).update(topic=target)
    WorkshopTopic.objects.filter(merged_into__in=others).update(merged_into=target)
    if any(other.is_chosen for other in others) and not target.is_chosen:
        choose_topic(topic=target, by=by)
    gone = WorkshopTopic.objects.filter(pk__in=[other.pk for other in others])
    gone.update(merged_into=target, is_chosen=False, revision=F("revision") + 1)
    record(by, target, f"Zusammengelegt mit: {', '.join(map(str, others))}"[:200])
    return target, returned


def refuse_merging(topics: list[WorkshopTopic]) -> None:
    if len(topics) < 2:
        raise ValidationError("Bitte wählen Sie mindestens zwei Themen aus.")
    if len({topic.collection_id for topic in topics}) > 1:
        raise ValidationError("Zusammenlegen lassen sich nur Themen desselben Workshops.")
    if merged := next((topic for topic in topics if topic.merged_into_id), None):
        raise ValidationError(f"„{merged}“ ist schon in einem anderen Thema aufgegangen.")


def move_dots(topic: WorkshopTopic, target: WorkshopTopic) -> int:
    """Move each member's dots to the free places on the target; return how many found none and were given back."""
    returned = 0
    for dot in topic.dots.order_by("member", "place"):
        taken = set(target.dots.filter(member=dot.member_id).values_list("place", flat=True))
        free = next((place for place in range(1, DOTS_ON_ONE + 1) if place not in taken), None)
        if free:
            TopicDot.objects.filter(pk=dot.pk).update(topic=target, place=free)
        else:
            dot.delete()
            returned += 1
    return returned


def choose_topic(*, topic: WorkshopTopic, by: User, is_chosen: bool = True) -> None:
    """Fix a topic for the workshop, or take that back; raises ValidationError where that is so already."""
    with transaction.atomic():
        changing = WorkshopTopic.objects.standing().filter(pk=topic.pk, is_chosen=not is_chosen)
        if not changing.update(is_chosen=is_chosen, revision=F("revision") + 1):
            raise ValidationError(f"Das geht nicht: „{topic}“ hat sich inzwischen geändert oder steht schon so.")
        record(by, topic, "Für den Workshop festgelegt." if is_chosen else "Nicht mehr festgelegt.")
    topic.refresh_from_db()
