"""What lies in a name is said in plain words; what does not is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.lookalike import ALIKE, COVER, covered, named, oddities, script

ANY = st.text(st.characters(exclude_categories=["Cs"]))
LYING = st.text(
    st.sampled_from("Orlo Ада αβ\u202e\u2066\u2069\u200b\u200d\u00ad\u0301Ａ𝐎1２é👩🏴\U000e0067")
)


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.kind) for each in oddities(text)]


def why(text: str) -> str:
    (found,) = oddities(text)
    return found.why


@pytest.mark.parametrize(
    "text",
    [
        "Ada Orlo, of the Lurn Courier", "Čapek’s naïve œuvre, 1 234 m²", "Ада Орлова сказала",
        "Η Άντα στο Λουρν", "iPhone手机", "東京タワーとソウル", "أدا أورلو قالت", "م\u06cc\u200cروم",
        "👩\u200d👩\u200d👧 and ✈\ufe0f", "🏴\U000e0067\U000e0062\U000e007f", "עדה\u200f (Ada)", "5 µm", "a\tb\r\n",
        "the word “война” in an English text", "X-ray, α and Ω",
    ],
)  # fmt: skip
def test_what_people_write_every_day_is_not_odd(text: str) -> None:
    assert oddities(text) == ()


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Ada \u202eolrO", [("\u202e", "direction")]),
        ("a\u2066b\u2069", [("\u2066", "direction"), ("\u2069", "direction")]),
        ("Or\u200blo", [("\u200b", "hidden")]),
        ("Or\u200dlo", [("\u200d", "hidden")]),
        ("Or\u00adlo", [("\u00ad", "hidden")]),
        ("hi\U000e0041", [("\U000e0041", "hidden")]),
        ("a\x08b", [("\x08", "control")]),
        ("said Оrlo", [("Оrlo", "mixed scripts")]),
        ("Аdа", [("Аdа", "mixed scripts")]),
        ("the Lurn Соре is here", [("Соре", "look-alike")]),
        ("the 𝐎rlo files", [("𝐎rlo", "look-alike")]),
        ("1２3 dead", [("1２3", "mixed scripts")]),
    ],
)
def test_what_lies_is_shown_where_it_stands(text: str, odd: list[tuple[str, str]]) -> None:
    assert shown(text) == odd


def test_the_reason_is_in_plain_words() -> None:
    assert why("said Оrlo") == "Cyrillic letters (О) among Latin ones"
    assert why("the Lurn Соре is here").endswith("look Latin: it can be read as “Cope”")
    assert why("Ada \u202eolrO").startswith("U+202E (right-to-left override) forces")
    assert why("Or\u200blo") == "U+200B (zero width space) cannot be seen"


def test_every_look_alike_is_a_letter_of_another_alphabet_than_the_one_it_looks_like() -> None:
    for strange, latin in ALIKE.items():
        assert latin.isascii() and strange.isalpha() and not strange.isascii()
        assert script(strange) in {"Cyrillic", "Greek"} or unicodedata.name(strange)


@given(st.one_of(ANY, LYING))
def test_oddities_are_places_in_the_text_in_order_and_each_has_a_reason(text: str) -> None:
    found = oddities(text)
    assert all(0 <= each.start < each.end <= len(text) and each.why for each in found)
    assert list(found) == sorted(found, key=lambda each: (each.start, each.end, each.kind))


@given(st.text(st.sampled_from("abc ÄÖß.,’“”—\n\tжфщ漢字かなعرب")))
def test_plain_scripts_apart_by_spaces_are_never_odd(text: str) -> None:
    apart = " ".join("".join(part) for part in _by_script(text))
    assert [each for each in oddities(apart) if each.kind != "look-alike"] == []


def _by_script(text: str) -> list[list[str]]:
    parts: list[list[str]] = []
    for c in text:
        if parts and (not c.isalpha() or script(parts[-1][0]) == script(c)):
            parts[-1].append(c)
        else:
            parts.append([c])
    return parts


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ADA ORLO said", ["ADA ORLO"]),
        ("Ada\n  Orlo’s boat", ["Ada\n  Orlo"]),
        ("#AdaOrlo and ada_orlo-2.html", ["AdaOrlo", "ada_orlo"]),
        ("Ada Оrlo and A\u200bda O\u0301rlo\u0301!", ["Ada Оrlo", "A\u200bda O\u0301rlo\u0301"]),
        ("𝐀𝐝𝐚 𝐎𝐫𝐥𝐨", ["𝐀𝐝𝐚 𝐎𝐫𝐥𝐨"]),
        ("Ada Orlova, Canada Orlo, Orlo", []),
    ],
)
def test_a_name_is_found_in_any_dress_but_not_inside_another(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in named("Ada Orlo", text)] == found


def test_a_name_in_a_script_without_spaces_is_found_inside_a_sentence() -> None:
    assert covered("记者王小明说", ["王小明"]) == f"记者{COVER * 3}说"


def test_a_cyrillic_name_is_found_in_any_case() -> None:
    assert covered("вера и ВЕРА, Вера", ["Вера"]) == "████ и ████, ████"


@given(st.one_of(ANY, LYING), st.sampled_from(["Orlo", "Ада", "αβ", "É", "o r"]))
def test_covering_keeps_every_offset_and_leaves_no_name(text: str, name: str) -> None:
    done = covered(text, [name])
    assert len(done) == len(text)
    assert all(c in (COVER, text[at]) for at, c in enumerate(done))
    assert named(name, done) == ()
    assert covered(done, [name]) == done


@given(ANY, ANY)
def test_a_name_between_other_words_is_always_covered(before: str, after: str) -> None:
    done = covered(f"{before} Ada Orlo {after}", ["Ada Orlo"])
    assert done[len(before) + 1 : len(before) + 9] == COVER * 8
