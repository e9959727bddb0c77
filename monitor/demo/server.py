"""The loopback HTTP server of the demonstration: a thin shell around `site`. Never leaves 127.0.0.1."""

from __future__ import annotations

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import urlsplit

from monitor.demo.site import Page, Site

SERVER_NAME = "VigieDemo"
"""How the server calls itself in its answers: a second process knows by it that we are served already."""


LONGEST = 64 * 1024
"""Bytes of a reply."""


class DemoServer(ThreadingHTTPServer):
    """Daemon threads; `port` 0 takes any free one. Raises OSError when the port is taken."""

    daemon_threads = True
    # Elsewhere than on POSIX this would let two programs share the port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, site: Site, port: int = 0) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(
            target=self.serve_forever,
            kwargs={"poll_interval": 0.1},
            name="demo-server",
            daemon=True,
        )

    @property
    def address(self) -> str:
        """Without a closing slash: http://127.0.0.1:PORT."""
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = SERVER_NAME
    sys_version = ""
    timeout = 10.0  # an idle kept-alive connection is let go

    def do_GET(self) -> None:
        server = cast(DemoServer, self.server)
        self._send(server.site.page(urlsplit(self.path).path, server.address))

    def do_POST(self) -> None:
        server = cast(DemoServer, self.server)
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST:
            self.close_connection = True  # what was not read stands before the next request
            self._answer(413, b"", "text/plain")
            return
        body = self.rfile.read(int(length))
        authorization = self.headers.get("Authorization", "")
        key = self.headers.get("Idempotency-Key", "")
        path = urlsplit(self.path).path
        self._send(server.site.post(path, authorization, key, body, server.address))

    def _send(self, page: Page | None) -> None:
        if page is None:
            self._answer(404, b"", "text/plain")
        elif page.etag and self.headers.get("If-None-Match") == page.etag:
            self._answer(304, b"", page.content_type, page.etag)
        else:
            self._answer(page.status, page.body, page.content_type, page.etag)

    def _answer(self, status: int, body: bytes, content_type: str, etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the demonstration is no server to keep a log of."""
