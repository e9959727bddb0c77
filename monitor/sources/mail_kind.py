"""Reading a network by the notices it writes to a mailbox: what every such kind does alike.

IMAP is RFC 3501. A kind says whose notices it reads and what stands in them. The wording of notices
is documented nowhere and changes: a notice that is not understood is shown with subject and text.
That a notice was deleted says nothing about the post: it withdraws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient
from monitor.infra.imap import ImapClient
from monitor.model.post import Author, Post
from monitor.model.source import Source
from monitor.networks.mail import mailbox_of
from monitor.sources.api_answers import unexpected
from monitor.sources.base import ACCOUNT, Access, Answers, FetchResult, Field, SourceInfo, Wanted
from monitor.sources.dates import believable, parse_date
from monitor.sources.mail_folder import look, look_of, mark_of, place_of
from monitor.sources.mail_letter import Letter, head_of, letter_of
from monitor.sources.mail_origin import is_from
from monitor.sources.notice_words import without_links
from monitor.sources.posts import newest_first
from monitor.sources.reading_account import ACCOUNT_FIELD, account_in, account_of
from monitor.text import Text, text

FOLDER = "folder"
_INBOX = "INBOX"
_LONGEST_FOLDER = 200
# Notices that tell of no post, some of them with codes that open the account.
_NO_POSTS = re.compile(
    r"security|password|verif|jobs?\b|job-?alerts?|jobalert|invitation|messag(?:e|ing)-digest|inmail|"
    r"hit-reply|billing|invoice|receipt|payment|newsletter|editors?-"
)

MAIL_FIELDS = (
    ACCOUNT_FIELD,
    Field(
        FOLDER,
        text("Folder"),
        example="INBOX",
        required=False,
        default=_INBOX,
        hint=text(
            "Where your mail program puts these notices. Test it: the names of all folders are told "
            "where this one is not there."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a notice says of a post. `text` "" where that is not clear."""

    text: str = ""
    author: Author = field(default_factory=Author)
    url: str = ""
    thread_id: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """Whose notices: `domains` they are sent from, `word` that stands in each of these, `page` where a
    person sees the same. `understood` is pure and total, None for a notice that tells of no post."""

    label: str
    word: str
    domains: tuple[str, ...]
    page: str
    understood: Callable[[Letter], Understood | None]


class MailKind:
    """Stateless; safe from any thread."""

    def __init__(self, info: SourceInfo, notices: Notices, imap: ImapClient) -> None:
        self.info = info
        self._notices = notices
        self._imap = imap

    def address_of(self, fields: Mapping[str, str]) -> str:
        account = account_of(fields)
        place = place_of(account.rpartition("@")[2].lower(), _folder_of(fields))
        return f"{place}?notices={self._notices.word}#{account}"

    def fields_of(self, address: str) -> Mapping[str, str] | None:
        account = account_in(address)
        if not account or not address.startswith("imaps://"):
            return None
        fields = {ACCOUNT: account, FOLDER: _folder_in(address)}
        return fields if self.address_of(fields) == address else None

    def offers(self, wanted: Wanted) -> tuple[Mapping[str, str], ...]:
        return ()

    def page_of(self, source: Source) -> str:
        return self._notices.page

    def fetch_as(
        self,
        source: Source,
        cursor: str,
        access: Access,
        http: HttpClient,
        now: datetime,
        cancel: CancelToken,
    ) -> Answers:
        """The folder's state (headers only), then each new message as it came, as the body of an answer."""
        folder = _folder_in(source.address)
        place = place_of(urlsplit(source.address).hostname or "", folder)
        with mailbox_of(access.login, self._imap, cancel) as mailbox:
            return look(mailbox, folder, place, self._notices.word, mark_of(cursor), now)

    def read(self, source: Source, cursor: str, answers: Answers, now: datetime) -> FetchResult:
        looked = look_of(answers)
        if looked is None:
            raise unexpected(answers[0])
        # Anybody may write to the mailbox: only the network's own letters are taken apart.
        ours = [letter_of(raw) for raw in looked.messages if self._is_theirs(head_of(raw))]
        told = [one for one in ours if not _NO_POSTS.search(one.sender.partition("@")[0])]
        found = {one.id: self._post(one, now) for one in told}
        posts = [post for post in found.values() if post is not None]
        readable = [post for post in posts if post.full_text]
        return FetchResult(
            posts=newest_first(readable[::-1]),
            cursor=looked.mark.to_json(),
            not_modified=not looked.messages,
            skipped=len(posts) - len(readable),
            title=f"{self._notices.label} · {_folder_in(source.address)} · {account_in(source.address)}",
            hole=False,
            note=self._note(len(looked.messages) - len(ours), looked.left),
        )

    def _is_theirs(self, head: Letter) -> bool:
        return is_from(head.sender, self._notices.domains, head.checks)

    def _post(self, letter: Letter, now: datetime) -> Post | None:
        notice = self._notices.understood(letter)
        if notice is None:
            return None
        return Post(
            native_id=letter.id,
            url=notice.url,
            title=letter.subject,
            text=notice.text or without_links(letter, self._notices.domains),
            author=notice.author,
            published=believable(parse_date(letter.date), now),
            thread_id=notice.thread_id,
            rating=notice.rating,
        )

    def _note(self, strangers: int, left: int) -> Text | None:
        if strangers:
            return text(
                "Messages left out that name {network} as their sender but were not sent by it, as far "
                "as your mail server can tell: {count}.",
                count=strangers,
                network=self._notices.label,
            )
        if left:
            return text("Messages that wait for the next checks: {count}.", count=left)
        return None


def _folder_of(fields: Mapping[str, str]) -> str:
    typed = " ".join(fields.get(FOLDER, "").split())[:_LONGEST_FOLDER]
    return _INBOX if typed.casefold() in ("", "inbox") else typed


def _folder_in(address: str) -> str:
    try:
        return unquote(urlsplit(address).path.strip("/")) or _INBOX
    except ValueError:
        return _INBOX
