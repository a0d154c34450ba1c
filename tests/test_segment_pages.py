# ruff: noqa: E501  (a line of a page is as long as it is)
"""Whole pages of many kinds, all invented, each line with the role a newspaper person gives it."""

from __future__ import annotations

import hashlib
import re

import pytest

from whence.segment import blocks
from whence.terms import Block, Document

LINE = re.compile(r"(?P<roles>[a-z +]*?)(?:\((?P<by>[^)]*)\))?\s*\| ?(?P<text>.*)")


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, "page.txt", text, digest, "text/plain")


def leaves(found: tuple[Block, ...]) -> list[Block]:
    holders = {block.within for block in found}
    return [block for block in found if block.id not in holders]


def expected(page: str) -> tuple[str, list[tuple[str, str | None, str]]]:
    """The page's text, and for each line with words its role, its writer and the words."""
    text, want = [], []
    for line in page.strip("\n").split("\n"):
        found = LINE.match(line)
        assert found, line
        text.append(found["text"])
        if found["text"].strip():
            want.append((found["roles"].strip(), found["by"], found["text"].strip()))
    return "\n".join(text), want


def read(page: str) -> tuple[list[str], list[str]]:
    """What was wanted and what was found, line by line: “role (by): words”."""
    text, want = expected(page)
    found = blocks(document(text))
    got, at = [], 0
    for _, by, words in want:
        at = text.index(words, at)
        inside = [b for b in leaves(found) if b.start < at + len(words) and at < b.end]
        inside = [b for b in inside if text[max(b.start, at) : min(b.end, at + len(words))].strip()]
        roles = " + ".join(block.role for block in inside)
        name = next((block.by for block in inside if block.by), None) if by is not None else None
        got.append(shown(roles, name, words))
        at += len(words)
    return [shown(role, by, words) for role, by, words in want], got


def shown(roles: str, by: str | None, words: str) -> str:
    return f"{roles}{f' ({by})' if by else ''}: {words[:60]}"


WIRE = """
headline | Two ferries collide off Port Elster; no one hurt
byline | By Orla Fenwick and Tam Grieve
         |
dateline + body | PORT ELSTER, May 4 (Northwire) - Two ferries collided in thick fog off Port Elster on Tuesday, the harbour master said, in the second accident there this year.
         |
body     | “Nobody was hurt,” spokeswoman Dana Whitlow told reporters on the quay.
         |
body     | The Coastal Line denied that its vessel had been at fault.
         |
byline   | (Reporting by Orla Fenwick; Editing by Jon Marsh)
"""

WORDPRESS = """
boilerplate | Skip to content
boilerplate | The Tide Table
boilerplate | Home | About | Archive
headline | Why the Port Elster ferry was late again
byline | Posted on May 4, 2031 by Mara Lind
         |
body     | I have taken the seven o'clock boat for eleven years, and it has never once left before a quarter past the hour.
         |
body     | The company blames the fog. The fog, if you ask me, blames the company.
         |
boilerplate | Share this:
boilerplate | Twitter
boilerplate | Facebook
boilerplate | Posted in Ferries
         |
boilerplate | 3 thoughts on “Why the Port Elster ferry was late again”
comment (Old Salt) | Old Salt says:
comment (Old Salt) | May 4, 2031 at 9:12 am
comment (Old Salt) | The captain was asleep, everybody on the quay knows that.
boilerplate | Reply
comment (Netta) | Netta says:
comment (Netta) | May 4, 2031 at 10:40 am
comment (Netta) | That is a lie, and the minister told you so in March.
comment (Netta) | He was on the bridge all night.
boilerplate | Reply
comment (Old Salt) | Old Salt says:
comment (Old Salt) | May 5, 2031 at 7:01 am
comment (Old Salt) | Prove it.
boilerplate | Reply
boilerplate | Leave a Reply
boilerplate | Powered by Inkpress
"""

