"""Synonyms to begin with, from the everyday language of administrations and small firms; the OGL-Leitung edits them."""

from django.db import migrations

GROUPS = """
Azubi = Auszubildende = Lehrling = Ausbildung = Berufsausbildung = Lehre
Ausbildungsvertrag = Berufsausbildungsvertrag = Lehrvertrag = Azubi-Vertrag
Ausbildungsplatz = Lehrstelle = Ausbildungsstelle
Ausbilder = Ausbildungsbetrieb = Lehrmeister
Praktikum = Praktikant = Schnupperlehre
Stellenanzeige = Stellenausschreibung = Stellenangebot = Jobangebot = Stelleninserat
Bewerbung = bewerben = Bewerber
Personalgewinnung = Recruiting = Fachkräftegewinnung = Mitarbeitergewinnung = Personalsuche
Fachkräftemangel = Personalmangel
Mitarbeiter = Mitarbeitende = Beschäftigte = Angestellte = Personal = Belegschaft = Arbeitnehmer
Führungskraft = Vorgesetzte = Chef
Arbeitgeber = Betrieb = Unternehmen = Firma
KMU = kleine und mittlere Unternehmen = Mittelstand = Kleinunternehmen
Kunde = Kundschaft
Onboarding = Einarbeitung
Homeoffice = Home Office = Telearbeit = mobiles Arbeiten = Heimarbeit = mobile Arbeit
Videokonferenz = Online-Konferenz = Onlinebesprechung = Video-Meeting = Webkonferenz = Videocall
Besprechung = Meeting = Sitzung
Arbeitszeiterfassung = Zeiterfassung = Stempeluhr = Stechuhr
Dienstplan = Schichtplan = Einsatzplan = Personaleinsatzplanung
Urlaubsantrag = Urlaubsplanung = Urlaub beantragen
Krankmeldung = Krankschreibung = Arbeitsunfähigkeitsbescheinigung = eAU = AU-Bescheinigung
Gehalt = Lohn = Vergütung
Lohnabrechnung = Gehaltsabrechnung = Entgeltabrechnung
Dienstreise = Geschäftsreise
Reisekosten = Reisekostenabrechnung = Spesen
Weiterbildung = Fortbildung = Schulung = Qualifizierung
E-Learning = Online-Lernen = digitales Lernen = Onlinekurs
Kündigung = kündigen
Rente = Ruhestand = Pension
Betriebsrat = Personalrat = Mitarbeitervertretung
Arbeitsschutz = Arbeitssicherheit = Unfallverhütung
Unterweisung = Sicherheitsunterweisung = Arbeitsschutzbelehrung
Gründung = Existenzgründung = Unternehmensgründung = Firmengründung = Start-up = Selbstständigkeit
Gewerbeanmeldung = Gewerbe anmelden = Gewerbeanzeige
Gewerbeabmeldung = Gewerbe abmelden
Unternehmensnachfolge = Betriebsübergabe = Betriebsnachfolge = Nachfolge = Nachfolger
Rechnung = Faktura
E-Rechnung = elektronische Rechnung = XRechnung = ZUGFeRD = digitale Rechnung
Buchhaltung = Buchführung
Kasse = Kassensystem = Registrierkasse
Zahlung = bezahlen = Bezahlung
Förderung = Fördermittel = Zuschuss = Förderprogramm = Zuwendung
Spende = Spenden
Onlineshop = Online-Shop = Webshop = Internetladen = E-Commerce
Werbung = Marketing = Reklame
Social Media = soziale Medien = soziale Netzwerke
Internetseite = Website = Webseite = Homepage = Internetauftritt = Webauftritt
Lager = Lagerhaltung = Lagerverwaltung
Inventur = Bestandsaufnahme
Lieferung = Zustellung
Lieferkette = Lieferanten
Angebot = Kostenvoranschlag
Beschwerde = Reklamation
Handwerk = Handwerker = Handwerksbetrieb
Händler = Einzelhandel = Laden
Gaststätte = Restaurant = Gastronomie = Gasthaus = Wirtshaus
Hotel = Unterkunft = Beherbergung
Industrie- und Handelskammer = IHK
Handwerkskammer = HWK
Agentur für Arbeit = Arbeitsagentur = Arbeitsamt
Wirtschaftsförderung = Standortförderung
OZG = Onlinezugangsgesetz
E-Government = elektronische Verwaltung = digitale Verwaltung
Onlinedienst = Online-Antrag = Onlineantrag = elektronischer Antrag = digitaler Antrag
Antrag = beantragen = Beantragung
Formular = Vordruck = Antragsformular
Bescheid = Bescheiderteilung
Genehmigung = Erlaubnis = Bewilligung
Bürgerbüro = Bürgeramt = Bürgerservice = Einwohnermeldeamt = Meldebehörde = Bürgerdienste
Rathaus = Stadtverwaltung = Gemeindeverwaltung
Kommune = Gemeinde = Stadt
Kommunalverwaltung = Gemeindeverwaltung = Stadtverwaltung
Landkreis = Kreisverwaltung = Landratsamt
Gemeinderat = Stadtrat = Ratssitzung = Kommunalparlament
Ratsinformationssystem = Sitzungsdienst = Gremieninformationssystem
Bürgerbeteiligung = Beteiligung der Bürger = Mitsprache = Partizipation
Umzug = Wohnsitz ummelden = Ummeldung = Wohnsitzanmeldung = umziehen
Personalausweis = Perso = Ausweis
Online-Ausweis = eID = elektronischer Personalausweis = Online-Ausweisfunktion
Führerschein = Fahrerlaubnis
Kfz = Kraftfahrzeug = Auto = Pkw = Fahrzeug
Kfz-Zulassung = Autozulassung = Fahrzeugzulassung = Auto anmelden
Parkausweis = Bewohnerparken = Anwohnerparkausweis = Anwohnerparken
Fahrrad = Rad = Bike
Nahverkehr = ÖPNV = Bus und Bahn
Ladesäule = Ladestation = Ladepunkt = Wallbox
Elektroauto = E-Auto = E-Fahrzeug
Carsharing = Fahrzeugteilung = Autoteilen
Müll = Abfall = Entsorgung
Sperrmüll = Sperrabfall
Müllabfuhr = Abfallentsorgung = Müllentsorgung = Abfuhrkalender
Mängelmelder = Schadensmelder = Schadensmeldung = Mängelmeldung
Straßenlaterne = Straßenbeleuchtung = Straßenlampe
Winterdienst = Schneeräumung = Räumdienst = Schnee räumen = Streudienst
Spielplatz = Spielgeräte
Friedhof = Bestattung = Beerdigung
Hundesteuer = Hundeanmeldung = Hund anmelden
Heirat = Hochzeit = Eheschließung = Trauung
Geburt = Geburtsanmeldung = Geburtsurkunde
Kita = Kindertagesstätte = Kindergarten = Krippe = Kindertageseinrichtung = Kinderbetreuung
Kita-Platz = Kitaplatz = Betreuungsplatz = Kindergartenplatz
Hort = Nachmittagsbetreuung = Ganztagsbetreuung
Schulessen = Schulverpflegung = Mittagessen in der Schule
Jugendliche = junge Leute = Jugend = junge Menschen
Senioren = ältere Menschen = alte Menschen
Pflege = Altenpflege = Pflegedienst
Geflüchtete = Flüchtlinge = Asylsuchende
Zuwanderung = Migration = Einwanderung
Ehrenamt = Freiwillige = bürgerschaftliches Engagement = Ehrenamtliche
Katastrophenschutz = Bevölkerungsschutz = Krisenstab
Bücherei = Bibliothek
Veranstaltung = Event
Termin buchen = Terminvergabe = Terminbuchung = Terminvereinbarung
Raumbuchung = Raumreservierung = Raumvermietung = Raum mieten
Bauantrag = Baugenehmigung = Baugesuch
Bebauungsplan = B-Plan = Bauleitplanung
Geodaten = GIS = Geoinformation
Leerstand = leere Läden = leerstehende Gebäude
Wohnung = Mietwohnung
Photovoltaik = Solaranlage = Solarstrom = PV-Anlage
Heizung = Wärmeversorgung
Klimaschutz = Nachhaltigkeit
Energieverbrauch = Stromverbrauch = Energiemanagement
Zählerstand = Zählerablesung = Wasserzähler ablesen
Hochwasser = Überschwemmung = Überflutung
E-Akte = elektronische Akte = digitale Akte = eAkte
DMS = Dokumentenmanagement = Dokumentenverwaltung = Dokumentenmanagementsystem
Archiv = Archivierung = Aufbewahrung
Unterschrift = Signatur = unterschreiben = signieren
elektronische Signatur = digitale Unterschrift = elektronische Unterschrift = qualifizierte Signatur
Datenschutz = DSGVO = Datenschutz-Grundverordnung
IT-Sicherheit = Informationssicherheit = Cybersicherheit = Datensicherheit
Phishing = Betrugsmails = gefälschte E-Mails
Datensicherung = Backup = Sicherungskopie
Passwort = Kennwort
Verschlüsselung = verschlüsseln
KI = künstliche Intelligenz = maschinelles Lernen
Chatbot = digitaler Assistent = Sprachassistent
offene Daten = Open Data
Open Source = freie Software = quelloffene Software
Cloud = Rechenzentrum = Onlinespeicher
WLAN = Wi-Fi = Funknetz
Breitband = Glasfaser = schnelles Internet
Handy = Smartphone = Mobiltelefon
Laptop = Notebook
Schnittstelle = API
Newsletter = Rundbrief
barrierefrei = Barrierefreiheit = zugänglich
Leichte Sprache = einfache Sprache
Umfrage = Befragung = Fragebogen
Leitfaden = Handreichung = Ratgeber = Anleitung
Checkliste = Prüfliste
Vorlage = Muster
Netzwerk = Vernetzung = Kooperation
Wissensdatenbank = Wiki = Wissensmanagement
Prozess = Ablauf = Workflow
Digitalisierung = digitaler Wandel = digitale Transformation
Vereinbarkeit von Beruf und Familie = Familienfreundlichkeit = familienfreundlich
Gleichstellung = Chancengleichheit
Gesundheitsmanagement = betriebliche Gesundheitsförderung = BGM
MINT = Mathematik Informatik Naturwissenschaft Technik
Berufsorientierung = Berufswahl = Berufsberatung
Hochschule = Universität = Fachhochschule
Lehrkraft = Lehrer
"""


def load(apps, schema_editor):
    model = apps.get_model("lib", "SynonymGroup")
    groups = [line.split(" = ") for line in GROUPS.strip().splitlines()]
    rows = [model(words="\n".join(words)) for words in groups]
    model.objects.using(schema_editor.connection.alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("lib", "0003_search_index")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
