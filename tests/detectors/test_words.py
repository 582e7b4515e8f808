"""Lexicons match words of many scripts, however a page writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.detectors.words import Lexicon, fold, quote


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("giris yap", "GİRİŞ YAP!"),
        ("mot de passe", "Mot   de passe"),
        ("mat khau", "Mật khẩu"),
        ("dang nhap", "Đăng nhập"),
        ("haslo", "HASŁO:"),
        ("login", "ＬＯＧＩＮ"),
        ("ログイン", "再度ログインしてください"),
        ("パスワード", "ﾊﾟｽﾜｰﾄﾞ"),
        ("пароль", "Введите ПАРОЛЬ"),
        ("casino*", "casinos"),
    ],
)
def test_a_term_is_found_in_any_case_width_and_accent(term: str, text: str) -> None:
    assert Lexicon(term).found(fold(text)) == (term.removesuffix("*"),)


@pytest.mark.parametrize(("term", "text"), [("pin", "spinning"), ("bet", "alphabet"), ("casino", "casinos")])
def test_a_part_of_a_word_is_not_the_word(term: str, text: str) -> None:
    assert Lexicon(term).found(fold(text)) == ()


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=500))
def test_a_quote_is_one_short_line(text: str) -> None:
    quoted = quote(text)
    assert "\n" not in quoted
    assert "\x00" not in quoted
    assert len(quote("a" * 500)) < 70
