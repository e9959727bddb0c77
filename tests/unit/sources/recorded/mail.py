"""Notices of LinkedIn and Trustpilot, English and French. Written after what such letters usually
hold, not recorded: no documentation of them exists.
"""

from __future__ import annotations

from email.message import EmailMessage

from monitor.model.account import Account, Login
from tests.unit.sources import samples
from tests.unit.sources.recorded import Recorded

LABEL = "lea@example.org"
LOGIN = Login(
    Account(1, "mail", "example.org", LABEL),
    {"host": "127.0.0.1", "port": "993", "user": LABEL, "password": "SECRET-app-password"},
)
LINKEDIN = "notifications-noreply@linkedin.com"
TRUSTPILOT = "noreply@trustpilot.com"
_TRACKED = (
    "midToken=AQE1&midSig=0x&trk=eml-email_notification_single_mentioned_you&trkEmail=eml-x"
    "&eid=abc&otpToken=MTIzNDU2&lipi=urn%3Ali%3Apage%3Aemail"
)
COMMENT = "urn:li:comment:(activity:7100000000000000001,7100000000000000009)"
LINK = (
    "https://www.linkedin.com/comm/feed/update/urn:li:activity:7100000000000000001/?commentUrn="
    "urn%3Ali%3Acomment%3A%28activity%3A7100000000000000001%2C7100000000000000009%29&" + _TRACKED
)
REVIEW = "64f0c0ffee64f0c0ffee64f0"
PASSED = (
    "mx.example.org; dkim=pass header.d={0} header.s=x; spf=pass smtp.mailfrom=bounce.{0}; "
    "dmarc=pass (p=REJECT) header.from={0}"
)


def letter(
    sender: str,
    subject: str,
    plain: str = "",
    markup: str = "",
    *,
    name: str = "LinkedIn",
    number: int = 1,
    date: str | None = "Sat, 01 Aug 2026 10:00:00 +0200",
    checks: str | None = "",
) -> bytes:
    """`checks` "" for a mailbox whose server found the sender genuine, None where it says nothing."""
    message = EmailMessage()
    if checks is not None:
        domain = sender.rpartition("@")[2]
        message["Authentication-Results"] = checks or PASSED.format(domain)
    message["From"] = f'"{name}" <{sender}>'
    message["To"] = LABEL
    message["Subject"] = subject
    message["Message-ID"] = f"<{number}.abc@{sender.rpartition('@')[2]}>"
    if date:
        message["Date"] = date
    if plain or not markup:
        message.set_content(plain, cte="quoted-printable")
    if markup and plain:
        message.add_alternative(markup, subtype="html", cte="quoted-printable")
    elif markup:
        message.set_content(markup, subtype="html", cte="base64", charset="utf-8")
    return message.as_bytes()


def linkedin_plain(
    subject: str = "Léa Martin mentioned Café Lumen in a comment",
    said: str = "Still no answer from Café Lumen’s support.\nThree weeks now!",
    **more: object,
) -> bytes:
    body = (
        f"{subject}\n\n“{said}”\n\nView comment: {LINK}\n\n"
        "----------------------------------------\n\n"
        "This email was intended for Paul Roux (Owner at Café Lumen).\n"
        f"Unsubscribe: https://www.linkedin.com/comm/psettings/email-unsubscribe?{_TRACKED}\n"
        "© 2026 LinkedIn Corporation, 1000 West Maude Avenue, Sunnyvale, CA 94085.\n"
    )
    return letter(LINKEDIN, subject, body, **more)  # type: ignore[arg-type] # the test's own fields


def linkedin_html(
    subject: str = "Léa Martin a mentionné Café Lumen dans un commentaire",
    said: str = "Toujours pas de réponse du SAV de <b>Café Lumen</b>.<br>Trois semaines&nbsp;!",
    **more: object,
) -> bytes:
    markup = (
        "<html><head><style>p{color:red}</style><title>LinkedIn</title></head><body>"
        '<div style="display:none;max-height:0">Toujours pas de réponse du SAV…</div>'
        f"<p>{subject}</p>"
        '<table><tr><td><a href="https://www.linkedin.com/comm/in/lea-martin-42?'
        f'{_TRACKED}">Léa Martin</a></td></tr><tr><td><p>{said}</p></td></tr>'
        f'<tr><td><a href="{LINK.replace("&", "&amp;")}">Voir le commentaire</a></td></tr></table>'
        "<p>Cet e-mail était destiné à Paul Roux. Découvrez pourquoi.</p>"
        '<p><a href="https://www.linkedin.com/comm/psettings/x">Se désabonner</a></p>'
        f'<img src="https://www.linkedin.com/emimp/x.gif?{_TRACKED}"></body></html>'
    )
    return letter(LINKEDIN, subject, markup=markup, **more)  # type: ignore[arg-type] # as above


def trustpilot_plain(
    subject: str = "Nouvel avis 1 étoile pour Café Lumen, de Hélène D.",
    said: str = "À fuir\n\nColis jamais arrivé. J’aurais mis zéro étoile.",
    **more: object,
) -> bytes:
    body = (
        f"Avis de : Hélène D.\n★☆☆☆☆\n\n{said}\n\nCommande : FR-2026-118\n\n"
        f"Répondre à l’avis : https://businessapp.b2b.trustpilot.com/reviews/{REVIEW}?utm_medium=email"
        "&utm_campaign=x\n\nVous recevez cet e-mail parce que vous utilisez Trustpilot.\n"
    )
    return letter(TRUSTPILOT, subject, body, name="Trustpilot", **more)  # type: ignore[arg-type] # as above


def trustpilot_html(
    subject: str = "Café Lumen: you have a new review",
    said: str = "<h3>Lovely place</h3><p>Best coffee in town, 5 minutes from home.</p>",
    **more: object,
) -> bytes:
    markup = (
        '<body><img alt="Trustpilot" src="x.png"><p>Reviewed by: Sam Hill</p>'
        f'<img alt="4 stars: Great" src="https://cdn.trustpilot.net/stars-4.png">{said}'
        f'<p><a href="https://uk.trustpilot.com/reviews/{REVIEW}?utm_source=email">See the review</a>'
        "</p><p>You are receiving this e-mail because…</p></body>"
    )
    return letter(TRUSTPILOT, subject, markup=markup, name="Trustpilot", **more)  # type: ignore[arg-type] # as above


def _recorded(word: str, whole: bytes, hostile: bytes, undated: bytes) -> Recorded:
    """What lies in the folder: one letter each. `full` is the same letter, numbered by the test."""
    address = f"imaps://example.org/R%C3%A9seaux%2FNotices?notices={word}#{LABEL}"
    fields = {"account": LABEL, "folder": "Réseaux/Notices"}
    return Recorded(
        fields=fields,
        address=address,
        empty=b"",
        full=whole,
        full_count=1,
        malformed=whole[:300],
        hostile=hostile,
        undated=undated,
        pages={address: fields},
        login=LOGIN,
    )


RECORDED = {
    "linkedin-mail": _recorded(
        "linkedin",
        linkedin_plain(),
        linkedin_html(said=samples.HOSTILE),
        linkedin_plain(date=None),
    ),
    "trustpilot-mail": _recorded(
        "trustpilot",
        trustpilot_plain(),
        trustpilot_html(said=samples.HOSTILE),
        trustpilot_plain(date=None),
    ),
}
