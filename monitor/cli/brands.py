"""`vigie brand`: the brands to listen for."""

from __future__ import annotations

from argparse import Namespace

from monitor.cli import proposals
from monitor.cli.output import Output
from monitor.cli.rows import brand_row
from monitor.cli.session import answer, opened
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.infra.started_as import started_as
from monitor.model.brand import Brand
from monitor.text import text


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
    """By name or number. Raises BadInput when there is none."""
    with opened(profile) as service:
        brand = find_brand(answer(service.brands()), args.brand)
        answer(service.remove_brand(brand.id))
    if output.json_lines:
        output.row({"type": "removed", "id": brand.id, "name": brand.name})
    output.say(text("“{name}” is no longer watched; its mentions are gone.", name=brand.name))
    return 0


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
