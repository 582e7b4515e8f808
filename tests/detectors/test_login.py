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


def test_a_code_that_is_asked_for_to_make_an_account_is_no_login() -> None:
    boxes = "".join(f"<input id='signup-otp-input-{place}' maxlength=1>" for place in range(6))
    page = a_page(
        "<p>To open your account you need to verify your email address.</p><form><input name='email'>"
        f"<input name='phone'>{boxes}<button>Send new code</button></form>"
    )
    assert verdict_on(page).content_class != "login"


def test_a_bare_form_with_an_offer_to_make_an_account_only_is_no_login() -> None:
    bare = "<form><input name='MemberName'><input type=submit value='Next'></form>"
    assert verdict_on(a_page(bare)).content_class == "login"
    assert verdict_on(a_page(f"<p>Create account</p>{bare}")).content_class != "login"


def test_a_parcel_that_wants_to_know_who_one_is_asks_as_a_login_does_not_as_a_registration() -> None:
    page = a_page(
        "<title>Your package is on hold</title><h1>Your package is on hold</h1>"
        "<p>A fee of $0.30 is due. Confirm your address within 12 hours.</p>"
        "<form><label>Full name <input name='name'></label><label>Address <input name='address'></label>"
        "<label>Phone <input name='phone' type='tel'></label><label>Email <input type='email'></label>"
        "<button>Continue to payment</button></form>"
    )
    verdict = verdict_on(page)
    assert verdict.content_class == "login"
    assert not [item for item in verdict.evidence if item.name in {"registers", "fills"}]
