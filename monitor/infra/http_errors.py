"""The sentence for every way in which a request fails before there is an answer. Pure."""

from __future__ import annotations

from monitor.errors import Action, SourceError
from monitor.text import Text, text

_KEPT = text("Nothing already collected is lost.")
_AGAIN = text("It is tried again by itself.")


def not_http(url: str) -> SourceError:
    return SourceError(
        text("“{url}” is not a web address.", url=url[:200]),
        text("Only addresses that begin with http:// or https:// can be read."),
        text("Check the address, then test it again."),
        action=Action.PAUSE,
    )


def unknown_host(host: str) -> SourceError:
    return SourceError(
        text("The server {host} was not found.", host=host),
        _KEPT,
        text("Check the address, and that this computer is online. It is tried again by itself."),
    )


def no_connection(host: str, why: Text) -> SourceError:
    return _retry(
        text("The server {host} does not accept connections ({why}).", host=host, why=why)
    )


def timed_out(seconds: float) -> SourceError:
    return _retry(
        text("The server did not answer within {seconds} seconds.", seconds=_round(seconds))
    )


def tls_failed(host: str, why: str) -> SourceError:
    return SourceError(
        text("The secure connection to {host} failed ({why}).", host=host, why=why),
        _KEPT,
        text("Check this computer's date and the address. It is tried again by itself."),
    )


def too_large(limit: int) -> SourceError:
    return SourceError(
        text("The answer is larger than {megabytes} MB.", megabytes=max(1, limit // (1024 * 1024))),
        text("It was not read to its end. Nothing already collected is lost."),
        text(
            "Ask the site for a shorter feed, or remove this source. It is tried again by itself."
        ),
    )


def too_many_redirects(limit: int) -> SourceError:
    return _retry(text("The site redirected more than {limit} times.", limit=limit))


def bad_redirect(target: str) -> SourceError:
    return _retry(
        text("The site redirected to “{url}”, which is not a web address.", url=target[:200])
    )


def downgraded(host: str) -> SourceError:
    return SourceError(
        text("The site redirected from a secure address to an insecure one at {host}.", host=host),
        text("The redirect was not followed. Nothing already collected is lost."),
        text("If you trust it, type the http:// address yourself. It is tried again by itself."),
    )


def into_private_network(host: str) -> SourceError:
    return SourceError(
        text("The site redirected into a private network, to {host}.", host=host),
        text("The redirect was not followed. Nothing already collected is lost."),
        text("If you trust it, type that address yourself. It is tried again by itself."),
    )


def broken_off(host: str) -> SourceError:
    return _retry(
        text("The connection to {host} broke off before the answer was complete.", host=host)
    )


def not_sendable(host: str) -> SourceError:
    """Nothing left this computer."""
    error = SourceError(
        text("The login for {host} holds signs that no request can carry.", host=host),
        _KEPT,
        text("Log in again. If it stays so, tell whoever runs the server."),
    )
    error.left = False
    return error


def garbled(host: str) -> SourceError:
    return _retry(text("The answer of {host} is garbled and cannot be unpacked.", host=host))


def proxy_failed(why: str) -> SourceError:
    return SourceError(
        text("The proxy of this computer cannot be used ({why}).", why=why),
        _KEPT,
        text("Check the system's proxy settings. It is tried again by itself."),
    )


def _retry(title: Text) -> SourceError:
    return SourceError(title, _KEPT, _AGAIN)


def _round(seconds: float) -> int | float:
    return round(seconds) if seconds >= 1 else round(seconds, 1)


_NO_ANSWER = frozenset(
    error.title.template
    for error in (
        unknown_host(""),
        no_connection("", _AGAIN),
        timed_out(0),
        broken_off(""),
        proxy_failed(""),
    )
)


def got_no_answer(title: Text | None) -> bool:
    """Whether this sentence says that nobody answered, which may be this computer's own connection."""
    return title is not None and title.template in _NO_ANSWER
