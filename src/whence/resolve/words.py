"""The words that tell what a noun phrase names: roles, titles, kinds of body, pronouns."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_ROLE: Final = (
    "spokesman spokeswoman spokesperson official source representative adviser advisor minister "
    "premier president chancellor commander chief director head leader chairman chairwoman chair "
    "mayor governor ambassador envoy diplomat secretary deputy officer general colonel major captain "
    "lieutenant sergeant admiral soldier fighter militant rebel activist analyst expert observer "
    "economist scientist researcher professor lecturer teacher doctor nurse physician surgeon lawyer "
    "attorney prosecutor judge justice magistrate witness eyewitness resident villager local "
    "neighbour neighbor survivor victim mother father son daughter brother sister wife husband widow "
    "cousin friend colleague fisherman farmer worker engineer clerk owner driver pilot passenger "
    "employee manager executive ceo founder author writer editor reporter journalist correspondent "
    "columnist blogger commentator critic supporter opponent candidate senator congressman "
    "congresswoman representative lawmaker legislator mp deputy councillor councilman member "
    "politician aide assistant negotiator mediator investigator inspector detective policeman "
    "policewoman guard trooper psychologist psychiatrist historian hydrologist geologist biologist "
    "meteorologist philosopher economist sociologist specialist consultant strategist coach player "
    "captain actor actress singer artist musician composer king queen prince princess emperor pope "
    "bishop archbishop cardinal priest imam rabbi sheikh monk nun pastor reverend coordinator "
    "organiser organizer volunteer veteran student pupil scholar chancellor trustee treasurer "
    "speaker whip foreman boss tycoon businessman businesswoman entrepreneur investor trader broker "
    "shopkeeper woman man boy girl person child teenager suspect defendant plaintiff applicant "
    "insider whistleblower informant interlocutor translator interpreter curator librarian keeper "
    "commentator reader user poster customer tenant landlord mp mep tsar czar sultan emir caliph "
    "warlord operative agent spy attache consul undersecretary designer architect astronomer "
    "physicist chemist mathematician statistician demographer epidemiologist virologist officer "
    "watchman lighthousekeeper ferryman harbourmaster harbormaster warden ranger"
)
ROLES: Final = frozenset(_ROLE.split())
GROUPS: Final = frozenset(
    "people residents locals civilians troops soldiers forces fighters militants rebels terrorists "
    "militias units officials authorities police witnesses eyewitnesses experts analysts critics "
    "observers activists protesters demonstrators refugees voters families crowd crew team staff "
    "personnel army men women children others some many deputies ministers lawmakers members leaders "
    "diplomats sources scientists researchers investigators prosecutors lawyers reporters friends "
    "journalists supporters opponents neighbours neighbors survivors villagers fishermen farmers".split()
)
TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame rev reverend fr father sister brother hon "
    "gen maj lt col sgt capt cpl pvt cmdr adm brig general major lieutenant colonel sergeant captain "
    "corporal private commander admiral commodore marshal brigadier warrant rear vice "
    "lieutenant-general major-general lieutenant-colonel brigadier-general colonel-general "
    "vice-admiral president premier chancellor minister secretary senator sen rep representative "
    "congressman congresswoman governor gov mayor ambassador judge justice attorney sheriff king queen "
    "prince princess emperor empress pope saint bishop archbishop cardinal sheikh imam ayatollah mullah "
    "rabbi pastor master madam mme herr frau monsieur madame señor senor don chief detective inspector "
    "constable officer deputy mp mep comrade commissioner director chairman chairwoman engineer".split()
)
PARTICLES: Final = frozenset(
    "al el bin ibn ben abu van von der den de di da du la le del dos das ten ter of".split()
)
BODIES: Final = frozenset(
    "ministry department office agency authority service administration army force forces navy police "
    "military government parliament cabinet council committee commission court bureau institute "
    "institution university college school academy hospital company corporation corp firm group union "
    "league party movement front coalition alliance organisation organization association society "
    "foundation trust fund bank board embassy consulate mission command brigade battalion regiment "
    "division unit corps guard guards guardsmen militia house senate congress assembly duma federation "
    "network observatory centre center laboratory lab museum library press newspaper times post "
    "herald tribune gazette courier journal news daily television radio broadcaster channel outlet "
    "publication magazine website site blog wire station portal team club church mosque temple order "
    "brotherhood campaign initiative project programme program operator operation airline airlines "
    "railway railways port works board inspectorate secretariat presidency monarchy palace regime "
    "leadership opposition state states nations republic emirate kingdom caliphate junta jury tribunal "
    "tank thinktank watchdog regulator charity ngo consortium syndicate cooperative co-operative chamber "
    "exchange treasury directorate headquarters company's inc ltd plc llc gmbh partners industries "
    "motors systems holdings ventures airways brewery studios records pictures entertainment records "
    "international worldwide crown bench bar".split()
)
THINGS: Final = frozenset(
    "report reports statement document documents log letter letters memo release article study survey "
    "poll gauge data figures records map maps footage video photo photos images imagery testimony book "
    "story account accounts indictment filing ruling decision law constitution treaty agreement "
    "resolution website page post tweet media rumours rumors claims critics theory sign label text "
    "transcript analysis review editorial paper".split()
)
GROUND: Final = frozenset(
    "valley coast coastline desert mountains hills peninsula plateau basin delta shore shores lowlands highlands "
    "strait gulf bay".split()
)
"""Last words of names that are ground, and nobody who could act."""
NO_NAMES: Final = frozenset(
    "ok okay tv pr isp pdf url faq id cv dna gps usb sms lol fyi aka asap btw imo omg vs ps ceo cfo gdp vat "
    "god allah christ kurdish kurds arab arabs arabic islamic muslim muslims christian christians jewish jews "
    "sunni sunnis shia shias shiite shiites druze alawite european african asian western eastern northern "
    "southern latin nordic slavic balkan".split()
)
"""Words in capitals that name nobody: short for common things, or what is a people’s."""
PRONOUNS: Final = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
    **dict.fromkeys("i me my mine myself".split(), "i"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("you your yours yourself".split(), "you"),
    **dict.fromkeys("who whom whose which that".split(), "who"),
}
NOBODY: Final = frozenset(
    "nobody none anybody anyone everybody everyone somebody someone others many some few most all any "
    "both neither either none one ones those these several critics rumours rumors".split()
)
MALE: Final = frozenset(
    "mr sir lord king prince emperor father brother son husband spokesman chairman congressman "
    "businessman policeman fisherman councilman salesman man boy herr monsieur pope uncle nephew "
    "grandfather gentleman actor foreman señor senor".split()
)
FEMALE: Final = frozenset(
    "mrs ms miss lady dame queen princess empress mother sister daughter wife widow spokeswoman "
    "chairwoman congresswoman businesswoman policewoman actress madam mme frau madame nun woman girl "
    "aunt niece grandmother baroness duchess".split()
)
_PORTFOLIO: Final = {
    "defence": "defence|defense|defence and armed forces|war", "foreign": "foreign|foreign affairs|"
    "external affairs|foreign and european affairs|state", "interior": "interior|internal affairs|home "
    "affairs|internal security|home", "finance": "finance|finances|treasury|the treasury",
    "energy": "energy|energy and water|power", "health": "health|public health|healthcare", "justice": "justice",
    "education": "education|education and science", "economy": "economy|economic affairs|economic development|"
    "economics", "emergencies": "emergencies|emergency situations", "transport": "transport|transportation",
    "agriculture": "agriculture|farming|food and agriculture", "culture": "culture", "environment": "environment|"
    "environmental protection|ecology", "information": "information|communications|digital affairs",
    "labour": "labour|labor|work|social affairs", "trade": "trade|commerce|industry and trade", "tourism": "tourism",
    "water": "water|water resources|irrigation", "oil": "oil|petroleum", "religion": "religious affairs|awqaf",
    "reconciliation": "reconciliation", "homeland": "homeland security", "interior affairs": "public security",
}  # fmt: skip
PORTFOLIOS: Final = {word: key for key, words in _PORTFOLIO.items() for word in words.split("|")}
_FORCE: Final = {
    "army": "army|ground forces", "armed forces": "armed forces|military|armed force|troops|defence forces|defense "
    "forces|military forces", "air force": "air force|air forces|airforce|aerospace forces|aerospace force",
    "navy": "navy|naval forces", "police": "police|national police|police force", "government": "government|"
    "cabinet|administration|regime", "parliament": "parliament|legislature", "embassy": "embassy", "military police":
    "military police", "special forces": "special forces|special operations forces|army special forces|"
    "special ops|special operation forces|special operations troops|special operation troops|sof|special operations "
    "forces units|special forces units", "intelligence": "intelligence|intelligence service|intelligence services",
    "central bank": "central bank", "coast guard": "coast guard|coastguard", "supreme court": "supreme court",
    "presidency": "presidency|presidential administration|presidential office", "state media": "state media|state "
    "television|state tv|state news agency", "general staff": "general staff",
}  # fmt: skip
FORCES: Final = {word: key for key, words in _FORCE.items() for word in words.split("|")}
_VOCABULARY: Final = ("ministry", "department", "defence", "defense", "foreign", "interior", "spokesman",
                      "government", "democratic", "president", "minister", "authority", "parliament")  # fmt: skip


@cache
def mended(word: str) -> str:
    """The word that a slip of one letter was meant to be, among the commonest of long words."""
    if len(word) < 6 or word in _VOCABULARY or word in BODIES or word in ROLES:
        return word
    for meant in _VOCABULARY:
        if abs(len(meant) - len(word)) <= 1 and DamerauLevenshtein.distance(word, meant) == 1:
            return meant
    return word


@cache
def singular(word: str) -> str:
    """A noun's singular, near enough for looking up."""
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word in {"people", "police", "media"}:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def is_role(word: str) -> bool:
    """Whether a noun says what someone is or does."""
    one = singular(word.casefold().strip(".,"))
    return one in ROLES or bool(
        word[:1].islower()
        and re.search(r"(?:man|woman|person|ologist|grapher|ician|wright|monger|smith)$", one)
        and len(one) > 6
    )


