"""Challenge: a page that stands before another and wants a sign of a human first."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.forms import Asks, forms
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

_WIDGETS = {
    "challenges.cloudflare.com": "Cloudflare Turnstile",
    "cf-turnstile": "Cloudflare Turnstile",
    "cf_chl_opt": "Cloudflare",
    "/cdn-cgi/challenge-platform": "Cloudflare",
    "g-recaptcha": "reCAPTCHA",
    "recaptcha/api.js": "reCAPTCHA",
    "hcaptcha.com": "hCaptcha",
    "h-captcha": "hCaptcha",
    "captcha-delivery.com": "DataDome",
    "_px-captcha": "PerimeterX",
    "px-captcha": "PerimeterX",
    "ddos-guard": "DDoS-Guard",
    "awswafcaptcha": "AWS WAF",
    "geetest": "GeeTest",
    "smartcaptcha": "Yandex SmartCaptcha",
    "_incapsula_resource": "Imperva",
    "incapsula": "Imperva",
    "arkoselabs.com": "Arkose",
    "funcaptcha": "Arkose",
    "kasada": "Kasada",
    "akam/13": "Akamai",
    "sec-if-cpt": "Akamai",
    "_abck": "Akamai",
    "shapesecurity": "F5",
    "mtcaptcha": "MTCaptcha",
    "friendlycaptcha": "Friendly Captcha",
    "frc-captcha": "Friendly Captcha",
    "turing.captcha.qcloud.com": "Tencent",
    "captcha.gtimg.com": "Tencent",
    "aliyuncaptcha": "Alibaba Cloud",
    "alicdn.com/captcha": "Alibaba Cloud",
    "yidun": "NetEase",
    "sucuri_cloudproxy": "Sucuri",
    "altcha": "ALTCHA",
    "anubis_challenge": "Anubis",
    "within.website/x/cmd/anubis": "Anubis",
    "vercel security checkpoint": "Vercel",
    "radware": "Radware",
    "keycaptcha": "KeyCAPTCHA",
    "captcha.naver": "Naver",
    "qrator": "Qrator",
    "variti": "Variti",
    "stormwall": "StormWall",
    "edgeone": "Tencent EdgeOne",
}
_HUMAN = Lexicon(
    "verify you are human, verify that you are human, you are human, are you human, not a robot, "
    "are you a robot, checking your browser, checking if the site connection is secure, just a moment, "
    "attention required, security check, please wait while we verify, complete the captcha, "
    "enter the characters, enter the captcha, prove you are human, human verification, ddos protection by, "
    "bot verification, verifying you are human, one more step, press and hold, unusual traffic, "
    "enable javascript and cookies to continue, verifying your browser, i m not a robot, i am human, "
    "verifying you are not a bot, performing security verification, security verification, "
    "drag the slider, slide to complete, rotate the image, select all images, click in order, "
    "automated access, suspicious activity from your network, making sure you re not a bot, "
    "checking your connection, please stand by, browser integrity",
    "kein roboter, sie ein mensch sind, sicherheitsuberprufung, browser wird uberpruft, "
    "bestatigen sie dass sie, je ne suis pas un robot, verifiez que vous etes humain, vous etes humain, "
    "verification de securite, verification de votre navigateur, no soy un robot, "
    "verifica que eres humano, eres humano, comprobando su navegador, comprobacion de seguridad, "
    "nao sou um robo, verifique se voce e humano, voce e humano, verificando seu navegador, "
    "verificacao de seguranca",
    "non sono un robot, verifica di essere umano, sei umano, controllo di sicurezza, я не робот, "
    "подтвердите что вы не робот, что вы человек, проверка браузера, robot degilim, insan oldugunuzu, "
    "tarayiciniz kontrol ediliyor, guvenlik kontrolu, nie jestem robotem, jestes czlowiekiem, "
    "saya bukan robot, toi khong phai la robot, لست روبوتا, أنا لست روبوت",
    "로봇이 아닙니다, 사람인지 확인, 보안 확인, 브라우저를 확인, 私はロボットではありません, "
    "ロボットではありません, 人間であることを確認, ブラウザを確認, セキュリティチェック, 我不是机器人, "
    "자동 등록 방지, 보안문자를 입력, 사람입니다, 画像認証, 文字を入力してください, パズルを完成, "
    "ฉันไม่ใช่โปรแกรมอัตโนมัติ, "
    "मैं रोबोट नहीं हूं, 拖动滑块, 請拖動, 请完成安全验证, 向右滑动, 请按住滑块, 点击进行验证, 真人驗證, "
    "请输入验证码, 滑动验证, "
    "我不是機器人, 验证您是真人, 驗證您是人類, 安全验证, 安全檢查, 正在检查您的浏览器, 人机验证",
)
_GATE = Lexicon(
    "continue, click to continue, click here to continue, tap to continue, proceed, enter site, "
    "continue to site, view document, go to site, open, i agree, slide to continue, slide to verify, "
    "press to continue",
    "weiter, hier klicken, fortfahren, continuer, cliquez ici, poursuivre, continuar, haga clic aqui, "
    "clique aqui, prosseguir, continua, clicca qui, продолжить, нажмите, devam et, devam, tiklayin, "
    "kontynuuj, dalej, lanjutkan, klik di sini, tiep tuc, متابعة, اضغط هنا",
    "계속, 계속하기, 클릭, 続ける, 続行, 次へ, こちらをタップ, 进入, 继续, 點擊, 点击进入, 繼續",
)


class Challenge(Detector):
    """Sees captchas, browser checks and bare gates; a captcha beside a form of its own is none."""

    name = "challenge"
    content_class = ContentClass(name="challenge", rsit="other", rank=35)
    sees = MappingProxyType(
        {
            "outcome": "the visit's outcome",
            "maker": "the script of a maker of captchas or checks",
            "human": "words that want a sign of a human",
            "gate": "a page with nothing but one or two buttons to go on",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield the outcome, the check's maker, its words, and a button that is all there is."""
        seen = view(page)
        if page.outcome is Outcome.CHALLENGE:
            yield seen.signal("outcome", 0.8, "the visit ended at a challenge")
        room = _room(seen)
        makers = {maker for mark, maker in _WIDGETS.items() if mark in seen.source}
        if makers:
            bare = 1.0 if seen.length < 400 and seen.link_count < 6 else 0.5
            yield seen.signal(
                "maker", 0.5 * room * bare, f"it carries a check by {listed(sorted(makers), 3)}"
            )
        if words := _HUMAN.found(seen.opening + seen.title):
            yield seen.signal(
                "human",
                (0.6 + 0.1 * min(len(words), 3)) * room,
                f"it wants a sign of a human: {listed(words)}",
            )
        yield from _gate(seen)


def _gate(seen: View) -> Iterator[Signal]:
    buttons = [link for link in seen.links if link.button or link.href]
    if seen.length > 250 or not 1 <= len(buttons) <= 2 or forms(seen) or seen.page.dialogs:
        return
    if word := _GATE.any_of(link.label for link in buttons):
        yield seen.signal("gate", 0.55, f"a gate: there is nothing but {quote(word)} to press")


def _room(seen: View) -> float:
    """A check that stands alone is a challenge; one on a form or in a long page guards that."""
    if seen.length > 2_500 or seen.link_count > 25:
        return 0.0
    asks = {field.asks for form in forms(seen) for field in form.fields} - {Asks.OTHER, Asks.SEARCH}
    return 0.2 if asks else 1.0
