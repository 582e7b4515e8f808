"""Adult: sexual content or services for adults, and the gates before them."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.nudity import nudity
from mantis_crawler.detectors.theme import Theme, themed
from mantis_crawler.detectors.view import View, attribute, view
from mantis_crawler.detectors.words import Lexicon, listed, word_set
from mantis_crawler.items import ContentClass, Page, Signal

_THEME = Theme(
    strong=Lexicon(
        "local women, women in your area, girls in your area, women around you, milfs near, wants sex, "
        "around your area, not a dating site, find a fuck, free porn, porn videos, sexcontact*, "
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
        "masturbat*, stripping, doggy, amateur sex, pornhub, xvideos, xnxx, xhamster, redtube, youporn, "
        "chaturbate, stripchat, livejasmin, brazzers, adultfriendfinder, spankbang, private chat, "
        "looking for sex, meet for sex, sex tonight, no strings attached, discreet affair, "
        "discreet encounters, "
        "naughty, naughty girls, hot singles, horny singles, women near you, singles near you, "
        "nude photos, nude pics, sex video chat, cam show, cam2cam, sex positions, deepthroat, squirt*, "
        "big ass, big boobs, busty, stepmom, stepsis*, lesbians, shemale*, ladyboy*, cuckold, upskirt, "
        "sexting, sexual services, full service, 2257, 18 u s c 2257, pron videos",
        "erotik*, sexkontakte, huren, nackt, sexfilme, pornos, fkk, bordell, adulte, sexe, "
        "rencontre coquine, plan cul, salope*, films x, rencontres adultes, "
        "rencontre sexe, femmes nues, coquine*, sodomie, chatte, escorte*, massage erotique, geile*, ficken, "
        "fickdate*, sextreffen, sexcam*, seitensprung, nutten, titten, muschi, transen, erotikkontakte, "
        "sekscontact*, seks date, sex date*, neuken, gratis porno, prive ontvangst, sexannonser, porrfilm, "
        "eskortflickor, sexdejt",
        "porno*, sexo, putas, videos porno, contenido para adultos, contactos sexuales, conteudo adulto, "
        "acompanhantes, sexo gratis, gostosa*, escorts, putaria, novinhas, garota de programa, "
        "garotas de programa, videos de sexo, xvideos, tetas, follar, follando, culo, coño, maduras, "
        "relatos eroticos, chicas escort, masajes eroticos, sexo en vivo, buceta, transando, camera ao vivo",
        "sesso, incontri erotici, contenuti per adulti, video hard, порно, секс, эскорт*, интим*, "
        "для взрослых, проститутк*, эротик*, шлюх*, индивидуалк*, голые, секс знакомства, трах*, минет, "
        "анал, интим услуги, эротический массаж, вебкам, порно видео, сиськи, video porno, escort, "
        "troie, scopare, tette, trans escort, annunci erotici, massaggi erotici, sesso dal vivo, donne nude",
        "sikis, porno izle, eskort*, yetiskin icerik, seks, sex filmy, seks telefon, ogloszenia erotyczne, "
        "bokep*, dewasa 18, ngentot, memek, phim sex, gai goi, sex viet, سكس, اباحي, افلام سكس, نيك, بورنو, "
        "سكس عربي, بنات سكس, للكبار فقط, escort bayan, turk ifsa, ifsa, ensest, azgin, sakso, porno film, "
        "seks hikaye*, sex anonse, anonse towarzyskie, sex kamerki, darmowe porno, nagie, roksa, cipka, "
        "video bokep, bokep indo, colmek, tante girang, sange, jilbab viral, cewek telanjang, vcs, "
        "phim nguoi lon, phim cap 3, phim jav, dit nhau, khong che, clip sex, gai xinh khieu dam, "
        "chudai*, desi sex, bhabhi*, sexy video, nangi, chut, चुदाई, सेक्स, सेक्सी वीडियो, नंगी, "
        "หนังโป๊, หนังเอ็ก, เย็ด, หนังผู้ใหญ่, คลิปหลุด, เสียว",
        "야동, 19금, 성인용품, 성인사이트, 성인방송, 오피, 출장마사지, 유흥, 야한, 국산야동, アダルト, "
        "無修正, 18歳以上, 18歳未満, エロ, 風俗, デリヘル, 人妻, 巨乳, av女優, 熟女, セックス, 色情, "
        "成人视频, 成人影片, 未满18, 未滿18, 无码, 無碼, 福利视频, 约炮, 黄色视频, 自拍偷拍, 做爱, 黄片, "
        "裸聊, 国产自拍, 麻豆, av在线, 情色, 援交, 少妇, 激情, 成人电影, 成人小说, 成人论坛, 成人直播, "
        "三级片, "
        "伦理片, 淫, 爆乳, 强奸乱伦, 人妻熟女, 中文字幕av, 日本av, 欧美av, 无码视频, 约妹, 上门服务, "
        "外围女, 叫小姐, "
        "성인만남, 조건만남, 섹스, 야설, 한국야동, 일본야동, 성인웹툰, 안마, 휴게텔, 립카페, 벗방, "
        "출장안마, 애인대행, "
        "エロ動画, 無料エロ, av動画, 素人ナンパ, 盗撮, 中出し, フェラ, オナニー, 出会い系, セフレ, "
        "ソープランド, "
        "アダルト動画, アダルトサイト, 風俗店, ライブチャット, 美女直播",
        "escort service*, escort agency, vip escort*, high class companion*, bbw, cougar sex, "
        "pegging, strapon, strap on, rimming, facesitting, dominatrix, sex worker*, adult webcam*, "
        "nude cams, free cams, hotwife, swinger club*, swingers club*, rule34, futanari, ecchi, "
        "doujin*, erotica, xxx videos, porn tube, porn movies, adult game*, sex games, "
        "glory hole*, gloryhole*, bukkake, camel toe, nudist*, adult shop, sex shop, vibrator*, "
        "dildo*, lap dance*, massage with happy ending, onlyfans leak*, leaked nudes, nude leak*, "
        "девушки по вызову, интим досуг, эскорт услуги, эскорт агентство, секс услуги, "
        "секс без обязательств, секс шоп, секс игрушки, порнуха, порево, лесбиянк*, оргазм*, "
        "обнаженн*, стриптиз*, страпон, трахает*, трахну*, голая, голых, порнозвезд*, порноролик*, "
        "домашнее порно, русское порно, секс видео, hobbyhuren, erotikmassage*, sexanzeigen, "
        "erotikanzeigen, parkplatzsex, gratis sexfilme, reife frauen ficken, swingerclub*, "
        "sexspielzeug, orgasmus, sexshop*, escort girl*, libertin*, libertinage, echangiste*, "
        "fellation*, sexe gratuit, videos x, film porno, films porno, webcam sexe, "
        "annonces coquines, branlette*, femmes matures, porno francais, sextoy*, scorts, prepagos, "
        "mamada*, casadas infieles, maduritas, sexo anal, travestis, videos xxx, peliculas porno, "
        "contactos eroticos, sexo casero, porno gratis, juguetes sexuales, putas calientes, "
        "acompanantes vip, chicas webcam, boquete*, peituda*, safada*, porno brasileiro, "
        "sexo amador, videos porno gratis, filme porno, acompanhante de luxo, sexo anal gratis, "
        "casa de swing, swing casal, contos eroticos, bakeca incontri, accompagnatric*, pompin*, "
        "scopata*, video porno gratis, porno italiano, racconti erotici, massaggio erotico, "
        "sexy shop, porno izle, turk porno, sicak kadinlar, sex hikayeleri, sex hikayesi, "
        "escort ajansi, vip escort, mobil porno, rokettube, gercek ifsa, sex oferty, "
        "porno za darmo, sex spotkania, sexrandki, sex opowiadania, filmy porno, filmy erotyczne, "
        "seks randki, darmowe filmy porno, agencja towarzyska, kamerki erotyczne, cerita dewasa, "
        "cerita sex, cerita ngentot, video mesum, mesum, bugil, open bo, bokep jepang, "
        "bokep viral, nonton bokep, toket, situs dewasa, phim heo, truyen sex, gai dam, "
        "phim sex hay, phim sex viet nam, sex hay, truyen nguoi lon, phim sex nhat ban, anh sex, "
        "hentai vietsub, صور سكس, سكس مترجم, مقاطع سكس, افلام اباحية, محتوى للبالغين, "
        "مواقع اباحية, بنات للتعارف والسكس, جنس ساخن, seksfilm*, seks films, gratis seks, "
        "rijpe vrouwen, kinky dating, sexspeeltje*, porrfilmer, gratis porr, sex leksaker, "
        "sexfilmer, 야애니, 성인애니, 오피사이트, 키스방, 룸살롱, 성인방, 성인채팅, 19사이트, "
        "누드사진, 포르노, 야동사이트, 섹파, ハメ撮り, 潮吹き, 素人動画, 無料アダルト, 成人向け, "
        "人妻不倫, エッチ動画, ポルノ, 風俗情報, 裏ビデオ, 無修正動画, アダルトグッズ, 成人片, "
        "黄网, 福利姬, 一区二区, 精品久久, 午夜福利, 制服诱惑, 口交, 潮吹, 做愛, 裸體, 全裸, "
        "色情片, 色情网站, 情趣用品, 色情網站, 成人電影, 免费看片, 性感美女直播, 裸照, 露點",
    ),
    weak=Lexicon(
        "sex, sexy, adult, adults, 18+, +18, over 18, 18 years, at least 18, girls, hot, webcam, dating, "
        "singles, massage, models, lesbian, gay, explicit, you must be 18, i am over 18, mature, amateur, "
        "teens 18, kinky, lingerie, intimate, age verification, meet now, chat now, private, near you, "
        "ladies, women, men, hd videos, most viewed, top rated, categories, pornstars, videos, live cams, "
        "cams, models online, tube, asian, ebony, blonde, brunette, latina, couples, flirt, dates, nsfw",
        "ab 18, volljahrig, majeurs, plus de 18 ans, mayores de 18, mayor de edad, maiores de 18, "
        "maggiorenni, 18 лет, девушки, 18 yas, yetiskin, 18 lat, dewasa, nguoi lon, 성인, 만 19세, 마사지, "
        "大人, 素人, 動画, 成人, 美女, 直播, 18岁, 18歲, 偷拍, 高清",
    ),
    guard=Lexicon(
        "health, education, school, university, clinic, therapy, study, research, parents, reproductive, "
        "hiv, contraception, news, reporter, police, court, charity, gesundheit, sante, salud, salute, "
        "здоровье, saglik, 건강, 健康, book*, film festival, counselling, abuse, victims, museum, "
        "politics, magazine, lyrics, dictionary, wikipedia"
    ),
    hosts=frozenset(
        [
            "porn",
            "xxx",
            "sex",
            "hentai",
            "escort",
            "xvideo",
            "xnxx",
            "jav",
            "bokep",
            "milf",
            "erotik",
            "erotic",
            "fetish",
            "nude",
            "tits",
            "hookup",
            "camgirl",
            "adult",
            "dating",
            "yadong",
            "porno",
            "seks",
            "swinger",
            "fuck",
        ]
    ),
    paths=word_set(
        "porn porno pornstar pornstars hentai milf amateur lesbian blowjob hardcore escort escorts camgirls "
        "camgirl webcam livesex sexcam livecams xvideos xnxx pornhub xhamster bokep erotik erotic fetish "
        "bdsm nude nudes naked sexy nsfw adult hookup creampie gangbang anal cumshot busty ebony shemale "
        "ladyboy threesome masturbation uncensored javhd"
    ),
    signs="🔞🍆🍑💦👅🫦💋",
    makers={
        "exoclick": "ExoClick",
        "exosrv.com": "ExoClick",
        "magsrv.com": "ExoClick",
        "realsrv.com": "ExoClick",
        "juicyads": "JuicyAds",
        "trafficjunky": "TrafficJunky",
        "trafficstars": "TrafficStars",
        "tsyndicate.com": "TrafficStars",
        "trafficfactory": "Traffic Factory",
        "crakrevenue": "CrakRevenue",
        "awempire": "AWEmpire",
        "livejasmin.com": "LiveJasmin",
        "chaturbate.com": "Chaturbate",
        "stripchat.com": "Stripchat",
        "bongacams": "BongaCams",
        "phncdn.com": "Pornhub",
        "pornhub.com": "Pornhub",
        "xvideos-cdn": "XVideos",
        "xhcdn.com": "xHamster",
        "adultfriendfinder": "AdultFriendFinder",
        "asacp.org": "ASACP",
        "rtalabel.org": "RTA",
        "kernel team video": "Kernel Team",
        "kvs_player": "Kernel Video Sharing",
    },
)
_LIKELY = 0.8
"""Likelihood from which a picture counts as showing nudity."""
_SIGN = 0.2
"""Weight from which words or parts of a page are reason enough to look at its picture."""
_TIME = re.compile(r"\b\d{1,2}:[0-5]\d\b(?!\s?[ap]m)")
_RTA = "rta-5042-1996-1400-1577-rta"
_GATE = Lexicon(
    "over 18, 18 years or older, 18 or older, at least 18 years, i am 18, adult material, adult content, "
    "adults only, enter exit, age verification, verify your age, confirm your age, i am over 21, "
    "enter if you are, must be 18, legal age, of legal age, leave this site, sexually explicit material, "
    "warning this site contains, age restricted",
    "mindestens 18, volljahrig, plus de 18 ans, majeur, mayor de 18, mayores de 18, maior de 18, "
    "maiores de 18, maggiorenne, мне есть 18, исполнилось 18, для взрослых, 18 yasindan buyuk, mam 18 lat, "
    "18 tahun, tren 18 tuoi, ich bin 18, j ai plus de 18 ans, j ai 18 ans, soy mayor de edad, "
    "sou maior de 18, tenho mais de 18, ho piu di 18 anni, sono maggiorenne, 18 yasindan, ukonczylem 18, "
    "mam ukonczone 18, saya berusia 18, du 18 tuoi, ik ben 18, 18 jaar of ouder, jag ar over 18, "
    "فوق 18, أكثر من 18, อายุ 18, 18 ปีขึ้นไป, 18 वर्ष",
    "만 19세 이상, 성인인증, 성인 인증, 19세 미만, 18歳以上, 18歳未満, あなたは18歳以上, 已满18, 年满18, "
    "滿18, "
    "未滿18, 未满18, 年滿十八",
)


class Adult(Detector):
    """Sees the words of the trade, its label for filters (RTA) and its age gates."""

    name = "adult"
    content_class = ContentClass(name="adult", rsit="other", rank=29)
    sees = MappingProxyType(
        {
            "label": "a label for filters (RTA, rating)",
            "age_gate": "a question for the visitor's age",
            "tube": "a wall of running times beside words of the trade",
            "words": "distinct words of the trade in the text",
            "titled": "such words in the title",
            "hidden": "such words in description and pictures' texts",
            "paths": "such words in the names of links, pictures and parts",
            "makers": "advertisers, hosts and scripts of the trade in the source",
            "host": "a word of the trade in the host's name",
            "signs": "pictographs that the trade likes",
            "nudity": "a picture that shows nudity, beside another sign, where the model is installed",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield label, gate and words."""
        seen = view(page)
        rating = {
            attribute(node, "content", 60).lower()
            for node in seen.nodes("meta[name=rating], meta[name=RATING]", 5)
        }
        labelled = _RTA in seen.source or bool(rating & {"adult", "mature", "restricted"})
        if labelled:
            yield seen.signal("label", 0.7, "it labels itself for adults only (RTA or rating)")
        gate = _GATE.found(seen.opening, 4)
        if gate and seen.length < 3_000:
            yield seen.signal(
                "age_gate",
                min(0.3 + 0.1 * (len(gate) - 1), 0.5),
                f"it asks for the visitor's age: {listed(gate)}",
            )
        told = [*_tube(seen), *themed(seen, _THEME)]
        yield from told
        signs = labelled or gate or any(signal.weight >= _SIGN for signal in told)
        if signs and (weight := _shown(page.picture)):
            yield seen.signal("nudity", weight, "a picture on it shows nudity, as the model has it")


def _shown(png: bytes) -> float:
    """Return what the screenshot weighs: nothing where the model is not rather sure."""
    score = nudity(png)
    return 0.0 if score is None or score < _LIKELY else round(0.5 * score, 2)


def _tube(seen: View) -> Iterator[Signal]:
    """A wall of pictures with running times, beside words of the trade: one alone is any video site."""
    times = len(_TIME.findall(seen.text[:20_000]))
    if times >= 8 and len(_THEME.strong.found(seen.words, 2)) == 2:
        yield seen.signal("tube", 0.3, f"a wall of {times} running times")
