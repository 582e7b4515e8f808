"""What is done to hide a word from programs does not hide it from a person, nor from us."""

import pytest

from mantis_crawler.detectors.view import view
from mantis_crawler.detectors.words import fold
from tests.detectors.pages import DETECTORS, a_page

FORM = "<form><input name=u><input type=password><button>{}</button></form>"


@pytest.mark.parametrize(
    "text",
    [
        "Раsswоrd",
        "Pas\u200bs\u00adwo\u2060rd",
        "P a s s w o r d",
        "P.a.s.s.w.o.r.d",
        "\u202edrowssaP\u202c",
        "ᴘᴀssᴡᴏʀᴅ",
        "🅿🅰🆂🆂🆆🅾🆁🅳",
        "Ｐａｓｓｗｏｒｄ",
        "𝓟𝓪𝓼𝓼𝔀𝓸𝓻𝓭",
        "P\u0335a\u0335s\u0335s\u0335w\u0335o\u0335r\u0335d",
    ],
)
def test_a_disguised_word_is_read(text: str) -> None:
    assert " password " in fold(f"Your {text}:")


@pytest.mark.parametrize(
    ("text", "word"), [("登 录", "登录"), ("ロ グ イ ン", "ログイン"), ("비 밀 번 호", "비밀번호")]
)
def test_spaced_characters_of_the_east_are_one_word(text: str, word: str) -> None:
    assert word in fold(text)


@pytest.mark.parametrize("text", ["вот рост сор", "Войти в кабинет", "Είσοδος και εγγραφή", "а я и ты"])
def test_a_text_in_its_own_script_is_not_made_latin(text: str) -> None:
    folded = fold(f"{text} Щит λόγος")
    assert not any("a" <= letter <= "z" for letter in folded)


def test_a_few_lone_letters_are_no_word() -> None:
    assert fold("plan a b c") == " plan a b c "


@pytest.mark.parametrize(
    "html",
    [
        "<bdo dir=rtl>ni ngiS</bdo>",
        "<span style='unicode-bidi: bidi-override; direction: rtl'>ni ngiS</span>",
        "<style>.t{direction:rtl;unicode-bidi:bidi-override}</style><span class=t>ni ngiS</span>",
    ],
)
def test_letters_that_run_backwards_are_turned_round(html: str) -> None:
    assert " sign in " in view(a_page(html)).words


def test_a_login_in_look_alike_letters_is_titled_login() -> None:
    page = a_page(f"<title>Lоgіn</title>{FORM.format('ОК')}")
    assert "titled" in {signal.name for signal in DETECTORS["login"].signals(page)}


@pytest.mark.parametrize(
    ("html", "asks"),
    [
        (
            "<td>Benutzer</td><td><input name=f1></td><td>Kennwort</td><td><input type=password></td>",
            "password",
        ),
        ("<label>Passwort <input name=x2></label>", "password"),
        ("<my-input type=password name=q></my-input>", "password"),
        ("<div>Kartennummer</div><input name=f9>", "card number"),
        ("<span>รหัสผ่าน</span><input name=f9>", "password"),
        ("<span>पासवर्ड</span><input name=f9>", "password"),
        ("<span>كلمة المرور</span><input name=f9>", "password"),
    ],
)
def test_a_field_without_a_name_asks_what_stands_beside_it(html: str, asks: str) -> None:
    page = a_page(f"<form>{html}<button>Login</button></form>")
    reasons = [signal.reason for signal in DETECTORS["login"].signals(page)]
    assert any(asks in reason for reason in reasons), reasons
