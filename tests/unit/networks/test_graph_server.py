"""Our stand-in of Meta's Graph API, proved by python-facebook, a client library that others wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyfacebook
import pytest

from tests.support import facebook_server, instagram_server
from tests.support.facebook_server import PAGE, SCOPES, FacebookServer
from tests.support.graph_server import APP_SECRET
from tests.support.instagram_server import ME, InstagramServer
from tests.support.loopback import LoopbackServer

NOW = datetime(2026, 8, 2, 12, tzinfo=UTC)


def minutes(number: int) -> datetime:
    return NOW - timedelta(minutes=number)


@pytest.fixture
def served(loopback: LoopbackServer) -> FacebookServer:
    return FacebookServer(loopback, NOW)


def page_client(served: FacebookServer, token: str = "", **more: object) -> pyfacebook.FacebookApi:
    return pyfacebook.FacebookApi(
        access_token=token or facebook_server.TOKEN, version="v26.0", base_url=served.base, **more
    )


def test_the_library_reads_the_page_and_its_posts(served: FacebookServer) -> None:
    served.post("Nouveau café", minutes(60))
    visit = served.post("Service lamentable", minutes(30), by="Léa")
    served.comment(visit, "Moi aussi", minutes(20))
    api = page_client(served)
    page = api.page.get_info(page_id=PAGE, fields="id,name,username,category")
    assert (page.name, page.username) == ("Café Lumen", "cafelumen")
    feed = api.page.get_feed(
        object_id=PAGE,
        fields="id,message,created_time,permalink_url,comments.filter(stream).summary(true).limit(0)",
    )
    assert [post.message for post in feed.data] == ["Service lamentable", "Nouveau café"]
    assert [post.comments["summary"]["total_count"] for post in feed.data] == [1, 0]


def test_the_library_pages_through_comments_and_answers_one(served: FacebookServer) -> None:
    post = served.post("Nouveau café", minutes(600))
    ids = [served.comment(post, f"avis {number}", minutes(500 - number)) for number in range(25)]
    api = page_client(served)
    found = api.post.get_comments(object_id=post, fields="id,message", count=None, limit=10)
    assert [comment.id for comment in found.data] == ids
    made = api.comment.create(object_id=ids[3], message="Désolés", fields="id,permalink_url")
    assert made.permalink_url == served.things[made.id]["permalink_url"]
    assert served.things[made.id]["parent"] == {"id": ids[3]}
    with pytest.raises(pyfacebook.FacebookError) as twice:
        api.comment.create(object_id=ids[3], message="Désolés")
    assert twice.value.code == 506


def test_the_library_knows_the_token_and_its_proof(served: FacebookServer) -> None:
    served.asks_proof = True
    with pytest.raises(pyfacebook.FacebookError, match="appsecret_proof"):
        page_client(served).page.get_info(page_id=PAGE)
    api = page_client(served, app_secret=APP_SECRET)
    assert api.page.get_info(page_id=PAGE, fields="id,name").name == "Café Lumen"
    told = api.get_object(
        "debug_token", input_token=facebook_server.TOKEN, access_token=facebook_server.TOKEN
    )
    assert told["data"]["scopes"] == list(SCOPES)


def test_the_library_is_told_errors_and_limits(served: FacebookServer) -> None:
    post = served.post("Nouveau café", minutes(60))
    served.tokens[facebook_server.TOKEN].ended = 463
    with pytest.raises(pyfacebook.FacebookError) as ended:
        page_client(served).post.get_info(post_id=post)
    assert (ended.value.code, ended.value.error_subcode) == (190, 463)
    served.tokens[facebook_server.TOKEN].ended = 0
    with pytest.raises(pyfacebook.FacebookError) as gone:
        page_client(served).post.get_info(post_id="111_5", fields="id")
    assert (gone.value.code, gone.value.error_subcode) == (100, 33)
    served.allowed = served.calls
    api = page_client(served)
    with pytest.raises(pyfacebook.FacebookError) as many:
        api.post.get_info(post_id=post, fields="id")
    assert many.value.code == 80001
    limit = api.rate_limit.get_limit(object_id="77", rate_limit_type="pages")
    assert (limit.call_count, limit.estimated_time_to_regain_access) == (100, 42)


@pytest.mark.parametrize("host", ["graph.instagram.com", "graph.facebook.com"])
def test_the_library_reads_media_comments_and_answers(loopback: LoopbackServer, host: str) -> None:
    served = InstagramServer(loopback, NOW, host)
    medium = served.medium("Nouveau", minutes(60))
    comment = served.comment(medium, "jamais reçu", minutes(50))
    answer = served.comment(comment, "@lea bonjour", minutes(40), by="cafelumen")
    token = (
        instagram_server.TOKEN if host == "graph.instagram.com" else instagram_server.OF_THE_PAGE
    )
    api = pyfacebook.IGBusinessApi(
        access_token=token, version="v26.0", base_url=served.base, instagram_business_id=ME
    )
    media = api.user.get_media(fields="id,caption,comments_count,permalink")
    assert [(one.id, one.comments_count) for one in media.data] == [(medium, 2)]
    comments = api.media.get_comments(media_id=medium, fields="id,text,username,replies{id,text}")
    assert [(one.id, one.username) for one in comments.data] == [(comment, "lea")]
    assert [one.id for one in comments.data[0].replies.data] == [answer]
    replies = api.comment.get_replies(comment_id=comment, fields="id,text,username")
    assert [(one.id, one.username) for one in replies.data] == [(answer, "cafelumen")]
