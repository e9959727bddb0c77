"""The person's own posts through the service: never mentions, and what they answer is answered. Real
threads, store and HTTP; a Mastodon hashtag brings the complaint and the reply."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from monitor.engine.service import Service
from monitor.infra.paths import Profile
from monitor.model.account import Account
from monitor.model.events import AlertsRaised, MentionsChanged
from monitor.model.mention import Mention, MentionFilter, TriageState, View
from monitor.model.source import Source
from tests.support.loopback import LoopbackServer
from tests.support.mastodon_server import HOST, MastodonServer
from tests.support.mastodon_statuses import told
from tests.support.memory_keyring import memory_keyring
from tests.support.networks import Networks
from tests.unit.engine.conftest import FAST, WAIT, Running

BAD = "<p>Café Lumen is a terrible scam, my refund was refused. #CafeLumen</p>"
SORRY = "<p>Café Lumen is sorry for this terrible refusal. #CafeLumen</p>"
NOW = datetime.now(UTC).replace(microsecond=0)


def status(number: int, who: str, content: str, **fields: Any) -> dict[str, Any]:
    """The greater its number, the later it was written."""
    name, _, server = who.partition("@")
    uri = f"https://{server or HOST}/users/{name}/statuses/{number}"
    return {
        "id": str(number),
        "uri": uri,
        "url": f"https://{server or HOST}/@{name}/{number}",
        "created_at": (NOW - timedelta(hours=5) + timedelta(minutes=number)).isoformat(),
        "account": {
            "id": name,
            "acct": who,
            "username": name,
            "display_name": name.title(),
            "url": f"https://{server or HOST}/@{name}",
        },
        "visibility": "public",
        "spoiler_text": "",
        "content": content,
        "in_reply_to_id": None,
    } | fields


class Hashtag:
    """What the server shows of #cafelumen, newest first."""

    def __init__(self, served: MastodonServer) -> None:
        self.statuses: list[dict[str, Any]] = []
        served.serve("GET", "/api/v1/timelines/tag/cafelumen", lambda _: told(self.statuses))

    def show(self, *statuses: dict[str, Any]) -> None:
        self.statuses = [*reversed(statuses), *self.statuses]


@pytest.fixture
def served(server: LoopbackServer) -> MastodonServer:
    return MastodonServer(server)


@pytest.fixture
def tag(served: MastodonServer) -> Hashtag:
    return Hashtag(served)


Start = Callable[[], Running]


@pytest.fixture
def begin(tmp_path: Path, server: LoopbackServer) -> Iterator[Start]:
    """Services on one profile."""
    networks, running = Networks(server), []

    def start() -> Running:
        service = Service(
            Profile(tmp_path / "p"),
            by_itself=False,
            pacing=lambda _host: FAST,
            make_client=networks.client,
        )
        running.append(Running(service))
        return running[-1]

    with memory_keyring():
        yield start
        for one in running:
            one.service.stop()


def log_in(running: Running, served: MastodonServer) -> Account:
    """As "ann", who agrees at once."""

    def browser(url: str) -> None:
        with urlopen(served.auth.authorize(url), timeout=WAIT) as answer:
            answer.read()

    return running.service.login("mastodon", {"server": HOST}, browser).result(WAIT)


def listen(running: Running) -> Source:
    fields = {"tag": "cafelumen", "server": HOST}
    source = replace(running.service.source_of("mastodon-tag", fields), name="#CafeLumen")
    return running.service.add_source(source).result(WAIT)


def by_text(running: Running, **wanted: Any) -> dict[str, Mention]:
    return {m.post.native_id: m for m in running.mentions(MentionFilter(**wanted))}


