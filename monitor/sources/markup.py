"""Hostile HTML -> plain text, and links that can be opened without harm. Pure and total.

Nothing here keeps markup, so there is nothing to sanitise: scripts, styles and comments are dropped,
paragraphs and line breaks stay, entities are decoded once.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from monitor.model.post import MAX_TEXT

MAX_MARKUP = 20 * MAX_TEXT
"""Markup is cut here before it is read; no honest post needs more for MAX_TEXT letters."""

MAX_TITLE = 500
MAX_URL = 2000

_DROPPED = {
    "script", "style", "template", "head", "title", "svg", "math", "textarea", "select", "audio",
    "video", "canvas", "noembed", "noframes", "xmp", "plaintext",
}  # fmt: skip
_PARAGRAPHS = (
    "p", "div", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "section", "article", "aside", "header", "footer", "figure", "hr", "address", "form", "fieldset",
)  # fmt: skip
_LINES = ("li", "tr", "dt", "dd", "figcaption", "caption", "option", "summary", "details")
_CELLS = ("td", "th")
# What stands before and after the words of an element.
_AROUND = {
    **dict.fromkeys(_PARAGRAPHS, ("\n\n", "\n\n")),
    **dict.fromkeys(_LINES, ("\n", "\n")),
    **dict.fromkeys(_CELLS, ("", " ")),
    "br": ("", "\n"),
}

# Element names that make "<name" markup and not a less-than sign before a word.
_KNOWN = {
    *_DROPPED, *_PARAGRAPHS, *_LINES, *_CELLS, "a", "abbr", "acronym", "applet", "area", "b", "base",
    "basefont", "bdi", "bdo", "bgsound", "big", "blink", "body", "br", "button", "center", "cite",
    "code", "col", "colgroup", "data", "datalist", "del", "dfn", "dialog", "dir", "em", "embed", "font",
    "frame", "frameset", "hgroup", "html", "i", "iframe", "img", "input", "ins", "kbd", "keygen",
    "label", "legend", "link", "listing", "main", "map", "mark", "marquee", "menu", "meta", "meter",
    "nav", "nobr", "noscript", "object", "optgroup", "output", "param", "picture", "progress", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup",
    "tbody", "tfoot", "thead", "time", "track", "tt", "u", "var", "wbr",
}  # fmt: skip
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>|<!--|<!\[CDATA\[")
_ANY_TAG = re.compile(r"</?(?!https?:|mailto:|[^\s<>]*@)[a-zA-Z][^<>]*>|<!--|<!\[CDATA\[")
# These would swallow the rest of the text where the end tag is missing or written as in XML.
_IFRAME = re.compile(r"(</?)iframe\b", re.IGNORECASE)
_SELF_CLOSED = re.compile(
    r"<(?:script|style|title|textarea|select|video|audio|canvas|svg|math|template)\b[^<>]*/>",
    re.IGNORECASE,
)
_INVISIBLE_BLOCK = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
# The parser gives up on deeper nesting.
_DEEP = 200
_TAGS = re.compile(r"<[^<>]*>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

# Controls, bidi embeddings, overrides and isolates, and invisible letters that would hide a name
# from the matcher. Joiners stay: emoji and Persian need them. Marks LRM and RLM are harmless.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_USUAL_LINK = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?")
_PRE = re.compile(r"(<pre\b.*?(?:</pre\s*>|$))", re.IGNORECASE | re.DOTALL)


def html_to_text(markup: str) -> str:
    """The words a reader would see. At most MAX_TEXT code points."""
    markup = markup[:MAX_MARKUP]
    if "<" not in markup:
        return plain_to_text(_flat(html.unescape(markup)))
    if not markup.isprintable() or "  " in markup:
        markup = _flat_outside_pre(clean(markup))
    if "iframe" in markup.lower():
        markup = _IFRAME.sub(r"\1span", markup)
    if "/>" in markup:
        markup = _SELF_CLOSED.sub(" ", markup)
    tree = _tree(markup)
    words = "" if tree is None else tree_to_text(tree)
    return words or (_without_tags(markup) if markup.count("<") > _DEEP else "")


def tree_to_text(tree: etree._Element) -> str:
    """The words of a parsed element (HTML, or XHTML without namespaces). Changes the tree."""
    droppable = False
    for element in tree.iter():  # asking iter for the names instead takes twice the time
        tag = element.tag
        if tag in _AROUND:
            before, after = _AROUND[tag]
            if before:
                element.text = before + (element.text or "")
            element.tail = after + (element.tail or "")
        elif tag == "img":
            element.tail = _emoji(element.get("alt") or "") + (element.tail or "")
        elif tag in _DROPPED:
            droppable = True
    if droppable:
        etree.strip_elements(tree, *_DROPPED, with_tail=False)
    words = etree.tostring(tree, method="text", encoding="unicode", with_tail=False)
    return _shaped(words)


def plain_to_text(plain: str) -> str:
    """Text that is not markup: cleaned, line breaks kept. At most MAX_TEXT code points."""
    return _shaped(plain[:MAX_MARKUP])


def any_to_text(value: str) -> str:
    """Text of a body that may hold either (RSS says nothing about it): any tag makes it markup."""
    if _ANY_TAG.search(value[:MAX_MARKUP]) or _ENTITY.search(value):
        return html_to_text(value)
    return plain_to_text(value)


def title_to_text(value: str) -> str:
    """A title that may hold either, on one line: only known elements make it markup ("Using <T>")."""
    if "<" not in value and "&" not in value and value.isprintable():  # nearly all of them
        return one_line(value)
    return one_line(html_to_text(value) if looks_like_html(value) else plain_to_text(value))


def one_line(words: str) -> str:
    """A title: on one line, at most MAX_TITLE code points."""
    return " ".join(words.split())[:MAX_TITLE]


def looks_like_html(value: str) -> bool:
    """True when it has an entity or a known element; "1 < 2" and "<3" are plain."""
    if "<" in value and any(
        found[1] is None or found[1].lower() in _KNOWN
        for found in _TAG.finditer(value[:MAX_MARKUP])
    ):
        return True
    return "&" in value and _ENTITY.search(value) is not None


def clean(words: str) -> str:
    """Without control, bidi-override and invisible characters; every line break is a \\n."""
    # The usual case, 50 times faster than the expressions.
    if words.isprintable() or words.replace("\n", "").isprintable():
        return words
    words = _LONE_SURROGATE.sub("\ufffd", words)
    return _BREAKS.sub("\n", _UNWANTED.sub("", words))


def safe_link(link: str, base: str = "") -> str:
    """The absolute address when it is http, https or mailto; else ""."""
    if _USUAL_LINK.fullmatch(link) and len(link) <= MAX_URL:
        return link
    link = clean(link).strip().replace("\n", "").replace("\t", "")
    if not link or len(link) > MAX_URL:
        return ""
    try:
        if base and not link.lower().startswith(("http://", "https://")):
            link = urljoin(base, link)
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return link.replace(" ", "%20") if parts.hostname else ""
    return link if parts.scheme == "mailto" and "@" in parts.path else ""


def _tree(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(f"<div>{markup}</div>", parser)
    except (etree.LxmlError, ValueError):
        return None


def _without_tags(markup: str) -> str:
    """For what no tree can be made of (nested hundreds deep): everything between < and > goes."""
    words = _TAGS.sub(" ", _INVISIBLE_BLOCK.sub(" ", markup))
    return plain_to_text(_flat(html.unescape(words)))


def _flat_outside_pre(markup: str) -> str:
    if "<pre" not in markup.lower():
        return _flat(markup)
    pieces = _PRE.split(markup)
    return "".join(
        piece.replace("\n", "<br>") if place % 2 else _flat(piece)
        for place, piece in enumerate(pieces)
    )


def _flat(words: str) -> str:
    """Every run of white space as one space, as browsers show it (no-break spaces are spaces too)."""
    return " ".join(words.split())


def _emoji(alt: str) -> str:
    """The alternative text of a picture when it stands for an emoji; it weighs in the tone."""
    return alt if 0 < len(alt) <= 8 and not alt.isascii() and not any(map(str.isalnum, alt)) else ""


def _shaped(words: str) -> str:
    """Cleaned, without superfluous space, at most one empty line between two, cut to MAX_TEXT."""
    if words.replace("\n", "").isprintable():  # the usual case: no other space than the plain one
        while "  " in words:
            words = words.replace("  ", " ")
        words = words.replace(" \n", "\n").replace("\n ", "\n").strip()
    else:
        words = "\n".join(" ".join(line.split()) for line in clean(words).split("\n")).strip()
    while "\n\n\n" in words:
        words = words.replace("\n\n\n", "\n\n")
    return words[:MAX_TEXT].rstrip()
