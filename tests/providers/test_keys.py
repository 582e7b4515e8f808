from pathlib import Path

import pytest

from mantis_crawler.providers.keys import Keys, KeysError, read_keys


def a_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "keys"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_keys_come_from_the_environment_before_the_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, "# mine\nWHOISXML = at_file\nMANTIS_KEY_DNSDB='quoted'\n\n")
    keys = read_keys({"MANTIS_KEY_WHOISXML": "at_environment", "HOME": "/x"}, file)
    assert (keys.of("whoisxml"), keys.of("dnsdb"), keys.of("circl")) == ("at_environment", "quoted", "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    with pytest.raises(KeysError, match="chmod 600"):
        read_keys({}, a_file(tmp_path, "WHOISXML=at_secret", mode))


def test_a_line_that_is_none_is_named_by_number_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(KeysError) as caught:
        read_keys({}, a_file(tmp_path, "A=b\nat_secret_without_name\n"))
    assert "line 2" in str(caught.value)
    assert "at_secret" not in str(caught.value)


def test_keys_are_shown_by_name_alone_and_hidden_in_texts() -> None:
    keys = Keys({"WHOISXML": "at_secret", "short": "ab"})
    assert "at_secret" not in f"{keys} {keys!r}"
    assert keys.hide("?apiKey=at_secret&x=ab") == "?apiKey=[key]&x=ab"
    assert keys.hide_bytes(b"at_secret") == b"[key]"
