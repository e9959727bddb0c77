"""Lists of sources in and out of OPML files. Blocking; called from background threads."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from monitor.demo.setup import is_sample
from monitor.engine.account_choice import with_account
from monitor.engine.store_threads import StoreThreads
from monitor.errors import BadInput, SecretsUnavailable
from monitor.infra.logins import keep_password
from monitor.infra.secrets import Secrets
from monitor.infra.system_words import told
from monitor.model.source import ImportReport, Source
from monitor.sources import reddit_login
from monitor.store.reader import Reader
from monitor.store.writer import Writer
from monitor.text import text

LARGEST = 20 * 1024 * 1024


class OpmlFiles:
    """`placed` is told of each added source, in the writer thread."""

    def __init__(self, store: StoreThreads, placed: Callable[[Source], Source]) -> None:
        self._store = store
        self._placed = placed

    def read(self, path: Path) -> ImportReport:
        """Add what the file lists, each about the brand of the name it says, as far as that one is
        watched here. Raises BadInput when it cannot be read at all."""
        from monitor.sources.opml import read_opml  # only who imports pays for it

        found = read_opml(_contents(path))
        added, refused, secrets = 0, [], Secrets()
        brands = self._store.read(Reader.brands).result()
        ids = {brand.name.casefold(): brand.id for brand in brands}
        for source, about in zip(found.sources, found.about, strict=True):
            try:
                address = reddit_login.to_keep(source.address)
                kept = replace(
                    source,
                    address=keep_password(address, secrets),
                    about=ids.get(about.casefold(), 0),
                )
            except SecretsUnavailable:  # its password has no other place
                refused.append(source.name)
            else:
                added += self._add(kept)
        known = len(found.sources) - added - len(refused)
        return ImportReport(added, known, (*found.unusable, *refused))

    def write(self, path: Path) -> int:
        """Write every source listened to; how many. Raises BadInput when the file cannot be written."""
        from monitor.sources.opml import write_opml

        states = self._store.read(Reader.all_polling_states).result()
        sources = [state.source for state in states if not is_sample(state.source)]
        brands = self._store.read(Reader.brands).result()
        body = write_opml(sources, {brand.id: brand.name for brand in brands})
        if path.exists() and not path.is_file():
            raise _unusable(path, OSError(errno.EINVAL, os.strerror(errno.EINVAL)))
        path = path.resolve()  # through a symbolic link, not in its place
        # Beside it first: a full disk must not cost the older list.
        beside = path.with_name(path.name + ".new")
        try:
            beside.write_bytes(body)
            os.replace(beside, path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise _unusable(path, error) from error
        return len(sources)

    def _add(self, source: Source) -> bool:
        """False when it is listened to already."""

        def add(writer: Writer) -> bool:
            try:
                self._placed(writer.add_source(with_account(source, writer.accounts())))
            except BadInput:
                return False
            return True

        return self._store.write(add).result()


def _contents(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(
                text("The file {file} is too large for a list of feeds.", file=path.name),
                text("Nothing was imported."),
                text("Choose an OPML file exported from another reader."),
            )
        return path.read_bytes()
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        text("The file {file} cannot be used.", file=str(path)),
        text("Nothing was changed ({why}).", why=told(error)),
        text("Check that it exists and that you may use it, or choose another place."),
    )
