"""How texts become the words of the index."""

from __future__ import annotations

import unicodedata

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from regesta.pages.search.tokens import index_words, spoken_words

RUSSIAN = """новый новой новая новейший новейшая важнейшей делай делайте рисуй рисуйте пейте войной война мой моего чай
случай край края герой буй музей Россией Россия российский российская учащийся учащаяся занимайся занимайтесь бойся стой
район йод йога партией семьёй семья землёй земля собой ей ой самый самой синий синей третий лисий идей идея змей статьёй
Николай Николая Андрей Алексей Сергей убей налейте выйди пойдёт найти дай дайте давай клей сильнейшим ближайший двойной
тройная конвой строй покой соловей воробей ручей судей гостей степей свободой Евгений Дмитрий Юрий армией историй
""".split()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The S-300’s", "en", ["the", "s", "300", "s"]),
        ("C++, C#", "en", ["c", "c"]),
        ("schnorr-signature", "en", ["schnorr", "signature"]),
        ("war—and peace", "en", ["war", "and", "peace"]),
        ("O'Brien’s U.S.", "en", ["o", "brien", "s", "u", "s"]),
        ("l’Ukraine", "fr", ["l", "ukraine"]),
        ("Café Łódź Tsikhanoŭskaya", "pl", ["cafe", "łodz", "tsikhanouskaya"]),
        ("Київ, п'ять п’ять пʼять", "uk", ["киꙇв", "п", "ять", "п", "ять", "п", "ять"]),
        ("Мінск і ўлада", "be", ["мінск", "і", "ұлада"]),
        ("новый мой", "ru", ["новые", "моу"]),
        ("Straße ΣΟΦΟΣ", "de", ["straße", "σοφοσ"]),
        ("北京大学2020年", "zh", ["北", "京", "大", "学", "2020", "年"]),
        ("カギ ガギ", "ja", ["カ", "𣂮", "𣂬", "𣂮"]),
        ("서울은", "ko", ["서울은"]),
        ("a_b 1,000 3.5", "en", ["a", "b", "1", "000", "3", "5"]),
        ("… — «»", "en", []),
        ("Light\u00adhouse moon\u2060light", "en", ["lighthouse", "moonlight"]),
        ("zero\ufeffwidth \u202equay", "en", ["zerowidth", "quay"]),
        ("zero\u200bsum", "en", ["zero", "sum"]),
        ("prezydent\u00adów Но\u00adвый", "pl", ["prezydentom", "новыҋ"]),
        ("می\u200cخواهم", "fa", ["میخواهم"]),
        ("北\ufeff京", "zh", ["北", "京"]),
    ],
)
def test_words_are_split_and_folded(text, language, expected) -> None:
    """Punctuation separates, accents do not count, and letters of their own stay apart from others."""
    assert index_words(text, language) == expected


@pytest.mark.parametrize("word", RUSSIAN)
def test_a_russian_word_keeps_the_stem_of_its_forms(word) -> None:
    """A word that ends in й has the same stem as Snowball gives it, though Pagefind reads й as и."""
    stem = snowballstemmer.stemmer("russian").stemWord
    (found,) = index_words(word, "ru")
    assert stem(found).replace("й", "ҋ") == stem(word.lower()).replace("й", "ҋ")


FORMS = {
    "polish": "prezydent prezydentów; prom promów; rząd rządów; mówić mówił; czekać czekała; wojna wojną",
    "spanish": "decidir decidió; hablar hablaría hablarían habló; comer comía comían comeríamos; francesa francés",
    "german": "Haus Häuser; Fähre Fähren; schön schöner; Präsident Präsidenten; Straße Straßen",
    "french": "élection élections; président présidents; décidé décider; forêt forêts; république républiques",
    "portuguese": "ação ações; eleição eleições; político política; nação nações; decisão decisões",
    "finnish": "päivä päivän; työ työn; tyttö tytön; hyvä hyvän; sää säät",
}


@pytest.mark.parametrize(
    ("language", "forms"), [(name, forms.split()) for name, text in FORMS.items() for forms in text.split(";")]
)
def test_forms_have_one_stem_without_their_accents_too(language, forms) -> None:
    """Forms that Snowball's stemmer takes for one word are one word of the index as well."""
    stem = snowballstemmer.stemmer(language).stemWord
    code = {"polish": "pl", "spanish": "es", "german": "de", "french": "fr", "portuguese": "pt", "finnish": "fi"}[
        language
    ]
    expected = len({stem(form.lower()) for form in forms})
    assert len({stem(word) for form in forms for word in index_words(form, code)}) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("दिन", "दान"), ("กิน", "กัน"), ("カキ", "ガギ"), ("їх", "іх"), ("край", "краи")]
)
def test_marks_that_count_are_kept_apart(one, other) -> None:
    """What Pagefind would read as one word for want of marks are two."""
    assert index_words(one, "") != index_words(other, "")
    assert not any(unicodedata.category(char)[0] == "M" for word in index_words(one, "") for char in word)


@given(st.text())
def test_words_pass_through_pagefind_unchanged(text) -> None:
    """Whatever the text, its words have neither marks nor blanks nor punctuation, and are in composed letters."""
    for word in index_words(text, "en"):
        assert word
        assert all(char.isalnum() for char in word)
        assert unicodedata.normalize("NFC", word) == word


@given(st.text())
def test_either_form_of_unicode_gives_the_same_words(text) -> None:
    """Composed and decomposed letters are the same words."""
    assert index_words(unicodedata.normalize("NFD", text), "en") == index_words(text, "en")


def test_words_of_readers_keep_their_accents() -> None:
    """Words that are offered stand as they are written, without single letters and ideographs."""
    assert spoken_words("L’Élysée à 3 heu\u00adres 北京") == ["élysée", "heures"]
