"""What nobody sees does not count, and what anybody sees does: on pages as the real browser lays them out."""

from collections.abc import Iterator

import pytest

from mantis_crawler.detectors.forms import SECRETS, Asks, forms
from mantis_crawler.detectors.pictures import languages, reader
from mantis_crawler.detectors.view import view
from mantis_crawler.items import CaptureKind, Page, Verdict
from mantis_crawler.pipelines.classify import page_of
from tests.browser.stage import Stage
from tests.detectors.pages import suspicions, verdict_on

pytestmark = pytest.mark.browser

FORM = (
    "<form action=/p method=post><label>Email <input name=email></label>"
    "<label>Password <input type=password name=pass></label><button>Log in</button></form>"
)
LOGIN = f"<title>Sign in</title><body><h1>PayPal</h1>{FORM}"
WORDS = "The minister spoke about the weather, and the home team won the match on Sunday evening. " * 80
LINKS = "".join(f"<a href=/story/{n}>Story {n} of the city</a> " for n in range(200))
UNSEEN = {
    "text of one pixel": "font-size:1px",
    "text of no size": "font-size:0",
    "text as white as its ground": "color:#fff",
    "text without colour": "color:transparent",
    "text that is clear": "opacity:0",
    "text left of the page": "position:absolute;left:-9999px;width:300px",
    "text above the page": "position:absolute;top:-9999px;height:900px;overflow:hidden",
    "text moved out of its box": "text-indent:-99999px;white-space:nowrap;overflow:hidden",
    "text in a box of one pixel": "position:absolute;clip:rect(0,0,0,0);width:1px;height:1px;overflow:hidden",
    "text in a box without height": "height:0;overflow:hidden",
    "text scaled to nothing": "transform:scale(0)",
    "text cut out of sight": "position:absolute;clip-path:inset(100%)",
    "text far below all else": "margin-top:6000px",
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def shown(stage: Stage, html: str) -> Page:
    """A page as the real browser laid it out."""
    stage.pages["/"] = html
    return page_of(stage.visit(), stage.store)


def judged(stage: Stage, html: str) -> Verdict:
    return verdict_on(shown(stage, html))


def asked(page: Page) -> set[Asks]:
    return {field.asks for form in forms(view(page)) for field in form.fields}


@pytest.mark.parametrize("name", UNSEEN)
def test_unseen_padding_does_not_make_a_login_something_else(stage: Stage, name: str) -> None:
    padding = f"<style>.x a{{color:inherit}}</style><div class=x style='{UNSEEN[name]}'>{WORDS}{LINKS}</div>"
    page = shown(stage, LOGIN + padding)
    assert "minister" not in page.seen
    assert (view(page).length, view(page).link_count) < (100, 5)
    verdict = verdict_on(page)
    assert (verdict.content_class, verdict.confidence > 0.9) == ("login", True)


def test_a_page_under_a_layer_that_hides_it_all_is_not_what_is_judged(stage: Stage) -> None:
    layer = f"<div style='position:fixed;inset:0;background:#fff;z-index:9'><h1>PayPal</h1>{FORM}</div>"
    page = shown(stage, f"<title>Morning News</title><body><p>{WORDS}{LINKS}</p>{layer}")
    assert "minister" not in page.seen
    assert verdict_on(page).content_class == "login"


@pytest.mark.parametrize("style", ["font-size:1px", "opacity:0", "position:absolute;left:-999px;width:300px"])
@pytest.mark.parametrize("inside", ["frame", "shadow"])
def test_unseen_padding_in_a_frame_or_shadow_tree_does_not_count_either(
    stage: Stage, inside: str, style: str
) -> None:
    inner = f"<h1>PayPal</h1>{FORM}<div style='{style}'><p>{WORDS}</p></div>"
    html = f'<iframe style="width:100%;height:500px" srcdoc="{inner}"></iframe>'
    if inside == "shadow":
        html = f"<div id=h></div><script>h.attachShadow({{mode:'closed'}}).innerHTML=`{inner}`</script>"
    page = shown(stage, f"<title>Sign in</title>{html}")
    assert "minister" not in view(page).text
    assert verdict_on(page).content_class == "login"


def test_what_is_laid_out_is_still_kept_as_evidence(stage: Stage) -> None:
    stage.pages["/"] = f"{LOGIN}<p style='opacity:0'>nobody reads this"
    visit = stage.visit()
    assert "nobody reads this" in stage.text(visit, CaptureKind.TEXT)
    page = page_of(visit, stage.store)
    assert page.layout is not None
    assert page.layout.unseen == {"clear": len("nobody reads this")}


SEEN = {
    "text over a picture": "<div style='position:relative;width:300px;height:80px'>"
    "<canvas width=300 height=80 style='position:absolute'></canvas>"
    "<p style='position:relative;color:#fff'>read me</p></div>",
    "text on a gradient": "<p style='color:#fff;background:linear-gradient(#000,#333)'>read me</p>",
    "text with a shadow": "<p style='color:#fff;text-shadow:0 0 3px #000'>read me</p>",
    "text filled with a gradient": "<p style='color:transparent;background:linear-gradient(#f00,#00f);"
    "-webkit-background-clip:text;background-clip:text'>read me</p>",
    "text in a box to scroll": "<div style='height:9em;overflow:auto'><p style='margin-top:99em'>read me",
    "text that fades in": "<p style='margin-top:2600px;opacity:0;transition:opacity 1s'>read me</p>",
    "text under a clear layer": "<p>read me</p><div style='position:fixed;inset:0'></div>",
    "text some way down": "<div style='height:1200px'>so long</div><p>read me</p>",
    "text below tall pictures": "<canvas width=300 height=5000></canvas><p>read me</p>",
}


@pytest.mark.parametrize("name", SEEN)
def test_what_can_be_read_counts(stage: Stage, name: str) -> None:
    assert "read me" in shown(stage, f"<body style='background:#fff'>{SEEN[name]}").seen


def test_an_honest_page_is_read_as_it_is_laid_out(stage: Stage) -> None:
    page = shown(stage, f"<title>Harbour</title><h1>Harbour</h1><p>{WORDS}</p><p>{LINKS}</p>{FORM}")
    assert page.layout is not None
    assert (page.layout.text, page.layout.unseen) == (None, {})
    assert verdict_on(page).content_class == "other"


FIELDS = {
    "a wallet's words in twelve fields": (
        "<h1>MetaMask</h1><p>Enter your recovery phrase</p>"
        + "".join(f"<label>{n}.<input></label>" for n in range(1, 13)),
        Asks.SEED,
    ),
    "a wallet's words in one large field": (
        "<h1>Restore your wallet</h1><p>Enter your 12 word recovery phrase</p><textarea></textarea>",
        Asks.SEED,
    ),
    "words to be typed where nothing says it is a field": (
        "<h1>Secret recovery phrase</h1><div contenteditable style='border:1px solid;height:80px'></div>",
        Asks.SEED,
    ),
    "a password in an editable box": (
        (
            "<style>.f{border:1px solid;height:30px;width:200px}.p{-webkit-text-security:disc}</style>"
            "<h1>Log in</h1>User<div class=f contenteditable></div>Password"
            "<div class='f p' contenteditable></div>"
        ),
        Asks.PASSWORD,
    ),
    "a password that a style sheet hides": (
        "<style>.p{-webkit-text-security:disc}</style><h1>Log in</h1><input name=a><input class=p name=b>",
        Asks.PASSWORD,
    ),
    "boxes for a code": (
        "<style>.o{width:36px}</style><h1>Enter the code</h1>" + "<input class=o type=tel>" * 6,
        Asks.CODE,
    ),
    "one clear field over drawn boxes": (
        (
            "<h1>Code from your SMS</h1><div style='position:relative;width:240px;height:40px'>"
            "<input autocomplete=one-time-code "
            "style='opacity:0;position:absolute;width:240px;height:40px'></div>"
        ),
        Asks.CODE,
    ),
    "a keypad of buttons": (
        "<h1>Enter your PIN</h1>" + "".join(f"<button>{n}</button>" for n in range(10)),
        Asks.PIN,
    ),
    "a keypad of boxes": (
        "<h1>Enter your PIN</h1><div>" + "".join(f"<div class=k>{n}</div>" for n in range(10)) + "</div>",
        Asks.PIN,
    ),
    "a field of 50,000 attributes": (
        (
            "<h1>Log in</h1><input id=i><script>for(let n=0;n<50000;n++)i.setAttribute('x'+n,'');"
            "i.type='password'</script>"
        ),
        Asks.PASSWORD,
    ),
    "a field that stands too deep": (
        (
            "<h1>Log in</h1><script>let h=document.body;for(let n=0;n<1500;n++){h=h.appendChild("
            "document.createElement('div'))}h.innerHTML='<input type=password>'</script>"
        ),
        Asks.PASSWORD,
    ),
    "a field behind two megabytes of remarks": (
        "<h1>Log in</h1>" + f"<!--{'x' * 2_500_000}-->" + "<input type=password>",
        Asks.PASSWORD,
    ),
    "a field behind two megabytes of script": (
        "<h1>Log in</h1>" + f"<script>/*{'x' * 2_500_000}*/</script>" + "<input type=password>",
        Asks.PASSWORD,
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_person_would_type_into_is_a_field(stage: Stage, name: str) -> None:
    html, asks = FIELDS[name]
    assert asks in asked(shown(stage, f"<title>Account</title><body>{html}"))


HIDDEN = {
    "off the page": "position:absolute;left:-9999px",
    "clear": "opacity:0;pointer-events:none",
    "without size": "width:0;height:0;padding:0;border:0",
    "of a class that hides": "display:none",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_field_that_nobody_sees_asks_nothing(stage: Stage, name: str) -> None:
    page = shown(
        stage, f"<style>.h{{{HIDDEN[name]}}}</style><p>Hello<form><input type=password class=h></form>"
    )
    assert not asked(page) & set(SECRETS)


DRAWN = """<title>{title}</title><body style=margin:0><canvas id=c width=412 height=800></canvas><script>
const pen = c.getContext('2d'); pen.fillStyle = '#fff'; pen.fillRect(0, 0, 412, 800);
pen.fillStyle = '#222'; pen.font = '24px sans-serif';
{said}.forEach((line, row) => {{ pen.fillText(line, 30, 90 + 90 * row);
  if (row) pen.strokeRect(20, 100 + 90 * row, 360, 44) }})</script>"""
TONGUES = {
    "eng": ["Sign in to PayPal", "Email", "Password", "Log in"],
    "jpn": ["ログイン", "メールアドレス", "パスワード"],
    "kor": ["로그인", "아이디", "비밀번호"],
    "rus": ["Вход в систему", "Почта", "Пароль"],
    "ara": ["تسجيل الدخول", "البريد", "كلمة المرور"],
    "chi_sim": ["登录", "手机号码", "请输入密码"],
}


@pytest.mark.parametrize("language", TONGUES)
def test_a_login_that_is_one_picture_is_read(stage: Stage, language: str) -> None:
    program = reader()
    if program is None:
        pytest.skip("no tesseract: see `scrapy doctor`")
    if language not in languages(program):
        pytest.skip(f"tesseract has no pack for {language}: see `scrapy doctor`")
    html = f"<meta charset=utf-8><meta name=viewport content='width=device-width'>{DRAWN}"
    page = shown(stage, html.format(title="Hello", said=TONGUES[language]))
    assert page.text.strip() == ""
    verdict = verdict_on(page)
    assert verdict.content_class == "login"
    assert any("by OCR" in item.reason for item in verdict.evidence)


def test_a_brand_in_a_drawn_login_is_suspicious(stage: Stage) -> None:
    if reader() is None:
        pytest.skip("no tesseract: see `scrapy doctor`")
    html = f"<meta charset=utf-8><meta name=viewport content='width=device-width'>{DRAWN}"
    said = ["PayPal", "Email", "Password", "Log in"]
    page = shown(stage, html.format(title="Hello", said=said))
    assert any("calls itself PayPal" in reason for reason in suspicions(page))


def test_a_comment_on_wallets_is_no_wallet_phrase(stage: Stage) -> None:
    html = "<title>What is a recovery phrase?</title><h1>What is a recovery phrase?</h1><p>Twelve words.</p>"
    page = shown(stage, f"{html}<form><textarea placeholder='Leave a comment'></textarea></form>")
    assert not asked(page) & set(SECRETS)


def test_letters_that_each_float_alone_are_a_word(stage: Stage) -> None:
    letters = "".join(f"<div style='float:left'>{letter}</div>" for letter in "PayPal")
    page = shown(stage, f"<title>-</title>{letters}<br style='clear:both'>{FORM}")
    assert any("calls itself PayPal" in reason for reason in suspicions(page))


def test_a_form_without_a_word_is_a_login(stage: Stage) -> None:
    form = "<form><input name=u><input type=password name=p><button>→</button></form>"
    assert verdict_on(shown(stage, f"<title>-</title>{form}")).content_class == "login"


def test_a_calculator_asks_for_nothing(stage: Stage) -> None:
    keys = "".join(f"<button>{n}</button>" for n in range(10))
    assert asked(shown(stage, f"<title>Calculator</title><h1>Sums</h1>{keys}<button>+</button>")) == set()


def test_a_brand_that_a_style_sheet_draws_is_claimed(stage: Stage) -> None:
    page = shown(stage, f"<style>.b::before{{content:'PayPal'}}</style><div class=b></div>{FORM}")
    assert "PayPal" in page.seen
    assert any("calls itself PayPal" in reason for reason in suspicions(page))


def test_words_that_stand_apart_are_words(stage: Stage) -> None:
    style = "<style>a{padding:0 12px}b{letter-spacing:1px}</style>"
    page = shown(stage, f"{style}<nav><a href=/1>Home</a><a href=/2>World</a></nav><p>Pass<b>word</b></p>")
    assert page.seen == "Home World\nPassword"


def test_a_login_in_a_bar_over_a_firms_page_is_a_box(stage: Stage) -> None:
    bar = (
        "<form style='font-size:12px'>Customer login: <input name=no style='width:90px'>"
        "<input type=password style='width:90px'><button>Log in</button></form>"
    )
    text = "<h1>Pumps since 1951</h1><p>" + "Pumps and valves for food, pharma and water works. " * 8
    page = shown(stage, f"<title>Fell Works | Pumps</title>{bar}{text}</p><h2>News</h2><p>A new bench.")
    assert verdict_on(page).content_class == "other"


def test_padding_beyond_the_limits_does_not_count_either(stage: Stage) -> None:
    words = "<i>word</i> " * 20_000
    page = shown(stage, f"{LOGIN}<div style='opacity:0'>{words}</div>")
    assert verdict_on(page).content_class == "login"
