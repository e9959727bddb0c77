"""Answers of networks to what changes something there: values in them, and what a refusal means.

Pure and total. Whether a reply was published hangs on this file: what is no clear "no" is NoAnswer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.errors import SourceError, VigieError
from monitor.infra.http import HttpResponse
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.text import Text, text

Json = Mapping[str, Any]

_LONGEST_WORDS = 300
LONGEST_URL = 1000
_MOST_WORDS = 5  # of a list of complaints
NOTHING_SENT = text("Nothing was published. Your text is kept.")
_PERHAPS = text("Your reply may or may not be published. It is not sent again by itself.")
_LOOK = text("Press “Look again”: the network is asked whether it is there.")


def json_of(answer: HttpResponse) -> Any:
    """What the body holds; None where it is no JSON."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def string(of: Any, *path: str) -> str:
    """The text at the end of the path; "" for all else. Halves of signs (\\ud800), which nothing can
    store or send, become "?"."""
    for key in path:
        if not isinstance(of, Mapping):
            return ""
        of = of.get(key)
    if isinstance(of, int) and not isinstance(of, bool):
        return str(of)
    if not isinstance(of, str):
        return ""
    return of if of.isascii() else of.encode("utf-8", "replace").decode("utf-8")


def whole(of: Any, *path: str) -> int:
    """The positive whole number at the end of the path; 0 for all else."""
    found = string(of, *path)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else 0


def objects(of: Any) -> Iterator[Json]:
    """The objects of a list; what is no object is left out."""
    for one in of if isinstance(of, list) else ():
        if isinstance(one, dict):
            yield one


def words_of(answer: HttpResponse) -> str:
    """The network's own sentence about a refusal, on one line; "" where it says nothing readable."""
    found = json_of(answer)
    said = [string(found, key) for key in ("error_description", "message", "error")]
    main = next((words for words in said if words.strip()), "")
    # Discourse says it in a list, GitHub says there what exactly is wrong.
    listed = found.get("errors") if isinstance(found, dict) else None
    more = [
        one if isinstance(one, str) else string(one, "message")
        for one in (listed if isinstance(listed, list) else ())
    ]
    return one_line(" ".join((main, *more[:_MOST_WORDS])), _LONGEST_WORDS)


def one_line(words: str, longest: int = 200) -> str:
    """What can be shown of it, in one line."""
    shown = "".join(sign for sign in words if sign.isprintable() or sign.isspace())
    return " ".join(shown.split())[:longest]


def refusal(answer: HttpResponse) -> VigieError:
    """What an answer other than success means for a reply that was sent: Refused and NotLoggedIn where
    surely nothing was published, NoAnswer where nobody knows."""
    status, words = answer.status, words_of(answer)
    if status >= 500 or status == 408 or status < 300:
        return no_answer(
            text("The network has a fault of its own ({status}).", status=status), words
        )
    if status == 401 or (status == 403 and "scope" in words.lower()):
        return not_logged_in(words)
    if status == 429:
        return busy(words)
    if status in (404, 410):
        return gone(words)
    if 300 <= status < 400:
        return Refused(
            text("The server sends us to another address ({status}).", status=status),
            NOTHING_SENT,
            text("Remove the account in Settings and add it again with the server's new address."),
        )
    return refused(words, status)


def busy(words: str = "") -> Refused:
    return Refused(
        _told(text("The network takes no more replies for now."), words),
        NOTHING_SENT,
        text("Wait some minutes, then send it again."),
    )


def refused(words: str, status: int) -> Refused:
    return Refused(
        _told(text("The network refused the reply ({status}).", status=status), words),
        NOTHING_SENT,
        text("Change the reply, then send it again, or use “Copy and open”."),
    )


def gone(words: str = "") -> Refused:
    return Refused(
        _told(text("The post you answer is not there any more."), words),
        NOTHING_SENT,
        text("Open it in the browser to see what became of it."),
    )


def unusable_target() -> Refused:
    """What the post says about how to answer it cannot be read."""
    return Refused(
        text("This post cannot be answered from here."),
        NOTHING_SENT,
        text("Use “Copy and open”."),
    )


def not_logged_in(words: str = "") -> NotLoggedIn:
    return NotLoggedIn(
        _told(text("The network does not accept this account's login any more."), words),
        NOTHING_SENT,
        text("Log in again in Settings, then send it again."),
    )


def no_answer(what: Text, words: str = "") -> NoAnswer:
    return NoAnswer(_told(what, words), _PERHAPS, _LOOK)


def lost(error: SourceError) -> NoAnswer:
    """A request that may have arrived got no answer."""
    return NoAnswer(error.title, _PERHAPS, _LOOK)


def not_answered(error: SourceError) -> VigieError:
    """What it means for a reply that the one request which publishes it got no answer: NoAnswer, but
    the failure itself where no connection came about, so that surely nothing left."""
    if error.left:
        return lost(error)
    online = text("Check that this computer is online, then send it again.")
    return SourceError(error.title, NOTHING_SENT, online, status=error.status)


def too_early() -> NoAnswer:
    return NoAnswer(
        text("It is too early to know whether the reply was published."),
        _PERHAPS,
        text("Look again in a minute."),
    )


def unreadable(answer: HttpResponse) -> SourceError:
    """An answer to a question that changes nothing: it was not what was asked for."""
    return SourceError(
        _told(
            text("The network answered with the code {status}.", status=answer.status),
            words_of(answer),
        ),
        NOTHING_SENT,
        text("Try again in a minute."),
        status=answer.status,
    )


def _told(title: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
