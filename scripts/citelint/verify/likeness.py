"""When two ways of writing a title, name, page range or publisher mean the same.

Every comparison returns ``True`` (they agree), ``False`` (they do not) or ``None``: they
cannot be compared, for one is empty or they are in different scripts, and no list of
transliterations would be complete.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from citelint.myst.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Letters that Unicode does not take apart, as bibliographies write them without accent.
UNPARTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ȷ": "j"}
)
#: The other way of writing an accented letter without its accent.
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
WITHIN_WORDS = re.compile(r"['’‘ʹʺʼʿʾ`\"“”„]")
NO_LETTERS = re.compile(r"[\W_]+")
#: Where a title is cut from its subtitle or an addition.
CUT = re.compile(r"\s*[:;.?!(\[—–]\s*|\s+[-/=]\s+")
ARTICLES = words("the a an der die das le la les l il lo el los las")
FEWEST_WORDS_OF_A_TITLE = 3
DIGITS = re.compile(r"[0-9]+")
ROMAN = re.compile(r"[ivxlcdm]+")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
NUMBER_LABEL = re.compile(r"^(?:vol(?:ume)?|no|nr|num(?:ber)?|issue|bd|band|heft|t|tom)\b\.?\s*")
PAGE_DASH = re.compile(r"\s*[-–—‒‐−]+\s*")
#: Words that publishers share.
OF_PUBLISHERS = words(
    "press publishing publishers publisher publications university verlag verlagsgesellschaft "
    "editions edition editore books co company inc ltd llc limited gmbh group sons uk usa us "
    "international academic science business media and of the for de du des und et e"
)
#: Publishers whose records carry the owner's name instead of the imprint's.
OWNERS = {
    "informa": words("taylor francis routledge"),
    "springer": words("palgrave macmillan birkhauser vieweg kluwer"),
    "wiley": words("blackwell"),
    "gruyter": words("saur oldenbourg mouton niemeyer"),
    "elsevier": words("pergamon"),
    "oup": words("oxford"),
    "cup": words("cambridge"),
    "sage": words("pine forge"),
    "bloomsbury": words("continuum berg tauris"),
}


def fold(text: str) -> str:
    """Return a text's words in small letters without accents, separated by single spaces."""
    text = WITHIN_WORDS.sub("", text.casefold()).replace("&", " and ").translate(UNPARTED)
    parted = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in parted if not unicodedata.combining(c))
    return NO_LETTERS.sub(" ", bare).strip()


def spellings(text: str) -> frozenset[str]:
    """Return a text folded, and folded with umlauts spelt out."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return frozenset({fold(text), fold(composed.translate(SPELT_OUT))})


def script(text: str) -> str:
    """Return the script of most of a text's letters, "" where it has none."""
    names = Counter(unicodedata.name(c, "?").split()[0] for c in text if c.isalpha())
    return names.most_common(1)[0][0] if names else ""


def comparable(one: str, other: str) -> bool:
    """Say whether two texts say something, and in one script as far as they have letters."""
    scripts = {script(one), script(other)} - {""}
    return bool(fold(one)) and bool(fold(other)) and len(scripts) <= 1


def any_agree(verdicts: Iterable[bool | None]) -> bool | None:
    """Return ``True`` if any does, else ``False`` if any could be compared, else ``None``."""
    found = set(verdicts)
    return True if True in found else False if False in found else None


def without_article(folded: str) -> str:
    """Return folded words without an article at their start."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in ARTICLES else folded


def title_forms(title: str) -> frozenset[str]:
    """Return a whole title's folded spellings, without article."""
    return frozenset(without_article(form) for form in spellings(title))


def main_forms(title: str) -> frozenset[str]:
    """Return the folded spellings of a title cut at its first mark, none if nothing is left."""
    main = CUT.split(title.strip(), maxsplit=1)[0]
    return title_forms(main) - {""}


def begins(long: str, short: str) -> bool:
    """Say whether folded words begin with others, of which there are enough for a title."""
    return len(short.split()) >= FEWEST_WORDS_OF_A_TITLE and f"{long} ".startswith(f"{short} ")


