"""GitHub over loopback: comments published once and found again, limits, what was recorded."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import SourceError
from monitor.infra.cancel import CancelToken
from monitor.infra.http import HttpClient, HttpResponse
from monitor.model.account import Login
from monitor.model.post import Post
from monitor.model.voices import voices_of
from monitor.networks.answers import refusal, words_of
from monitor.networks.base import NoAnswer, NotLoggedIn, Refused
from monitor.networks.github import NETWORK
from monitor.sources.github_answers import posts_of
from tests.support.github_server import (
    CLASSIC,
    FINE,
    REPOSITORY,
    GitHubServer,
    Token,
    said,
    too_fast,
    used_up,
)
from tests.support.loopback import LoopbackServer, Reply, reset
from tests.unit.networks.conftest import Make


@pytest.fixture
def server(loopback: LoopbackServer) -> GitHubServer:
    return GitHubServer(loopback)


@pytest.fixture
def login(server: GitHubServer, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return entered(CLASSIC, http, now, cancel)


def entered(token: str, http: HttpClient, now: datetime, cancel: CancelToken) -> Login:
    return NETWORK.enter({"token": f" {token}\n"}, {}, {}, http, now, cancel)


def test_a_reply_is_published_once_and_found_again(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour **Léa**", server.add_issue())
    sent = NETWORK.send(login, sending, http, now, cancel)
    (comment,) = server.comments
    assert comment["body"] == "Bonjour **Léa**"
    assert sent.native_id == f"comment-{comment['id']}"
    assert sent.url == comment["html_url"]
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_our_own_comment_comes_back_as_the_accounts_own(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sent = NETWORK.send(login, make("Bonjour", server.add_issue()), http, now, cancel)
    (post,) = posts_of((), server.comments, now)
    assert (post.author.handle, post.author.url) == (login.account.handle, login.account.url)
    assert voices_of((login.account,)).include(post.author, "github", "api.github.com")
    assert (post.native_id, post.url) == (sent.native_id, sent.url)


def test_what_the_source_says_is_enough_to_answer(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    server.add_issue()
    server.add_comment("En panne aussi")
    for post in posts_of(server.issues.values(), server.comments, now):
        NETWORK.send(login, make("Bonjour", post.reply_to), http, now, cancel)
    assert [one["body"] for one in server.comments[1:]] == ["Bonjour", "Bonjour"]


def test_a_repository_that_was_renamed_is_followed(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    target = json.loads(server.add_issue()) | {"repository": "lumen/old"}
    server.rename("lumen/old")
    sending = make("Bonjour", json.dumps(target))
    sent = NETWORK.send(login, sending, http, now, cancel)
    assert len(server.comments) == 1
    assert NETWORK.find(login, sending, http, now, cancel) == sent


def test_a_deleted_issue_or_comment_gets_no_reply(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    issue, comment = server.add_issue(), server.add_comment("En panne")
    server.comments.clear()
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", comment), http, now, cancel)
    del server.issues[12]
    sending = make("Bonjour", issue)
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None
    unheard = json.dumps({"repository": REPOSITORY, "number": 999, "comment": ""})
    with pytest.raises(Refused, match="not there any more"):
        NETWORK.send(login, make("Bonjour", unheard), http, now, cancel)
    with pytest.raises(NoAnswer):  # nobody says whether it exists for others
        NETWORK.find(login, make("Bonjour", unheard), http, now, cancel)


@pytest.mark.parametrize(
    ("words", "locked", "told"),
    [("Bonjour", True, "issue is locked"), ("a" * 70_000, False, "body is too long")],
)
def test_a_refusal_is_told_in_githubs_words(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    words: str,
    locked: bool,
    told: str,
) -> None:
    reply_to = server.add_issue(locked=locked)
    with pytest.raises(Refused, match=told):
        NETWORK.send(login, make(words, reply_to), http, now, cancel)
    assert server.comments == []


def test_a_token_without_the_right_to_a_repository_says_which_one(
    server: GitHubServer, http: HttpClient, now: datetime, cancel: CancelToken, make: Make
) -> None:
    server.tokens[FINE] = Token(None, "somebody/else")
    login = entered(FINE, http, now, cancel)
    with pytest.raises(Refused, match="Issues: read and write"):
        NETWORK.send(login, make("Bonjour", server.add_issue()), http, now, cancel)


def test_a_token_that_was_taken_back_is_no_login(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    sending = make("Bonjour", server.add_issue())
    server.tokens.clear()
    with pytest.raises(NotLoggedIn, match="Bad credentials"):
        NETWORK.send(login, sending, http, now, cancel)
    with pytest.raises(NotLoggedIn):
        NETWORK.find(login, sending, http, now, cancel)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said({"message": "Bad credentials"}, 401), NotLoggedIn),
        (used_up(), Refused),
        (too_fast(), Refused),
        (said({"message": "Too many"}, 429), Refused),
        (said({"message": "Repository access blocked"}, 451), Refused),
        (said({"message": "User is blocked"}, 403), Refused),
        (Reply(403, {}, b"<html>Forbidden</html>"), Refused),
        (said({"message": "Server Error"}, 502), NoAnswer),
        (said({}, 201), NoAnswer),
        (Reply(200, {}, b"<html>"), NoAnswer),
        (reset(), NoAnswer),
    ],
)
def test_each_answer_says_whether_something_was_published(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    answer: Reply,
    error: type[Exception],
) -> None:
    server.before = lambda _request: answer
    sending = make("Bonjour", server.add_issue())
    with pytest.raises(error):
        NETWORK.send(login, sending, http, now, cancel)
    assert NETWORK.find(login, sending, http, now, cancel) is None


@pytest.mark.parametrize("skew", [-50, 0, 50])
def test_a_lost_answer_is_looked_for_whatever_the_clocks_say(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    skew: int,
) -> None:
    server.clock = lambda: now + timedelta(minutes=skew)
    server.page = 2
    sending = make("Bonjour", server.add_issue())
    for number in range(5):
        server.add_comment(f"Autre {number}")
    server.add_comment("Bonjour", login="lea")  # the same words by somebody else
    assert NETWORK.find(login, sending, http, now, cancel) is None
    server.add_comment(" bonjour\r\n", login="marque")
    found = NETWORK.find(login, sending, http, now, cancel)
    assert found is not None
    assert found.url == server.comments[-1]["html_url"]


def test_just_after_the_attempt_and_beyond_the_last_page_nobody_knows(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    reply_to = server.add_issue()
    with pytest.raises(NoAnswer, match="too early"):
        NETWORK.find(login, make("Bonjour", reply_to, attempted_at=now), http, now, cancel)
    server.page = 1
    for number in range(9):
        server.add_comment(f"Autre {number}")
    with pytest.raises(NoAnswer, match="too many"):
        NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel)


@pytest.mark.parametrize(
    "reply_to",
    [
        "",
        "[]",
        "{}",
        "[" * 5000,
        '{"repository": "../../user", "number": 1}',
        '{"repository": "lumen/sdk", "number": "1/../x"}',
        '{"repository": "lumen/sdk", "number": 1, "comment": "../x"}',
    ],
)
def test_what_says_nothing_cannot_be_answered(
    server: GitHubServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
    reply_to: str,
) -> None:
    with pytest.raises(Refused):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)


def test_the_token_goes_to_github_alone(
    server: GitHubServer,
    loopback: LoopbackServer,
    login: Login,
    http: HttpClient,
    now: datetime,
    cancel: CancelToken,
    make: Make,
) -> None:
    reply_to = server.add_issue(url="https://evil.example/repos/lumen/sdk/issues/12")
    with pytest.raises(SourceError):
        NETWORK.send(login, make("Bonjour", reply_to), http, now, cancel)
    link = {"Link": '<https://evil.example/more>; rel="next"'}
    comments = f"/api.github.com/repos/{REPOSITORY}/issues/12/comments"
    loopback.add(comments, said([], 200, link))
    assert NETWORK.find(login, make("Bonjour", reply_to), http, now, cancel) is None
    assert not [one for one in loopback.requests if "evil" in one.path]


def test_length_is_counted_in_characters(login: Login) -> None:
    post = Post("1", "", "", "")
    assert NETWORK.limits(login.account, post, "é" * 65_536).fits
    assert not NETWORK.limits(login.account, post, "é" * 65_537).fits


def test_recorded_answers_replay(shared: Path, now: datetime) -> None:
    folder = shared / "fixtures/github/scenarios/api.github.com"

    def recorded(name: str) -> list[HttpResponse]:
        told = json.loads((folder / name / "raw-fixture.json").read_bytes())
        return [
            HttpResponse(
                one["status"],
                f"https://api.github.com{one['path']}",
                "",
                {
                    key.lower(): value
                    for key, value in zip(
                        one["rawHeaders"][::2], one["rawHeaders"][1::2], strict=True
                    )
                },
                json.dumps(one["response"]).encode(),
            )
            for one in told
        ]

    wrong = recorded("errors")[1]
    assert wrong.status == 422
    assert words_of(wrong) == "Validation Failed"
    assert isinstance(refusal(wrong), Refused)
    moved = recorded("rename-repository")[2]
    assert (moved.status, moved.headers["location"]) == (
        301,
        "https://api.github.com/repositories/515436299",
    )
    created = json.loads(recorded("lock-issue")[1].body)
    (post,) = posts_of((created,), (), now)
    assert json.loads(post.reply_to) == {
        "repository": "octokit-fixture-org/tmp-scenario-lock-issue-20220719043820995-xyg54",
        "number": 1,
        "comment": "",
    }
    listed = [json.loads(answer.body) for answer in recorded("paginate-issues")[14:19]]
    posts = posts_of([issue for page in listed for issue in page], (), now)
    assert [json.loads(one.reply_to)["number"] for one in posts] == list(range(13, 0, -1))
    found = json.loads(recorded("search-issues")[3].body)["items"]
    assert [json.loads(one.reply_to)["number"] for one in posts_of(found, (), now)] == [2, 1]
