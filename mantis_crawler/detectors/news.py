"""News: an article or the front page of a paper."""

import re
from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import View, attribute, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Page, Signal

_ARTICLE = re.compile(
    r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"'
    r'(newsarticle|reportagenewsarticle|article|blogposting|newsmediaorganization)"'
)
_DATE = re.compile(
    r"\b\d{1,2}[./ -](?:\d{1,2}|[a-zéû]{3,9})[./ -](?:19|20)\d\d|\b(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? (?:19|20)\d\d"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d년"
)
_SECTIONS = Lexicon(
    "politics, world, business, opinion, sports, sport, entertainment, technology, tech, lifestyle, "
    "health, science, culture, travel, breaking news, top stories, latest news, headlines, editorial, "
    "newsletter, subscribe, weather, local news, most read, most popular, news, video",
    "politik, wirtschaft, panorama, kultur, wissen, meinung, ressort, feuilleton, nachrichten, wetter, "
    "reise, digital, netzwelt, gesellschaft",
    "politique, economie, societe, culture, international, sciences, actualites, faits divers, politica, "
    "economia, sociedad, cultura, deportes, internacional, opinion, tecnologia, esportes, mundo, noticias, "
    "ultimas noticias, ciencia, cronaca, esteri, sport, attualita, scienze",
    "политика, экономика, общество, культура, спорт, происшествия, новости, в мире, мнения, gundem, "
    "ekonomi, spor, dunya, siyaset, magazin, yazarlar, son dakika, haberler",
    "polityka, gospodarka, kraj, swiat, wiadomosci, berita, nasional, olahraga, hiburan, thoi su, "
    "the gioi, kinh doanh, the thao, السياسة, اقتصاد, رياضة, أخبار",
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

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield declarations, byline and date, running text, sections."""
        seen = view(page)
        if seen.length < 400:
            return
        calm = 0.5 if len(_GUARD.found(seen.words, 4)) >= 3 else 1.0
        calm *= 1.0 if _of_the_press(seen) else 0.6
        yield from _declared(seen, calm)
        yield from _signed(seen, calm)
        yield from _told(seen, calm)


def _of_the_press(seen: View) -> bool:
    """Whether anything tells a paper from a blog, which has authors, dates and running text too."""
    reports = len(_REPORT.found(seen.words, 5)) >= 5
    return reports or len(_SECTIONS.found(seen.words, 6)) >= 6 or "newsarticle" in seen.source


def _declared(seen: View, calm: float) -> Iterator[Signal]:
    found = _ARTICLE.findall(seen.source)
    if any("news" in kind for kind in found):
        yield seen.signal("news_type", 0.6, "it declares itself a news article (schema.org)")
    elif found:
        yield seen.signal("article_type", 0.3, f"it declares itself {quote(found[0])} (schema.org)")
    kinds = {attribute(node, "content", 40).lower() for node in seen.nodes("meta[property='og:type']", 3)}
    if "article" in kinds:
        yield seen.signal("og_article", 0.35 * calm, "it declares itself an article (Open Graph)")


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
            min(0.035 * len(sections), 0.45) * calm,
            f"it has the sections of a paper: {listed(sections)}",
        )
    told = _REPORT.found(seen.words)
    if len(told) > 2:
        yield seen.signal("reports", min(0.05 * len(told), 0.45) * calm, f"it reports: {listed(told)}")
    prose = _prose(seen)
    if prose > 2:
        yield seen.signal(
            "prose", min(0.03 * prose, 0.25) * calm, f"it has {prose} paragraphs of running text"
        )
    if headline := _headline(seen):
        yield seen.signal("headline", 0.25 * calm, f"its heading is a headline: {quote(headline)}")


def _prose(seen: View) -> int:
    """Count the paragraphs of some sentences; scripts without spaces say as much in fewer characters."""
    return sum(
        len(text) > (150 if text.isascii() or " " in text[:40] else 60) for text in seen.texts("p", 200)
    )


def _headline(seen: View) -> str:
    """Return the first heading that is a sentence and stands in the title too."""
    for heading in seen.headings[:4]:
        long = heading.count(" ") > 6 or (len(heading) > 16 and not heading.isascii())
        if long and heading.strip()[:60] in seen.title:
            return heading.strip()
    return ""
