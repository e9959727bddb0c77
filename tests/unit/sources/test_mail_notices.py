"""What notices of LinkedIn and Trustpilot become: who wrote what, with how many stars, and where."""

from __future__ import annotations

import pytest

from monitor.sources.linkedin_mail import understood as of_linkedin
from monitor.sources.mail_kind import Understood
from monitor.sources.mail_letter import head_of, letter_of
from monitor.sources.mail_origin import is_from
from monitor.sources.trustpilot_mail import understood as of_trustpilot
from tests.unit.sources.recorded.mail import (
    LINK,
    LINKEDIN,
    REVIEW,
    TRUSTPILOT,
    letter,
    linkedin_html,
    linkedin_plain,
    trustpilot_html,
    trustpilot_plain,
)

POST = "https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001/"


def linkedin(raw: bytes) -> Understood:
    found = of_linkedin(letter_of(raw))
    assert found is not None
    return found


def trustpilot(raw: bytes) -> Understood:
    return of_trustpilot(letter_of(raw))


def test_a_mention_in_plain_english() -> None:
    notice = linkedin(linkedin_plain())
    assert notice.author.name == "Léa Martin"
    assert notice.text == "Still no answer from Café Lumen’s support.\nThree weeks now!"
    assert notice.thread_id == "urn:li:activity:7100000000000000001"
    assert notice.url.startswith(f"{POST}?commentUrn=")
    assert "%28activity%3A7100000000000000001%2C7100000000000000009%29" in notice.url
    for secret in ("otpToken", "midToken", "trk", "lipi", "/comm/"):
        assert secret not in notice.url


def test_a_mention_in_french_html() -> None:
    notice = linkedin(linkedin_html())
    assert notice.author.name == "Léa Martin"
    assert notice.author.url == "https://www.linkedin.com/in/lea-martin-42"
    assert notice.text == "Toujours pas de réponse du SAV de Café Lumen.\nTrois semaines !"
    assert notice.url.startswith(POST)


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        ("Léa Martin mentioned you in a comment", "Léa Martin"),
        ("Léa Martin commented on your post", "Léa Martin"),
        ("Léa Martin replied to your comment", "Léa Martin"),
        ("Léa Martin and 3 others commented on Café Lumen's post", "Léa Martin"),
        ("Dr. Jean-Luc O’Neill, PhD just posted", "Dr. Jean-Luc O’Neill, PhD"),
        ("Léa Martin vous a mentionné dans un post", "Léa Martin"),
        ("Léa Martin a commenté votre publication", "Léa Martin"),
        ("Léa Martin a répondu à votre commentaire", "Léa Martin"),
        ("Léa Martin et 2 autres personnes ont commenté le post de Café Lumen", "Léa Martin"),
        ("Nouveau commentaire de Léa Martin", "Léa Martin"),
        ("Your post was shared 10 times", ""),
        ("Quelqu’un a mentionné votre page", ""),
        ("Café Lumen: 3 new comments", ""),
    ],
)
def test_who_it_is(subject: str, who: str) -> None:
    assert linkedin(linkedin_plain(subject)).author.name == who


def test_who_it_is_by_the_senders_name() -> None:
    raw = linkedin_plain("New activity on your page", name="Léa Martin via LinkedIn")
    assert linkedin(raw).author.name == "Léa Martin"


