"""The one HTTP client. With guard.py and imap.py the only file that opens sockets.

Everything that comes back is hostile: total deadline, byte cap after decompression, bounded
redirects, no downgrade from https, cancellable while it waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlunsplit

import requests
import urllib3
from requests.auth import AuthBase, HTTPBasicAuth

from monitor import __version__
from monitor.errors import SecretsUnavailable, SourceError
from monitor.infra import http_errors
from monitor.infra.cancel import CancelToken
from monitor.infra.guard import SLICE, Guard, guarded
from monitor.infra.http_adapter import Session
from monitor.infra.logins import login_of
from monitor.infra.redirect import checked, next_hop, same_site
from monitor.infra.secrets import Secrets

DEADLINE = 30.0
MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 10
USER_AGENT = f"Vigie/{__version__} (+https://vigie.example/bot)"

_CHUNK = 64 * 1024
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
# What another site may be told too. Networks have names of their own for what opens an account.
_FOR_ANYBODY = ("accept", "if-modified-since", "if-none-match", "user-agent")
_OPENERS = ("authorization", "user-api-key")
_LEAST_SECRET = 12  # shorter words stand in any answer by chance
_FAULTS = (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, UnicodeError)
_DEFAULT_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`url` is where it came from after redirects; `permanent_url` is where only permanent redirects
    led ("" when there were none). `headers` has lower-case names."""

    status: int
    url: str
    permanent_url: str
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """One per thread (it owns a requests.Session); all of them share one TLS context. `sent` counts its
    requests, redirects and second tries too: networks count them all."""

    def __init__(self) -> None:
        self._session = Session()
        self._session.headers.clear()
        self._session.headers.update(_DEFAULT_HEADERS)
        self._secrets = Secrets()
        self.sent = 0

    def get(
        self,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        """One GET. Returns every status from 200 to 599; raises SourceError for all that is no answer
        (DNS, TLS, timeout, too large, too many redirects) and Cancelled. What opens an account in
        `headers` is taken out of the answer, which is kept and shown.

        `deadline` is in seconds for everything together, redirects included. A user:password in the
        address is sent as Basic authentication, to that site alone; the password of a user alone is
        asked of the keyring.
        """
        guard = Guard(deadline, cancel)
        self._session.cookies.clear()
        with guarded(guard):
            answer = self._follow(url, dict(headers or {}), guard, max_bytes)
        return _without_openers(answer, headers or {})

    def send(
        self,
        method: str,
        url: str,
        *,
        cancel: CancelToken,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        deadline: float = DEADLINE,
        max_bytes: int = MAX_BYTES,
    ) -> HttpResponse:
        """One request that may change something there: sent once, no redirect followed, never again by
        itself. Returns every status; SourceError where no answer came, Cancelled before it left. What
        opens an account in `headers` is taken out of a refusal, which is shown.

        After a SourceError nobody knows whether the request arrived: ask before sending it again.
        """
        guard = Guard(deadline, cancel)
        guard.check()
        self._session.cookies.clear()
        here = checked(url, http_errors.not_http)
        self.sent += 1
        with guarded(guard):
            try:
                with self._session.request(
                    method,
                    urlunsplit(here),
                    data=body,
                    headers=dict(headers or {}),
                    auth=_NoAuth(),
                    timeout=SLICE,
                    stream=True,
                    allow_redirects=False,
                ) as answer:
                    known = {name.lower(): value for name, value in answer.headers.items()}
                    content = _read(answer, here, max_bytes)
            except _FAULTS as error:
                raise _translated(error, here) from error
        told = HttpResponse(answer.status_code, urlunsplit(here), "", known, content)
        return _without_openers(told, headers or {}) if told.status >= 400 else told

    def close(self) -> None:
        """Close the idle connections."""
        self._session.close()

    def _follow(
        self, url: str, headers: dict[str, str], guard: Guard, max_bytes: int
    ) -> HttpResponse:
        permanent, only_permanent = "", True
        here = checked(url, http_errors.not_http)
        for _ in range(MAX_REDIRECTS + 1):
            guard.check()
            with self._once(here, headers) as answer:
                target = answer.headers.get("location", "")
                if answer.status_code not in _REDIRECTS or not target:
                    body = _read(answer, here, max_bytes)
                    known = {name.lower(): value for name, value in answer.headers.items()}
                    return HttpResponse(
                        answer.status_code, urlunsplit(here), permanent, known, body
                    )
            there = next_hop(here, target, guard)
            if not same_site(here, there):
                headers = {k: v for k, v in headers.items() if k.lower() in _FOR_ANYBODY}
            only_permanent = only_permanent and answer.status_code in _PERMANENT
            permanent = urlunsplit(there) if only_permanent else permanent
            here = there
        raise http_errors.too_many_redirects(MAX_REDIRECTS)

    def _once(self, url: SplitResult, headers: Mapping[str, str]) -> requests.Response:
        """Send the request and wait for status line and headers; the body is not read yet."""
        try:
            try:
                return self._send(url, headers)
            except requests.exceptions.ConnectionError as error:
                if isinstance(error, requests.exceptions.SSLError | requests.exceptions.ProxyError):
                    raise
                # The server may just have closed the connection we had kept: once more, on a new one.
                return self._send(url, headers)
        except _FAULTS as error:
            raise _translated(error, url) from error

    def _send(self, url: SplitResult, headers: Mapping[str, str]) -> requests.Response:
        self.sent += 1
        return self._session.get(
            urlunsplit(url),
            headers=headers,
            auth=self._auth(url),
            timeout=SLICE,
            stream=True,
            allow_redirects=False,
        )

    def _auth(self, url: SplitResult) -> AuthBase:
        try:
            user, password = login_of(url, self._secrets)
        except SecretsUnavailable as error:
            raise SourceError(error.title, error.message, error.hint) from error
        return HTTPBasicAuth(user, password) if user or password else _NoAuth()


class _NoAuth(AuthBase):
    """Without any authentication object requests would look for one in ~/.netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _without_openers(answer: HttpResponse, headers: Mapping[str, str]) -> HttpResponse:
    """Some servers repeat what they were told: it must reach neither the store nor a sentence."""
    body, known = answer.body, answer.headers
    for name, value in headers.items():
        word = value.rpartition(" ")[2]
        if name.lower() in _OPENERS and len(word) >= _LEAST_SECRET:
            body = body.replace(word.encode(), b"***")
            known = {key: said.replace(word, "***") for key, said in known.items()}
    return replace(answer, body=body, headers=known)


def _read(answer: requests.Response, url: SplitResult, max_bytes: int) -> bytes:
    """The body, unpacked; never holds more than `max_bytes` and one chunk."""
    length = answer.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise http_errors.too_large(max_bytes)
    chunks, size = [], 0
    try:
        for chunk in answer.raw.stream(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > max_bytes:
                raise http_errors.too_large(max_bytes)
            chunks.append(chunk)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _translated(error, url) from error
    return b"".join(chunks)


def _translated(error: Exception, url: SplitResult) -> SourceError:
    host = url.hostname or ""
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return http_errors.tls_failed(host, _short(error))
    if isinstance(error, requests.exceptions.ProxyError | requests.exceptions.InvalidProxyURL):
        return http_errors.proxy_failed(_short(error))
    if isinstance(error, requests.exceptions.InvalidSchema):  # a SOCKS proxy without its library
        return http_errors.proxy_failed("SOCKS")
    if isinstance(error, requests.exceptions.InvalidHeader | UnicodeError):
        return http_errors.not_sendable(host)
    if isinstance(error, ValueError):  # requests' InvalidURL and its kin
        return http_errors.not_http(urlunsplit(url))
    if isinstance(error, urllib3.exceptions.DecodeError):
        return http_errors.garbled(host)
    return http_errors.broken_off(host)


def _short(error: BaseException) -> str:
    """The innermost reason, in the library's words: "certificate has expired"."""
    while error.__context__ is not None:
        error = error.__context__
    reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or error
    return str(reason)[:100]
