"""What gives a theme, an article or a form's purpose away where words alone are few."""

from tests.detectors.pages import a_page, verdict_on

FORM = "<form><input type='email' placeholder='Email'><input type='password' placeholder='Password'>{}</form>"


def named(html: str) -> set[str]:
    return {f"{item.content_class}.{item.name}" for item in verdict_on(a_page(html)).evidence}


def test_a_casino_without_words_is_told_by_the_names_of_its_parts() -> None:
    parts = "<div class='baccarat-hall'></div><img src='/img/slots.png'><a href='/sportsbook'>1</a>"
    assert "gambling.paths" in named(parts)
    assert "gambling.paths" not in named(parts.replace("slots", "teapots"))


def test_a_word_weighs_more_on_a_page_that_says_little() -> None:
    short = "<p>Baccarat and roulette tonight.</p>"
    weights = [
        max(item.weight for item in verdict_on(a_page(html)).evidence if item.name == "words")
        for html in (short, short + "<p>Stoneware teapots, thrown by hand.</p>" * 20)
    ]
    assert weights[0] > weights[1]


def test_a_form_whose_only_button_makes_an_account_is_no_login() -> None:
    talk = "<p>Already have an account? <a href='/in'>Log in</a></p>"
    joins = FORM.format("<button>Create an account</button>") + talk
    enters = FORM.format("<button>Log in</button> <button>Create an account</button>")
    assert "other.registers" in named(joins)
    assert "other.registers" not in named(enters)


def test_the_empty_shell_of_a_login_is_told_by_its_title() -> None:
    assert "login.shell" in named("<title>Sign in</title><div id='root'></div>")
    assert "login.shell" not in named("<title>Teapots</title><div id='root'></div>")


def test_an_article_that_says_price_and_reply_is_still_marked_up_as_one() -> None:
    marks = "<meta property='og:type' content='article'><meta property='article:published_time' content='x'>"
    body = "<p>The price of tea rose, members of the forum said in reply; checkout lines grew. </p>" * 12
    weights = {item.name: item.weight for item in verdict_on(a_page(f"<head>{marks}</head>{body}")).evidence}
    assert weights["og_article"] >= 0.25
