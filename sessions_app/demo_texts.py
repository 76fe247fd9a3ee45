"""The texts of the demo data, in our own words."""

from datetime import date, time

from .models import ReportSection

Number = ReportSection.Number
EVENING = (time(17), time(18, 30))
AFTERNOON = (time(16), time(18))

BOARD = ["Was wurde\ngelöst?", "Was kostet\nes?", "Wer gibt\nAuskunft?"]
"""The cards on the exemplary picture of a board."""

SERIES = {
    "title": "Digitalisierung und die neue Arbeitswelt: Wie packen wir das an?",
    "summary": "Drei öffentliche Online-Abende zum Weg in die Digitalisierung.",
    "description": "Die Arbeitsgruppe begleitet diese Serie. Zwei Organisationen aus der Region veranstalten sie "
    "gemeinsam. Jeder Abend hat ein eigenes Thema.",
    "aim": "Wenn die Serie endet, sollen Empfehlungen vorliegen:\n\n"
    "- für **kleine und mittlere Unternehmen** auf ihrem Weg in die Digitalisierung,\n"
    "- für die **Politik** dazu, welche Rahmenbedingungen sich ändern müssen.",
}

NOT_HANDED_DOWN = "Was an diesem Abend besprochen wurde, ist hier nicht festgehalten."
SESSIONS = {
    "session-1-gemeinsam-und-organisiert": {
        "title": "Gemeinsam und organisiert in die Digitalisierung",
        "summary": "Der Auftakt der Serie.",
        "day": date(2021, 5, 20),
        "hours": EVENING,
        "description": "Der erste von drei Abenden. Aus Sicht der Beteiligten ist die Serie damit gut "
        "gestartet.\n\n" + NOT_HANDED_DOWN,
    },
    "session-2-miteinander-kommunizieren": {
        "title": "Miteinander kommunizieren in der Digitalisierung",
        "summary": "Der zweite Abend der Serie.",
        "day": date(2021, 6, 3),
        "hours": EVENING,
        "description": "Der zweite von drei Abenden, eine Woche nach dem Workshop der Arbeitsgruppe.\n\n"
        + NOT_HANDED_DOWN,
    },
    "session-3-chancen-erkennen": {
        "title": "Chancen erkennen in der Digitalisierung",
        "summary": "Der dritte Abend der Serie.",
        "day": date(2021, 6, 17),
        "hours": EVENING,
        "description": "Der letzte von drei Abenden. Danach sollen die Empfehlungen zusammengefasst "
        "werden.\n\n" + NOT_HANDED_DOWN,
    },
}

MEETINGS = {
    "ag-sitzung-2021-01-28": {
        "title": "Erste Beratung der Arbeitsgruppe",
        "summary": "Die Arbeitsgruppe klärt, wie sie sich versteht.",
        "day": date(2021, 1, 28),
        "hours": None,
        "description": "Der Report vom 27.05.2021 nennt den Tag und das Thema, Uhrzeit und Ort nicht.",
        "outcome": "Das gemeinsame Selbstverständnis: Die Arbeitsgruppe begleitet aktiv, wie sich die Arbeit "
        "in der Region verändert.",
    },
    "ag-sitzung-2021-11-04": {
        "title": "AG-Sitzung im November 2021",
        "summary": "Auf der Tagesordnung: die Wissensdatenbank.",
        "day": date(2021, 11, 4),
        "hours": AFTERNOON,
        "description": "Angekündigt im Report vom 27.05.2021. Wo die Sitzung stattfand und was sie ergab, "
        "ist hier nicht festgehalten.",
        "agenda": [
            ("Wissensdatenbank", "So vereinbart in den nächsten Schritten des Reports vom 27.05.2021 (Schritt d).")
        ],
    },
}

