"""`vigie brand add --propose` and `--with-sources`: what the name alone could listen to."""

from __future__ import annotations

from argparse import Namespace

from monitor.cli.output import Output
from monitor.cli.rows import proposal_row
from monitor.cli.session import answer, opened
from monitor.engine.service import Service
from monitor.errors import VigieError
from monitor.infra.language import spoken_language, system_country
from monitor.infra.paths import Profile
from monitor.model.proposal import Proposal
from monitor.text import text


def show(args: Namespace, profile: Profile, output: Output) -> int:
    """Every proposal with its address; nothing is asked, nothing is added."""
    with opened(profile) as service:
        found = proposed(service, args, profile)
    for one in found:
        label = output.words(one.label)
        if output.json_lines:
            output.row(proposal_row(one, label, output.words(one.unseen)))
        else:
            mark = "=" if one.there else "x" if one.chosen else "-"
            edition = one.detail or "-".join(filter(None, (one.language, one.country)))
            output.line(f"{mark}\t{label}\t{edition}\t{one.address}")
    if found:
        output.note(
            text(
                "x: added by --with-sources; -: offered; =: listened to already. Nothing was added."
            )
        )
    else:
        output.note(text("No source can be proposed for this name."))
    return 0


def add(service: Service, args: Namespace, profile: Profile, output: Output) -> int:
    """The ticked ones; 1 when one of them could not be added, the others are."""
    failed = 0
    for one in proposed(service, args, profile):
        if not one.chosen:
            continue
        store = service.update_source if one.grows else service.add_source
        try:
            added = answer(store(one.source))
        except VigieError as error:
            failed = 1
            output.error(error)
            continue
        if output.json_lines:
            keys = ("id", "kind", "address", "name")
            told = {key: getattr(added, key) for key in keys}
            output.row({"type": "source", **told, "items": None})
        output.say(
            text("Listening to “{name}” at {address}.", name=added.name, address=added.address)
        )
    return failed


def proposed(service: Service, args: Namespace, profile: Profile) -> tuple[Proposal, ...]:
    """In the language of the answers first, then in English."""
    own = args.language or spoken_language(("--profile", str(profile.root)))
    languages = tuple(dict.fromkeys((own, "en")))
    return answer(service.proposals(args.name, languages, system_country()))
