"""`vigie account add | list | remove`: the person's accounts on networks."""

from __future__ import annotations

import getpass
import warnings
import webbrowser
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from monitor.cli.output import Output
from monitor.cli.rows import account_row
from monitor.cli.session import answer, opened
from monitor.cli.words import ACCOUNT_STATES
from monitor.errors import BadInput
from monitor.infra.paths import Profile
from monitor.infra.started_as import started_as
from monitor.model.account import Account
from monitor.model.account_form import AccountForm
from monitor.text import Text, text


def add(args: Namespace, profile: Profile, output: Output) -> int:
    """Without a network the networks are listed. Answers as key=value; secrets are asked for, never given as words of a command, which others
    can read. Raises BadInput, NotLoggedIn, SourceError or SecretsUnavailable: nothing is stored then."""
    with opened(profile) as service:
        form = _form(answer(service.network_forms()), args.network)
        _tell(form, output)
        answers = _answers(form, args.given, output)
        account = answer(service.login(form.network, answers, _opener(output)))
    if output.json_lines:
        output.row(account_row(account))
    output.say(text("Logged in as {who}.", who=account.handle))
    return 0


def show(args: Namespace, profile: Profile, output: Output) -> int:
    with opened(profile) as service:
        accounts = answer(service.accounts())
    for account in accounts:
        if output.json_lines:
            output.row(account_row(account))
        else:
            state = output.words(ACCOUNT_STATES[account.state])
            output.line(f"{account.id}\t{state}\t{account.network}\t{account.handle}")
    if not accounts:
        output.note(
            text("No account yet: `{vigie} account add NETWORK` adds one.", vigie=started_as())
        )
    return 0


def set_cap(args: Namespace, profile: Profile, output: Output) -> int:
    """Raises BadInput without such an account, or for a number out of reach."""
    with opened(profile) as service:
        account = _find(answer(service.accounts()), args.account)
        answer(service.set_daily_cap(account.id, args.replies))
    if output.json_lines:
        output.row(account_row(replace(account, daily_cap=args.replies)))
    output.say(
        text("At most {count} replies a day from {who}.", count=args.replies, who=account.handle)
    )
    return 0


def remove(args: Namespace, profile: Profile, output: Output) -> int:
    """By number or handle. Raises BadInput when there is none."""
    with opened(profile) as service:
        account = _find(answer(service.accounts()), args.account)
        note = answer(service.remove_account(account.id))
    if output.json_lines:
        row = {"type": "removed", "id": account.id, "handle": account.handle}
        output.row({**row, "note": output.words(note) or None})
    output.say(text("{who} was removed; what was sent from it stays listed.", who=account.handle))
    if note is not None:
        output.note(note)
    return 0


def _tell(form: AccountForm, output: Output) -> None:
    """How to get what is asked, and the network's page for it."""
    for sentence in (form.how, *form.steps):
        output.note(sentence)
    if form.page:
        output.note(text("Where to find this: {url}", url=form.page))


def _opener(output: Output) -> Callable[[str], object]:
    """The address is told too: there may be no browser here, or another one is wanted."""

    def open_(url: str) -> None:
        output.note(text("Agree in your browser; it comes back by itself: {url}", url=url))
        webbrowser.open(url)

    return open_


def _form(forms: tuple[AccountForm, ...], network: str) -> AccountForm:
    for form in forms:
        if form.network == network:
            return form
    raise BadInput(
        text("There is no network “{name}” to log in at.", name=network)
        if network
        else text("The network to log in at is missing."),
        text("Nothing was changed."),
        text("The networks are: {names}.", names=", ".join(form.network for form in forms)),
    )


def _answers(form: AccountForm, given: Sequence[str], output: Output) -> dict[str, str]:
    answers = {field.key: field.default for field in form.fields if not field.secret}
    for one in given:
        key, sign, value = one.partition("=")
        if any(field.secret and field.key == key for field in form.fields):
            raise BadInput(
                text("Secrets are asked for on the terminal, never given in the command."),
                text("Nothing was changed. What was typed may be in the shell's history."),
                _how(form, answers),
            )
        if not sign or key not in answers:
            raise BadInput(
                text("“{given}” is no answer to what is asked.", given=key),
                text("Nothing was changed."),
                _how(form, answers),
            )
        answers[key] = value
    for field in form.fields:
        if field.required and not field.secret and not answers[field.key]:
            raise BadInput(
                text("The answer to “{question}” is missing.", question=field.label),
                text("Nothing was changed."),
                text("Write {key}=… behind the network.", key=field.key),
            )
        if field.secret:
            answers[field.key] = _secret(f"{output.words(field.label)}: ")
    return answers


def _how(form: AccountForm, answers: Mapping[str, str]) -> Text:
    """How the command is written for this network."""
    if answers:
        return text("Write key=value; its fields are: {keys}.", keys=", ".join(answers))
    return text(
        "Write only `{vigie} account add {network}`; the rest is asked for.",
        vigie=started_as(),
        network=form.network,
    )


def _secret(question: str) -> str:
    """Asked for on the terminal, without an echo. Raises BadInput where there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(question)
    except (EOFError, OSError, getpass.GetPassWarning) as error:
        raise BadInput(
            text("The secret answer can only be typed in a terminal."),
            text("Nothing was changed."),
            text("Run the command in a terminal, or add the account in the window's settings."),
        ) from error


def _find(accounts: tuple[Account, ...], wanted: str) -> Account:
    for account in accounts:
        if wanted.lstrip("@") in (account.handle, str(account.id)):
            return account
    raise BadInput(
        text("There is no account “{wanted}”.", wanted=wanted),
        text("Nothing was changed."),
        text("`{vigie} account list` shows the accounts and their numbers.", vigie=started_as()),
    )
