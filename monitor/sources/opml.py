"""Lists of feeds as other readers write and read them (OPML 2.0). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from monitor.errors import BadInput
from monitor.model.source import Source
from monitor.model.source_names import readable_name
from monitor.sources import markup
from monitor.sources.base import AccountKind
from monitor.sources.charset import decode
from monitor.sources.posts import language_code
from monitor.sources.registry import kinds
from monitor.sources.xml_doc import parse_xml, recover_xml
from monitor.text import text

FOLDER_MARK = " / "

_SECRET_KEY = re.compile(
    r"(?i)^(?:.*token|.*secret|.*passw(?:or)?d|.*api_?key|key|auth|authkey|feed|sig|signature|sid)$"
)
# "?feed=rss2" is how WordPress names a feed; elsewhere the same key holds a token (Reddit).
_FORMAT = re.compile(r"(?i)^(?:comments-)?(?:rss2?|rdf|atom|json|feed)$")

FEED = "feed"
_OURS = "vigie"  # the type of an outline that holds a source of a network
_ABOUT = "about"  # the name of the brand that everything there is about
_Line = tuple[Source, str]  # with that name


@dataclass(frozen=True, slots=True)
class OpmlContent:
    """`sources` in the file's order, each address once. `unusable` are the lines nobody can listen to.
    `about` stands beside `sources`: the name of the brand each is about as a whole, "" for none."""

    sources: tuple[Source, ...]
    unusable: tuple[str, ...]
    about: tuple[str, ...]


def read_opml(data: bytes) -> OpmlContent:
    """Read what people really export: broken XML, odd capitals, feed: addresses. Raises BadInput
    when there is no list of feeds in it at all."""
    written = decode(data)
    root = parse_xml(written, "", repair=False)
    if root is None:
        root = parse_xml(written, "", repair=True)
    if root is None:
        root = recover_xml(written)
    outlines = None if root is None else root.find(".//{*}outline")
    if root is None or (outlines is None and _local(root) != "opml"):
        raise BadInput(
            text("This file is not a list of feeds."),
            text("Nothing was imported."),
            text("Export the list from the other program again, as OPML."),
        )
    found: dict[str, _Line] = {}
    unusable: list[str] = []
    for line in _lines(root, ()):
        if isinstance(line, str):
            unusable.append(line)
            continue
        source, _ = line
        # Behind the "#" stands whose account it is.
        account = "" if source.kind == FEED else source.address.partition("#")[2]
        found.setdefault(f"{source.kind} {same_address(source.address)} {account}", line)
    return OpmlContent(
        tuple(source for source, _ in found.values()),
        tuple(unusable),
        tuple(about for _, about in found.values()),
    )


def write_opml(sources: Iterable[Source], brands: Mapping[int, str] | None = None) -> bytes:
    """All `sources`, in their folders; those of networks in lines that only this program understands.
    `brands` are the names by id, for what is about one of them as a whole. User names, passwords and
    tokens are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Vigie"
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(root, "body")}
    for source in sources:
        path = tuple(part for part in source.folder.split(FOLDER_MARK) if part)
        for depth in range(1, len(path) + 1):
            if path[:depth] not in folders:
                name = _xml_safe(path[depth - 1])
                folders[path[:depth]] = etree.SubElement(
                    folders[path[: depth - 1]], "outline", text=name, title=name
                )
        name = _xml_safe(source.name or _unnamed(source))
        kind = "rss" if source.kind == FEED else _OURS
        line = etree.SubElement(folders[path], "outline", type=kind, text=name, title=name)
        if kind == _OURS:
            line.set("kind", source.kind)
        line.set("xmlUrl", _xml_safe(without_secrets(source.address)))
        if source.language:
            line.set("language", source.language)
        if about := (brands or {}).get(source.about):
            line.set(_ABOUT, _xml_safe(about))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def same_address(address: str) -> str:
    """A form in which two spellings of one address are equal."""
    parts = _split(address)
    if parts is None:
        return address
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def without_secrets(address: str) -> str:
    """The address without user:password@ and without query values that look like tokens."""
    parts = _split(address)
    if parts is None:
        return address
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (key, value) for key, value in pairs if not _SECRET_KEY.match(key) or _FORMAT.match(value)
    ]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


def _lines(parent: etree._Element, folder: tuple[str, ...]) -> Iterator[_Line | str]:
    for element in parent.iterchildren(etree.Element):
        if _local(element) != "outline":
            yield from _lines(element, folder)
            continue
        values = {
            str(name).rpartition("}")[2].lower(): str(value) for name, value in element.items()
        }
        name = _name(values.get("text")) or _name(values.get("title"))
        if address := values.get("xmlurl", "").strip():
            source = _source(address, name, folder, values)
            yield source if isinstance(source, str) else (source, _name(values.get(_ABOUT)))
        elif len(element) == 0 and (
            values.get("type", "").lower() not in ("", "folder")
            or values.keys() & {"url", "htmlurl", "xmlurl"}
        ):
            yield name or values.get("url") or values.get("htmlurl") or "?"
        yield from _lines(element, (*folder, name) if name and not address else folder)


def _source(
    address: str, name: str, folder: tuple[str, ...], values: dict[str, str]
) -> Source | str:
    link = markup.safe_link(re.sub(r"^feed:(?://)?(?=https?://)", "", address, flags=re.IGNORECASE))
    if address.lower().startswith("feed:") and not link:
        link = markup.safe_link("https://" + address.partition(":")[2].lstrip("/"))
    kind = values.get("kind", "") if values.get("type", "").lower() == _OURS else FEED
    known = kinds().get(kind)
    fields = known.fields_of(address) or {} if known is not None and kind != FEED else {}
    if isinstance(known, AccountKind):
        link = _asked(known, fields)
    elif not link.startswith(("http://", "https://")):
        link = ""
    if not link or known is None:
        return name or address
    category = values.get("category", "").partition(",")[0]
    if not folder and category.startswith("/"):
        folder = tuple(filter(None, map(_name, category.split("/"))))
    source = Source(
        id=0,
        kind=kind,
        address=link,
        name=name,
        folder=FOLDER_MARK.join(folder),
        language=language_code(values.get("language", "")),
        fields=fields,
    )
    return replace(source, name=_given(source))


def _given(source: Source) -> str:
    """Its name; of a network's source none where nobody gave it one: the network tells a better one."""
    if source.kind == FEED:
        return source.name or _host(source.address)
    return "" if source.name in (_host(source.address), _unnamed(source)) else source.name


def _unnamed(source: Source) -> str:
    """What a source without a name is called in the file, where every line has one."""
    known = kinds().get(source.kind)
    if known is None or source.kind == FEED:
        return _host(source.address)
    secret = {field.key for field in known.info.fields if field.secret}
    fields = known.fields_of(source.address) or {}
    answers = (answer for key, answer in fields.items() if key not in secret)
    return readable_name(str(known.info.label), answers)


def _asked(kind: AccountKind, fields: Mapping[str, str]) -> str:
    """What is asked with the account, as the kind itself writes it: the address in the file may lead
    anywhere, and whoever is asked gets the login. "" where it names no account."""
    try:
        return kind.address_of(fields) if fields else ""
    except BadInput:
        return ""


def _name(written: str | None) -> str:
    return markup.one_line(markup.plain_to_text(written or ""))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _host(address: str) -> str:
    parts = _split(address)
    return (parts.hostname or "") if parts else ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises here rather than later
    except ValueError:
        return None
    return parts


def _xml_safe(words: str) -> str:
    return markup.clean(words).replace("\ufffe", "").replace("\uffff", "")
