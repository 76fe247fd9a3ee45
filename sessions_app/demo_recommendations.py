"""Exemplary recommendations of the series of 2021: the report says that there are to be some, and names none."""

from datetime import date

from .models import Event, Recommendation, Series

SERIES = "digitalisierung-und-die-neue-arbeitswelt"
INTRODUCTION = (
    "**Beispiel.** Die drei Abende der Serie haben 2021 stattgefunden. An ihrem Ende sollten Empfehlungen stehen, an "
    "kleine und mittlere Unternehmen und an die Politik. Welche das waren, ist nicht überliefert.\n\n"
    "Damit zu sehen ist, wie ein solches Papier aussieht, stehen hier erfundene Empfehlungen. Sie sind weder "
    "abgestimmt noch übergeben worden; auch Stand und Antwort sind Beispiele."
)
Addressee, Status = Recommendation.Addressee, Recommendation.Status
HANDED_OVER = {"handed_over_to": "Beispiel-Ausschuss für Wirtschaft", "handed_over_on": date(2021, 7, 8)}
FIRST, SECOND, THIRD = (
    "session-1-gemeinsam-und-organisiert", "session-2-miteinander-kommunizieren", "session-3-chancen-erkennen",
)  # fmt: skip

RECOMMENDATIONS = [
    {
        "addressee": Addressee.COMPANIES,
        "event": FIRST,
        "title": "Beispiel: Mit einem Ablauf beginnen, der jede Woche Zeit kostet",
        "text": "Der Betrieb wählt **einen** Ablauf aus, etwa das Erfassen von Stunden, und stellt nur diesen um:\n\n"
        "- eine Person kümmert sich darum und bekommt dafür feste Zeit,\n"
        "- nach sechs Wochen sehen alle zusammen nach, was leichter geworden ist,\n"
        "- erst danach folgt der nächste Ablauf.",
        "reasoning": "Wer alles auf einmal umstellt, verliert leicht Geduld und Geld. Ein kleiner Erfolg, den alle "
        "merken, überzeugt mehr als ein großer Plan.",
        "status": Status.AGREED,
    },
    {
        "addressee": Addressee.COMPANIES,
        "event": SECOND,
        "title": "Beispiel: Gemeinsam vereinbaren, wofür welcher Kanal da ist",
        "text": "Das Team hält auf einer Seite fest, was per Mail, was im Chat und was im Gespräch geklärt wird, und "
        "wann niemand antworten muss. Nach drei Monaten wird die Seite überprüft.",
        "reasoning": "Viele Kanäle ohne Absprache führen zu doppelter Arbeit. Eine kurze Vereinbarung kostet nichts "
        "und schützt den Feierabend.",
        "status": Status.AGREED,
    },
    {
        "addressee": Addressee.COMPANIES,
        "event": THIRD,
        "title": "Beispiel: Auszubildende zu Ratgebenden machen",
        "text": "Auszubildende stellen einmal im Vierteljahr ein digitales Werkzeug vor, das sie kennen, und probieren "
        "es mit Kolleginnen und Kollegen aus.",
        "reasoning": "Junge Leute bringen Erfahrung mit, die im Betrieb oft niemand abruft. Beide Seiten lernen, und "
        "der Betrieb wird für Bewerbungen interessanter.",
        "status": Status.AGREED,
    },
    {
        "addressee": Addressee.POLITICS,
        "event": FIRST,
        "title": "Beispiel: Beratung für sehr kleine Betriebe ohne Antrag ermöglichen",
        "text": "Betriebe mit weniger als zehn Beschäftigten erhalten zwei Beratungstage im Jahr, für die ein Anruf "
        "genügt. Abgerechnet wird zwischen Land und Beratungsstelle.",
        "reasoning": "Für zwei Tage Beratung lohnt sich ein Förderantrag nicht. Gerade die kleinsten Betriebe fragen "
        "deshalb gar nicht erst nach.",
        "status": Status.ANSWERED,
        **HANDED_OVER,
        "answer": "**Beispiel.** Der Beispiel-Ausschuss hat die Empfehlung beraten. Er will sie mit zwei "
        "Beratungsstellen ein Jahr lang erproben und danach entscheiden.",
        "answered_on": date(2021, 9, 16),
    },
    {
        "addressee": Addressee.POLITICS,
        "event": THIRD,
        "title": "Beispiel: Formulare der Ausbildung an einer Stelle einreichen",
        "text": "Was zu einem Ausbildungsvertrag gehört, lässt sich an **einer** Stelle digital abgeben. Kammer, "
        "Berufsschule und Krankenkasse erhalten ihren Teil von dort.",
        "reasoning": "Heute schreiben Betriebe dieselben Angaben mehrmals. Das kostet Zeit und führt zu Fehlern.",
        "status": Status.HANDED_OVER,
        **HANDED_OVER,
    },
]


def load() -> None:
    """Load the recommendations of a series that has none, as it stands after its end."""
    series = Series.objects.get(slug=SERIES)
    if series.recommendations.exists():
        return
    if not series.paper_introduction:
        series.paper_introduction = INTRODUCTION
        series.save(update_fields=["paper_introduction"])
    for position, fields in enumerate(RECOMMENDATIONS, start=1):
        event = Event.objects.get(slug=fields["event"])
        Recommendation.objects.create(
            series=series, position=position, is_example=True, agreed_on=date(2021, 7, 1), **fields | {"event": event}
        )
