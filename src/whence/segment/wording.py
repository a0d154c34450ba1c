"""The set phrases that pages of every kind share: navigation, credits, bylines, reply buttons.

They are matched against a plain copy of a line (`plain`): marks of Markdown and HTML gone, white
space single. The text itself is never touched.
"""

from __future__ import annotations

import re

_FURNITURE = re.compile(
    r"<[^>\n]{1,300}>|[*`~]+|(?<!\w)_+|_+(?!\w)"
    r"|\A\s*(?:#{1,6}\s|(?:>\s?)+|(?:[•◦▪●○‣·∙+»→-])\s+)"
)
_SPACES = re.compile(r"\s+")
_SCHEMES = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\s]{0,300}\)")


def plain(text: str) -> str:
    """A copy of a line as a reader sees it: no bullet, no mark-up, single spaces."""
    if len(text) > 4000:
        text = text[:2000] + " " + text[-2000:]
    text = _SCHEMES.sub(r"\1", text)
    return _SPACES.sub(" ", _FURNITURE.sub(" ", text)).strip()


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


_SITES = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linked ?in|reddit|pinterest|e-?mail|instagram|youtube"
    r"|google\+?|print|copy link|messenger|tumblr|pocket|vk|sms|rss|mastodon|bluesky|threads|flipboard)"
)

