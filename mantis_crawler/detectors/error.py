"""Error: the server or the site says that there is nothing to see."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

_SAYS = Lexicon(
    "404 not found, page not found, not found, 403 forbidden, forbidden, access denied, "
    "500 internal server error, internal server error, 502 bad gateway, bad gateway, "
    "503 service unavailable, service unavailable, service temporarily unavailable, 504 gateway, "
    "gateway timeout, error 404, error 403, error 500, 404 error, 410 gone, the requested url, "
    "could not be found, page cannot be found, page doesn t exist, page does not exist, "
    "no longer available, something went wrong, database connection, an error occurred, application error, "
    "server error, 400 bad request, bad request, unauthorized, too many requests, web server is down, "
    "error 521, error 522, error 1020, file not found, site not found, temporarily unavailable, "
    "not available in your",
    "seite nicht gefunden, nicht gefunden, zugriff verweigert, fehler 404, nicht verfugbar, "
    "page introuvable, page non trouvee, introuvable, acces refuse, erreur 404, erreur, "
    "pagina no encontrada, no encontrada, acceso denegado, error del servidor, pagina nao encontrada, "
    "nao encontrada, acesso negado, pagina non trovata, non trovata, accesso negato, errore, "
    "страница не найдена, не найдена, доступ запрещен, ошибка 404, ошибка сервера",
    "sayfa bulunamadi, bulunamadi, erisim engellendi, nie znaleziono, strona nie istnieje, brak dostepu, "
    "halaman tidak ditemukan, tidak ditemukan, khong tim thay, khong ton tai, الصفحة غير موجودة, "
    "غير موجودة, ikke fundet, hittades inte, niet gevonden, nenalezena, sivua ei loytynyt",
    "찾을 수 없습니다, 접근이 거부, 오류, 存在하지 않는, 존재하지 않는, 見つかりません, "
    "見つかりませんでした, アクセスできません, エラー, 存在しません, 找不到, 未找到, 页面不存在, "
    "頁面不存在, 访问被拒绝, 无法访问, 服务器错误, 错误",
)
USED_UP = Lexicon(
    "link has expired, link expired, expired link, link is no longer valid, already been used, "
    "link has already, no longer valid, session expired, session has expired",
    "link ist abgelaufen, link abgelaufen, bereits verwendet, lien a expire, lien expire, "
    "deja ete utilise, enlace ha caducado, enlace caducado, link expirou, link expirado, link e scaduto, "
    "link scaduto, ссылка устарела, ссылка недействительна, baglantinin suresi, suresi doldu, link wygasl, "
    "tautan kedaluwarsa",
    "링크가 만료, 만료되었습니다, 有効期限が切れ, リンクの有効期限, 链接已过期, 連結已過期, 链接已失效",
)
"""What pages say that answer once."""


class Error(Detector):
    """Sees the HTTP status and the words of error pages."""

    name = "error"
    content_class = ContentClass(name="error", rsit="other", rank=10)
    sees = MappingProxyType(
        {
            "status": "the HTTP status",
            "titled": "words of error pages in the title",
            "says": "such words in a short text",
            "used_up": "a link that says it is used up",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield status, title and text."""
        seen = view(page)
        status = page.visit.status or 0
        if page.outcome is Outcome.HTTP_ERROR or status >= 400:
            yield seen.signal("status", 0.75, f"HTTP status {status or 'of an error'}")
        short = 1.0 if seen.length < 800 else 0.5 if seen.length < 2_500 else 0.0
        if word := _SAYS.first(seen.title):
            yield seen.signal("titled", 0.6 * (0.3 + 0.7 * short), f"the title says {quote(word)}")
        if words := _SAYS.found(seen.opening, 5):
            yield seen.signal(
                "says", 0.55 * short * (1.0 if seen.length < 300 else 0.8), f"it says {listed(words)}"
            )
        if word := USED_UP.first(seen.title + seen.opening):
            yield seen.signal("used_up", 0.65 * short, f"the link is used up: {quote(word)}")
