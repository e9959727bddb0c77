"""How requests is bound to guarded sockets and to one TLS context, which imap.py shares."""

from __future__ import annotations

import functools
import os
import socket
import ssl
import threading
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3 import ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from monitor.infra.guard import GuardedTlsSocket, connect

_IDLE_HOSTS = 8


class Session(requests.Session):
    """A session that follows nothing by itself and keeps nothing between requests but connections."""

    def __init__(self) -> None:
        super().__init__()
        adapter = _Adapter(pool_connections=_IDLE_HOSTS, pool_maxsize=1)
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 # inherited
        # WORKAROUND requests reads the whole body of a redirect, however long, even with
        # allow_redirects=False and stream=True; without a target it leaves it alone.
        return None


_loading = threading.Lock()


def tls_context() -> ssl.SSLContext:
    """The one TLS context of the process. Safe from any thread."""
    # Every fetch thread asks at its start: without the lock each of them would load its own.
    with _loading:
        return _load_context()


@functools.cache
def _load_context() -> ssl.SSLContext:
    """Loading the authorities costs 20 to 50 ms and 1 MB each time.

    The context trusts the system's authorities (companies add their own there), the bundled ones (some
    systems have none) and those that REQUESTS_CA_BUNDLE names, as requests does.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if named and os.path.isdir(named):
        context.load_verify_locations(capath=named)
    elif named and os.path.isfile(named):
        context.load_verify_locations(cafile=named)
    context.sslsocket_class = GuardedTlsSocket
    return context


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, self.port or 80)


class _TlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, self.port or 443)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class _Adapter(HTTPAdapter):
    """Guarded sockets and the shared TLS context, for direct connections and through proxies."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=tls_context(), **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(
            proxy, ssl_context=tls_context(), **kwargs
        )
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager

    def cert_verify(self, *args: object) -> None:
        """Leave the pools alone: naming the CA file here loads it anew for every connection (20 ms)."""

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # type: ignore[override] # the session passes names only
        """Always verify, and with the shared context: a bundle named in the environment is in it."""
        return super().send(request, **{**kwargs, "verify": True})