NAVIGATION = _any(
    r"skip to .{1,40}",
    r"(?:share|tweet|pin|send)(?: (?:this|to|on|via|with|now|it))*(?: (?:story|article|post|page|link"
    r"|or|and|friends|your network))*(?: " + _SITES + r"[, ]*)*",
    r"(?:" + _SITES + r"[\s,/·]*){1,14}(?:\d+)?",
    r"(?:\d+[,.]?\d*k? )?(?:shares?|likes?|views?|retweets?|claps?|reactions?)(?: \d[\d,.k]*)?",
    r"(?:e-?mail|print|save|listen to|bookmark|copy)(?: (?:this|the|friendly|article|story|page|link"
    r"|version|to|a friend))*",
    r"(?:subscribe|sign up|sign in|log ?in|register|log ?out|my account|create (?:an )?account)(?:\b.{0,80})",
    r"(?:get|join|receive) (?:our|the|us|your) .{0,60}(?:newsletter|updates|inbox|app|briefing|channel).{0,40}",
    r"(?:read|see|watch|hear|learn|find out) (?:more|also|next|on|the full (?:story|article))\b.{0,160}",
    r"(?:more|also|see also|you (?:may|might) (?:also )?(?:like|be interested in)|don.t miss|up next|watch"
    r"|listen|next|previous|prev|in pictures|in this article|in this story|on this topic)\s*:?.{0,3}",
    r"(?:more|latest|popular|top|trending|recent|most (?:read|popular|viewed|shared|commented))"
    r"(?: (?:from|on|in|about|stories|news|articles|posts|headlines|this|the|world|related|now|videos))"
    r"+(?: [\w’'&.-]+){0,5}",
    r"most (?:read|popular|viewed|shared|commented)(?: .{0,30})?",
    r"(?:related|recommended|suggested|similar|popular|recent|trending|featured|editor.?s.? picks?|further)"
    r"(?: (?:articles?|stor(?:y|ies)|posts?|content|news|topics?|links?|reading|coverage|videos?|for you"
    r"|items|now))?\s*:?",
    r"(?:advertisements?|advert|sponsored(?: content)?|promoted(?: content)?|paid content|story continues"
    r" below.{0,40}|article continues (?:after|below).{0,40}|continue reading.{0,80})",
    r"(?:home|menu|search|close|back|top|back to top|contact(?: us)?|about(?: us)?|sitemap|archive|jobs"
    r"|careers|privacy(?: policy)?|cookie(?:s| policy| settings)?|terms(?: (?:of|and|&) \w+)*|imprint"
    r"|help|faq|navigation|sections|categories|tags|topics|video|videos|photos|gallery|podcasts?|live"
    r"|loading|more|next|previous|follow|donate|support us|report|edit|reply|like|toggle navigation)"
    r"[.…:]*",
    r"(?:home|news|world|start) ?(?:[>»/|›→] ?[\w &’'-]{1,40} ?){1,6}",
    r"(?:follow|find|like|join|visit|contact|support|connect with) us\b.{0,80}",
    r"follow [\w @.’'-]{2,40} on " + _SITES + r".{0,40}",
    r"(?:tags?|tagged(?: (?:as|with))?|filed under|posted (?:in|under)|categor(?:y|ies)|topics?|keywords?"
    r"|region|theme|section|in[- ]depth report|published under|labels?)\s*:.{0,300}",
    r"\(?(?:for (?:a )?(?:higher|better) resolution,? )?click (?:here|on|to)\b.{0,80}\)?",
    r"(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment|response)s?.{0,60}",
    r"(?:view|show|hide|read|see|load|all|no|\d+) (?:all |more |the |\d+ )*(?:comments?|repl(?:y|ies))"
    r"(?: .{0,20})?",
    r"comments? (?:are|is) (?:now )?(?:closed|disabled|off|moderated).{0,80}",
    r"comment on\b.{0,80}",
    r"(?:become|be) an? (?:\w+ )?(?:member|patron|supporter|subscriber|friend)\b.{0,80}",
    r"(?:please )?(?:donate|support (?:us|our (?:work|journalism|site|reporting)|independent (?:media"
    r"|journalism)|quality journalism)|make a (?:donation|contribution)|chip in|buy us)\b.{0,160}",
    r"(?:join the|start a|continue the) (?:conversation|discussion).{0,40}",
    r"(?:\d+|an?|one|two|three|four|five) ?-?min(?:ute)?s?\.?(?: read)?|reading time:? .{1,20}|"
    r"(?:this )?article is (?:more than|over) .{0,30} old",
    r"(?:we (?:use|value) (?:cookies|your privacy)|this (?:site|website) uses cookies).{0,300}",
    r"(?:accept|reject|manage|allow)(?: all)?(?: (?:cookies|and continue|preferences|settings))?",
    r"all rights reserved.?|.{0,60}[©®].{0,120}|(?:copyright|\(c\)) .{0,120}",
    r"powered by .{1,60}|site by .{1,40}|hosted by .{1,40}|disqus|.{0,20} on disqus.{0,20}",
    r"(?:photo|picture|image) (?:gallery|slideshow)\b.{0,40}|\d+ ?/ ?\d+|slide \d+ of \d+",
    r"(?:views?|hits|reads|shares|comments?|likes?)\s*:?\s*\d[\d,.k ]*|👁.{0,20}",
    r"[\d,. ]+[km]? (?:views?|reads|hits|comments?)(?:[ ,·|].{0,30})?",
    r"comments? ?\(?\d*\)?|\d+ comments?(?: so far)?",
    r"https?://\S+|www\.\S+|t\.me/\S+|[\w.+-]+@[\w-]+\.[\w.]+",
    r"\[?(?:end|ends|more|ends here|###|-30-)\]?",
    r"(?:first|originally) posted .{0,60}|print friendly.{0,40}|translate this .{0,60}",
    r"(?:for (?:more|further) (?:information|details|news|stories|on this)|for (?:media|press)"
    r" (?:inquir|enquir|contact|quer)\w*).{0,400}",
    r"(?:media|press|news) (?:contacts?|inquiries|enquiries|office)\s*:?.{0,200}",
    r"(?:notes to (?:the )?editors?|boilerplate)\s*:?",
    r"download (?:our|the|as|this) .{0,60}|get the app.{0,40}|available on .{0,40}",
    r"(?:[^\W\d][\w’'&.-]*(?: [\w’'&.-]+){0,3} ?[|·•»›→/] ?){2,12}[\w’'&.-]*(?: [\w’'&.-]+){0,3}",
    r"(?:trending|breaking|in the news|popular|quick links|on the site|top stories)\s*:.{0,160}",
    r"share (?:this|it|the (?:word|news|story))\b.{0,60}|(?:did you )?(?:like|enjoy) (?:this|what you)\b.{0,100}",
    r"(?:(?:share|send|tweet|print|save|e-?mail|pin|copy|link)\b(?: (?:on|by|via|to|this|with|e-?mail|[A-Z]\w+))*"
    r"[ ,|·]*){2,9}",
    r"\( ?(?:also|photos?|videos?|watch|related|see|read|poll|quiz|opinion|more)\b.{2,160}\)|.{10,160} read more",
    r"(?:more|related|read|watch|story|photos?|videos?|also|opinion)\s*:.{2,160}",
    r"story highlights|story continue[sd] below|full coverage\b.{0,60}",
    r"\d[\d.,]{0,8}[km]?|(?:your )?e-?mail (?:address )?(?:will|is) (?:not|never)\b.{0,120}|required fields.{0,40}",
    r"for immediate release|embargoed? (?:until|for)\b.{0,80}|press release",
    r"\W{1,60}",
)
"""Short lines that belong to the page, not to the article. The whole line has to match."""

