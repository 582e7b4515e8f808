"""News: an article or the front page of a paper."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from urllib.parse import urlsplit

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.reading import reads_like
from mantis_crawler.detectors.view import View, attribute, view
from mantis_crawler.detectors.words import Lexicon, fold, listed, quote
from mantis_crawler.items import ContentClass, Page, Signal

_PRESS_TYPES = frozenset(
    [
        "newsarticle",
        "reportagenewsarticle",
        "newsmediaorganization",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "liveblogposting",
        "backgroundnewsarticle",
        "reviewnewsarticle",
    ]
)
_ARTICLE_TYPES = frozenset(["article", "blogposting", "report", "socialmediaposting"])
_AGENCIES = "Reuters|AP|AFP|dpa|DPA|EFE|ANSA|AA|UPI|IANS|PTI|ANI|Xinhua|TASS"
_DATELINE = re.compile(
    rf"[A-ZÀ-Ý]{{4,20}}(?:, [\w. ]{{2,30}})? ?(?:[—–] |\((?:{_AGENCIES})\))|\((?:{_AGENCIES})\)"
    r"|【[^】]{2,20}(?:電|讯|訊|記者|日)】|\([^)]{2,12}=연합뉴스\)|[(（][^)）]{1,12}(?:共同|時事|ロイター)[)）]"
)
_DATED_PATH = re.compile(
    r"/(?:19|20)\d\d/(?:\d{1,2}|[a-z]{3})/|/\d{4}-\d\d-\d\d|[-_/]\d{6,9}(?:\.\w{3,5})?/?$"
)
_PAPER = Lexicon(
    "news, times, post, herald, daily, gazette, tribune, telegraph, guardian, journal, chronicle, press, "
    "independent, observer, mirror, star, standard, examiner, reuters, bbc, cnn, today, magazine, "
    "newspaper, weekly, broadcasting, radio, tv",
    "zeitung, nachrichten, tagblatt, tageblatt, anzeiger, kurier, spiegel, rundschau, rundfunk, presse, "
    "le monde, figaro, liberation, journal, ouest france, le parisien, actu, info, "
    "el pais, el mundo, diario, noticias, periodico, la vanguardia, abc, jornal, folha, estadao, o globo, "
    "corriere, repubblica, gazzetta, giornale, il sole, la stampa, notizie",
    "новости, газета, известия, правда, коммерсант, риа, тасс, ведомости, haber*, gazete*, hurriyet, "
    "milliyet, sabah, sozcu, gazeta, wiadomosci, rzeczpospolita, dziennik, kompas, tribun*, detik*, "
    "berita, tempo, republika, bao, tin tuc, vnexpress, tuoi tre, thanh nien, الجزيرة, جريدة, صحيفة, أخبار, "
    "krant, nieuws, dagblad, nyheter, nyheder, tidning, avis",
    "뉴스, 신문, 일보, 연합뉴스, 한겨레, 방송, 新聞, ニュース, 日報, 通信社, 放送, 新闻, 日报, 晚报, 时报, "
    "時報, 新华网, "
    "人民网, 网易, 新浪, 中央社, ข่าว, हिन्दी समाचार, समाचार, खबर",
)
"""Words of papers' names."""
_DATE = re.compile(
    r"\b\d{1,2}[./ -](?:\d{1,2}|[a-zéû]{3,9})[./ -](?:19|20)\d\d|\b(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? (?:19|20)\d\d"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d년"
)
_SECTIONS = Lexicon(
    "politics, world, business, opinion, sports, sport, entertainment, technology, tech, lifestyle, "
    "health, science, culture, travel, breaking news, top stories, latest news, headlines, editorial, "
    "newsletter, subscribe, weather, local news, most read, most popular, news, video, live, economy, "
    "crime, obituaries, columns, investigations, money, football, arts, education, environment, podcasts, "
    "horoscope*, crossword*, e paper, election*, war, middle east, asia, europe, africa, us news, "
    "markets, finance, movies, music, celebrity, photos",
    "politik, wirtschaft, panorama, kultur, wissen, meinung, ressort, feuilleton, nachrichten, wetter, "
    "reise, digital, netzwelt, gesellschaft, wissenschaft, regional, lokales, sport, auto, gesundheit, "
    "abo, e paper, schlagzeilen, eilmeldung, ausland, inland, leben, karriere, leserbriefe, nieuws, "
    "binnenland, buitenland, economie, voetbal, nyheter, kultur, ekonomi, indland, udland, debatt",
    "politique, economie, societe, culture, international, sciences, actualites, faits divers, politica, "
    "economia, sociedad, cultura, deportes, internacional, opinion, tecnologia, esportes, mundo, noticias, "
    "ultimas noticias, ciencia, cronaca, esteri, sport, attualita, scienze",
    "actualite, monde, region, regions, meteo, sante, planete, abonnez vous, en direct, a la une, "
    "actualidad, sucesos, espana, america, portada, suscribete, ultima hora, nacional, mundo, "
    "politica nacional, cotidiano, colunistas, assine, ultimas, brasil, saude, mondo, economia e finanza, "
    "abbonati, ultim ora, salute, spettacoli, "
    "политика, экономика, общество, культура, спорт, происшествия, новости, в мире, мнения, gundem, "
    "ekonomi, spor, dunya, siyaset, magazin, yazarlar, son dakika, haberler",
    "polityka, gospodarka, kraj, swiat, wiadomosci, berita, nasional, olahraga, hiburan, thoi su, "
    "the gioi, kinh doanh, the thao, giai tri, phap luat, giao duc, suc khoe, doi song, xa hoi, "
    "السياسة, اقتصاد, رياضة, أخبار, عاجل, ثقافة, صحة, تكنولوجيا, منوعات, عربي ودولي, مقالات, الاقتصاد, "
    "ekonomi bisnis, internasional, daerah, gaya hidup, megapolitan, kesehatan, otomotif, teknologi, "
    "sondakika, saglik, egitim, teknoloji, yasam, kultur sanat, finans, biznes, sprawy, kultura, "
    "zdrowie, technologie, najnowsze, наука, авто, культура, технологии, мир, россия, финансы, здоровье, "
    "การเมือง, เศรษฐกิจ, กีฬา, บันเทิง, ต่างประเทศ, ข่าวเด่น, राजनीति, देश, विदेश, खेल, मनोरंजन, व्यापार",
    "정치, 경제, 사회, 국제, 문화, 스포츠, 연예, 오피니언, 뉴스, 政治, 経済, 社会, 国際, スポーツ, 文化, "
    "ニュース, 社説, エンタメ, 经济, 体育, 娱乐, 财经, 新闻, 时政, 經濟, 體育, 娛樂, 新聞, 國際",
)
_REPORT = Lexicon(
    "said, told, reported, reports, according to, spokesman, spokeswoman, spokesperson, president, "
    "minister, police, government, officials, reuters, associated press, afp, bloomberg, staff writer, "
    "correspondent, published, updated, article, editor, last updated, posted, journalist*, read more, "
    "related articles, related stories, more stories, comments, share this article, advertisement, photo, "
    "getty images",
    "sagte, laut, mitteilte, veroffentlicht, aktualisiert, redaktion, artikel, kommentare, dpa, selon, "
    "a declare, publie le, mis a jour, redaction, lire aussi, dijo, segun, publicado, actualizado, "
    "redaccion, segundo, disse, atualizado, redacao, leia mais, secondo, ha detto, pubblicato, aggiornato, "
    "redazione, leggi anche",
    "teilte mit, nach angaben, polizei, sprecher, regierung, ministerium, praesident, prasident, "
    "lesen sie auch, mehr zum thema, quelle, von, uhr, rapporte, indique, a annonce, ministre, president, "
    "gouvernement, police, publie, selon lui, informo, afirmo, anuncio, gobierno, ministro, presidente, "
    "policia, lea tambien, fuentes, informou, afirmou, governo, policia federal, de acordo com, veja tambem, "
    "ha dichiarato, governo italiano, polizia, carabinieri, fonte, "
    "сообщает, рассказал*, отметил*, президент, министр, полиции, правительств*, источник, "
    "soyledi, belirtti, ifade etti, bakan*, cumhurbaskan*, polis, kaynak, ajansi, editor, "
    "poinformowal*, dodal*, premier, minister, policja, zrodlo, ujar, kata dia, polisi, pemerintah, "
    "jelasnya, tuturnya, baca juga, wartawan, thu tuong, cong an, bo truong, xem them, phong vien, "
    "قال, وأضاف, أكد, الرئيس, وزير, الشرطة, وكالة, مراسل, اقرأ أيضا, المصدر, aldus, volgens, politie, "
    "enligt, sager, polisen, regeringen, ifolge, นายกรัฐมนตรี, ตำรวจ, ผู้สื่อข่าว, ระบุว่า, पुलिस, सरकार, "
    "मंत्री, ने कहा, "
    "밝혔다, 전했다, 말했다, 대통령, 경찰, 정부, 관계자는, 재배포 금지, と述べた, 明らかにした, 警察, "
    "政府, 大統領, "
    "首相, 関係者, 表示, 据悉, 警方, 总统, 總統, 部长, 报道, 本报, 综合报道, "
    "сообщил*, по данным, по словам, заявил*, опубликовано, редакция, читайте также, dedi, acikladi, "
    "muhabir, guncelleme, haber, powiedzial, wedlug, menurut, mengatakan, theo, cho biet, 기자, 보도, "
    "입력, 수정, 무단전재, 記者, 配信, によると, 発表, 記事, 编辑, 记者, 報導, 记者从, 来源, 責任編輯, "
    "责任编辑, 讯",
)
_GUARD = Lexicon(
    "forum, forums, thread, threads, reply, topics, add to cart, cart, checkout, price, shipping, "
    "wishlist, register, members, in stock, warenkorb, versand, preis, panier, livraison, prix, carrito, "
    "envio, precio, carrinho, preco, carrello, prezzo, корзина, цена, форум, sepet, fiyat, koszyk, cena, "
    "keranjang, harga, gio hang, 장바구니, カート, 購物車, 购物车, 价格, 論壇, 论坛"
)
"""Words of forums and shops, which date and sign their pages too."""
_MARKS = (
    "article:published_time",
    "article:section",
    "article:publisher",
    "news_keywords",
    "datepublished",
    "isaccessibleforfree",
    "article:author",
    "parsely-",
    "cxenseparse",
    "googlebot-news",
)
"""Marks of articles in their source; blogs have some of them too."""
_BYLINE = (
    "[rel=author], [itemprop=author], .byline, .author, [class*=byline], meta[name=author], "
    "meta[property='article:author'], .article-author"
)
_TIME = (
    "time[datetime], [itemprop=datePublished], meta[property='article:published_time'], meta[name=date], "
    "meta[name=pubdate], meta[itemprop=datePublished], .published"
)
_BODY = (
    "article, [itemprop=articleBody], .article-body, .story-body, .entry-content, "
    "[class*=article], [id*=article]"
)