def titles_agree(ours: str, theirs: str) -> bool | None:
    """Compare titles: case, marks and accents are free, and one may lack its subtitle."""
    if not comparable(ours, theirs):
        return None
    our_forms, their_forms = title_forms(ours), title_forms(theirs)
    if our_forms & (their_forms | main_forms(theirs)) or main_forms(ours) & their_forms:
        return True
    return any(begins(a, b) or begins(b, a) for a in our_forms for b in their_forms)


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether each word begins its partner in *long*, small words left out."""
    small = OF_PUBLISHERS - {"press", "university", "science", "international"}
    ours = [word for word in short if word not in small]
    theirs = [word for word in long if word not in small]
    pairs = list(zip_longest(ours, theirs, fillvalue="?"))
    return bool(pairs) and all(b.startswith(a) or a.startswith(b) for a, b in pairs)


def containers_agree(ours: str, theirs: str) -> bool | None:
    """Compare journals or books: as titles, and abbreviated word by word."""
    verdict = titles_agree(ours, theirs)
    if verdict is False:
        return abbreviates(fold(ours).split(), fold(theirs).split())
    return verdict


def arabic(numeral: str) -> int:
    """Return the value of a Roman numeral in small letters."""
    values = [ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def number_form(text: str) -> str:
    """Return a volume or issue without label, leading zeros and Roman numerals."""
    bare = NUMBER_LABEL.sub("", text.casefold().strip())
    pieces = re.split(r"[\W_]+", bare)
    return " ".join(
        str(int(word))
        if DIGITS.fullmatch(word) and len(word) <= LONGEST_NUMBER
        else str(arabic(word))
        if ROMAN.fullmatch(word)
        else word
        for word in pieces
        if word
    )


#: Digits of a number that is one; longer ones are compared as text.
LONGEST_NUMBER = 12


def numbers_agree(ours: str, theirs: str) -> bool | None:
    """Compare volumes or issues."""
    one, other = number_form(ours), number_form(theirs)
    return one == other if one and other else None


def page_ends(text: str) -> tuple[str, str]:
    """Return the first and the last page of a text of pages; an elided last one is completed."""
    pieces = [piece for piece in re.split(r"[,;]\s*", text.casefold()) if piece.strip()]
    if not pieces:
        return "", ""
    first = PAGE_DASH.split(pieces[0].strip())[0]
    ends = [end for end in PAGE_DASH.split(pieces[-1].strip()) if end]
    last = ends[-1] if ends else ""
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first.strip(" +f."), last.strip(" +f.")


def pages_agree(ours: str, theirs: str) -> bool | None:
    """Compare the first pages, and the last where both name more than one."""
    (our_first, our_last), (their_first, their_last) = page_ends(ours), page_ends(theirs)
    if not our_first or not their_first:
        return None
    if our_first != their_first:
        return False
    return our_last in {their_last, our_first} or their_last == their_first


def publishers_agree(ours: str, theirs: str) -> bool | None:
    """Compare publishers by the words that are theirs alone; an owner may stand for an imprint."""
    if not comparable(ours, theirs):
        return None
    one, other = fold(ours).split(), fold(theirs).split()
    proper, their_proper = set(one) - OF_PUBLISHERS, set(other) - OF_PUBLISHERS
    if not proper or not their_proper:
        return set(one) == set(other)
    owned = any(owns(a, b) for a, b in ((proper, their_proper), (their_proper, proper)))
    return bool(proper & their_proper) or owned or initials(one, other) or initials(other, one)


def owns(owner: set[str], imprint: set[str]) -> bool:
    """Say whether one's words name the owner of the other."""
    return any(not imprint.isdisjoint(OWNERS[name]) for name in owner & OWNERS.keys())


def initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether a single word is made of the other's first letters (``cup``)."""
    return len(short) == 1 and short[0] in {
        "".join(word[0] for word in long),
        "".join(word[0] for word in long if word not in {"of", "and", "the", "for"}),
    }


#: Ways in which a Slavic name is put into Latin letters that differ in sound by nothing.
TRANSLITERATED = (("shch", "sc"), ("kh", "h"), ("sh", "s"), ("zh", "z"), ("ts", "c"), ("ch", "c"))
GLIDES = re.compile(r"(?<=[aeiou])[yj]|[iyj](?=[aeou])|(?:iy|ij|yi|ii|yj|y|j)")


def sounded(word: str) -> str:
    """Return a folded word with its transliteration made even, roughly."""
    for letters, letter in TRANSLITERATED:
        word = word.replace(letters, letter)
    return GLIDES.sub("i", word).replace("ii", "i")


def family_agrees(family: str, their_family: str, their_given: str = "") -> bool | None:
    """Compare family names; what stands with the given names in one may stand here in the other.

    All words of the one must be among the other's: "van der Meer" and "Meer, Jan van der".
    """
    if not comparable(family, their_family):
        return None
    ours, theirs = word_forms(family), word_forms(their_family)
    whole = [their | given for their in theirs for given in word_forms(their_given)]
    return any(our <= name for our in ours for name in whole) or any(
        their <= our for their in theirs for our in ours
    )


def word_forms(name: str) -> list[set[str]]:
    """Return the words of a name in each of its spellings."""
    return [{sounded(word) for word in form.split()} for form in sorted(spellings(name))]
