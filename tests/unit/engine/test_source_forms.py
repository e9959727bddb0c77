"""The kinds of source as forms, and the sources their answers describe."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from monitor.engine import source_forms
from monitor.errors import BadInput
from monitor.model.source import Source
from monitor.sources.base import Field
from monitor.sources.feed import FeedSource
from monitor.sources.registry import kinds
from monitor.text import text

HN = "hackernews"


def test_every_kind_has_its_form_with_the_same_questions() -> None:
    forms = {form.kind: form for form in source_forms.forms()}
    assert set(forms) == set(kinds())
    for name, form in forms.items():
        info = kinds()[name].info
        assert [field.key for field in form.fields] == [field.key for field in info.fields]
        assert (form.label, form.unseen) == (info.label, info.unseen)
        assert form.needs_account == info.needs_account


def test_a_brand_with_a_comma_in_its_name_stands_in_the_form_as_one_name() -> None:
    for form in source_forms.forms("Moka,  Inc.", ("fr",), "FR"):
        for field in form.fields:
            assert not field.words or field.default == "Moka Inc."


def test_the_answers_become_a_source() -> None:
    source = source_forms.source_of(HN, {"words": "  Café Lumen "})
    assert source.id == 0
    assert source.kind == HN
    assert source.fields == {"words": "Café Lumen"}
    assert source.address == kinds()[HN].address_of({"words": "Café Lumen"})


def test_a_question_without_an_answer_keeps_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Field("server", text("Server"), default="a.example")
    secret = Field("key", text("Key"), secret=True, required=False)

    class Kind(FeedSource):
        info = dataclasses.replace(FeedSource.info, fields=(server, secret))

        def address_of(self, fields: Mapping[str, str]) -> str:
            return f"https://{fields['server']}/{fields['key']}"

    monkeypatch.setattr(source_forms, "kinds", lambda: {"feed": Kind()})
    source = source_forms.source_of("feed", {"key": "k"})
    assert source.address == "https://a.example/k"
    assert source.fields == {"server": "a.example"}  # secrets are not kept with the others


def test_a_form_is_filled_for_the_brand() -> None:
    forms = {form.kind: form for form in source_forms.forms("Café Lumen", ("fr",), "FR")}
    words, edition = forms["googlenews"].fields
    assert (words.default, edition.default) == ("Café Lumen", "fr-FR")
    assert forms["hackernews"].fields[0].default == "Café Lumen"
    assert forms["feed"].fields[0].default == ""


def test_an_unknown_kind_is_told_with_those_there_are() -> None:
    with pytest.raises(BadInput) as told:
        source_forms.source_of("myspace", {})
    assert "myspace" in str(told.value.title)
    assert "feed" in str(told.value.hint)
    assert HN in str(told.value.hint)


def test_an_unknown_field_is_told_with_those_there_are() -> None:
    with pytest.raises(BadInput) as told:
        source_forms.source_of(HN, {"word": "Lumen"})
    assert "“word”" in str(told.value.title)
    assert "words" in str(told.value.hint)


def test_the_forms_own_fault_is_told() -> None:
    with pytest.raises(BadInput):
        source_forms.source_of(HN, {"words": " , "})


@pytest.mark.parametrize(
    "typed",
    [
        "https://hn.algolia.com/?q=%22Lumen%22",
        "hn.algolia.com/?q=Lumen",
        " <hn.algolia.com/?q=Lumen> ",
    ],
)
def test_a_pasted_address_is_recognised(typed: str) -> None:
    assert source_forms.recognise(typed) == (HN, {"words": "Lumen"})


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/feed",
        "not an address",
        "",
        "a@b.example",
        "https://hn.algolia.com/about",
    ],
)
def test_all_else_is_left_to_discovery(typed: str) -> None:
    assert source_forms.recognise(typed) is None


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("https://www.facebook.com/CafeLumen", "facebook-page"),
        ("m.facebook.com/CafeLumen", "facebook-page"),
        ("instagram.com/cafelumen/", "instagram-comments"),
        ("https://x.com/search?q=lumen", "x-search"),
        ("https://twitter.com/cafelumen", "x-search"),
        ("https://fr.trustpilot.com/review/lumen.example", "trustpilot-mail"),
        ("trustpilot", "trustpilot-mail"),
        ("Google Play", "googleplay-reviews"),
        ("https://fr.linkedin.com/company/lumen", "linkedin-mail"),
        ("LinkedIn", "linkedin-mail"),
    ],
)
def test_a_page_for_accounts_leads_to_the_form_of_one(typed: str, kind: str) -> None:
    found = source_forms.recognise(typed)
    assert found is not None
    assert found[0] == kind


def test_what_such_a_page_says_already_is_not_asked_again() -> None:
    found = source_forms.recognise("https://play.google.com/store/apps/details?id=com.example.app")
    assert found == ("googleplay-reviews", {"package": "com.example.app"})


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.linkedin.com/blog/engineering/feed",
        "https://blog.x.com/news",
        "https://notfacebook.com/page",
        "https://facebook.com.evil.example/page",
        "mail",
        "reddit",
    ],
)
def test_what_only_looks_like_it_is_left_to_discovery(typed: str) -> None:
    assert source_forms.recognise(typed) is None


def test_a_search_for_too_much_is_not_recognised() -> None:
    """An address its own kind would refuse is no answer to its form."""
    assert source_forms.recognise(f"https://hn.algolia.com/?q={'x' * 500}") is None


def test_the_page_of_a_source_is_for_people() -> None:
    source = source_forms.source_of(HN, {"words": "Lumen"})
    assert source_forms.page_of(source).startswith("https://hn.algolia.com/?")
    assert source_forms.page_of(Source(1, "myspace", "https://myspace.example", "")) == ""