DISQUS = """
headline | Harbour board sells the old lighthouse
dateline | 4 May 2031
         |
body     | The harbour board voted on Monday to sell the lighthouse to a hotel company for an undisclosed sum of money.
         |
body     | Two members voted against, and one left the room.
         |
boilerplate | 4 Comments
boilerplate | Sort by Best
comment (gull_watcher) | gull_watcher • 3 hours ago
comment (gull_watcher) | They sold it to the mayor's cousin. It is always the cousin.
boilerplate | 4 • Reply • Share ›
comment (Pia Holm) | Pia Holm → gull_watcher • 2 hours ago
comment (Pia Holm) | The mayor has no cousin.
boilerplate | Reply • Share ›
comment (tern99) | tern99 • an hour ago
comment (tern99) | The board said last year that it would never sell.
boilerplate | Reply • Share ›
"""

TABLOID = """
boilerplate | Sign in
boilerplate | News
headline | FOG OF WAR: Furious captains trade blows after ferry smash off Port Elster
headline | Two boats were wrecked and a cow was swept out to sea, witnesses say
byline | By Rex Barlow
dateline | Published: 10:31, 4 May 2031 | Updated: 12:05, 4 May 2031
boilerplate | 214 shares
boilerplate | 31 View comments
         |
body     | Two ferry captains came to blows on the quay yesterday after their boats collided in fog, witnesses claim.
         |
boilerplate | READ MORE: The ten worst ferries in the land
         |
body     | One of them lost a tooth.
         |
caption  | The wreck of the Elster Queen pictured at low tide on Tuesday
caption  | Tam Grieve / Getty Images
         |
body     | A cow that had been aboard was later found on a sandbank, unhurt and in good temper, police said.
         |
boilerplate | Advertisement
         |
headline | 'NOT MY FAULT'
         |
body     | “It was not my fault,” one of the captains told The Daily Barnacle last night. “He came out of nowhere.”
         |
boilerplate | Most read in News
boilerplate | Cat elected to parish council
boilerplate | Is your cellar haunted?
"""

TELEGRAM = """
byline   | Forwarded from Harbour Watch
body     | Second surge at Sallow Hook this morning, gauge up by half a metre in fifteen minutes, stay off the quay.
         |
body     | The ministry says that nothing happened. We have the photographs.
         |
boilerplate | t.me/harbourwatch
boilerplate | 12.3K views
"""

RELEASE = """
boilerplate | FOR IMMEDIATE RELEASE
headline | Coastal Line welcomes report on ferry accident
dateline | Port Elster, 6 May 2031
         |
body     | The Coastal Line today welcomed the report of the Marine Bureau on the accident of 4 May, which clears its crew of blame.
         |
body     | “We have always said that our people did everything right,” said Ingrid Sol, the company's director.
         |
boilerplate | ###
boilerplate | Media contact: press@coastal.example
boilerplate | Notes to editors:
"""

WRAPPED = """
headline | Council puts off vote on the new pier
         |
body     | The town council of Port Elster has put off a vote on the new pier
body     | until the autumn, after an engineer told its members on Monday that
body     | the sea bed would not bear it without deeper piles.
         |
body     | The mayor, Ann Roe, called the delay a pity but said that she would
body     | rather wait for a pier than bury one.
"""

LETTER = """
headline | What the ministry wrote to us
         |
body     | The Energy Ministry answered our questions late on Friday. In a letter to this newspaper it wrote:
         |
quote    | Our engineers opened three gates for forty minutes because the ice was pressing on the sill.
         |
quote    | We told the other side in the form that the agreement requires, and nobody answered.
         |
body     | The service received no letter and no telegram, its director replied.
         |
body     | Both sides meet again in June. The talks have three aims: peace, quiet and fish.
"""

FIRST_PERSON = """
headline | A visit to the barrage
byline   | By Corin Vanter
         |
body     | I went up the river on Thursday to see the gates for myself, and the keeper put it plainly. He said:
         |
quote    | There are four gates and one key, and the key has hung on that nail since my father's time.
         |
body     | I looked at the nail, and I believed him. We drank his tea and watched the water go down.
"""