MEN: Final = frozenset(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew "
    "anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald jason "
    "edward jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin "
    "samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron henry peter adam "
    "nathan zachary walter harold kyle carl arthur roger keith jeremy lawrence terry sean albert jesse "
    "bob bill tom tim joe jim mike dave steve dan ben sam max alex vladimir sergei sergey dmitry "
    "dmitri mikhail igor ivan yuri boris nikolai oleg viktor valery alexei andrei pavel konstantin ahmed "
    "mohammed muhammad mohamed ali hassan hussein omar khalid mahmoud mustafa ibrahim yusuf abdullah "
    "bashar jean pierre françois jacques michel philippe hans klaus wolfgang jürgen carlos juan josé "
    "jose luis miguel pedro antonio giovanni marco luca recep emmanuel barack joe winston adolf".split()
)
WOMEN: Final = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra "
    "margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura "
    "helen sharon cynthia kathleen amy angela shirley anna brenda pamela nicole emma samantha katherine "
    "christine catherine virginia rachel janet maria heather diane ruth julie olivia joyce victoria "
    "lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann "
    "sara madison frances kathryn janice jean alice theresa lydia lucy jane rose claire charlotte fatima "
    "aisha leila layla olga natalia tatiana irina svetlana elena ekaterina yulia anastasia marie "
    "sophie camille ingrid ursula angela giulia francesca isabel carmen hillary theresa jacinda kamala".split()
)