LEGAL = _any(
    r"\A(?:legal )?disclaimer\b",
    r"\A(?:©|copyright\b|\(c\))",
    r"\b(?:views|opinions)(?: and \w+)? (?:expressed|presented|stated) (?:\w+ ){0,6}(?:are|do|belong|may)\b",
    r"\b(?:contains?|this is) copyright(?:ed)? material",
    r"\bsubject to copyright\b|\bcopyright (?:owner|holder)s?\b",
    r"[“\"'‘]fair (?:use|dealing)\b",
    r"\ball rights reserved\b",
    r"\b(?:does|do) not (?:necessarily|always) (?:share|reflect|represent|endorse|express|agree)\b",
    r"\bmay not be (?:published|reproduced|republished|redistributed|copied)\b",
    r"\bpermission to (?:cross-?post|re-?post|republish|reproduce)\b",
    r"\b(?:sole responsibility|solely those|not (?:be )?(?:held )?responsible) (?:of|for)\b.{0,80}"
    r"\b(?:author|article|content|website|statement|page|opinion)",
    r"\bour (?:privacy policy|terms of (?:use|service)|community (?:guidelines|standards)|cookie policy)\b",
    r"\Aall (?:images?|photos?|pictures|photographs) (?:in|on|from|by|©|are|courtesy)\b.{0,120}\Z",
    r"\A(?:the )?original (?:source|version|article|text)(?: of this (?:article|text|post|piece|story))?"
    r"(?: (?:is|was|can be|appeared|here)\b|:)",
    r"\Athis (?:article|story|post|piece|column|essay|report|text|translation)(?: was| has been| is| is a)?"
    r"(?: \w+ly)? (?:first )?(?:appeared|published|posted|produced|republished|reposted|reprinted"
    r"|translated|adapted|syndicated|updated|amended|part of)\b",
    r"\A(?:originally|first) (?:published|appeared|posted)\b",
    r"\A(?:re(?:published|printed|posted)|adapted|cross-?posted) (?:with|from|by|at|under)\b",
    r"\Aabout (?:the )?authors?\b",
    r"\A(?:follow|contact|e-?mail|write to|reach) (?:\w+ ){0,4}(?:on twitter|at @|at \S+@|on "
    + _SITES
    + ")",
    r"\A(?:you can )?(?:support|help|subscribe to|sign up for|donate to) (?:our|us|this|the) .{0,100}"
    r"(?:journalism|newsletter|work|site|patreon|donation)",
    r"\Aif you (?:like|liked|enjoyed|found|appreciate|value) (?:this|our|what)\b",
    r"\b(?:click here|sign up) (?:to|for) (?:subscribe|sign|join|get|receive|our|the|donate|become)\b",
)
"""Longer words of the page about itself; found anywhere in a paragraph or at its beginning."""

BIOGRAPHY = re.compile(
    r"\A(?:(?:[A-Z][\w’'.-]+ ){1,4}|(?:The )?[Aa]uthor )(?:is|was|has been|works|writes|covers|reports)"
    r" (?:an? |the |as |for |on |our |currently )"
    r".{0,80}\b(?:journalist|reporter|correspondent|editor|writer|author|analyst|fellow|columnist"
    r"|professor|researcher|lecturer|blogger|freelance\w*|contributor|staff|bureau|expert|historian)\b"
)
"""“Mara Lind is a reporter based in …”: an author box, where it stands after the article."""

