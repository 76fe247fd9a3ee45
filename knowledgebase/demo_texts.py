"""Texts of the demo's solutions, in our own words; the slugs are those of the demo of directory."""
# ruff: noqa: E501 - one text a line

from .models import Solution

Kind, Reuse, Stage, Licence = Solution.Kind, Solution.ReuseModel, Solution.Stage, Solution.Licence
NO_COST = {"once_kind": "none", "yearly_kind": "none"}
EXAMPLE = (
    "**Dieser Eintrag ist ein erfundenes Beispiel.** Er zeigt, was eine Lösung in der Wissensdatenbank enthält.\n\n"
)

SOLUTIONS = {
    "passwort-patenschaften": {
        "title": "Passwort-Patenschaften im Betrieb",
        "summary": "In jeder Abteilung hilft eine Person den anderen, Passwörter sicher zu verwalten.",
        "description": EXAMPLE + (
            "In jeder Abteilung ist eine Person ansprechbar, wenn es um Passwörter und Anmeldungen geht. Sie richtet mit "
            "den anderen einen Passwortspeicher ein und übt mit ihnen, gefälschte Nachrichten zu erkennen."
        ),
        "problem": "Passwörter standen auf Zetteln, und nach jedem Urlaub waren Konten gesperrt.",
        "benefit": "Im Beispielbetrieb sank die Zahl der gesperrten Konten von zwölf auf zwei im Monat.",
        "features": "Kurzschulung von 45 Minuten\nMerkblatt zum Ausdrucken\nfeste Sprechzeit je Abteilung",
        "kind": Kind.ORGANISATION, "reuse_model": Reuse.TEMPLATE, "stage": Stage.PRODUCTIVE, "licence": Licence.CC0,
        "effort_days_from": 2, "effort_days_to": 4, "duration_weeks": 3, **NO_COST,
        "technical_requirements": "Ein Passwortspeicher, den die Geschäftsführung freigegeben hat.",
        "publisher": "beispiel-maschinenbau", "contact": "mitglied5@example.org", "reviewed_days_ago": 400,
        "target_groups": ["kleine-unternehmen-handwerk", "mittlere-grosse-unternehmen"],
        "topics": ["it-sicherheit-datenschutz", "weiterbildung-digitale-kompetenzen"],
        "steps": [
            ("Freiwillige finden", "Fragen Sie in jeder Abteilung nach einer Person, die gern erklärt.",
             "Geschäftsführung", "1 Woche", "jede Abteilung eine Person genannt hat"),
            ("Kurzschulung halten", "Üben Sie mit echten Beispielen aus Ihrem Postfach.",
             "IT-Leitung", "45 Minuten", "alle Freiwilligen den Passwortspeicher nutzen"),
        ],
    },
    "e-rechnung-schritt-fuer-schritt": {
        "title": "E-Rechnung Schritt für Schritt",
        "summary": "Leitfaden, mit dem kleine Betriebe elektronische Rechnungen empfangen, prüfen und aufbewahren.",
        "description": EXAMPLE + (
            "Der Leitfaden führt in vier Schritten von der Papierrechnung zur elektronischen Rechnung. Er nennt, was in der "
            "Buchhaltung zu klären ist, und enthält Muster für die Absprache mit Steuerbüro und Lieferfirmen."
        ),
        "problem": "Rechnungen kamen auf fünf Wegen an; niemand wusste sicher, welche schon bezahlt war.",
        "benefit": "Im Beispielbetrieb dauert eine Rechnung vom Eingang bis zur Zahlung vier statt elf Tage.",
        "features": "Prüfliste für den Rechnungseingang\nMuster-Anschreiben an Lieferfirmen\nAblage nach Jahr und Firma",
        "kind": Kind.GUIDE, "reuse_model": Reuse.TEMPLATE, "stage": Stage.PRODUCTIVE, "licence": Licence.CC_BY,
        "effort_days_from": 3, "effort_days_to": 5, "duration_weeks": 6,
        "once_kind": "range", "once_from": 0, "once_to": 800, "yearly_kind": "range", "yearly_from": 60, "yearly_to": 240,
        "technical_requirements": "Ein Programm, das elektronische Rechnungen liest, und eine Absprache mit dem Steuerbüro.",
        "publisher": "beispiel-handwerk", "contact": "mitglied1@example.org", "reviewed_days_ago": 40,
        "target_groups": ["kleine-unternehmen-handwerk"],
        "topics": ["interne-ablaeufe-e-akte", "produktion-handwerk-logistik"],
        "steps": [
            ("Eingang bündeln", "Richten Sie ein einziges Postfach für Rechnungen ein.", "Büroleitung", "1 Tag",
             "alle Lieferfirmen die Adresse kennen"),
            ("Prüfung festlegen", "Legen Sie fest, wer sachlich und wer rechnerisch prüft.", "Geschäftsführung", "2 Stunden",
             "die Prüfliste ausgefüllt ist"),
            ("Aufbewahren", "Klären Sie mit dem Steuerbüro, wo die Rechnungen unverändert liegen.", "Buchhaltung", "1 Tag",
             "die Ablage beschrieben ist"),
        ],
    },
    "baustellentagebuch-auf-dem-telefon": {
        "title": "Baustellentagebuch auf dem Telefon",
        "summary": "Fotos, Stunden und Material des Tages mit dem Telefon festhalten, auch ohne Netz.",
        "description": EXAMPLE + (
            "Eine kleine Anwendung, mit der Teams auf der Baustelle ihren Tag festhalten. Sie arbeitet ohne Netz und gleicht "
            "sich im Büro ab. Die Einträge gehen als PDF an die Auftraggebenden."
        ),
        "problem": "Zettel gingen verloren, und Nachträge ließen sich nicht belegen.",
        "benefit": "Im Beispielbetrieb spart jedes Team etwa zwei Stunden Büroarbeit in der Woche.",
        "features": "arbeitet ohne Netz\nFotos mit Zeit und Ort\nTagesbericht als PDF\nAuswertung je Auftrag",
        "kind": Kind.SOFTWARE, "reuse_model": Reuse.PURCHASE, "stage": Stage.PILOT, "licence": Licence.PROPRIETARY,
        "effort_days_from": 4, "effort_days_to": 8, "duration_weeks": 8,
        "once_kind": "range", "once_from": 1500, "once_to": 3000, "yearly_kind": "on-request",
        "technical_requirements": "Telefone für die Teams und eine Absprache, welche Fotos gemacht werden dürfen.",
        "publisher": "beispiel-software", "contact": "mitglied3@example.org", "reviewed_days_ago": 15,
        "target_groups": ["kleine-unternehmen-handwerk", "mittlere-grosse-unternehmen"],
        "topics": ["produktion-handwerk-logistik", "mobiles-arbeiten-zusammenarbeit"],
        "steps": [
            ("Mit einem Team beginnen", "Wählen Sie eine Baustelle und ein Team, das Lust darauf hat.", "Bauleitung",
             "2 Wochen", "das Team eine Woche lang ohne Zettel ausgekommen ist"),
            ("Vorlagen anpassen", "Passen Sie Gewerke und Auftragsnummern an.", "Büro", "1 Tag",
             "der Tagesbericht aussieht wie gewohnt"),
        ],
    },
    "gewerbemeldung-mit-vorab-pruefung": {
        "title": "Gewerbemeldung mit Vorab-Prüfung",
        "summary": "Ein Onlinedienst, der Angaben schon beim Ausfüllen prüft und Rückfragen vermeidet.",
        "description": EXAMPLE + (
            "Der Dienst fragt nur, was für den jeweiligen Fall nötig ist, und prüft die Angaben sofort. Das Gewerbeamt erhält "
            "einen vollständigen Vorgang; wer meldet, sieht jederzeit den Stand."
        ),
        "problem": "Jede zweite Meldung war unvollständig und kostete Rückfragen.",
        "benefit": "In der Beispielgemeinde sind neun von zehn Meldungen sofort vollständig.",
        "features": "Fragen je nach Fall\nsofortige Prüfung\nStand der Bearbeitung\nÜbergabe an das Fachverfahren",
        "kind": Kind.ONLINE_SERVICE, "reuse_model": Reuse.FIM, "stage": Stage.DEVELOPMENT, "licence": Licence.EUPL,
        "effort_days_from": 15, "effort_days_to": 30, "duration_weeks": 26,
        "once_kind": "range", "once_from": 8000, "once_to": 20000,
        "yearly_kind": "range", "yearly_from": 1200, "yearly_to": 2500,
        "technical_requirements": "Anbindung an das Fachverfahren; Vereinbarung zur Auftragsverarbeitung.",
        "publisher": "gemeinde-musterdorf", "contact": "mitglied7@example.org", "reviewed_days_ago": 90,
        "target_groups": ["kommunalverwaltungen", "kammern-verbaende-wirtschaftsfoerderung"],
        "topics": ["digitale-verwaltungsleistungen"],
        "steps": [
            ("Ablauf aufschreiben", "Halten Sie fest, wer heute was prüft und wo Rückfragen entstehen.", "Gewerbeamt",
             "3 Tage", "der Ablauf auf eine Seite passt"),
            ("Fragen kürzen", "Streichen Sie, was das Amt schon weiß oder nicht braucht.", "Gewerbeamt", "2 Tage",
             "jede Frage einen Grund hat"),
            ("Erproben", "Lassen Sie fünf Betriebe probeweise melden und sehen Sie ihnen zu.", "Digitalisierungsbeauftragte",
             "4 Wochen", "alle fünf ohne Hilfe fertig wurden"),
        ],
    },
    "sitzungsunterlagen-fuer-alle": {
        "title": "Sitzungsunterlagen, die alle lesen können",
        "summary": "Vorlagen und Ablauf, mit denen Gemeinden barrierefreie Sitzungsunterlagen veröffentlichen.",
        "description": EXAMPLE + (
            "Das Paket enthält Dokumentvorlagen, eine Prüfliste und einen Ablauf vom Entwurf bis zur Veröffentlichung. Damit "
            "entstehen Unterlagen, die auch am Telefon und mit Vorleseprogrammen lesbar sind."
        ),
        "problem": "Eingescannte Unterlagen ließen sich weder durchsuchen noch vorlesen.",
        "benefit": "Im Beispiellandkreis fällt seither keine Anfrage nach lesbaren Fassungen mehr an.",
        "features": "Vorlagen für Vorlage, Niederschrift und Einladung\nPrüfliste mit zwölf Punkten\nKurzschulung",
        "kind": Kind.PROCESS, "reuse_model": Reuse.TEMPLATE, "stage": Stage.PRODUCTIVE, "licence": Licence.CC_BY_SA,
        "effort_days_from": 5, "effort_days_to": 10, "duration_weeks": 10, **NO_COST,
        "technical_requirements": "Ein Textprogramm, das barrierefreie PDF schreibt.",
        "publisher": "landkreis-musterland", "contact": "mitglied8@example.org", "reviewed_days_ago": 120,
        "target_groups": ["kommunalverwaltungen", "buergerschaft-ehrenamt"],
        "topics": ["interne-ablaeufe-e-akte", "strategie-fuehrung-beteiligung"],
        "steps": [
            ("Vorlagen übernehmen", "Setzen Sie Ihren Namen und Ihre Farben ein.", "Hauptamt", "2 Tage",
             "eine Probeeinladung die Prüfliste besteht"),
            ("Schulen", "Zeigen Sie allen, die schreiben, die drei wichtigsten Handgriffe.", "Hauptamt", "90 Minuten",
             "jedes Amt einmal dabei war"),
        ],
    },
    "digitale-anmeldung-eines-ausbildungsvertrages": {
        "title": "Digitale Anmeldung eines Ausbildungsvertrages",
        "summary": "Betriebe melden Ausbildungsverträge online an und sehen, wann sie eingetragen sind.",
        "description": (
            "Der Report vom 27.05.2021 nennt die digitale Anmeldung eines Ausbildungsvertrages als Beispiel für diese "
            "Wissensdatenbank. **Alles Weitere auf dieser Seite ist ein ausgearbeitetes Beispiel:** Ablauf, Zahlen und "
            "Ansprechperson sind erfunden.\n\n"
            "Der Betrieb füllt den Vertrag an einer Stelle aus. Das Formular kennt die Ausbildungsberufe, rechnet Probezeit "
            "und Vergütung nach und erklärt, was fehlt. Auszubildende und, bei Minderjährigen, ihre Sorgeberechtigten "
            "stimmen mit einem eigenen Link zu. Die Kammer erhält den vollständigen Vorgang und trägt ihn ein."
        ),
        "problem": (
            "Verträge gingen in drei Ausfertigungen per Post hin und her. Fehlte eine Unterschrift oder ein Datum, begann "
            "der Weg von vorn; vor dem Ausbildungsstart stauten sich die Anmeldungen."
        ),
        "benefit": (
            "Im Beispiel ist ein Vertrag nach 4 statt 18 Tagen eingetragen, und Rückfragen sind selten geworden. Betriebe "
            "und Auszubildende sehen jederzeit, wie weit es ist."
        ),
        "features": (
            "Ausfüllhilfe mit Ausbildungsberufen\nPrüfung von Probezeit, Urlaub und Vergütung\nZustimmung mit eigenem Link\n"
            "Stand der Eintragung\nVertrag als PDF für die Personalakte"
        ),
        "kind": Kind.ONLINE_SERVICE, "reuse_model": Reuse.DECENTRAL, "stage": Stage.PILOT, "licence": Licence.EUPL,
        "effort_days_from": 8, "effort_days_to": 15, "duration_weeks": 12,
        "once_kind": "range", "once_from": 2500, "once_to": 6000,
        "yearly_kind": "range", "yearly_from": 400, "yearly_to": 900,
        "technical_requirements": (
            "- **Technik:** ein Server oder ein Anbieter, eine Verbindung zum Verzeichnis der Ausbildungsverhältnisse\n"
            "- **Recht:** geklärt, welche Form die Zustimmung braucht; Vereinbarung zur Auftragsverarbeitung\n"
            "- **Organisation:** je eine Ansprechperson in Kammer und Ausbildungsberatung"
        ),
        "publisher": "beispiel-kammer", "contact": "mitglied11@example.org", "reviewed_days_ago": 20,
        "target_groups": ["kleine-unternehmen-handwerk", "kammern-verbaende-wirtschaftsfoerderung",
                          "auszubildende-nachwuchs"],
        "topics": ["personalgewinnung-ausbildungsmarketing", "digitale-verwaltungsleistungen"],
        "steps": [
            ("Form und Zuständigkeit klären",
             "Sprechen Sie mit der zuständigen Stelle ab, in welcher Form Vertrag und Zustimmung anerkannt werden.",
             "Ausbildungsleitung und Kammer", "2 Wochen", "die Antwort schriftlich vorliegt"),
            ("Vertragsmuster übertragen",
             "Übernehmen Sie Ihr Muster in das Formular. Streichen Sie, was sich aus anderen Angaben ergibt.",
             "Ausbildungsberatung", "3 Tage", "ein Probevertrag ohne Rückfrage durchläuft"),
            ("Mit wenigen Betrieben erproben",
             "Begleiten Sie fünf Betriebe bei ihrer ersten Anmeldung und notieren Sie, wo sie stocken.",
             "Ausbildungsberatung", "4 Wochen", "alle fünf Verträge eingetragen sind"),
            ("Freischalten und bekannt machen",
             "Öffnen Sie den Dienst für alle und nennen Sie ihn in jedem Schreiben zum Ausbildungsstart.",
             "Kammer", "1 Woche", "das Papierformular auf den Dienst verweist"),
        ],
    },
}  # fmt: skip

DRAFT = {
    "title": "Digitales Fundbüro",
    "summary": "Gefundenes online melden und suchen. Ein unfertiger Entwurf: Zum Veröffentlichen fehlt noch einiges.",
    "kind": Kind.ONLINE_SERVICE,
    "is_example": True,
}
