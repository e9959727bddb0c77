"""What is proposed to be left out of a brand's noise, in many languages; and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.engine.exclusions import propose_exclusions
from monitor.errors import BadInput
from monitor.model.brand import Brand
from monitor.model.post import Author, Post
from monitor.model.proposal import Exclusion, Leaves

JUICE = (
    "I drink a glass of orange juice every morning",
    "Fresh orange juice is the best thing in Spain",
    "Is orange juice bad for the teeth? Mine hurt",
    "My kid spilled orange juice all over the sofa",
    "The price of orange juice doubled, thanks Brazil",
    "We mixed vodka with some orange juice",
)
COUNTY = (
    "A fire broke out in Orange County last night",
    "The sheriff of Orange County spoke to reporters",
    "She moved to Orange County with her dog",
    "Rain is expected across Orange County tomorrow",
    "Police in Orange County arrested a man",
    "Voters in Orange County go to the polls",
)
PHONE = (
    "My Orange subscription was cut off for the third time",
    "The fibre from Orange never works",
    "I called Orange about the bill",
    "Why does Orange charge me twice for the fibre?",
    "Switching from Orange to Free next week",
    "The Orange fibre box blinks red",
    "Customer support at Orange is a joke",
    "Orange opened a shop near me",
)
STORM = (
    "Vigilance orange aux orages dans le Var",
    "Météo-France place le Gard en vigilance orange",
    "Huit départements en vigilance orange ce samedi",
    "La vigilance orange est levée en Bretagne",
    "Canicule : la vigilance orange maintenue à Lyon",
    "Le Rhône passe en vigilance orange",
)
ORANGE_FR = (
    "Encore en panne, la fibre d'Orange",
    "La fibre d’Orange est coupée depuis lundi",
    "Technicien pour la fibre d'Orange jamais venu",
    "On attend la fibre Orange depuis un an",
    "Merci la fibre Orange, enfin installée",
    "Chez Orange personne ne répond",
    "Facture Orange doublée sans prévenir",
)
FESTIVAL = (
    "On a vu le Festival Lumen hier soir",
    "Programme du Festival Lumen 2026 en ligne",
    "Le Festival Lumen revient à Nantes en mai",
    "Concert annulé au Festival Lumen",
    "Billets pour le Festival Lumen à gagner",
)
LUMEN = (
    "J'adore le café de chez Lumen",
    "Mon colis Lumen n'est jamais arrivé",
    "Lumen ne répond pas",
    "La machine Lumen est en panne",
    "Qui a essayé la Lumen en bleu ?",
)


def posts(
    texts: Sequence[str], language: str = "", site: str = "s.example", author: str = ""
) -> list[Post]:
    return [
        Post(f"{i}{words}", f"https://{site}/{i}", "", words, Author(author), language=language)
        for i, words in enumerate(texts)
    ]


def found(
    name: str, given: Sequence[Post], languages: Sequence[str] = ()
) -> list[tuple[Leaves, str, int]]:
    return [
        (e.leaves, e.value, e.hides) for e in propose_exclusions(Brand(0, name), given, languages)
    ]


def test_a_thing_and_a_place_of_the_same_name() -> None:
    juice, county = propose_exclusions(
        Brand(0, "Orange"), posts((*JUICE, *COUNTY, *PHONE)), ("en",)
    )
    assert (juice.leaves, juice.value, juice.hides, juice.chosen) == (Leaves.WORD, "juice", 6, True)
    assert (county.leaves, county.value, county.hides) == (Leaves.WORD, "County", 6)
    assert not county.chosen  # could be a part of the firm: a person decides
    assert juice.example in JUICE
    assert county.example in COUNTY


def test_however_the_name_was_typed() -> None:
    typed = found("orange", posts((*JUICE, *COUNTY, *PHONE)), ("en",))
    assert [value for _, value, _ in typed] == ["juice", "County"]


def test_where_everybody_writes_it_small_nothing_is_ticked_at_first() -> None:
    careless = (
        "I called orange about the bill",
        "Why does orange charge me twice? Hello?",
        "The shop of orange in Lyon is closed",
        "Switching from orange to Free next week",
        "Customer support at orange is a joke, Paul",
    )
    found = propose_exclusions(Brand(0, "Orange"), posts((*JUICE, *careless), "en"), ("en",))
    assert [(one.value, one.chosen) for one in found] == [("juice", False)]


def test_the_words_of_the_trade_stay() -> None:
    assert found("Orange", posts(PHONE * 2, "en")) == []
    assert found("Orange", posts(ORANGE_FR, "fr")) == []
    assert found("Lumen", posts(LUMEN, "fr")) == []


@pytest.mark.parametrize(
    ("name", "language", "other", "own", "word"),
    [
        ("Orange", "fr", STORM, ORANGE_FR, "vigilance"),
        ("Lumen", "fr", FESTIVAL, LUMEN, "Festival"),
        (
            "Mango",
            "es",
            (
                "Un zumo de mango para María",
                "Me bebí un zumo de mango en Sevilla",
                "El zumo de mango de Perú",
                "Receta: zumo de mango con menta",
                "Hoy toca zumo de mango en casa",
            ),
            ("Vestido de Mango roto", "Compré en Mango ayer", "La tienda Mango de Madrid cerró"),
            "zumo",
        ),
        (
            "オレンジ",
            "ja",
            tuple(f"オレンジジュース{tail}" for tail in ("を飲んだ", "が一番", "をこぼした", "ください", "と卵", "は甘い", "無料", "飲みたい")),
            ("オレンジの回線が遅い", "オレンジに電話した", "オレンジの料金が高い", "オレンジを解約した"),
            "ジュース",
        ),
        (
            "Апельсин",
            "ru",
            ("Купил сок апельсин и торт", "Этот сок апельсин кислый", "Пью сок апельсин утром",
             "Дети любят сок апельсин", "Свежий сок апельсин дорого"),
            ("Оператор Апельсин не отвечает", "Связь от Апельсин пропала", "Тариф Апельсин подорожал",
             "Офис Апельсин закрыт"),
            "сок",
        ),
        (
            "Παπάκι",
            "el",
            ("Είδα ένα κίτρινο παπάκι στη λίμνη", "Το κίτρινο παπάκι κολυμπά", "Πλαστικό κίτρινο παπάκι για το μπάνιο",
             "Ένα κίτρινο παπάκι για τον Γιώργο", "Θέλω κίτρινο παπάκι"),
            ("Το Παπάκι δεν απαντά", "Έγραψα στο Παπάκι χθες", "Η υποστήριξη του Παπάκι", "Στο Παπάκι αγόρασα όνομα"),
            "κίτρινο",
        ),
    ],
)  # fmt: skip
def test_in_any_language(
    name: str, language: str, other: Sequence[str], own: Sequence[str], word: str
) -> None:
    (first, *_) = found(name, posts((*other, *own), language), (language, "en"))
    assert first == (Leaves.WORD, word, len(other))


def test_fewer_than_five_prove_nothing() -> None:
    assert found("Orange", posts((*JUICE[:4], *PHONE))) == []
    assert found("Orange", posts((*(JUICE[:1] * 9), *PHONE))) == []  # one text, copied


def test_function_words_and_numbers_are_no_reason() -> None:
    small = [f"the orange with the 5 on it, {word}" for word in "abcdefgh"]
    assert found("Orange", posts((*small, *PHONE))) == []


def test_a_language_nobody_here_reads() -> None:
    dutch = (
        "Hoeveel lumen heeft deze lamp?",
        "De zaklamp geeft 900 lumen",
        "Te weinig lumen voor de fiets",
        "Wat kost een spot van 400 lumen",
        "Meer lumen is niet altijd beter",
    )
    given = [*posts(dutch, "nl"), *posts(LUMEN, "fr")]
    assert (Leaves.LANGUAGE, "nl", 5) in found("Lumen", given, ("fr", "en"))
    assert found("Lumen", given, ("fr", "nl")) == []
    assert (Leaves.LANGUAGE, "nl", 5) not in found("Lumen", given)  # nobody said what is read


def test_a_site_that_means_the_fruit() -> None:
    recipes = (
        "Peel one orange for the Lyon salad",
        "A cake with almond and orange, as Mum made it",
        "Chocolate and orange for Easter",
        "Duck in orange from Normandy",
        "Grate an orange over the Savoy biscuits",
        "Slice one orange thinly, says Anna",
    )
    given = [*posts(recipes, "en", "cook.example"), *posts(PHONE, "en", "forum.example")]
    assert (Leaves.SITE, "cook.example", 6) in found("Orange", given, ("en",))


def test_an_author_who_says_the_same_all_day() -> None:
    bot = tuple(
        f"Orange stock price update number {n}: buy cheap shares here today" for n in "ABCDEF"
    )
    given = [*posts(bot, "en", author="bot"), *posts((*PHONE, *PHONE), "en")]
    assert [e[:2] for e in found("Orange", given, ("en",))] in (
        [(Leaves.AUTHOR, "bot")],
        [(Leaves.WORD, "stock")],
    )


def test_at_most_three_and_each_hides_something_else() -> None:
    things = ("juice", "peel", "cake", "tree")
    verbs = ("Ann wants", "Bob sold", "Cid hid", "Dan drew", "Eve found")
    texts = [f"{verb} some orange {thing}" for thing in things for verb in verbs]
    named = found("Orange", posts((*texts, *PHONE), "en"), ("en",))
    assert len(named) == 3
    assert len({value for _, value, _ in named}) == 3


def test_nothing_and_nonsense() -> None:
    assert found("Orange", []) == []
    assert (
        found("Orange", posts(["", "orange", "ORANGE!!!", "#orange", "@orange", "\u200b" * 50] * 3))
        == []
    )
    with pytest.raises(BadInput):
        propose_exclusions(Brand(0, "!"), [])


@pytest.mark.parametrize("leaves", list(Leaves))
def test_a_brand_without_it(leaves: Leaves) -> None:
    narrowed = Exclusion(leaves, "that", 5, "").narrow(Brand(0, "Orange"))
    assert getattr(narrowed, leaves) == ("that",)
    assert Exclusion(leaves, "that", 5, "").narrow(narrowed) == narrowed