@pytest.mark.parametrize(
    ("link", "url", "thread"),
    [
        (LINK.partition("?")[0], POST, "urn:li:activity:7100000000000000001"),
        (
            "https://www.linkedin.com/comm/posts/lea-martin_cafe-activity-7100000000000000001-Ab?trk=x",
            "https://www.linkedin.com/posts/lea-martin_cafe-activity-7100000000000000001-Ab",
            "urn:li:activity:7100000000000000001",
        ),
        (
            "https://www.linkedin.com/pulse/mon-avis-lea-martin/?trk=x",
            "https://www.linkedin.com/pulse/mon-avis-lea-martin",
            "mon-avis-lea-martin",
        ),
        ("https://www.linkedin.com/e/v2?redir=https%3A%2F%2Fevil.example", "", ""),
        ("https://linkedin.com.evil.example/feed/update/urn:li:activity:71000", "", ""),
        ("https://evil.example/?https://www.linkedin.com/feed/update/urn:li:activity:7", "", ""),
        ("javascript:alert(1)//www.linkedin.com/feed/update/urn:li:activity:7", "", ""),
        (f"{POST}?commentUrn=javascript:alert(1)", POST, "urn:li:activity:7100000000000000001"),
    ],
)
def test_links_are_the_networks_own_and_bare(link: str, url: str, thread: str) -> None:
    notice = linkedin(
        letter(LINKEDIN, "Léa Martin posted", markup=f'<p>Déçue</p><a href="{link}">Voir</a>')
    )
    assert (notice.url, notice.thread_id) == (url, thread)


@pytest.mark.parametrize(
    "subject",
    [
        "Léa Martin sent you a message",
        "Léa Martin just messaged you",
        "You have 3 unread messages",
        "Vous avez 1 nouveau message",
        "Léa Martin vous a envoyé un message",
        "Léa Martin liked your post",
        "Léa Martin et 4 autres personnes ont réagi à votre post",
        "12 people viewed your profile",
        "Léa Martin would like to connect",
        "Your verification code is 123456",
        "Votre code de vérification",
        "30 new jobs for “barista”",
    ],
)
def test_what_tells_of_no_post(subject: str) -> None:
    assert of_linkedin(letter_of(linkedin_plain(subject, name="Léa Martin via LinkedIn"))) is None


@pytest.mark.parametrize("brand", ["New Jobs", "Birthday Cakes", "Password Manager Plus"])
def test_names_of_brands_hide_nothing(brand: str) -> None:
    notice = linkedin(linkedin_plain(f"Léa Martin mentioned {brand} in a comment"))
    assert notice.author.name == "Léa Martin"


def test_words_that_look_like_buttons_stay() -> None:
    said = "See you never again, Café Lumen\nNote : à fuir\nUnsubscribed after that\nhttps://lumen.example/x"
    assert linkedin(linkedin_plain(said=said)).text == said
    assert trustpilot(trustpilot_plain(said=said)).text == said


def test_a_quotation_within_the_post_stays_with_it() -> None:
    said = "“Nous vous rappelons”\n\nQuatre semaines plus tard : rien. “Bravo”"
    assert said in linkedin(linkedin_html(said=said.replace("\n\n", "<br><br>"))).text


def test_what_is_not_understood_is_nothing() -> None:
    assert linkedin(letter(LINKEDIN, "Your weekly digest", "Words\n")) == Understood()
    assert trustpilot(letter(TRUSTPILOT, "Your weekly digest", "Words\n")) == Understood()


# -- Trustpilot ---------------------------------------------------------------------------------
def test_a_review_in_plain_french() -> None:
    notice = trustpilot(trustpilot_plain())
    assert (notice.author.name, notice.rating) == ("Hélène D.", 1)
    assert notice.text == "À fuir\n\nColis jamais arrivé. J’aurais mis zéro étoile."
    assert notice.url == f"https://www.trustpilot.com/reviews/{REVIEW}"
    assert notice.thread_id == REVIEW


def test_a_review_in_english_html() -> None:
    notice = trustpilot(trustpilot_html())
    assert (notice.author.name, notice.rating) == ("Sam Hill", 4)
    assert notice.text == "Lovely place\n\nBest coffee in town, 5 minutes from home."
    assert notice.url == f"https://uk.trustpilot.com/reviews/{REVIEW}"


