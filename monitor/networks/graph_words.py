"""What an error of Meta's Graph API means, said to a person: for a login, for reading, for a reply. Pure."""

from __future__ import annotations

from monitor.errors import VigieError
from monitor.infra.http import HttpResponse
from monitor.networks.answers import gone, no_answer, refusal, refused
from monitor.networks.base import NotLoggedIn, Refused
from monitor.networks.graph import GraphError, error_of
from monitor.text import Text, text

_NOTHING_SENT = text("Nothing was published. Your text is kept.")
_NEW_TOKEN = text("Make a new token, then log in again in Settings.")
_ENDED = {
    458: text("The app was taken off the person's Facebook account, which ended the token."),
    459: text("Facebook wants the person to log in there first: the token rests until then."),
    460: text("The person's password was changed, which ended the token."),
    463: text("The token has expired."),
    464: text("Facebook wants the person to log in there first: the token rests until then."),
    467: text("The token was taken back."),
    492: text("The person who made the token no longer runs this Page."),
}
_BLOCKED = (368, 1390008)


def ended(error: GraphError, meaning: Text) -> NotLoggedIn:
    """The token is no good any more. `meaning` is what that means for what was to be done."""
    known = _ENDED.get(error.subcode)
    title = known or text("Meta does not accept the token.")
    return NotLoggedIn(_told(title, error.words), meaning, _NEW_TOKEN)


def lacking(rights: str, meaning: Text, words: str = "") -> NotLoggedIn:
    """The token is good, but not for this. `rights` in Meta's own words."""
    return NotLoggedIn(
        _told(text("The token lacks a permission: {rights}.", rights=rights), words),
        meaning,
        text("Make a token that has it too, then log in again in Settings."),
    )


def reply_refusal(answer: HttpResponse, rights: str) -> VigieError:
    """As answers.refusal, by the code in the body. `rights`: what answering needs."""
    error = error_of(answer)
    if error is None:
        return refusal(answer)
    if error.is_ended:
        return ended(error, _NOTHING_SENT)
    if error.is_limit:
        return Refused(
            _told(text("The network takes no more replies for now."), error.words),
            _NOTHING_SENT,
            text("Wait an hour, then send it again."),
        )
    if error.code in _BLOCKED or error.subcode in _BLOCKED:
        return Refused(
            _told(text("Meta has blocked this account from answering for a while."), error.words),
            _NOTHING_SENT,
            text("Send nothing more for now, and look in the browser at what Meta wants."),
        )
    if error.is_gone:
        return gone(error.words)
    if error.is_right and (error.right or "permission" in error.words.lower()):
        return lacking(error.right or rights, _NOTHING_SENT, error.words)
    if error.transient or error.code in (1, 2) or error.status >= 500:
        return no_answer(
            text("The network has a fault of its own ({status}).", status=error.status), error.words
        )
    return refused(error.words, error.code or error.status)


def _told(title: Text, words: str) -> Text:
    return text("{what} It says: “{words}”.", what=title, words=words) if words else title
