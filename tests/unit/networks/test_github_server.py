"""Our stand-in of GitHub, proved by PyGithub, a client library that others wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import github
import pytest

from tests.support.github_server import CLASSIC, FINE, REPOSITORY, GitHubServer, Token
from tests.support.loopback import LoopbackServer


@pytest.fixture
def served(loopback: LoopbackServer) -> GitHubServer:
    return GitHubServer(loopback, loopback.url("/api.github.com"))


def client(served: GitHubServer, token: str) -> github.Github:
    return github.Github(
        auth=github.Auth.Token(token),
        base_url=served.base,
        retry=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )


def test_the_library_asks_who_it_is_and_what_it_may(served: GitHubServer) -> None:
    known = client(served, CLASSIC)
    assert known.get_user().login == "Marque"
    assert known.oauth_scopes == ["repo"]
    with pytest.raises(github.BadCredentialsException):
        assert client(served, "ghp_wrong").get_user().login


def test_the_library_answers_an_issue_and_reads_the_answer(served: GitHubServer) -> None:
    served.add_issue()
    issue = client(served, CLASSIC).get_repo(REPOSITORY).get_issue(12)
    assert (issue.title, issue.locked) == ("Marque SDK crashes", False)
    comment = issue.create_comment("Bonjour")
    served.page = 1
    served.add_comment("Merci")
    found = list(issue.get_comments(since=datetime(2026, 1, 1, tzinfo=UTC)))
    assert [one.body for one in found] == ["Bonjour", "Merci"]
    assert (found[0].id, found[0].user.login) == (comment.id, "Marque")


def test_the_library_is_refused_in_githubs_words(served: GitHubServer) -> None:
    served.add_issue(locked=True)
    issue = client(served, CLASSIC).get_repo(REPOSITORY).get_issue(12)
    with pytest.raises(github.GithubException, match="issue is locked"):
        issue.create_comment("Bonjour")
    served.issues[12]["locked"] = False
    with pytest.raises(github.GithubException, match="Validation Failed"):
        issue.create_comment("x" * 70_000)
    served.tokens[FINE] = Token(None, "somebody/else")
    stranger = client(served, FINE).get_repo(REPOSITORY).get_issue(12)
    with pytest.raises(github.GithubException, match="Resource not accessible"):
        stranger.create_comment("Bonjour")
    del served.issues[12]
    with pytest.raises(github.GithubException, match="deleted"):
        client(served, CLASSIC).get_repo(REPOSITORY).get_issue(12)
