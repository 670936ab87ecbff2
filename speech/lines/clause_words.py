"""Know the English words that tell where spoken sentences and clauses begin and end. Only lists."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations, without their last full stop.

NEVER_LAST = _words("e.g i.e vs v cf approx incl")
"""In lower case; nobody ends a sentence with these."""

TITLES = _words("Mr Mrs Ms Dr Prof Messrs")
"""As written: "ms." is a unit. No sentence ends here whatever follows: "Dr. No" is a person."""

BEFORE_FIGURES = _words("""
    no nos p pp vol vols ch sec fig figs eq art ver
    jan feb mar apr jun jul aug sep sept oct nov dec
""")
"""In lower case; short forms only where a figure follows: "No." alone is an answer."""

IN_NAMES = _words("""
    Inc Ltd Corp Co Bros Jr Sr St Ave Blvd Mt Ft Dept Univ Assn Yahoo
    Gen Sen Rep Gov Capt Lt Col Sgt Cmdr Adm Maj Rev Hon Pres
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
""")
"""As written: "next gen." is no general. They may end a sentence or stand inside a name."""

AFTER_LISTS = _words("etc al")
"""Seldom before a name, so that any capital after them begins a sentence."""

HOURS = _words("a.m p.m")

AFTER_HOURS = _words("""
    Pacific Eastern Central Mountain Standard Daylight London Berlin Paris Tokyo Seoul Beijing
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
""")
"""Capitals that go on after an hour: "6 a.m. Pacific"."""

STARTERS = _words("""
    a an the this that these those it he she we you they there here
    my our your his her their its some most many all every each both
    and but so or because if when while then now although though since once until
    what why how who where which whether
    is are was were do does did can could would should has have had
    don't didn't doesn't isn't aren't can't won't
    of for in on at to from with by about after before as into over under during between
    well yeah yes yep no nope not okay ok oh ah um uh hmm wow right sure exactly absolutely
    actually basically honestly obviously maybe perhaps also just like only even still again
    let wait hold please thanks thank sorry very really anyway hello hi hey
    today tomorrow yesterday sometimes usually cool great nice good interesting
    everybody everyone somebody someone nobody nothing everything something
""")
"""In lower case; with a capital they begin a sentence.

Not "I", which always has a capital, and not "Will", "May", "Mark" or "Bill", who are people.
"""

# What a listener says while somebody else goes on speaking.

INTERJECTIONS = _words("""
    yeah yep yes yup ya nope nah okay ok wow oh ah aha hmm hm mm mhm mm-hmm mmhmm mm-hm
    uh-huh huh gotcha
""")

REPLIES = _words("""
    no right sure true exactly totally absolutely definitely indeed correct cool nice great good
    interesting amazing awesome
""")
"""Replies as well, but not after a word that leans on them: "I think that's right"."""

# Clauses, in lower case.

CONJUNCTIONS = _words("""
    but because which while where whereas if when although though since until unless whose who
""")
"""Begin a clause whatever follows."""

JOINERS = _words("and or so then plus except")
"""Begin a clause before one of the `SUBJECTS`: ", and we" and not ", and so on"."""

SUBJECTS = _words("""
    i we you he she it they this that there these those the my our your his her their what if when
    i'm i've i'll i'd we're we've we'll we'd you're you've you'll you'd it's it'll that's there's
    he's she's they're they've they'll here's what's also now here
""")

LOOSE_ENDS = _words("""
    a an the my our your their some any each every no even just only very really
    of to in on at for from with by about into over under between without than as like per
    and but so or nor because which who whose if when while where whether
    is are was were be been being am can could will would should may might must has
    i we he she they i'm we're you're he's she's they're it's that's there's um uh er
""")
"""Words that lean on the next one; a line never stops after them of its own accord."""

SCALES = _words("hundred thousand million billion trillion percent dollars euros pounds point")
"""Go on with the figure before them: "2 billion"."""
