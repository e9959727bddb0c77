"""A Mastodon server on loopback. Logging in is in mastodon_auth.py; what comes after is added here.

Served under /<host>/, so that `Networks.client` finds it where https://<host>/ is asked.
"""

from __future__ import annotations

from tests.support.loopback import LoopbackServer, Reply, Request, Route
from tests.support.mastodon_auth import MastodonAuth, answer, refused

HOST = "social.example"
VERSION = "4.5.0"


class MastodonServer:
    """`base` is the address for a client that can be given one."""

    def __init__(self, server: LoopbackServer, host: str = HOST) -> None:
        self.host = host
        self.auth = MastodonAuth(host)
        self._server = server
        self.base = server.url(f"/{host}")
        self.serve("POST", "/api/v1/apps", self.auth.register)
        self.serve("POST", "/oauth/token", self.auth.token)
        self.serve("POST", "/oauth/revoke", self.auth.revoke)
        self.serve("GET", "/api/v1/accounts/verify_credentials", self.auth.verify_credentials)
        self.serve("GET", "/api/v1/instance", answer({"uri": host, "version": VERSION}))
        self.serve("GET", "/api/v2/instance", answer(self._instance()))

    def serve(self, method: str, path: str, route: Route | Reply) -> None:
        """Answer this path, with or without a slash behind; another method is not found there."""

        def only(request: Request) -> Reply:
            if request.method != method:
                return refused(404, "Not Found")
            return route(request) if callable(route) else route

        self._server.add(f"/{self.host}{path}", only)
        self._server.add(f"/{self.host}{path}/", only)

    def _instance(self) -> dict[str, object]:
        return {
            "domain": self.host,
            "version": VERSION,
            "api_versions": {"mastodon": 7},
            "configuration": {
                "statuses": {"max_characters": 500, "characters_reserved_per_url": 23}
            },
        }

    def asked(self, path: str) -> list[Request]:
        """The requests for this path so far, whatever their query."""
        whole = f"/{self.host}{path}"
        return [one for one in self._server.requests if one.path.partition("?")[0] == whole]