LIST = """
headline | What the report says
         |
body     | The Marine Bureau published its report on the accident on Friday. It makes four points about the ferries:
         |
body     |   1. The fog was thick, and both horns were sounding.
body     |   2. The Elster Queen was travelling too fast.
body     |   3. Neither radar had been repaired since the winter.
         |
body     | The bureau's chairman said that the company had six weeks to answer, and that it would publish the answer too.
"""

TWEETS = """
headline | Ministry and port at odds over surge
         |
body     | The port authority warned people to stay off the quay on Tuesday night, in a message that many shared within minutes.
         |
post (Port Elster Authority) | Second surge at Sallow Hook. Stay off the quay. pic.tidings.example/a1 — Port Elster Authority (@portelster) May 4, 2031
         |
body     | The ministry said that it knew nothing of a surge.
"""

COPIED_TWEET = """
headline | Minister mocks the fishermen
         |
body     | The minister made fun of the fishermen's complaint on Sunday, and then deleted what she had written about them.
         |
post (Ilva Soray) | Ilva Soray @ilvasoray
post (Ilva Soray) | 2h2 hours ago
post (Ilva Soray) | Replying to @netmakers
post (Ilva Soray) | The moon has offered no comment either.
post (Ilva Soray) | 12 replies . 40 retweets 301 likes
         |
body     | Nobody laughed, a spokesman for the net makers said on Monday.
"""

OPINION = """
boilerplate | Opinion
headline | The key and the telegram
byline   | Mara Lind
dateline | 17 May 2031
         |
body     | There are two kinds of flood. One falls from the sky, and the other is signed for by a clerk in an office.
         |
headline | Whose Hand Was It?
         |
body     | The authority says that it sent a telegram. I believe it. I can see the clerk before me, licking the stamp.
         |
body     | My neighbour saw further than any of us. “The river has no politics,” she told me. “Only banks.”
         |
boilerplate | Mara Lind is a lecturer in river law at the Polytechnic and the author of two books on weirs.
boilerplate | The views expressed in this article are those of the author and not of the newspaper.
boilerplate | © 2031 The Sunday Plumb. All rights reserved.
"""

FACEBOOK = """
headline | Ferry prices go up in June
         |
body     | A return ticket to Sallow Hook will cost nine crowns from the first of June, the Coastal Line said on Monday.
         |
body     | Children under six travel free, as before, and so do dogs.
         |
boilerplate | Comments
comment (Lotte Brandt) | Lotte Brandt
comment (Lotte Brandt) | 3 hours ago
comment (Lotte Brandt) | Nine crowns! The chairman flies to work, did you know?
boilerplate | Like · Reply · 12
comment (Sven O.) | Sven O.
comment (Sven O.) | 2 hours ago
comment (Sven O.) | He takes the bus. I have seen him.
boilerplate | Like · Reply
"""

NESTED = """
headline | New signs on the coast path
         |
body     | The county has put up forty new signs along the coast path between Port Elster and the lighthouse at Grey Point.
         |
body     | They cost eleven thousand crowns, according to the budget.
         |
comment  |   1. Eleven thousand for forty signs!! Who got the contract, I wonder?
         |
comment  |      • You never read the minutes, do you? It was in the budget for a year.
         |
comment  |        • The minutes say nothing of the kind. The clerk told me that she wrote them afterwards.
         |
comment  |   2. One of them points into the sea.
"""

REPEATED = """
boilerplate | Skip to main content
caption  | Fishermen mend their nets on the quay at Djorvesh, 3 May 2031
boilerplate | world
headline | Fishermen demand answers as the river rises a second time
byline   | Source: The Orsholt Courier
caption  | Fishermen mend their nets on the quay at Djorvesh, 3 May 2031
caption  | Pell Oddrun / Northwire / Coastfoto
         |
body     | Fishermen in Djorvesh demanded on Wednesday to be told who had opened the gates of the barrage for a second time in a week.
         |
caption  | The old quay (left) and the new one (right) at Djorvesh
caption  | Rivermaps
         |
body     | The authority says that it did nothing of the kind, and that the moon had done it.
         |
byline   | Skarethi text by Anke Vossig, translation by Lin Averay
boilerplate | • Share to or
"""

