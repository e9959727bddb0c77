"""A feed server for the measurements, in a process of its own. Loopback only, asyncio, keep-alive.

    python -m tests.bench.feed_server --feeds 1000 --entries 20 --latency 50

Feed i lives at an address of its own, 127.x.y.z (where the system has them all, as Linux does), so
that a client's politeness towards one host slows nothing. Strong ETag and Last-Modified, 304.
`/bump` adds one entry to every feed, `/stats` tells what was asked. Prints its port when ready and
ends when its standard input does, so that it never outlives the measurement.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter

from tests.bench.feed_bodies import feed_body

PER_NETWORK = 250
CHANGED = "Thu, 01 Oct 2026 00:00:{:02d} GMT"


def host_of(feed: int) -> str:
    """127.0.0.1 .. 127.0.0.250, 127.0.1.1 .. : one address a feed; only Linux answers on all."""
    if not sys.platform.startswith("linux"):
        return "127.0.0.1"
    return f"127.0.{feed // PER_NETWORK}.{feed % PER_NETWORK + 1}"


def feed_url(feed: int, port: int) -> str:
    return f"http://{host_of(feed)}:{port}/feed/{feed}"


class Feeds:
    """The documents as they are now, and how often they were asked for."""

    def __init__(self, count: int, entries: int) -> None:
        self.entries = entries
        self.added = 0
        self.asked: Counter[str] = Counter()
        self.bodies = [feed_body(feed, entries, 0) for feed in range(count)]

    def bump(self) -> None:
        self.added += 1
        self.bodies = [feed_body(i, self.entries, self.added) for i in range(len(self.bodies))]

    def answer(self, feed: int, known: str) -> bytes:
        """The whole HTTP response for this feed, given the client's If-None-Match."""
        tag = f'"{feed}-{self.added}"'
        dates = f"ETag: {tag}\r\nLast-Modified: {CHANGED.format(self.added % 60)}\r\n"
        if known == tag:
            self.asked["not_modified"] += 1
            return response("304 Not Modified", b"", dates)
        self.asked["sent"] += 1
        return response("200 OK", self.bodies[feed], dates + "Content-Type: application/xml\r\n")


def response(status: str, body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


class Connection(asyncio.Protocol):
    """One client. Requests have no body and are not pipelined, as the measured programs send them."""

    def __init__(self, feeds: Feeds, latency: float) -> None:
        self.feeds = feeds
        self.latency = latency
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, self.received = self.received.split(b"\r\n\r\n", 1)
            self.request(head.decode("latin-1"))

    def request(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        path = first.split(" ")[1]
        headers = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        if path == "/bump":
            self.feeds.bump()
            self.transport.write(response("200 OK", b"{}"))
        elif path == "/stats":
            self.transport.write(response("200 OK", json.dumps(self.feeds.asked).encode()))
        elif path.startswith("/feed/"):
            loop = asyncio.get_running_loop()
            known = headers.get("if-none-match", "")
            loop.call_later(self.latency, self.send_feed, int(path.removeprefix("/feed/")), known)
        else:  # icons and the like, which a reader may ask for
            self.transport.write(response("404 Not Found", b""))

    def send_feed(self, feed: int, known: str) -> None:
        if not self.transport.is_closing():
            self.transport.write(self.feeds.answer(feed, known))


async def serve(feeds: Feeds, latency: float) -> None:
    loop = asyncio.get_running_loop()
    hosts = sorted({host_of(feed) for feed in range(len(feeds.bodies))})

    def connect() -> Connection:
        return Connection(feeds, latency)

    first = await loop.create_server(connect, hosts[0], 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    others = [await loop.create_server(connect, host, port, backlog=64) for host in hosts[1:]]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in (first, *others):
        server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--latency", type=float, default=50, help="milliseconds")
    wanted = parser.parse_args()
    asyncio.run(serve(Feeds(wanted.feeds, wanted.entries), wanted.latency / 1000))


if __name__ == "__main__":
    main()