_NAMES = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.&-]*|of|the|and|de|van|von|al|el|bin|for|in|,|&|/|@\w+)"
BYLINE = (
    re.compile(rf"[Bb]y:? (?:the )?{_NAMES}(?: {_NAMES}){{0,11}}\Z"),
    re.compile(rf"BY:? {_NAMES}(?: {_NAMES}){{0,11}}\Z"),
    re.compile(
        r"(?:(?:[A-Z]\w+ )?(?:text|story|report|words|translation|translated|written|posted|reported|edited"
        r"|reporting|editing|writing|compiled|submitted|interview(?:ed)?|additional reporting|articles?"
        r"|production|produced|adapted|transcribed)(?: (?:from|into|for) (?:the )?[A-Z]\w+(?: by)?| by)|(?:words"
        r"|text|translation|translated|written|reporting|interview):) ?"
        r"[A-ZÀ-Þ][^.!?]{1,160}\.?\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:source|author|authors|articles by|article by|writer|correspondent|editor|from|via|h/t|hat tip"
        r"|translator|by staff|reporting)\s?: ?(?:the )?[\w@][^.!?]{1,80}\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:forwarded from|shared by|reposted from|(?:posted|published)(?: (?:on )?[\w, ]{6,40})? by) "
        r"[^.!?]{2,80}\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:quelle|autor(?:in)?|fuente|fonte|auteur|источник|автор|перевод) ?: ?.{2,160}\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"[A-Z][^.!?\d]{2,60}, (?:\w+ ){0,4}(?:correspondent|staff writer|reporter|editor|columnist|news agency"
        r"|staff|bureau chief|contributor)(?: (?:in|for|at) [\w ’'-]+)?\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r".{3,120} contributed (?:\w+ ){0,3}to this (?:report|article|story|post)\.?\Z",
        re.IGNORECASE,
    ),
    re.compile(r"(?:\(?reporting by|edited by|editing by) .{3,200}\)?\Z", re.IGNORECASE),
)
"""Lines that say who wrote, translated or passed on the article."""

AGENCY = (
    r"(?:Reuters|AFP|AP|Associated Press|Getty(?: Images)?|EPA(?:-EFE)?|TASS|Sputnik|RIA(?: Novosti)?|Xinhua"
    r"|Anadolu(?: Agency)?|DPA|dpa|PA(?: Wire)?|UPI|Interfax|Shutterstock|iStock|Wikimedia(?: Commons)?"
    r"|Flickr|Bloomberg|Alamy|Zuma|Scanpix|LETA|Rex Features|REX|Corbis|NurPhoto|Unsplash|Pixabay|CC[ -]BY\S*)"
)
CREDIT = (
    re.compile(
        r".{5,280}\b(?:Photograph|Photo|Picture|Image|Illustration|Credit|PHOTO|CREDIT)s?: ?"
        r"[A-ZÀ-Þ][\w.’'-]*(?:[ /,]{1,3}[\w.’'-]+){0,6}\)?\Z",
        re.DOTALL,
    ),
    re.compile(r"(?:[A-ZÀ-Þ©(][\w.’'()© -]{1,40} ?/ ?){1,5}[A-ZÀ-Þ][\w.’'() -]{1,40}\Z"),
    re.compile(
        r"\(?(?:photos?|images?|pictures?|credits?|(?:photo|image|picture) (?:credit|courtesy)|photograph"
        r"|illustration|graphic|map|video|infographic|courtesy|file photo|featured image|screenshot)"
        r"(?: (?:by|from|of|courtesy of|credit|source))?\s?[:/©].{2,200}\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"\(?(?:photo|photograph|image|picture|map|graphic|illustration|courtesy|screenshot) "
        r"(?:by|from|courtesy(?: of)?|courtesy:|©|via|of) [^.!?]{2,80}\)?\Z",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\(?(?:© ?|\(c\) ?)?(?:[\w.’'-]+[ ,/]+){{0,4}}{AGENCY}(?:[ ,/]+[\w.’'-]+){{0,4}}\)?\Z"
    ),
)
"""Lines that say whose picture it is."""

PICTURED = re.compile(
    r"\((?:left|right|cent(?:re|er)|l|r|top|bottom|above|below|far left|pictured|file(?: photo)?|archive)\)"
    r"|\b(?:pictured|is seen|are seen|seen here|seen in (?:this|an?)|file (?:photo|image|picture)"
    r"|in this (?:photo|image|picture|frame|undated)|satellite (?:image|photo)|a screenshot|stands? next to"
    r"|poses? (?:for|with)|handout)\b",
    re.IGNORECASE,
)

SPEECH_CUE = re.compile(
    r"\b(?:sa(?:id|ys|ying)|told|tells|telling|stat(?:ed|es|ing|ement)|declar\w+|claim(?:s|ed|ing)?"
    r"|complain\w*|insist\w*|add(?:s|ed|ing)|wr(?:ote|ites|iting|itten)|post(?:s|ed|ing)|tweet\w*|announc\w+"
    r"|accus\w+|den(?:ied|ies|ying|ial)|warn\w*|hit(?:s|ting)? (?:back|out)|reject\w*|respon\w+|repl(?:y|ied|ies|ying)"
    r"|assert\w*|explain\w*|not(?:ed|es|ing)|argu\w+|conclud\w+|continu(?:ed|es|ing)(?! to)|comment(?:s|ed|ing)"
    r"|ask(?:s|ed|ing)|reads?|as follows|quot\w+|according to|letter|message|testif\w+|urg(?:ed|es|ing)"
    r"|vow\w*|promis\w+|remark\w*|recall\w*|put it|denounc\w+|condemn\w*|critici[sz]\w+|slam\w*|blast\w*"
    r"|sum(?:s|med|ming) up|in (?:his|her|its|their|the) (?:own )?words|transcript|excerpt|reveal\w*"
    r"|describ\w+|report(?:ed|s|ing)|retort\w*|lament\w*|observ(?:ed|es)|elaborat\w+|clarif\w+|stress\w*"
    r"|emphasi[sz]\w+|admit\w*|acknowledg\w+|confirm\w*|release[ds]?|published|communiqu[eé])\b",
    re.IGNORECASE,
)


def words(line: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(line.split())


SECTIONS = words(
    "news world opinion politics business sport sports analysis culture science health travel local"
    " national international breaking exclusive feature features comment editorial interview video"
    " economy technology tech media society war conflict security defence defense environment europe"
    " asia africa americas live report reports investigation investigations blog blogs column columns"
    " letters press-release press release statement statements latest"
)

COMMENTS_HEAD = _any(
    r"(?:\d+ )?(?:reader.?s?.? |user |top |all |latest |your )?comments?(?: ?\(?\d+\)?)?(?: so far)?:?",
    r"(?:\d+ )?comments (?:on|to|for) .{1,120}",
    r"\d+ (?:thoughts?|responses?|replies|reactions?)(?: (?:on|to) .{1,160})?:?",
    r"(?:discussion|conversation|responses|reactions|reader reactions)(?: ?\(?\d+\)?)?:?",
    r"(?:join the|what (?:others|people|readers|you) (?:are )?sa(?:id|y|ying)|have your say).{0,40}",
    r"(?:leave|post|add|write) (?:a|your) (?:comment|reply|response).{0,40}",
    r"(?:view|show|load|read) (?:all |more )?\d* ?comments.{0,20}|sort(?:ed)? by:? ?\w{0,12}",
    r"(?:\d+ )?comments? (?:\W ?)?(?:community|login|best|newest|oldest|sort by|recommend).{0,60}",
)
"""The heading, or the first button, of a page's comments."""

REPLY_BUTTON = _any(
    r"[↳↩\W]*repl(?:y|ies)(?: to (?:this|[\w @.’'-]{1,40}))?(?:[ ·•|]+(?:share|like|report|quote|edit|link|flag"
    r"|permalink|\d+))*",
    r"(?:(?:\d+ ?)?(?:up|down)?votes?|(?:\d+ )?likes?|dislike|report(?: abuse| comment)?|flag|permalink|quote|share"
    r"|[▲▼👍👎⬆⬇+-]+ ?\d*|\d{1,4}|edited|see more|show more|read more)(?:[ ·•|/]+(?:reply|share|like|report|flag|quote"
    r"|permalink|\d+|›|[▲▼👍👎]))*[ ›]*",
    r"(?:\d+ repl(?:y|ies)|view repl(?:y|ies)|(?:show|hide) (?:\d+ )?(?:more )?repl(?:y|ies)).{0,20}",
    r"(?:newest|oldest|best|most (?:liked|recent)|top)(?: (?:first|comments|rated))?|sort(?:ed)? by.{0,20}",
    r"(?:[−–-] ?\+?|\[[–-]\]|avatar|top fan|author|moderator|verified|follow(?:ing)?)",
)
"""Buttons and counters under a comment."""

POSTED = _any(
    r"replying to @\w+|\d[\d.,k]* (?:retweets?|replies)\b|pic\.twitter\.com/\w+|\bt\.co/\w+"
)
SHARED_POST = re.compile(
    r"\b(?:photo|video|post|reel) (?:posted|shared) by (?P<by>[^@()]{1,60}?) \(@(?P<handle>[\w.]{1,30})\) on .{4,40}\Z",
    re.IGNORECASE,
)
SIGNED_POST = re.compile(
    r"[—–-]{1,2} ?(?P<by>[^\n@()]{1,80}?) ?\((?:@|via )(?P<handle>\w{1,30})\)\s*"
    r"(?P<date>\w+\.? \d{1,2},? \d{4}|\d{1,2} \w+\.? \d{4})?[\s”\"’]*\Z"
)
"""“— Name (@handle) May 2, 2031”, as an embedded tweet signs itself when it is copied."""