COPIED_LINKS = """
headline | Barrage log to be published
dateline | date 2031-05-09
         |
body     | The log of the barrage will be published in full on Monday, the river court in Orsholt decided on Friday.
         |
boilerplate | Related Articles
boilerplate | Engineer warned of gates
boilerplate | Nobody opened the telegram
boilerplate | What they keep under water
"""

DATED = """
dateline + body | date 2031-05-09 The log of the barrage will be published in full on Monday, the river court in Orsholt decided on Friday.
         |
body     | On May 12, the judges will hear the engineer whose letters nobody had opened.
         |
dateline + body | UPDATE 1430 GMT: The Energy Ministry says that it is “surprised” by the decision and will not appeal it.
"""


AGGREGATED = """
headline | ## Very Wet News From the River: Ministry "Officially" Blames the Moon
         |
byline   | By The Heron
         |
dateline | River Research, May 26, 2031
         |
boilerplate | Region: Estuary & Coast, Upper
         |
boilerplate | and Lower Isfel
         |
boilerplate | Theme: Floods, Weirs
         |
caption  | Featured image: Minister Ilva Soray
         |
body     | By now many of you will have heard it: the ministry has found somebody to blame, and it hangs in the sky at night.
         |
body     | I do not know what to say. The moon has been up there for some time now, and it has never opened a gate before.
         |
boilerplate | The original source of this article is The Heron
boilerplate | Copyright © The Heron, 2031
         |
boilerplate | ## **Become a Member of River Research**
         |
byline   | Articles by: The Heron
         |
boilerplate | **Disclaimer:** What this article says is the view of its author alone.
         |
boilerplate | The Aggregate contains copyrighted material, shown here under fair use without its owners' leave.
         |
boilerplate | For media inquiries: press@river.example
"""

LIVE = """
headline | Flood at Djorvesh: what we know so far
dateline | Last updated 4 May 2031, 14:20
         |
dateline | 14:20
body     | The mayor has told people in Ferry Street that they may go home, but not to sleep on the ground floor.
         |
dateline | 13:55
body     | A second wave has reached Sallow Hook, according to the river police.
"""

QUOTED = """
headline | Company answers the engineer
         |
body     | The company hit back at the engineer on Thursday, accusing him of spite:
         |
quote    | “Mr Reve was dismissed for sleeping at his desk, and his letters are the letters of a tired man.”
         |
body     | Reve, who looked after the motors for nine years, said that he had never owned a desk.
"""

WP_NESTED_INDENT = """
headline | Who painted the pier blue?
         |
body     | Somebody painted the whole of the old pier blue in the night to Sunday, and nobody in Port Elster admits to it.
         |
body     | The mayor said that she rather liked it.
         |
boilerplate | 2 Responses to Who painted the pier blue?
         |
comment (Hanne) | Hanne
comment (Hanne) | May 5, 2031 at 8:12 am
         |
comment (Hanne) | It was the swimmers' club. They have always wanted it blue, and the harbour master knew about it.
         |
boilerplate | Reply
comment (Per) |     Per
comment (Per) |     May 5, 2031 at 9:40 am
         |
comment (Per) |     The harbour master was in hospital that night.
         |
boilerplate |     Reply
boilerplate | Leave a Comment
boilerplate | Your email address will not be published. Required fields are marked *
"""

GUARDIAN = """
boilerplate | Skip to main content
boilerplate | World news
headline | Lighthouse keeper refuses to leave after board sells tower
headline | Keeper says that his contract runs until the last ship has passed
byline   | Pia Holm
dateline | Mon 5 May 2031 07.15 BST
         |
caption  | The lighthouse at Grey Point. Photograph: Tam Grieve/Northwire
         |
body     | A lighthouse keeper has refused to leave his tower after the harbour board sold it to a hotel company last week.
         |
body     | “I was told to keep the light, and I keep it,” Jon Marsh, 71, said from the gallery.
         |
boilerplate | Topics
boilerplate | Port Elster
boilerplate | Lighthouses
boilerplate | Reuse this content
"""