WORKSHOP = {
    "title": "Digitalisierung in der Arbeitswelt/Arbeitswelt im Wandel",
    "summary": "Aus dem Selbstverständnis der Arbeitsgruppe werden konkrete Vorhaben.",
    "day": date(2021, 5, 27),
    "hours": AFTERNOON,
    "description": "Workshop der Arbeitsgruppe als Online-Konferenz, in der Projektgruppenarbeit des Open "
    "Government Labors 2021.",
    "outcome": "Die Session-Serie geht weiter, ein Fragebogen sammelt Beispiele, Erfahrungen und Vorhaben, und "
    "eine Wissensdatenbank "
    "kommt auf die Tagesordnung. Ausführlich steht alles im Report.",
    "agenda": [
        ("Frage a) Wie soll es mit den Sessions weitergehen?", ""),
        ("Frage b) Wie erreichen Informationen zur neuen Arbeitswelt die Zielgruppen besser?", ""),
    ],
}

COMING = {
    "beispiel-session": {
        "kind": "session",
        "title": "Beispiel-Session: Digitale Werkzeuge für kleine Teams",
        "summary": "Ein erfundener Termin. Er zeigt, wie eine kommende Session aussieht.",
        "in_days": 10,
        "hours": EVENING,
        "join_url": "https://example.org/beispiel-session",
        "is_open_to_all": True,
        "speakers": [("Olga", "Einführung"), ("beispiel-software", "Bericht aus der Praxis")],
        "materials": [("Handzettel zum Abend", True)],
        "description": "**Beispiel.** Diesen Abend gibt es nicht, er gehört zu den Daten zum Ausprobieren.\n\n"
        "Eine Einladung könnte so klingen: Wir sprechen darüber, welche Werkzeuge sich im Alltag bewährt haben und "
        "womit ein kleiner Betrieb am besten beginnt. Vorkenntnisse sind nicht nötig.",
    },
    "beispiel-ag-sitzung": {
        "kind": "meeting",
        "title": "Beispiel-Sitzung der Arbeitsgruppe",
        "summary": "Ein erfundener Termin. Er zeigt, wie eine kommende AG-Sitzung aussieht.",
        "in_days": 24,
        "hours": AFTERNOON,
        "join_url": "https://example.org/beispiel-ag-sitzung",
        "materials": [("Vorlage zur Tagesordnung", False)],
        "description": "**Beispiel.** Diese Sitzung gibt es nicht, sie gehört zu den Daten zum Ausprobieren.",
        "agenda": [
            ("Was seit der letzten Sitzung geschehen ist", ""),
            ("Rückmeldungen aus dem Fragebogen", "Erste Eindrücke, danach Gespräch in der Runde."),
            ("Nächste Schritte und Termine", ""),
        ],
    },
    "beispiel-workshop": {
        "kind": "workshop",
        "title": "Beispiel-Workshop: Formulare, die alle verstehen",
        "summary": "Ein erfundener Termin. Er zeigt, wie ein verschobener Termin aussieht.",
        "in_days": 38,
        "moved_by": 7,
        "hours": AFTERNOON,
        "is_online": False,
        "place": "Beispiel-Hochschule, Raum 1",
        "status": "moved",
        "status_note": "Der Raum war am ersten Tag belegt.",
        "description": "**Beispiel.** Diesen Workshop gibt es nicht, er gehört zu den Daten zum Ausprobieren.",
    },
}

HANDOUT = [
    "Worum es geht und für wen der Termin gedacht ist.",
    "Drei Fragen, über die Sie vorher nachdenken können.",
    "Wo Sie danach weiterlesen.",
]

