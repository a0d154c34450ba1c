"""The words around numbers: units of measure and money, people, and words that end a phrase."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {
    "square_kilometres": r"square[ ](?:kilomet(?:re|er)s?|km)|sq\.?[ ]?km|km²|km2",
    "square_miles": r"square[ ]miles?|sq\.?[ ]miles?",
    "square_metres": r"square[ ]met(?:re|er)s?|sq\.?[ ]?m|m²|m2",
    "square_feet": r"square[ ](?:feet|foot)|sq\.?[ ]?ft",
    "nautical_miles": r"nautical[ ]miles?",
    "kilometres_per_hour": r"km/h|kmh|kph|kilomet(?:re|er)s?[ ](?:per|an)[ ]hour",
    "miles_per_hour": r"mph|miles[ ](?:per|an)[ ]hour",
    "kilometres": r"kilomet(?:re|er)s?|kms?",
    "miles": r"miles?",
    "metres": r"met(?:re|er)s?|m",
    "centimetres": r"centimet(?:re|er)s?|cm",
    "millimetres": r"millimet(?:re|er)s?|mm",
    "feet": r"feet|foot|ft",
    "inches": r"inch(?:es)?",
    "yards": r"yards?",
    "acres": r"acres?",
    "hectares": r"hectares?|ha",
    "kilograms": r"kilograms?|kilogrammes?|kilos?|kgs?",
    "grams": r"grams?|grammes?",
    "tonnes": r"tonnes?|metric[ ]tons?",
    "tons": r"tons?",
    "barrels": r"barrels?",
    "litres": r"lit(?:re|er)s?",
    "gallons": r"gallons?",
    "degrees": r"degrees?|°[CF]?",
    "megawatts": r"megawatts?|MW",
    "gigawatts": r"gigawatts?|GW",
    "kilowatts": r"kilowatts?|kW",
    "kilotons": r"kilotons?",
    "USD": r"(?:US[ ])?dollars?",
    "EUR": r"euros?",
    "GBP": r"pounds[ ]sterling",
    "RUB": r"roubles?|rubles?",
    "cents": r"cents?",
}
MEASURES: Final = re.compile(
    r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<{name}>(?:{words})(?![\\w²]))" for name, words in _UNITS.items())
    + ")"
)
"""A unit of measure straight after a number, named by its group."""

CURRENCIES: Final = {
    "$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "€": "EUR",
    "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH",
}  # fmt: skip
VAGUE: Final[dict[str, tuple[float, float | None]]] = {
    "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999),
    "thousands": (2000, 9999), "millions": (2e6, None), "billions": (2e9, None),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (2e7, 99_999_999), "hundreds of millions": (2e8, 999_999_999),
    "tens of billions": (2e10, 99_999_999_999), "hundreds of billions": (2e11, 999_999_999_999),
    "thousands of millions": (2e9, None), "dozens of thousands": (24_000, 99_999),
    "dozens of millions": (2.4e7, 99_999_999), "dozens of billions": (2.4e10, None),
    "scores of thousands": (40_000, 99_999), "scores of millions": (4e7, 99_999_999),
    "scores of billions": (4e10, None), "thousands of billions": (2e12, None),
    "thousands of thousands": (2e6, None), "millions of thousands": (2e9, None),
    "millions of millions": (2e12, None), "millions of billions": (2e15, None),
    "billions of thousands": (2e12, None), "billions of millions": (2e15, None),
    "billions of billions": (2e18, None),
}  # fmt: skip
"""What a plural size word can stand for: at least two of it, less than ten where that is usual."""

FRACTIONS: Final = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_TIME_UNITS: Final = (
    "second minute hour day night week weekend fortnight month quarter semester year decade century"
    " morning afternoon evening season"
).split()
_MONTHS: Final = (
    "january february march april june july august september october november december jan feb mar"
    " apr jun jul aug sep sept oct nov dec"
).split()
TIME_PATTERN: Final = (
    r"(?:full |straight |consecutive |more |other |long |additional |working |short )?"
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?"
    r"|years?|decades?|centur(?:y|ies)|mins?|hrs?|secs?|yrs?|times|time|a\.?m|p\.?m|bc|bce)"
)
MONTHS: Final = frozenset([*_MONTHS, "may"])
TIMES: Final = frozenset([*_TIME_UNITS, *(f"{unit}s" for unit in _TIME_UNITS), "time", "half"])
STOPS: Final = frozenset(
    "the a an of in on at by for from to with without and or but nor as than then that which who"
    " whom whose when where while because if unless since until after before during over under into"
    " onto upon near across against between among through toward towards about around along behind"
    " beyond inside outside within per via is are was were be been being am has have had having do"
    " does did will would can could shall should may might must not no also already still yet even"
    " only just so too very more most less there here it its he she they them we you i his her their"
    " our your my this these those what how why said says say told according were remain remained"
    " died killed were went came took made got gave left told dead out off up down away ago later"
    " earlier now today yesterday tomorrow including plus minus times versus vs both either neither"
    " each every all some any few several other's others' s t re ve ll d m despite amid apiece".split()
) - {"dead", "killed"}
CASUALTIES: Final = frozenset("dead killed wounded injured missing".split())
PERSONS: Final = frozenset(
    "people persons men women children soldiers troops civilians fighters militants rebels terrorists"
    " officers policemen police personnel servicemen colonels generals casualties victims deaths"
    " hostages prisoners detainees refugees migrants workers doctors nurses journalists residents"
    " villagers protesters demonstrators students voters employees members officials inhabitants"
    " citizens families boys girls kids babies adults patients survivors passengers militiamen"
    " insurgents jihadists troopers sailors marines pilots crew guards gunmen activists lawmakers"
    " politicians candidates delegates supporters recruits conscripts volunteers mercenaries"
    " contractors advisers advisors experts specialists negotiators diplomats ministers leaders"
    " teachers scientists researchers observers inspectors monitors suspects defendants wounded dead"
    " injured inmates individuals followers counselors counsellors speechwriters"
    " fact-checkers servicemembers representatives senators governors judges lawyers"
    " prosecutors investigators analysts agents spies killers attackers bombers snipers"
    " commanders comrades compatriots players athletes owners shareholders investors"
    " executives managers drivers farmers miners nationals foreigners strangers bystanders"
    " peacekeepers paratroopers reservists"
    " brothers sisters sons daughters parents relatives friends immigrants guests fans users"
    " subscribers customers clients tourists visitors americans russians".split()
)
PERSON_ENDINGS: Final = ("fighters", "ists", "men", "women", "workers", "keepers", "goers", "ians")
SAME_PLURAL: Final = (
    frozenset("aircraft sheep fish series species bases crises".split())
    | PERSONS
    | frozenset("votes tanks houses homes cases".split())
)
NEVER_PLURAL: Final = frozenset(
    "was is has does this its his us as thus always perhaps says goes comes makes takes gives gets"
    " seems means remains includes afterwards besides sometimes times less lists regimen specimen"
    " specimens".split()
)
LABELS: Final = frozenset(
    "no number page pages chapter section article part level phase stage type figure fig table room"
    " route highway channel category class grade flight group line version volume vol paragraph"
    " resolution round rule step tier windows act title items item note district unit floor area"
    " fortune covid sars mk mark formula size day week".split()
)
NEVER_AFTER: Final = frozenset(
    "in since by during until till of from the a this that early late mid before after and to its his"
    " their her our for".split()
)