REDDITISH = """
headline | Ferry crew cleared of blame
         |
body     | The crew of the Elster Queen was cleared of all blame for the accident of 4 May by the Marine Bureau on Friday.
         |
body     | The company welcomed the report.
         |
boilerplate | Comments (3)
boilerplate | Newest first
comment (tidewaiter) | tidewaiter
comment (tidewaiter) | 2 days ago
comment (tidewaiter) | Cleared by whom? The chairman of the bureau plays cards with the captain.
boilerplate | Report
boilerplate | 12
boilerplate | 3
comment (Mrs Brandt) | Mrs Brandt
comment (Mrs Brandt) | 1 day ago
comment (Mrs Brandt) | The ministry said it was the fog. I was there and there was no fog.
boilerplate | Report
"""

DAILYMAIL = """
headline | Fury as mayor turns off the lighthouse at night to save money
headline | The light at Grey Point has burned since 1871
byline   | By Rex Barlow For The Daily Barnacle
dateline | Published: 22:31, 4 May 2031 | Updated: 08:05, 5 May 2031
boilerplate | e-mail
boilerplate | 1.2k shares
boilerplate | 87
boilerplate | View comments
         |
body     | Sailors reacted with fury last night after the mayor of Port Elster turned off the lighthouse to save eleven crowns a day.
         |
body     | 'It's a disgrace,' said one skipper, who has sailed past the point for forty years.
         |
body     | The mayor said the light would be back on by Friday.
         |
boilerplate | Share or comment on this article: Fury as mayor turns off the lighthouse
"""

CAPS_WIRE = """
dateline + body | DJORVESH (Ternwire) — The operator of the barrage denied on Monday that it had flooded the harbour town, and offered no other explanation.
         |
body     | “Those claims are incorrect,” a spokesman told Ternwire.
         |
boilerplate | ___
         |
byline   | Grieve reported from Port Elster. Ternwire writer Pia Holm in Orsholt contributed to this report.
"""

QA = """
headline | “A river has no politics”: an interview with the keeper
byline   | Interview by Mara Lind
         |
body     | The keeper of the barrage has not spoken to a newspaper in forty years. He made an exception on Thursday.
         |
body     | Did you open the gates?
         |
body     | No. I was asleep, like everybody else in the valley, and my wife will tell you so if you ask her.
         |
body     | Who has the key?
         |
body     | It hangs on that nail, where it has hung since my father's time.
"""

PLAIN_COMMENTS = """
headline | Council buys second-hand fire engine
         |
body     | The council of Port Elster has bought a fire engine that is forty years old, for eight thousand crowns and a boat.
         |
body     | The fire chief said that it would do.
         |
boilerplate | 3 comments
         |
comment  | Eight thousand! My nephew would have sold them a newer one for six. The chief is the seller's brother-in-law.
         |
comment  | That is not true and you know it, Tam.
         |
comment  | What about the boat?
"""

MAILLIST = """
headline | Re: The second surge
byline   | From: Pia Holm
dateline | Date: Tue, 6 May 2031 09:14:02 +0000
         |
body     | I have now spoken to the river police, and they confirm that the gauge at Sallow Hook rose by sixty centimetres.
"""

PAGES = {name: value for name, value in globals().items() if name.isupper() and name != "LINE"}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_line_of_a_page_has_the_role_a_reader_would_give_it(name: str) -> None:
    want, got = read(PAGES[name])
    assert got == want


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_leaves_of_a_page_are_its_whole_text(name: str) -> None:
    text, _ = expected(PAGES[name])
    found = leaves(blocks(document(text)))
    assert "".join(text[block.start : block.end] for block in found) == text