def test_our_reply_answers_the_complaint_and_is_none_itself(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    running = begin()
    running.watch()
    log_in(running, served)
    listen(running)
    tag.show(status(1, "joe@elsewhere.example", BAD))
    running.check()
    (complaint,) = running.mentions()
    assert complaint.state is TriageState.OPEN
    running.heard.events.clear()

    tag.show(status(2, "ann", SORRY, in_reply_to_id="1"))
    running.check()
    (answered,) = running.mentions()
    assert (answered.id, answered.state) == (complaint.id, TriageState.ANSWERED)
    assert running.mentions(MentionFilter(view=View.TO_ANSWER)) == ()
    changed = running.heard.wait_for(MentionsChanged, lambda event: bool(event.changed_ids))
    assert changed == MentionsChanged(changed_ids=(complaint.id,))
    assert running.heard.of(AlertsRaised) == []
    detail = running.service.detail(complaint.id).result(WAIT)
    assert detail is not None
    assert detail.answer is not None
    assert detail.answer.author.handle == f"ann@{HOST}"
    assert detail.answer.url == f"https://{HOST}/@ann/2"

    still = "<p>Still no refund, Café Lumen, this is terrible.</p>"
    again = status(3, "joe@elsewhere.example", still, in_reply_to_id="2")
    tag.show(again)
    running.check()
    states = {m.post.native_id: m.state for m in running.mentions()}
    assert states.pop(again["uri"]) is TriageState.OPEN
    assert list(states.values()) == [TriageState.ANSWERED]


def test_a_changed_brand_does_not_find_our_own_posts(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    running = begin()
    brand = running.watch()
    log_in(running, served)
    listen(running)
    tag.show(status(1, "joe@elsewhere.example", BAD), status(2, "ann", SORRY, in_reply_to_id="1"))
    running.check()
    running.service.save_brand(replace(brand, aliases=("terrible",))).result(WAIT)
    running.service.rematching().result(WAIT)
    running.watch("refusal")
    assert [m.post.author.handle for m in running.mentions()] == ["joe@elsewhere.example"]
    assert running.service.preview_brand(brand).result(WAIT) == 1


def test_an_account_added_later_takes_its_posts_from_the_lists(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    running = begin()
    running.watch()
    listen(running)
    tag.show(status(1, "joe@elsewhere.example", BAD), status(2, "ann", SORRY, in_reply_to_id="1"))
    running.check()
    before = by_text(running)
    assert len(before) == 2
    running.heard.events.clear()
    log_in(running, served)
    (left,) = running.mentions()
    assert left.post.author.handle == "joe@elsewhere.example"
    assert left.state is TriageState.ANSWERED
    changed = running.heard.wait_for(MentionsChanged)
    assert set(changed.changed_ids) == {mention.id for mention in before.values()}
    assert len(running.mentions(MentionFilter(not_us=True))) == 1


def test_a_removed_account_keeps_its_old_posts_and_speaks_as_a_stranger(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    running = begin()
    brand = running.watch()
    account = log_in(running, served)
    listen(running)
    tag.show(status(1, "ann", SORRY))
    running.check()
    running.service.remove_account(account.id).result(WAIT)
    running.service.save_brand(replace(brand, aliases=("sorry",))).result(WAIT)
    running.service.rematching().result(WAIT)
    tag.statuses[0]["content"] = SORRY.replace("sorry", "very sorry")
    running.check()
    assert running.mentions() == ()
    later = status(2, "ann", BAD)
    tag.show(later)
    running.check()
    assert list(by_text(running)) == [later["uri"]]


def test_whose_posts_are_ours_is_known_at_the_next_start(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    first = begin()
    first.watch()
    log_in(first, served)
    first.service.stop()
    running = begin()
    listen(running)
    tag.show(status(1, "ann", SORRY))
    running.check()
    assert running.mentions() == ()
    trial = running.service.test_source("mastodon-tag", {"tag": "cafelumen", "server": HOST})
    assert (trial.result(WAIT).posts, trial.result(WAIT).naming) == (1, 0)


def test_an_account_that_another_process_added_is_known_after_a_while(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    running, other = begin(), begin()
    running.watch()
    listen(running)
    tag.show(status(1, "ann", SORRY))
    running.check()
    assert len(running.mentions()) == 1
    log_in(other, served)
    assert running.mentions() == ()
    running.service._housekeeping.look(datetime.now(UTC))
    running.service._store.read(lambda _reader: None).result(WAIT)  # it has seen the accounts
    running.service._store.write(lambda _writer: None).result(WAIT)  # and has heard of them
    tag.show(status(2, "ann", SORRY))
    running.check()
    assert running.mentions() == ()


def test_a_post_that_was_on_its_way_while_the_account_was_added_is_ours(
    begin: Start, served: MastodonServer, tag: Hashtag
) -> None:
    """Thought about with the voices of before, it is thought about once more before it is stored."""
    running = begin()
    running.watch()
    listen(running)
    running.check()
    tag.show(status(1, "ann", SORRY))
    thinker = running.service._listening._poller._thinker
    thought = thinker.outcome

    def outcome(*given: Any) -> Any:
        found = thought(*given)
        assert found.posts[0].mentions
        log_in(running, served)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thinker, "outcome", outcome)
        running.check()
    assert running.mentions() == ()
    assert running.mentions(MentionFilter(not_us=True)) == ()


def test_our_page_counts_in_a_plain_feed_too(
    begin: Start, served: MastodonServer, server: LoopbackServer
) -> None:
    running = begin()
    running.watch()
    log_in(running, served)
    item = {
        "id": "1",
        "content_text": "Café Lumen is terribly sorry.",
        "authors": [{"name": "Ann", "url": f"https://{HOST}/@ann/"}],
    }
    stranger = item | {"id": "2", "authors": [{"name": "Ann", "url": "https://a.example/@ann"}]}
    version = "https://jsonfeed.org/version/1.1"
    body = {"version": version, "title": "Planet", "items": [item, stranger]}
    running.listen(server.add("/planet.json", json.dumps(body).encode()))
    running.check()
    assert [mention.post.native_id for mention in running.mentions()] == ["2"]
