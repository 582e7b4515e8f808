"""Login is a purpose: a box on another page is none."""

from tests.detectors.pages import a_page, an_alert, verdict_on

FORM = "<form action='/s'><input name='user'><input type='password' name='p'><button>Log in</button></form>"


def test_a_hidden_password_field_is_no_login() -> None:
    page = a_page(
        f"<title>Shop</title><div style='display: none'>{FORM}</div><p>Teapots and cups for the table.</p>"
    )
    assert not [item for item in verdict_on(page).evidence if item.content_class == "login"]


def test_a_login_box_on_a_long_page_weighs_less_than_a_page_of_its_own() -> None:
    prose = "<p>Stoneware teapots, thrown by hand and glazed in green.</p>" * 100
    alone = verdict_on(a_page(FORM))
    beside = verdict_on(a_page(FORM + prose))
    assert alone.content_class == "login"
    assert beside.content_class != "login"


def test_the_iphone_page_of_roaming_mantis_is_a_login() -> None:
    page = a_page(
        "<title>Apple ID</title><form action='/s'><input placeholder='Apple ID'><input type='password' "
        "placeholder='パスワード'><button>サインイン</button></form>",
        dialogs=(an_alert("APP Storeアカウントは安全異常があるので、再度ログインしてください。"),),
        device="iphone",
    )
    assert verdict_on(page).content_class == "login"


def test_a_sign_up_form_is_no_login_even_with_one_password() -> None:
    page = a_page(
        "<title>Join</title><h1>Create your account</h1><form><input name='fullName' placeholder='Full name'>"
        "<input type='email'><input type='password' autocomplete='new-password'>"
        "<button>Sign up</button></form>"
    )
    assert verdict_on(page).content_class != "login"
