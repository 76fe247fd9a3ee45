"""A light stemmer for German: forms of a word get one stem; what is derived from it mostly keeps its own.

It works on folded words (``texts.fold``): lower case, without umlauts.
"""

import re
from functools import cache, lru_cache

from .texts import read_words

ER_PLURALS = tuple(
    word + "er"
    for word in ["amt", "bad", "band", "bild", "blatt", "brett", "buch", "dach", "denkmal", "dorf", "fach", "fass",
                 "feld",
                 "geld", "gehalt", "gesicht", "glas", "glied", "grab", "gut", "haupt", "haus", "holz", "huhn", "kind",
                 "kleid", "land", "lied", "loch", "mann", "nest", "rad", "rand", "rind", "schild", "schloss", "tal",
                 "tuch", "volk", "wald", "wort", "gewand", "kraut", "licht"]
)  # fmt: skip
"""Plurals that end in -er: Ämter, Häuser, Kinder."""
NOT_PLURALS = ("burger", "melder", "besucher", "verbraucher", "schulder")
UNG_STAYS = ("zeitung", "satzung", "grundung", "bildung", "steuerung", "schulung", "sitzung", "buchung", "festung",
             "losung", "schatzung", "dichtung")  # fmt: skip
"""Without -ung they would be another word: Satzung and Satz, Gründung and Grund."""
VERBS_OF_UNG = {"grunden": "grundung", "gegrundet": "grundung", "grundet": "grundung", "bilden": "bildung",
                "gebildet": "bildung", "bildet": "bildung", "buchen": "buchung", "gebucht": "buchung",
                "bucht": "buchung"}  # fmt: skip
FOREIGN = {"konten": "konto", "kontos": "konto", "themen": "thema", "firmen": "firma", "risiken": "risiko",
           "praktika": "praktikum", "praxen": "praxis", "viren": "virus", "boni": "bonus", "materialien": "material",
           "prinzipien": "prinzip", "algorithmen": "algorithmus", "mechanismen": "mechanismus", "visa": "visum",
           "schemata": "schema", "museen": "museum", "zentren": "zentrum", "foren": "forum",
           "nachbarn": "nachbar"}  # fmt: skip
NOT_FEMININE = ("gewinnen", "beginnen", "besinnen")
ENDS_IN_S = ("nis", "los", "ss", "us", "xis", "sis", "kurs", "puls", "zins", "hals", "fels", "wachs", "wuchs", "fuchs",
             "gips", "news")  # fmt: skip
"""Here the s is the word's own."""
FEMININE = re.compile(r"(er|or|og|ur|ist|ent|ant|arzt|kund|wirt|kolleg|anwalt|beamt)in$")
ADJECTIVE = re.compile(r"(?:ig|isch|lich|bar|sam|haft|los|iv|ell|iert|frei|fahig|al|ar)$")
ADJECTIVE_ENDING = re.compile(r"(?:er|ere|eren|eres|erer|erem|em|e?ste|e?sten|e?stes|e?ster)$")
PARTICIPLE_NOUN = re.compile(r"(?:igt|ragt|stellt|chtet|etzt|andt)er$|(?<![lspw])ender$")
SEPARATED = re.compile(
    r"^(an|ab|auf|aus|bei|durch|ein|fort|frei|her|herunter|hoch|mit|nach|teil|um|vor|weg|weiter|zu|zusammen)(?:ge|zu)(.{3,})$"
)
GE_PARTICIPLE = re.compile(r"ge.{3,}t(?:e[nrs]?)?$")
LOAN_PLURAL = re.compile(r"(?<![aeiou])[aioy]s$|eos$")
VERB_ENDING = re.compile(r"(?:e?t|e?te|e?ten|e?st|end|ende|enden|ender|endes)$")


@cache
def adjectives() -> frozenset[str]:
    return read_words("adjectives.txt")


@cache
def verb_stems() -> frozenset[str]:
    """The stems of the verbs that the files know, and of those that a noun in -ung stands for."""
    nouns = {word for word in read_words("nouns.txt") if word.endswith("ung")}
    return frozenset(inflected(word) for word in read_words("verbs.txt") | nouns)


@lru_cache(100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; numbers and short words stay."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, replacement in (FOREIGN | VERBS_OF_UNG).items():
        if word.endswith(ending):
            return short(word.removesuffix(ending) + replacement)
    return short(verb(word) or inflected(word))


def short(word: str) -> str:
    """One s at the end is enough: Pass and Pässe, Bus and Busse."""
    return word[:-1] if word.endswith("ss") else word


def verb(word: str) -> str:
    """The stem of a verb's form (meldet, gemeldet, angemeldet, anzumelden), or nothing."""
    separated = SEPARATED.match(word)
    forms = [word, separated[1] + separated[2]] if separated else [word]
    if GE_PARTICIPLE.match(word):
        forms.append(word[2:])
    bare = [VERB_ENDING.sub("", form, count=1) for form in forms]
    if separated:
        bare.append(forms[1].removesuffix("en"))
    return next((each for each in bare if each != word and each in verb_stems()), "")


def inflected(word: str) -> str:
    """Take endings off: of gender, of -ung, of plurals and cases."""
    word = re.sub(r"nisse[ns]?$", "nis", masculine(word))
    noun = re.sub(r"ung(?:en|s)$", "ung", word)
    if noun.endswith("ung"):
        return without_ung(noun)
    if word.endswith(("ern", "eln")):
        word = word[:-1]
    if word.endswith("er"):
        return without_er(word)
    return without_ending(word)


def masculine(word: str) -> str:
    """Bürgerinnen and Bürgerin become Bürger."""
    if len(word) < 7 or word.endswith(NOT_FEMININE):
        return word
    return word[:-5] if word.endswith("innen") else FEMININE.sub(r"\1", word)


def without_ung(word: str) -> str:
    """Anmeldung becomes anmeld, as anmelden does; Sammlung becomes sammel, as sammeln does."""
    if word.endswith(UNG_STAYS) or len(word) < 7:
        return word
    return re.sub(r"(?<=[bdfgkmptz])l$", "el", word[:-3])


def without_er(word: str) -> str:
    """Ämter becomes amt, neuer becomes neu; Bürger and Kammer stay."""
    if word.endswith(ER_PLURALS) and not word.endswith(NOT_PLURALS):
        return word[:-2]
    if PARTICIPLE_NOUN.search(word):
        return word[:-2]
    return adjective(word) or word


def adjective(word: str) -> str:
    """The stem of an adjective's form, or nothing."""
    base = ADJECTIVE_ENDING.sub("", word)
    return base if base != word and len(base) > 2 and is_adjective(base) else ""


def is_adjective(base: str) -> bool:
    return base in adjectives() or (len(base) > 4 and ADJECTIVE.search(base) is not None)


def without_ending(word: str) -> str:
    """Take off -en, -es, -e, -s and the like, where enough is left."""
    if base := adjective(word):
        return base
    for ending in ["ens", "en", "es", "e"]:
        if word.endswith(ending) and len(word) - len(ending) >= (5 if ending == "ens" else 3):
            return word.removesuffix(ending)
    if word.endswith("ium"):
        return word[:-2]
    return word[:-1] if ends_in_an_s_of_its_own_case(word) else word


def ends_in_an_s_of_its_own_case(word: str) -> bool:
    """Whether the s is an ending (Antrags, Azubis) and not of the word (Haus, Ausweis, Zeugnis)."""
    if len(word) < 5 or not word.endswith("s") or word.endswith(ENDS_IN_S):
        return False
    return word[-2] in "bdfghklmnrt" or LOAN_PLURAL.search(word) is not None