class News(Detector):
    """Sees how an article declares itself, who wrote it and when, and the sections of a paper."""

    name = "news"
    content_class = ContentClass(name="news", rsit="other", rank=20)
    sees = MappingProxyType(
        {
            "news_type": "schema.org types of the press",
            "article_type": "schema.org types of articles",
            "og_article": "the Open Graph type article",
            "press_meta": "marks of articles in the source",
            "paper": "a word of papers' names in the site's name, title or host",
            "dated_path": "a date or number of an article in the address",
            "signed": "an author and a date",
            "dated": "a date",
            "body": "an element for an article",
            "sections": "distinct sections of a paper",
            "reports": "distinct words of reports",
            "dateline": "a place or agency before the text",
            "front": "links or lines that are headlines",
            "prose": "paragraphs of running text",
            "headline": "a heading that is a sentence and stands in the title",
            "reads": "words and structure like those of such pages",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield declarations, byline and date, running text, sections."""
        seen = view(page)
        yield from reads_like(seen, self.name)
        if seen.length < 400:
            return
        calm = 0.5 if len(_GUARD.found(seen.words, 4)) >= 3 else 1.0
        calm *= 1.0 if _of_the_press(seen) else 0.75
        yield from _declared(seen, 1.0 if calm == 1.0 else 0.8)
        yield from _signed(seen, calm)
        yield from _told(seen, calm)


def _of_the_press(seen: View) -> bool:
    """Whether anything tells a paper from a blog, which has authors, dates and running text too."""
    if seen.schema_types & _PRESS_TYPES or _DATELINE.search(seen.text[:6_000]):
        return True
    named = 2 * bool(_PAPER.first(_name(seen)))
    return len(_REPORT.found(seen.words, 6)) + named >= 6 or len(_SECTIONS.found(seen.words, 8)) + named >= 8


def _declared(seen: View, calm: float) -> Iterator[Signal]:
    if press := sorted(seen.schema_types & _PRESS_TYPES):
        yield seen.signal("news_type", 0.6, f"it declares itself {listed(press, 3)} (schema.org)")
    elif article := sorted(seen.schema_types & _ARTICLE_TYPES):
        yield seen.signal("article_type", 0.3, f"it declares itself {listed(article, 3)} (schema.org)")
    if seen.og_type == "article":
        yield seen.signal("og_article", 0.35 * calm, "it declares itself an article (Open Graph)")
    marks = [mark for mark in _MARKS if mark in seen.source]
    if marks:
        yield seen.signal(
            "press_meta", min(0.12 * len(marks), 0.4) * calm, f"it is marked up: {listed(marks)}"
        )
    if (word := _PAPER.first(_name(seen))) and seen.length > 800:
        yield seen.signal("paper", 0.25 * calm, f"its name says {quote(word)}, as of a paper")
    if _DATED_PATH.search(_path(seen)) and seen.length > 800:
        yield seen.signal("dated_path", 0.15 * calm, "its address holds a date or the number of an article")


def _name(seen: View) -> str:
    """Return what the site calls itself: its name for others, the end of its title, its host."""
    nodes = seen.nodes("meta[property='og:site_name'], meta[name='application-name']", 2)
    tail = re.split(r"[|–—:·»]| - ", seen.title_text)[1:][-2:]
    host = re.sub(r"[.-]", " ", seen.page.host.removeprefix("www."))
    return fold(" . ".join((*(attribute(node, "content", 60) for node in nodes), *tail, host)))


def _path(seen: View) -> str:
    """Return the path of the page's address as it is written; empty if it is broken."""
    try:
        return urlsplit(seen.page.url[:500]).path.lower()
    except ValueError:
        return ""


def _signed(seen: View, calm: float) -> Iterator[Signal]:
    author = bool(seen.nodes(_BYLINE, 1))
    dated = bool(seen.nodes(_TIME, 1)) or bool(_DATE.search(seen.text[:3_000].lower()))
    if author and dated:
        yield seen.signal("signed", 0.4 * calm, "it has an author and a date")
    elif dated:
        yield seen.signal("dated", 0.15 * calm, "it has a date")
    if seen.nodes(_BODY, 1):
        yield seen.signal("body", 0.12 * calm, "it has an article's body")


def _told(seen: View, calm: float) -> Iterator[Signal]:
    sections = _SECTIONS.found(seen.words)
    if len(sections) > 4:
        yield seen.signal(
            "sections",
            min(0.028 * len(sections), 0.45) * calm,
            f"it has the sections of a paper: {listed(sections)}",
        )
    told = _REPORT.found(seen.words)
    if len(told) > 2:
        yield seen.signal("reports", min(0.04 * len(told), 0.45) * calm, f"it reports: {listed(told)}")
    if _DATELINE.search(seen.text[:6_000]):
        yield seen.signal("dateline", 0.3 * calm, "it names place or agency before its text, as reports do")
    if (heads := _heads(seen)) >= 12:
        yield seen.signal(
            "front",
            min(0.012 * heads, 0.4) * calm * (1.0 if len(sections) > 5 else 0.4),
            f"{heads} of its links are headlines",
        )
    elif seen.link_count < _LINKLESS and len(sections) > 3 and (lines := max(heads, _lines(seen))) >= 6:
        yield seen.signal("front", 0.3 * calm, f"it has {lines} headlines beside the sections of a paper")
    prose = _prose(seen)
    if prose > 2:
        yield seen.signal(
            "prose", min(0.03 * prose, 0.25) * calm, f"it has {prose} paragraphs of running text"
        )
    if headline := _headline(seen):
        yield seen.signal("headline", 0.25 * max(calm, 0.8), f"its heading is a headline: {quote(headline)}")


def _prose(seen: View) -> int:
    """Count the paragraphs of some sentences; scripts without spaces say as much in fewer characters."""
    return sum(
        len(text) > (150 if text.isascii() or " " in text[:40] else 60) for text in seen.texts("p", 200)
    )


_LINKLESS = 15
"""Links below which a page's headlines may be no links: script takes one there."""


def _heads(seen: View) -> int:
    """Count links that are sentences: titles of other pieces."""
    labels = {link.label.strip() for link in seen.links[:600] if not link.button}
    return sum(label.count(" ") >= 5 or (len(label) >= 14 and not label.isascii()) for label in labels)


def _lines(seen: View) -> int:
    """Count short lines that are sentences without an end: titles of pieces that are no links."""
    lines = {line.strip() for line in seen.text[:20_000].split("\n") if len(line) < 120}
    return sum(_is_head(line) for line in lines)


def _is_head(line: str) -> bool:
    words = line.count(" ") + 1
    wide = sum("\u2e80" <= character <= "\uffdc" for character in line)
    return not line.endswith((".", "。", "!", "?", ":")) and (
        wide >= 14 or (5 <= words <= 16 and len(line) > 24)
    )


def _headline(seen: View) -> str:
    """Return the first heading that is a sentence and stands in the title too."""
    for heading in seen.headings[:4]:
        long = heading.count(" ") > 6 or (len(heading) > 16 and not heading.isascii())
        if long and heading.strip()[:60] in seen.title:
            return heading.strip()
    return ""