REPORT_SECTIONS = {
    Number.INTRODUCTION: (
        "Das Selbstverständnis aus der ersten Beratung am 28.01.2021 lautet: Die Arbeitsgruppe begleitet "
        "aktiv, wie sich die Arbeit in der Region verändert. Im Workshop am 27.05.2021 ging es um das, was daraus "
        "praktisch folgt: "
        "einzelne Vorhaben, die zusammen einen Rahmen für die weitere Arbeit der AG ergeben."
    ),
    Number.SUBJECT: (
        "Zwei Fragen standen im Mittelpunkt:\n\n"
        "**a)** Wie soll die begonnene Reihe der Sessions weitergehen?\n\n"
        "**b)** Auf welchen Wegen erreichen Informationen über die neue, digitale Arbeitswelt die "
        "unterschiedlichen Zielgruppen "
        "besser als bisher?"
    ),
    Number.PARTICIPANTS: "",
    Number.STATUS_QUO: (
        "1. **Die Session-Serie läuft.** „Digitalisierung und die neue Arbeitswelt: Wie packen wir das an?“ hat "
        "am 20.05.2021 "
        "begonnen, aus Sicht der Beteiligten mit einem guten Start. Veranstaltet wird sie gemeinsam vom Regionalen "
        "Digitalisierungszentrum Merseburg \\[Saalekreis\\] und der Unternehmerinitiative Familienfreundliches "
        "Halle. Am Ende sollen "
        "Empfehlungen stehen: an kleine und mittlere Unternehmen für ihren Weg in die Digitalisierung, an die "
        "Politik zu den "
        "Rahmenbedingungen, die sich ändern müssen. Die Abende, jeweils online von 17.00 bis 18.30\u00a0Uhr:\n"
        "   - Session 1 am 20.05.2021: „Gemeinsam und organisiert in die Digitalisierung“\n"
        "   - Session 2 am 03.06.2021: „Miteinander kommunizieren in der Digitalisierung“\n"
        "   - Session 3 am 17.06.2021: „Chancen erkennen in der Digitalisierung“\n"
        "2. **Der Informationsbedarf ist noch nicht genau genug bekannt.** Die Mitglieder und ihre Netzwerke "
        "haben Erfahrung mit der "
        "neuen, digitalen Arbeitswelt. Um sie gezielt weiterzugeben, braucht es zuerst ein klares Bild davon, "
        "was die "
        "beteiligten Zielgruppen wissen möchten."
    ),
    Number.PRIORITIES: (
        "1. **Sessions:** Die Serie geht weiter.\n"
        "2. **Erfahrungen sammeln:** Die AG trägt eigene Erfahrungen und gute Beispiele zusammen. Sie zeigen "
        "zugleich, welche "
        "Informationen sich die Zielgruppen wünschen. Dafür gibt es den Fragebogen in Anlage 1. "
        "Sein Titel stammt aus der ursprünglichen Fassung dieses Reports; die Fragen sind für dieses Portal neu "
        "geschrieben.\n"
        "3. **Vorhaben verbinden:** Wo es darum geht, junge Leute für Berufe der neuen Arbeitswelt zu gewinnen "
        "(Azubimarketing), "
        "berühren sich mehrere Vorhaben. So ließen sich die Erfahrungen aus „Azubi 4ID“ (Herr Ozimek) mit den neuen "
        "Kommunikationsmitteln zusammenbringen, mit denen die Hochschule Merseburg für MINT werben will (Frau "
        "Prof. Mrech). "
        "Die Suche nach solchen Verbindungen geht weiter.\n"
        "4. **Wissensdatenbank:** Die AG hält eine Sammlung digitaler Musterlösungen für sinnvoll, die andere "
        "übernehmen können. "
        "Ein Beispiel ist die digitale Anmeldung eines Ausbildungsvertrages.\n"
        "5. **Kommunalverwaltungen:** Neben den Unternehmen sind sie eine wichtige Zielgruppe, denn sie "
        "brauchen Hilfe dabei, das "
        "OZG umzusetzen. Die AG gibt dafür Erfahrungen weiter; die Gemeinde Schkopau etwa bringt ihre "
        "Digitalisierung in den "
        "Open-Government-Prozess ein. Wofür Verwaltung und Politik des Landes bei der Information selbst "
        "verantwortlich sind, "
        "übernimmt die AG nicht.\n"
        "6. **Design Thinking:** Themen aus der AG, die noch auszuwählen sind, bearbeitet ein "
        "Design-Thinking-Workshop weiter "
        "(Frau Reichel). Näheres erfahren die Mitglieder vorab."
    ),
    Number.NEXT_STEPS: (
        "Vereinbart wurden die folgenden Schritte. T steht für den Termin, V für die Verantwortlichen. Die "
        "Buchstaben sind die der "
        "ursprünglichen Fassung; einen Schritt e) gibt es dort nicht."
    ),
    Number.NEXT_MEETING: "Auf die Tagesordnung kommt dann die Wissensdatenbank (Schritt d).",
}
