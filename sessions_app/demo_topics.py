"""An exemplary workshop that is to come, with topics, dots and comments by exemplary members."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from ogl_portal.directory.models import User

from .models import Event, TopicCollection, TopicComment, TopicDot, WorkshopTopic

SLUG = "beispiel-workshop"
IN_DAYS = 38
INTRODUCTION = (
    "**Beispiel.** Im Workshop arbeiten wir mit Design Thinking: Wir sehen uns eine Frage aus der Sicht derer an, die "
    "sie betrifft, sammeln Ideen und bauen erste Muster. Dafür eignen sich Fragen, auf die noch niemand eine Antwort "
    "hat."
)
TOPICS = [
    (
        1, "Beispiel: Wie finden junge Leute Betriebe, in denen digital gearbeitet wird?",
        "Im Internet sehen die Betriebe alle gleich aus. Was müssten junge Leute sehen, damit sie nachfragen?",
        {1: 2, 2: 1, 4: 3, 9: 2, 10: 1},
        [(4, "Das beschäftigt uns gerade sehr. Wir könnten Auszubildende zum Workshop mitbringen."),
         (9, "Gern, wir laden auch Studierende ein.")],
    ),
    (
        6, "Beispiel: Was braucht eine kleine Gemeinde, um eine fertige Lösung zu übernehmen?",
        "Oft gibt es die Lösung schon, aber niemand hat Zeit, sie anzupassen.",
        {5: 1, 6: 3, 7: 2, 8: 2},
        [(8, "Vielleicht hilft eine Patenschaft mit einer Gemeinde, die sie schon nutzt.")],
    ),
    (
        3, "Beispiel: Wie lernen Teams digitale Werkzeuge nebenbei, ohne Schulungstag?", "",
        {3: 2, 4: 1, 11: 3}, [],
    ),
    (
        7, "Beispiel: Wie übernimmt eine Kommune Software, die es anderswo schon gibt?",
        "Ähnlich wie das zweite Thema: Vielleicht legt die OGL-Leitung beide zusammen.",
        {6: 1, 12: 1}, [],
    ),
]  # fmt: skip


def load() -> None:
    """Load the workshop, its collection and topics where they are missing."""
    event = load_event()
    collection, created = TopicCollection.objects.get_or_create(
        event=event, defaults={"introduction": INTRODUCTION, "closes_at": event.starts_at - timedelta(days=14)}
    )
    if created:
        for number, title, text, dots, comments in TOPICS:
            topic = WorkshopTopic.objects.create(
                collection=collection, title=title, text=text, proposed_by=member(number)
            )
            for who, count in dots.items():
                give(topic, member(who), count)
            for who, words in comments:
                TopicComment.objects.create(topic=topic, author=member(who), text=words)


def load_event() -> Event:
    day = timezone.localdate() + timedelta(days=IN_DAYS)
    starts_at, ends_at = (timezone.make_aware(datetime.combine(day, time(hour))) for hour in (14, 17))
    fields = {
        "kind": Event.Kind.WORKSHOP,
        "title": "Beispiel-Workshop: Design Thinking",
        "summary": "Ein erfundener Termin. Er zeigt, wie Mitglieder die Themen eines Workshops vorbereiten.",
        "description": "**Beispiel.** Diesen Workshop gibt es nicht, er gehört zu den Daten zum Ausprobieren.",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "join_url": "https://example.org/beispiel-workshop",
        "is_published": True,
        "is_example": True,
    }
    return Event.objects.get_or_create(slug=SLUG, defaults=fields)[0]


def member(number: int) -> User:
    return User.objects.get(email=f"mitglied{number}@example.org")


def give(topic: WorkshopTopic, user: User, count: int) -> None:
    """Let so many dots lie there; a member's numbers go on over all topics."""
    given = TopicDot.objects.filter(collection=topic.collection, member=user).count()
    key = {"collection": topic.collection, "topic": topic, "member": user}
    TopicDot.objects.bulk_create(TopicDot(number=given + n, place=n, **key) for n in range(1, count + 1))
