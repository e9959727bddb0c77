"""What is asked of GitHub: addresses of searches and repositories, and what they say. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from monitor.errors import BadInput
from monitor.sources import search_words
from monitor.sources.addresses import parts_of
from monitor.text import text

API = "https://api.github.com"
PAGE = 100
REPOSITORY = "repository"

_LONGEST_QUERY = 256
_HOSTS = ("github.com", "www.github.com", "api.github.com")
_NAME = r"([\w-]{1,39}/[\w.-]{1,100})"
_TYPED = re.compile(r"^(?:(?:https?://)?(?:www\.)?github\.com/)?" + _NAME + r"(?:/.*)?$")
_ISSUES = re.compile(r"^(?:/repos)?/" + _NAME + r"/issues/?$")
_PLACE = re.compile(r"(?:^|\s)repo:" + _NAME)
_QUALIFIER = re.compile(r"(?:^|\s)-?[a-z-]{2,30}:\S{1,300}")


def repository_of(typed: str) -> str:
    """ "owner/name", from itself or from its page; "" for nothing. Raises BadInput."""
    typed = typed.strip().removesuffix(".git")
    found = _TYPED.match(typed)
    if typed and not found:
        raise BadInput(
            text("That is not a repository."),
            text("Nothing was added."),
            text("Write owner and name, for instance octocat/hello-world."),
        )
    return found[1] if found else ""


def issues_of(repository: str) -> str:
    """Where the issues of one repository are listed."""
    asked = {"state": "all", "sort": "updated", "direction": "desc", "per_page": PAGE}
    return f"{API}/repos/{repository}/issues?{urlencode(asked)}"


def search_for(name: str, repository: str) -> str:
    """Where issues naming it are searched, in one repository or ("") in all. Raises BadInput."""
    query = f"{search_words.quoted(name)} in:title,body,comments is:issue"
    query += f" repo:{repository}" if repository else ""
    if len(query) > _LONGEST_QUERY:
        raise BadInput(
            text("That is too much to look for at once."),
            text("Nothing was added."),
            text("Write a shorter name."),
        )
    asked = {"q": query, "sort": "updated", "order": "desc", "per_page": PAGE}
    return f"{API}/search/issues?{urlencode(asked)}"


def repository_at(address: str) -> str:
    """The repository whose issues this address lists; "" where it lists something else."""
    found = _ISSUES.match(parts_of(address).path)
    return found[1] if found else ""


def fields_of(address: str) -> Mapping[str, str] | None:
    """The answers of the form for a page of issues, of a search for issues, or of the interface."""
    parts = parts_of(address)
    if parts.hostname not in _HOSTS:
        return None
    if repository := repository_at(address):
        return {REPOSITORY: repository}
    asked = parse_qs(parts.query)
    query = asked.get("q", [""])[0]
    of_issues = parts.path == "/search" and asked.get("type") == ["issues"]
    if not of_issues and parts.path != "/search/issues":
        return None
    words, place = words_in(query), _PLACE.search(query)
    if not words:
        return None
    return {search_words.KEY: words} | ({REPOSITORY: place[1]} if place else {})


def query_of(address: str) -> str:
    return parse_qs(parts_of(address).query).get("q", [""])[0]


def words_in(query: str) -> str:
    """The name a query looks for, without where to look."""
    return " ".join(_QUALIFIER.sub(" ", query).replace('"', " ").split())


def newer(address: str, since: datetime) -> str:
    """The same question for what was touched at `since` or later."""
    if repository_at(address):
        return f"{address}&{urlencode({'since': written(since)})}"
    base, _, query = address.partition("?")
    asked = parse_qs(query)
    asked["q"] = [f"{query_of(address)} updated:>={written(since)}"]
    return f"{base}?{urlencode(asked, doseq=True)}"


def comments_of_repository(address: str) -> str:
    """Where all comments of the repository are listed whose issues `address` lists."""
    base, _, query = address.partition("?")
    asked = parse_qs(query)
    asked.pop("state", None)
    return f"{base}/comments?{urlencode(asked, doseq=True)}"


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
