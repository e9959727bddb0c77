"""`vigie brand`: the brands to listen for."""

from __future__ import annotations

import sys
from argparse import Namespace

from monitor.cli import proposals
from monitor.cli.output import Output
from monitor.cli.rows import brand_row
from monitor.cli.session import answer, opened
from monitor.engine.service import Service
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.infra.started_as import started_as
from monitor.model.brand import Brand
from monitor.model.mention import MentionFilter
from monitor.text import text

_PAGE = 1000
_YES = frozenset({"y", "yes", "o", "oui"})


def add(args: Namespace, profile: Profile, output: Output) -> int:
    """Raises BadInput when the name cannot be looked for or is watched already."""
    if args.propose:
        return proposals.show(args, profile, output)
    wanted = Brand(
        id=0,
        name=args.name,
        aliases=tuple(args.alias),
        must_near=tuple(args.near),
        must_not_near=tuple(args.not_near),
        excluded_authors=tuple(args.exclude_author),
        excluded_sites=tuple(args.exclude_site),
        excluded_languages=tuple(args.exclude_language),
        exact=args.exact,
        rival=args.rival,
    )
    with opened(profile) as service:
        if any(brand.name == wanted.name for brand in answer(service.brands())):
            raise BadInput(
                text("“{name}” is watched already.", name=wanted.name),
                text("Nothing was changed."),
                text("Change it in the window: its mentions stay, and what you did with them."),
            )
        saved = answer(service.save_brand(wanted))
        found = answer(service.rematching())
        if output.json_lines:
            output.row(brand_row(saved) | {"found": found})
        output.say(
            text(
                "“{name}” is watched. In what was stored already, {count} mentions were found.",
                name=saved.name,
                count=found,
            )
        )
        return proposals.add(service, args, profile, output) if args.with_sources else 0


def show(args: Namespace, profile: Profile, output: Output) -> int:
    with opened(profile) as service:
        brands = answer(service.brands())
    for brand in brands:
        if output.json_lines:
            output.row(brand_row(brand))
        else:
            output.line(f"{brand.id}\t{', '.join(brand.names)}")
    if not brands:
        output.note(text("No brand yet: `{vigie} brand add NAME` adds one.", vigie=started_as()))
    return 0


def remove(args: Namespace, profile: Profile, output: Output) -> int:
    """By name or number, once that was agreed to. Raises BadInput when there is none, or when nobody can
    be asked."""
    with opened(profile) as service:
        brand = find_brand(answer(service.brands()), args.brand)
        if not args.yes and not _agreed(service, brand, output):
            output.note(text("Nothing was changed."))
            return 1
        answer(service.remove_brand(brand.id))
    if output.json_lines:
        output.row({"type": "removed", "id": brand.id, "name": brand.name})
    output.say(text("“{name}” is no longer watched; its mentions are gone.", name=brand.name))
    return 0


def _agreed(service: Service, brand: Brand, output: Output) -> bool:
    """Asked on the terminal. Raises BadInput where there is none."""
    count = _mentions(service, brand)
    if not sys.stdin.isatty():
        raise BadInput(
            text("Mentions that go with “{name}”: {count}.", name=brand.name, count=count),
            text("Nothing was changed: without a terminal nobody can be asked."),
            text("Add --yes to remove it all the same."),
        )
    output.ask(
        text(
            "Mentions that go with “{name}”: {count}. Remove? [y/N] ", name=brand.name, count=count
        )
    )
    return sys.stdin.readline().strip().casefold() in _YES


def _mentions(service: Service, brand: Brand) -> int:
    """How many the list shows of it, whatever their state."""
    count, after = 0, None
    while page := answer(service.keys(MentionFilter(brand_id=brand.id), after, _PAGE)):
        count, after = count + len(page), page[-1]
    return count


def find_brand(brands: tuple[Brand, ...], wanted: str) -> Brand:
    """By its name or its number. Raises BadInput."""
    for brand in brands:
        if wanted in (brand.name, str(brand.id)):
            return brand
    raise BadInput(
        text("There is no brand “{name}”.", name=wanted),
        text("Nothing was changed."),
        text("`{vigie} brand list` shows the brands and their numbers.", vigie=started_as()),
    )
