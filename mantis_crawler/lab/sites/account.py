"""Kits that imitate the sign-in of a bank, a mail service, an operator: all brands are made up."""

from collections.abc import Iterator

from mantis_crawler.lab.sheet import Kit, Sheet, code, secret, steps, text
from mantis_crawler.lab.site import Family, Site

_SHEETS: tuple[tuple[str, str, str | None, Sheet], ...] = (
    (
        "account-bank",
        "banco-aurora-{5}.com",
        "pt",
        Sheet(
            layout="card",
            language="pt",
            brand="Banco Aurora",
            color="#0b4f8a",
            title="Aceda à sua conta",
            lead="Detetámos um acesso não autorizado. Confirme os seus dados para evitar o bloqueio.",
            fields=(text("Número de contrato", "user", "username"), secret("Código de acesso")),
            button="Entrar",
            note="Linha de apoio 24 horas",
        ),
    ),
    (
        "account-savings",
        "auenkasse-{6}.de.com",
        "de",
        Sheet(
            layout="plain",
            language="de",
            brand="Auenkasse",
            color="#a01820",
            title="Anmeldung zum Online-Banking",
            lead="Ihr TAN-Verfahren läuft heute ab. Bitte melden Sie sich an, um es zu verlängern.",
            fields=(text("Anmeldename", "login", "username"), secret("PIN", "pin")),
            button="Anmelden",
            note="Auenkasse, Abteilung Sicherheit",
        ),
    ),
    (
        "account-webmail",
        "webmail.{8}.net",
        None,
        Sheet(
            layout="night",
            language="en",
            brand="Webmail",
            color="#e2632a",
            title="Mailbox storage full",
            lead="Sign in to keep receiving messages. 3 incoming messages are pending.",
            fields=(text("Email address", "email", "email"), secret("Password")),
            button="Sign in",
            note="Session expired",
        ),
    ),
    (
        "account-otp",
        "{6}-yinhang.top",
        "cn",
        Sheet(
            layout="banner",
            language="zh",
            brand="东湖银行",
            color="#b71c1c",
            title="积分即将到期",
            lead="您的 8600 积分今日到期,请输入手机号与短信验证码登录后兑换。",
            fields=(text("手机号", "phone", "tel"), code("短信验证码")),
            button="立即登录",
            note="东湖银行客户服务中心",
        ),
    ),
    (
        "account-pin",
        "nganhang-{5}.xyz",
        "vn",
        Sheet(
            layout="night",
            language="vi",
            brand="Sông Lam Bank",
            color="#00875a",
            title="Xác thực tài khoản",
            lead="Tài khoản của bạn sẽ bị khóa trong 24 giờ. Vui lòng đăng nhập để xác thực.",
            fields=(text("Tên đăng nhập", "user", "username"), secret("Mật khẩu"), code("Mã OTP")),
            button="Đăng nhập",
            note="Không chia sẻ mã OTP",
        ),
    ),
    (
        "account-operator",
        "{10}.duckdns.org",
        "jp",
        Sheet(
            layout="card",
            language="ja",
            brand="みなとモバイル",
            color="#c2185b",
            title="ご利用料金のお支払い確認",
            lead="お支払いが確認できません。本日中にログインしてお手続きください。",
            fields=(text("みなとID", "id", "username"), secret("パスワード")),
            button="ログイン",
            note="不正利用防止のため本人確認を行っています。",
        ),
    ),
    (
        "account-tax",
        "{7}-hometax.top",
        "kr",
        Sheet(
            layout="banner",
            language="ko",
            brand="나라환급센터",
            color="#1a4fa0",
            title="미수령 환급금 조회",
            lead="환급금 128,400원이 있습니다. 본인 인증 후 로그인하여 신청하세요.",
            fields=(text("아이디", "id", "username"), secret("비밀번호"), code("인증번호")),
            button="로그인",
            note="오늘까지 신청 가능",
        ),
    ),
)


class Account(Family):
    """What asks for a name and a secret."""

    name = "account"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield one site of each kit."""
        for design, shape, country, sheet in _SHEETS:
            kit = Kit(
                design=design,
                shape=shape,
                language=sheet.language,
                country=country,
                answer=steps({"/": sheet}),
            )
            yield kit.site(seed)
