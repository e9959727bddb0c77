"""Profile folder, settings, log and catalogue: what lies in files."""

from __future__ import annotations

import errno
import io
import json
import logging
import os
import stat
from pathlib import Path

import pytest

from monitor.errors import ProfileError
from monitor.infra.catalogue import load_catalogue
from monitor.infra.log import redact, start_log, stop_log
from monitor.infra.paths import Profile, default_profile
from monitor.infra.settings import Settings, from_json, load_settings, save_settings, to_json
from monitor.text import text

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX access rights")


def test_everything_lies_in_the_folder(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "deep" / "profile")
    profile.create()
    profile.create()
    for path in (profile.database, profile.settings, profile.backups, profile.log):
        assert path.parent == profile.root
    assert profile.backups.is_dir()


@posix
def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    profile.create()
    assert stat.S_IMODE(profile.root.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError) as caught:
        Profile(tmp_path / "file" / "profile").create()
    assert "cannot be written" in caught.value.title.template


def test_the_environment_names_the_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_PROFILE", str(tmp_path / "here"))
    assert default_profile().root == tmp_path / "here"
    monkeypatch.delenv("VIGIE_PROFILE")
    assert default_profile().root.name == "vigie"


def test_settings_come_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    chosen = Settings(language="fr", theme="dark", check_minutes=30, signature="Léa\nMarque")
    save_settings(file, chosen)
    assert load_settings(file).settings == chosen
    assert list(tmp_path.iterdir()) == [file]


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.json")
    assert (loaded.settings, loaded.warning) == (Settings(), None)


def test_a_newer_programs_keys_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"version": 1, "theme": "light", "sparkle": {"on": True}}))
    save_settings(file, load_settings(file).settings)
    assert json.loads(file.read_text())["sparkle"] == {"on": True}


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_corrupt_file_is_set_aside_and_told(tmp_path: Path, broken: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(broken)
    loaded = load_settings(file)
    assert loaded.settings == Settings()
    assert loaded.warning is not None
    assert [kept.read_bytes() for kept in tmp_path.iterdir()] == [broken]
    assert not file.exists()


def test_odd_values_become_the_default() -> None:
    odd = {
        "language": "tlh",
        "theme": 3,
        "check_minutes": True,
        "notifications": "yes",
        "version": 1,
    }
    assert from_json(odd) == Settings()
    assert from_json({"check_minutes": 0}) == Settings()
    assert from_json({"version": [], "theme": "dark"}).theme == "dark"


def test_settings_as_json_carry_their_version() -> None:
    assert to_json(Settings())["version"] == 1


def test_settings_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ProfileError):
        save_settings(tmp_path / "absent" / "settings.json", Settings())


def test_the_log_has_no_secrets(tmp_path: Path) -> None:
    handler = start_log(tmp_path / "vigie.log")
    try:
        logging.getLogger("monitor.test").warning(
            "GET %s with %s",
            "https://ann:s3cret@a.example/f?token=s3cret&x=1",
            "Bearer s3cretvalue",
        )
    finally:
        stop_log(handler)
    written = (tmp_path / "vigie.log").read_text()
    assert "s3cret" not in written
    assert "a.example/f?token=…&x=1" in written


@pytest.mark.parametrize(
    "key",
    [
        "access_token",
        "refresh_token",
        "input_token",
        "client_secret",
        "appsecret_proof",
        "code",
        "state",
        "apikey",
    ],
)
def test_no_word_that_opens_an_account_is_logged(key: str) -> None:
    line = redact(f"failed: https://a.example/v1/me?x=1&{key}=s3cret&postcode=44000")
    assert line == f"failed: https://a.example/v1/me?x=1&{key}=…&postcode=44000"


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    handler = start_log(tmp_path / "absent" / "vigie.log")
    logging.getLogger("monitor.test").info("lost")
    stop_log(handler)


def test_a_log_on_a_full_disk_stops_nothing_and_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            super().close()  # or the interpreter closes it again, and tells of the error
            self.flush()

    handler = start_log(tmp_path / "vigie.log")
    assert isinstance(handler, logging.FileHandler)
    assert handler.stream is not None
    handler.stream.close()
    handler.stream = Full()  # type: ignore[assignment]  # a text stream as the handler needs it
    logging.getLogger("monitor.test").info("lost")
    stop_log(handler)
    assert capsys.readouterr().err == ""


def test_harmless_lines_stay() -> None:
    assert redact("read https://a.example/feed?page=2 in 3 s") == (
        "read https://a.example/feed?page=2 in 3 s"
    )


def test_the_french_catalogue_speaks() -> None:
    sentence = text("The server {host} was not found.", host="a.example")
    assert sentence.render(load_catalogue("fr")) == "Le serveur a.example est introuvable."
    assert sentence.render(load_catalogue("en")) == "The server a.example was not found."
    assert load_catalogue("xx") == {}
    assert load_catalogue("fr") is load_catalogue("fr")
