"""Words that tell a place from a person, a company or the start of a sentence."""

from __future__ import annotations

TITLE = frozenset(
    "mr mrs ms miss dr prof professor sen senator rep representative gov governor gen general lt col "
    "colonel maj major capt captain sgt sergeant cpl president chancellor minister judge justice coach "
    "sheriff detective officer deputy attorney rev reverend pastor father sister sir lady lord king "
    "queen prince princess sheikh imam mayor pope bishop archbishop saint secretary ambassador "
    "spokesman spokeswoman director chairman editor reporter".split()
)
OPENERS = frozenset(
    "the a an in on at near from to of and but for with by as when while after before since if so both "
    "most many some all no not over under between outside inside across around into through against "
    "about like this that these those downtown greater northern southern eastern western north south "
    "east west northeast northwest southeast southwest central upper lower nearby rural his her its "
    "their our my your is was are were has had will would can could new old mid pro anti "
    "where who what how why also then today yesterday".split()
)
NEVER = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december the and for with that this there here they them "
    "police army most media many both all man men woman women battle union hope liberty church college "
    "university school hospital court house senate congress parliament state states city county street "
    "road avenue park lake river bay mount hill hills valley island islands news post times press house "
    "black white green brown gray red blue young king prince queen bishop smith jones johnson williams "
    "miller davis wilson moore taylor thomas harris martin clark lewis walker hall allen wright scott "
    "adams baker nelson carter mitchell roberts turner phillips campbell parker evans edwards collins "
    "stewart morris rogers reed cook morgan bell murphy bailey cooper howard ward cox ford gibson obama "
    "trump clinton bush biden putin assad ali hassan hussein mohammed muhammad ahmed ibrahim omar osama "
    "said says asked made more much such very well even still just only also back down over under next "
    "first second third last best same other another every each any few several reading nice of bath "
    "mobile orange enterprise independence columbus facebook twitter google reuters link like share "
    "islam allah god christ christmas easter democrat republican english french german spanish "
    "center centre central north south east west northern southern eastern western general major "
    "department ministry office service board company inc corp group bank club team league "
    "david john james robert michael william richard joseph charles daniel paul mark donald george "
    "kenneth steven edward brian ronald anthony kevin jason matthew gary timothy jose larry jeffrey "
    "frank eric stephen andrew raymond gregory joshua jerry dennis patrick peter harold douglas henry "
    "carl arthur ryan roger joe juan jack albert jonathan justin terry gerald keith samuel ralph "
    "lawrence nicholas roy benjamin bruce brandon adam harry fred wayne billy steve louis jeremy aaron "
    "randy eugene carlos russell bobby victor ernest phillip todd jesse craig alan shawn clarence sean "
    "chris mary patricia linda barbara elizabeth jennifer maria susan margaret dorothy lisa nancy karen "
    "betty helen sandra donna carol ruth sharon michelle laura sarah kimberly deborah jessica shirley "
    "cynthia angela melissa brenda amy anna rebecca virginia kathleen pamela martha debra amanda "
    "stephanie carolyn christine marie janet catherine frances ann joyce diane alice julie heather "
    "teresa doris gloria evelyn jean cheryl mildred katherine joan ashley judith rose janice kelly "
    "nicole judy christina kathy theresa beverly denise tammy irene jane lori rachel marilyn andrea "
    "kathryn louise sara anne jacqueline wanda bonnie julia ruby lois tina phyllis norma paula diana "
    "annie lillian emily robin peggy crystal gladys rita dawn connie florence tracy edna tiffany carmen "
    "rosa cindy grace wendy victoria edith kim sherry sylvia josephine thelma shannon sheila ethel "
    "ellen elaine marjorie carrie charlotte monica esther pauline emma juanita anita rhonda hazel amber "
    "eva debbie april leslie clara lucille jamie joanne eleanor valerie danielle megan alicia suzanne "
    "gail bertha darlene veronica jill erin geraldine lauren cathy joann lorraine lynn sally regina "
    "erica beatrice dolores bernice audrey yvonne annette marion dana stacy ana renee ida vivian roberta "
    "holly brittany melanie loretta yolanda laurie katie kristen vanessa alma sue elsie beth jeanne "
    "northeast northwest southeast southwest metro superior wash fiscal district development fire "
    "commission committee council agency authority force forces front party".split()
) - {"virginia", "brittany", "georgia", "columbus"}  # fmt: skip
JOINERS = frozenset("al el ad ar as ash at az ez er es ed de del della di da do dos das du des la le "
                     "las los les of the on upon and am an der den zu sur san bin ibn y".split())  # fmt: skip
FOLLOWERS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december mayor police gov governor sen rep president "
    "republican republicans democrat democrats sheriff county parish city province state oblast region "
    "governorate river on in at and the is was has will who airport international general attorney "
    "firefighters fire residents native i we he she they it a an if but district".split()
)

FORENAMES = NEVER - OPENERS - frozenset(
    "monday tuesday wednesday thursday friday saturday sunday police army media college university "
    "school hospital court house senate congress parliament state states city county street road avenue "
    "park lake river bay mount hill hills valley island islands news press center centre department "
    "ministry office service board company group bank club team league english french german spanish "
    "union battle major general".split()
)  # fmt: skip
GENERIC = frozenset(
    "valley river province city county state region district town village mount lake island islands "
    "park street road avenue north south east west center centre middle upper lower bank".split()
)
PERSONLIKE = frozenset(
    "jordan georgia chad virginia carolina israel kenya brittany victoria montana dakota washington "
    "lincoln jackson florence charlotte austin dallas sydney paris madison sofia milan cuba india china "
    "holland ireland london berlin".split()
)
"""Names of places that people bear as well, so that a capitalised word after them may be a surname."""
