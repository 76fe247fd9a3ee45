"""What the exemplary members answer: invented, and plainly so."""

AGREED = {"G2": "yes", "G3": "yes", "G4": "yes", "G5": "yes"}

RESPONSES = {
    "mitglied2@example.org": {
        "A": [{}],
        "B": [
            {
                "B1": "Berichtsheft der Auszubildenden digital führen",
                "B2": "Die Hefte aus Papier lagen oft wochenlang herum, bevor jemand sie las. "
                "Seit dem Frühjahr schreiben unsere Auszubildenden auf dem Telefon, und wir zeichnen am selben Tag ab.",
                "B3": ["personalgewinnung-ausbildungsmarketing", "interne-ablaeufe-e-akte"],
                "B4": ["kleine-unternehmen-handwerk", "auszubildende-nachwuchs"],
                "B5": "in-use",
                "B6": "Abgezeichnet wird nach 2 statt nach 20 Tagen.",
                "B7": "Rund 15 Euro je Platz und Jahr, ein Vormittag Einweisung, eine Rückfrage bei der Kammer.",
                "B8": "on-request",
                "B9": "https://www.example.org/berichtsheft",
            },
        ],
        "C": [
            {
                "C1": "Aufmaß auf der Baustelle mit dem Tablet",
                "C2": "detours",
                "C3": "Ohne Netz ging zuerst nichts. Geholfen hätte uns ein Betrieb, der das schon macht.",
                "C4": ["connection", "acceptance", "skills"],
            }
        ],
        "F": [
            {
                "F1": ["talk", "visit"],
                "F2": ["expertise"],
                "F2-text": "jemanden, der sich mit Angeboten für Auszubildende auskennt",
            }
        ],
        "G": [{"G1": "named", **AGREED}],
    },
    "mitglied3@example.org": {
        "A": [{}],
        "D": [
            {
                "D1": "Einstieg in die Softwareentwicklung für Schulklassen",
                "D2": "Zwei Nachmittage im Halbjahr, an denen Klassen bei uns ein kleines Programm schreiben.",
                "D3": ["mint-nachwuchs"],
                "D4": "next-year",
                "D5": ["plan-together", "trial-partner"],
            }
        ],
        "E": [
            {
                "E1": "kleine-unternehmen-handwerk",
                "E2": ["selection", "security"],
                "E3": "Woran erkenne ich, ob ein Angebot aus der Cloud zu meinem Betrieb passt?",
                "E4": ["checklist", "advice"],
            }
        ],
        "F": [{"F1": ["expertise", "student-projects"], "F2": ["workforce"]}],
        "G": [AGREED],
    },
    "mitglied4@example.org": {
        "A": [{}],
        "B": [
            {
                "B1": "Schichttausch über eine gemeinsame Tafel am Telefon",
                "B2": "Wer tauschen wollte, hat herumtelefoniert. Jetzt steht der Wunsch auf der Tafel, wer kann, "
                "sagt zu, und die Schichtleitung bestätigt.",
                "B3": ["mobiles-arbeiten-zusammenarbeit", "produktion-handwerk-logistik"],
                "B4": ["mittlere-grosse-unternehmen", "beschaeftigte-interessenvertretungen"],
                "B5": "proven",
                "B6": "Etwa 6 Stunden weniger Abstimmung im Monat und Schicht.",
                "B7": "Eine Vereinbarung mit dem Betriebsrat, ein halber Tag Schulung.",
                "B8": "on-request",
            },
            {
                "B1": "Einarbeitung mit kurzen Lernfilmen",
                "B2": "Neue Kolleginnen und Kollegen bekamen je nach Schicht eine andere Einweisung. "
                "Zwölf kurze Filme zeigen nun die wichtigsten Handgriffe.",
                "B3": ["weiterbildung-digitale-kompetenzen"],
                "B4": ["beschaeftigte-interessenvertretungen"],
                "B5": "trial",
                "B8": "inspiration",
            },
        ],
        "F": [{"F1": ["visit", "documents"], "F2": ["nothing"]}],
        "G": [{"G1": "unnamed", **AGREED, "G4": "no"}],
    },
    "mitglied5@example.org": {
        "A": [{}],
        "C": [
            {
                "C1": "Einführung einer elektronischen Akte im Einkauf",
                "C2": "stuck",
                "C3": "Wir haben zu viel auf einmal gewollt. Ein kleiner Bereich als Anfang wäre besser gewesen.",
                "C4": ["time", "complexity", "interfaces"],
            }
        ],
        "E": [
            {
                "E1": "mittlere-grosse-unternehmen",
                "E2": ["standards", "law", "other"],
                "E2-text": "Rechnungen an Behörden",
                "E3": "Welche Nachweise nehmen die Ämter der Region schon digital an?",
                "E4": ["steps", "contact-list"],
            }
        ],
        "F": [{"F1": ["talk"], "F2": ["talk", "funding-expertise"]}],
        "G": [{**AGREED, "G2": "no"}],
    },
}