@pytest.mark.parametrize(
    ("subject", "body", "stars"),
    [
        ("New 1-star review from Léa M.", "Bad", 1),
        ("You've got a new 5 star review!", "Good", 5),
        ("Léa M. vous a laissé un avis quatre étoiles", "Bien", 4),
        ("Nouvel avis : 2/5", "Bof", 2),
        ("Nouvel avis", "Note : 3 sur 5\n\nMoyen", 3),
        ("Nouvel avis", "★★★★★\n\nSuper", 5),
        ("Nouvel avis", "★★☆☆☆\n\nBof", 2),
        ("Nouvel avis", "Un hôtel 4 étoiles qui en vaut 1", None),
        ("Nouvel avis", "4.5 stars\n\nOdd", None),
        ("Nouvel avis", "12 stars", None),
    ],
)
def test_stars(subject: str, body: str, stars: int | None) -> None:
    link = f"https://www.trustpilot.com/reviews/{REVIEW}"
    assert trustpilot(letter(TRUSTPILOT, subject, f"{body}\n{link}\n")).rating == stars


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"https://fr.trustpilot.com/reviews/{REVIEW}?utm_medium=x", f"https://fr.trustpilot.com/reviews/{REVIEW}"),
        (f"https://businessapp.b2b.trustpilot.com/#/reviews/{REVIEW}", f"https://www.trustpilot.com/reviews/{REVIEW}"),
        ("https://fr.trustpilot.com/review/lumen.example?x=1", "https://fr.trustpilot.com/review/lumen.example"),
        (f"https://click.trustpilotmail.com/reviews/{REVIEW}", ""),
        (f"https://trustpilot.com.evil.example/reviews/{REVIEW}", ""),
        ("https://www.trustpilot.com/reviews/../../evil", ""),
    ],
)  # fmt: skip
def test_links_of_reviews(link: str, url: str) -> None:
    markup = f'<p>Nul</p><a href="{link}">Voir</a>'
    assert trustpilot(letter(TRUSTPILOT, "Nouvel avis 1 étoile", markup=markup)).url == url


# -- who sent it --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("checks", "genuine"),
    [
        ((), True),
        (("mx.example.org; none",), True),
        (("mx.example.org; dkim=pass header.d=linkedin.com",), True),
        (("mx.example.org; dkim=pass header.i=@linkedin.com; spf=fail smtp.mailfrom=x@relay.example",), True),
        (("mx.example.org; dkim=fail header.d=mail.linkedin.com; dkim=pass header.d=linkedin.com",), True),
        (("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=bounce.linkedin.com; dkim=none",), True),
        (("mx.example.org; spf=temperror smtp.mailfrom=linkedin.com",), True),
        (("mx.example.org; dkim=fail header.d=linkedin.com",), False),
        (("mx.example.org; dkim=fail",), False),
        (("mx.example.org; spf=softfail smtp.mailfrom=a@linkedin.com; dkim=none",), False),
        (("mx.example.org; dmarc=fail (p=REJECT; dkim=pass) header.from=linkedin.com",), False),
        (("mx.example.org; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example",), False),
        (("mx.example.org; dkim=pass header.d=linkedin.com.evil.example",), False),
        (("mx.example.org; dkim=pass header.d=notlinkedin.com",), False),
        # What stands below was there before the letter came to the mailbox's own server.
        (("mx.example.org; dkim=fail header.d=linkedin.com", "mx.example.org; dkim=pass header.d=linkedin.com"), False),
        (("mx.example.org; spf=fail smtp.mailfrom=linkedin.com", "evil.example; dkim=pass header.d=linkedin.com"), False),
        (("mx.example.org; spf=none", "mx.example.org; dkim=pass header.d=linkedin.com"), True),
        ((";;;", "=", "(((((("), True),
    ],
)  # fmt: skip
def test_the_mailbox_server_has_the_word(checks: tuple[str, ...], genuine: bool) -> None:
    assert is_from(LINKEDIN, ("linkedin.com",), checks) is genuine


@pytest.mark.parametrize(
    ("sender", "ours"),
    [
        (LINKEDIN, True),
        ("a@e.linkedin.com", True),
        ("a@linkedin.com.evil.example", False),
        ("a@notlinkedin.com", False),
        ("linkedin.com@evil.example", False),
        ("", False),
    ],
)
def test_the_sender_is_of_the_network(sender: str, ours: bool) -> None:
    assert is_from(sender, ("linkedin.com",), ()) is ours


