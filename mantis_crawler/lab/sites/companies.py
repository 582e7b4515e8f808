"""Companies, offices and people that harm nobody, whatever their pages have in common with a lure."""

from collections.abc import Iterator, Mapping

from mantis_crawler.lab.apk import apk
from mantis_crawler.lab.draft import Draft, build, served
from mantis_crawler.lab.site import Answer, Family, Reply, Request, Site


def _draft(host: str, design: str, language: str, *, scheme: str = "http", path: str = "/") -> Draft:
    return Draft(host=host, design=f"companies-{design}", language=language, scheme=scheme, path=path)


def _works(host: str, language: str, brand: str) -> Draft:
    return Draft(
        host=host, design="companies-works", language=language, words={"brand": brand}, scheme="https"
    )


_PLAIN = (
    _works("calderforgepumps.com", "en", "Calder Forge Pumps"),
    _works("bombas-herraiz.es", "es", "Bombas Herraiz"),
    _draft("login.norvale-group.com", "sso", "en", scheme="https", path="/idp/login?execution=e1s1"),
    _draft("webmail.caves-brissaud.fr", "webmail", "fr", scheme="https"),
    _draft("portal.asagiri-seisakusho.jp", "portal-ja", "ja", scheme="https", path="/portal/"),
    _draft("banking.sparhaus-lindental.de", "bank", "de", scheme="https"),
    _draft("bepnhocuahanh.com", "blog-vi", "vi", scheme="https"),
    _draft("solbit-school.co.kr", "school-ko", "ko"),
    _draft("baladiyat-alwaha.net", "gov-ar", "ar", scheme="https"),
    _draft("huyentankhe.com", "gov-vi", "vi"),
    _draft("clubeleitoripe.com", "recovery-pt", "pt", scheme="https", path="/senha/esqueci"),
    _draft("bisikletmeydani.net", "forum-tr", "tr"),
    _draft("sablepointresort.com", "resort", "en", scheme="https"),
    _draft("centromedicoaralar.es", "salud-es", "es", scheme="https", path="/salud-sexual"),
    _draft("gabinet-perlowa.pl", "dentist-pl", "pl"),
)
_APP = _draft("get.tidepool-software.com", "app", "en", scheme="https", path="/wallboard/android")
_SETUP = _draft("arhivarius-dom.com", "setup-ru", "ru", path="/download/")
_MAKER = _draft("ruiyun-bearing.com", "maker-zh", "zh")
_MAKER_PHONE = _draft("ruiyun-bearing.com", "maker-zh-phone", "zh")
_MOVED = (
    (_draft("mulinostorto.it", "trattoria", "it"), "m.mulinostorto.it"),
    (_draft("angkasatimur-ekspres.com", "cargo-id", "id"), "m.angkasatimur-ekspres.com"),
)
_APK_TYPE = "application/vnd.android.package-archive"
_EXE = b"MZ" + bytes(62) + b"This program does nothing and cannot be run.\r\n"


class Companies(Family):
    """Honest sites: some with a login of their own, some with an app of their own."""

    name = "companies"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the honest sites."""
        for draft in _PLAIN:
            yield build(draft, self.name, seed, pool="company")
        yield self._with_files(_APP, seed, {"/files/wallboard.apk": _app(seed)})
        yield self._with_files(_SETUP, seed, {"/download/arhivarius-setup.exe": _setup()})
        yield self._maker(seed)
        for draft, phones in _MOVED:
            yield from self._moved(draft, phones, seed)

    def _with_files(self, draft: Draft, seed: int, files: Mapping[str, Reply]) -> Site:
        pages = served(draft, self.name, seed)

        def answer(request: Request) -> Reply:
            return files.get(request.path) or pages(request)

        return build(draft, self.name, seed, "company", answer)

    def _maker(self, seed: int) -> Site:
        desks, phones = served(_MAKER, self.name, seed), served(_MAKER_PHONE, self.name, seed)

        def answer(request: Request) -> Reply:
            return desks(request) if request.device == "desktop" else phones(request)

        return build(_MAKER, self.name, seed, "company", answer)

    def _moved(self, draft: Draft, phones: str, seed: int) -> Iterator[Site]:
        pages = served(draft, self.name, seed)
        yield build(draft, self.name, seed, "company", _sends_phones_to(phones, pages))
        own = Draft(host=phones, design=draft.design, language=draft.language)
        yield build(own, self.name, seed, "company", pages)


def _sends_phones_to(host: str, pages: Answer) -> Answer:
    def answer(request: Request) -> Reply:
        if request.device == "desktop":
            return pages(request)
        return Reply(status=302, headers={"Location": f"http://{host}{request.path}"})

    return answer


def _app(seed: int) -> Reply:
    name = {"Content-Disposition": 'attachment; filename="wallboard.apk"'}
    return Reply(body=apk(seed, _APP.host, 1), type=_APK_TYPE, headers=name)


def _setup() -> Reply:
    name = {"Content-Disposition": 'attachment; filename="arhivarius-setup.exe"'}
    return Reply(body=_EXE, type="application/octet-stream", headers=name)
