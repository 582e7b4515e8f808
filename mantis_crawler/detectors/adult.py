"""Adult: sexual content or services for adults, and the gates before them."""

from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.theme import Theme, themed
from mantis_crawler.detectors.view import attribute, view
from mantis_crawler.detectors.words import Lexicon, listed
from mantis_crawler.items import ContentClass, Page, Signal

_THEME = Theme(
    strong=Lexicon(
        "adult videos, amateur porn, webcam girls, naked, hot girls, camsex, orgasm*, swingers, "
        "fuck buddy, sexting, one night stand*, adult chat, local girls, sexy singles, casual sex, "
        "casual dating, sex dating, sugar daddy, sexiest, sensual massage, erotic massage, call girl*, "
        "gfe, strip club, uncensored, sex stories, sex toys, 性爱, 性愛, 爽片, 成人网站, 成人網站, 18禁, "
        "国产精品, 亚洲无码, 日韩av, 老司机, 秀场, 同城约会, 约会神器, 成人直播, 成人用品, porn*, xxx, "
        "sex videos, sex video, sex tube, milf*, blowjob*, hardcore sex, anal sex, nude, nudes, "
        "naked girls, hentai, camgirls, sex cam*, live sex, cam girls, escort*, escorts, incall, outcall, "
        "adult content, adults only, adult entertainment, sex chat, fetish, bdsm, threesome, gangbang, "
        "creampie, handjob, cumshot*, cum, pussy, dick, cock, big tits, tits, boobs, horny, fuck*, "
        "adult dating, hookup*, hook up, sexy girls, striptease, erotic*, sexually explicit, onlyfans, "
        "masturbat*, stripping, doggy, amateur sex",
        "erotik*, sexkontakte, huren, nackt, sexfilme, pornos, fkk, bordell, adulte, sexe, "
        "rencontre coquine, plan cul, salope*, films x",
        "porno*, sexo, putas, videos porno, contenido para adultos, contactos sexuales, conteudo adulto, "
        "acompanhantes, sexo gratis, gostosa*",
        "sesso, incontri erotici, contenuti per adulti, video hard, порно, секс, эскорт*, интим*, "
        "для взрослых, проститутк*, эротик*, шлюх*, индивидуалк*, голые",
        "sikis, porno izle, eskort*, yetiskin icerik, seks, sex filmy, seks telefon, ogloszenia erotyczne, "
        "bokep*, dewasa 18, ngentot, memek, phim sex, gai goi, sex viet, سكس, اباحي, افلام سكس",
        "야동, 19금, 성인용품, 성인사이트, 성인방송, 오피, 출장마사지, 유흥, 야한, 국산야동, アダルト, "
        "無修正, 18歳以上, 18歳未満, エロ, 風俗, デリヘル, 人妻, 巨乳, av女優, 熟女, セックス, 色情, "
        "成人视频, 成人影片, 未满18, 未滿18, 无码, 無碼, 福利视频, 约炮, 黄色视频, 自拍偷拍, 做爱, 黄片, "
        "裸聊, 国产自拍, 麻豆, av在线, 情色, 援交, 少妇, 激情",
    ),
    weak=Lexicon(
        "sex, sexy, adult, adults, 18+, +18, over 18, 18 years, at least 18, girls, hot, webcam, dating, "
        "singles, massage, models, lesbian, gay, explicit, you must be 18, i am over 18, mature, amateur, "
        "teens 18, kinky, lingerie, intimate, age verification, meet now",
        "ab 18, volljahrig, majeurs, plus de 18 ans, mayores de 18, mayor de edad, maiores de 18, "
        "maggiorenni, 18 лет, девушки, 18 yas, yetiskin, 18 lat, dewasa, nguoi lon, 성인, 만 19세, 마사지, "
        "大人, 素人, 動画, 成人, 美女, 直播, 18岁, 18歲, 偷拍, 高清",
    ),
    guard=Lexicon(
        "health, education, school, university, clinic, therapy, study, research, parents, reproductive, "
        "hiv, contraception, news, reporter, police, court, charity, gesundheit, sante, salud, salute, "
        "здоровье, saglik, 건강, 健康, book*, film festival"
    ),
)
_RTA = "rta-5042-1996-1400-1577-rta"
_GATE = Lexicon(
    "over 18, 18 years or older, 18 or older, at least 18 years, i am 18, adult material, adult content, "
    "adults only, enter exit",
    "mindestens 18, volljahrig, plus de 18 ans, majeur, mayor de 18, mayores de 18, maior de 18, "
    "maiores de 18, maggiorenne, мне есть 18, исполнилось 18, для взрослых, 18 yasindan buyuk, mam 18 lat, "
    "18 tahun, tren 18 tuoi",
    "만 19세 이상, 성인인증, 18歳以上, 18歳未満, 已满18, 年满18, 滿18, 未滿18",
)


class Adult(Detector):
    """Sees the words of the trade, its label for filters (RTA) and its age gates."""

    name = "adult"
    content_class = ContentClass(name="adult", rsit="other", rank=29)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield label, gate and words."""
        seen = view(page)
        rating = {
            attribute(node, "content", 60).lower()
            for node in seen.nodes("meta[name=rating], meta[name=RATING]", 5)
        }
        if _RTA in seen.source or rating & {"adult", "mature", "restricted"}:
            yield seen.signal("label", 0.7, "it labels itself for adults only (RTA or rating)")
        gate = _GATE.found(seen.opening, 4)
        if gate and seen.length < 3_000:
            yield seen.signal(
                "age_gate",
                min(0.3 + 0.1 * (len(gate) - 1), 0.5),
                f"it asks for the visitor's age: {listed(gate)}",
            )
        yield from themed(seen, _THEME)