# -- letters of any kind ------------------------------------------------------------------------
def test_charsets_and_encodings() -> None:
    raw = (
        b"From: =?iso-8859-1?Q?L=E9a_Martin_via_LinkedIn?= <n@linkedin.com>\r\n"
        b"Subject: =?utf-8?B?Q2Fmw6kg?= =?utf-8?Q?Lumen_=E2=80=93_d=C3=A9=C3=A7u?=\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-15\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nD=E9=E7u, 12 =A4 perdus=\r\n !\r\n"
    )
    found = letter_of(raw)
    assert (found.sender_name, found.sender) == ("Léa Martin via LinkedIn", "n@linkedin.com")
    assert (found.subject, found.text) == ("Café Lumen – déçu", "Déçu, 12 € perdus !")


def test_raw_bytes_in_headers() -> None:
    found = letter_of("From: Léa <n@linkedin.com>\r\nSubject: Déçu 😢\r\n\r\nété\r\n".encode())
    assert (found.sender_name, found.subject, found.text) == ("Léa", "Déçu 😢", "été")


@pytest.mark.parametrize(
    "line",
    [
        b"From: a@linkedin.com, b@evil.example",
        b"From: a@evil.example\r\nFrom: b@linkedin.com",
        b"From: =?utf-8?Q?a=40linkedin=2Ecom_=3Ca=40linkedin=2Ecom=3E?= <b@evil.example>",
        b'From: "b@linkedin.com" <b@evil.example>',
        b"From: b@linkedin.com <b@evil.example>",
        b"From: undisclosed",
        b"Sender: b@linkedin.com",
    ],
)
def test_a_sender_that_is_not_one_of_the_networks(line: bytes) -> None:
    assert not is_from(letter_of(line + b"\r\n\r\nx").sender, ("linkedin.com",), ())


def test_what_is_no_letter() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2000)
    )
    long = b"Content-Type: text/plain" + b";" * 500_000 + b"\r\n\r\nx"
    empty = b"Content-Type: multipart/mixed; boundary=\r\n\r\n"
    for raw in (b"", b"\x00\xff" * 1000, empty, deep, long):
        assert letter_of(raw).sender == ""
    odd = b"Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n&&&"
    assert letter_of(odd).text == ""
    assert letter_of(b"Subject: =?nonsense?B?&&&?= =?utf-8?B?x?=\r\n\r\n").subject


def test_attachments_are_not_read() -> None:
    raw = (
        b"From: a@linkedin.com\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nseen\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nother\r\n--b--\r\n"
    )
    assert letter_of(raw).text == "seen"


def test_the_markup_is_read_where_the_plain_part_says_nothing() -> None:
    markup = f"<p>{'Déçue par Café Lumen. ' * 10}</p>"
    raw = letter(LINKEDIN, "x", "Your program cannot show this.\n", markup)
    assert "Déçue par" in letter_of(raw).text


def test_the_head_alone_says_whose_it_is() -> None:
    raw = b"From: Lea <a@linkedin.com>\r\nSubject: x\r\n\r\nFrom: b@linkedin.com\r\n\r\nwords"
    head, whole = head_of(raw), letter_of(raw)
    assert (head.sender, head.checks) == (whole.sender, whole.checks) == ("a@linkedin.com", ())
    assert (head.text, whole.text) == ("", "From: b@linkedin.com\n\nwords")
    assert head_of(b"From: a@linkedin.com").sender == "a@linkedin.com"


def test_parts_within_parts_without_end_are_not_opened() -> None:
    """Each line of such a letter would be held against the end of every part around it."""
    parts = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; Boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(900)
    )
    head = b"From: a@linkedin.com\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
    letter = letter_of(head + parts + b"x\r\n" * 50_000)
    assert letter.sender == ""  # as of what is no letter
    assert head_of(head + parts).sender == "a@linkedin.com"
