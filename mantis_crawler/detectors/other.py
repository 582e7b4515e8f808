"""Other: an ordinary page, of a kind that no other detector knows."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.forms import credential_form, forms
from mantis_crawler.detectors.login import Sight, owed
from mantis_crawler.detectors.reading import reads_like
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

_SHOP = Lexicon(
    "add to cart, add to basket, add to bag, shopping cart, your cart, cart, checkout, free shipping, "
    "in stock, out of stock, wishlist, add to wishlist, sku, buy now, sale price, reviews, returns, "
    "best sellers, new arrivals, size guide, gift card*, delivery, order now",
    "warenkorb, in den warenkorb, versand, lieferzeit, auf lager, zzgl, mwst, wunschliste, kasse, panier, "
    "ajouter au panier, livraison, en stock, soldes, carrito, anadir al carrito, envio gratis, comprar, "
    "carrinho, adicionar ao carrinho, frete gratis, parcelas, carrello, aggiungi al carrello, spedizione, "
    "disponibile",
    "корзина, в корзину, доставка, купить, в наличии, sepet, sepete ekle, kargo, stokta, koszyk, "
    "do koszyka, dostawa, keranjang, beli sekarang, ongkir, gio hang, mua ngay, them vao gio, السلة, "
    "أضف إلى السلة, الشحن, winkelwagen, winkelmand, bestellen, bezorging",
    "장바구니, 구매하기, 배송비, 품절, カート, カートに入れる, 送料, 在庫, お気に入り, 購入, 购物车, "
    "購物車, 加入购物车, "
    "立即购买, 库存, 包邮, ตะกร้า, สั่งซื้อ, कार्ट",
)
_FORUM = Lexicon(
    "forum, forums, thread*, reply, replies, posts, topics, topic, new topic, quote, joined, moderator*, "
    "senior member, junior member, last post, mark forums read, members, registered users, subforum*, "
    "post reply, powered by vbulletin, powered by phpbb, message board",
    "beitrag, beitrage, themen, thema, antworten, mitglied seit, registriert seit, sujet, sujets, reponses, "
    "messages, membre depuis, tema, temas, respuestas, mensajes, respostas, mensagens, discussioni, "
    "risposte, messaggi",
    "форум, тема, темы, ответов, сообщений, зарегистрирован, konu, konular, cevap*, mesaj*, temat*, "
    "odpowiedzi, posty, topik, balasan, dien dan, chu de, bai viet, منتدى, مواضيع, ردود",
    "게시판, 댓글, 조회수, 글쓴이, 掲示板, スレッド, 返信, 回复, 回覆, 帖子, 主题, 主題, 楼主, 论坛, 論壇, "
    "版主, 发帖",
)
_FIRM = Lexicon(
    "about us, contact us, our services, our team, services, our products, testimonials, get a quote, "
    "portfolio, our clients, careers, our mission, privacy policy, terms of service, pricing, features, "
    "request a demo, case studies, partners, faq, solutions, book now, free trial",
    "uber uns, kontakt, impressum, leistungen, datenschutz, agb, referenzen, karriere, a propos, "
    "contactez nous, nos services, mentions legales, devis, qui sommes nous, quienes somos, contacto, "
    "nuestros servicios, aviso legal, nosotros, quem somos, contato, nossos servicos, chi siamo, contatti, "
    "i nostri servizi, servizi",
    "о компании, о нас, контакты, услуги, вакансии, hakkimizda, iletisim, hizmetlerimiz, kurumsal, o nas, "
    "uslugi, oferta, tentang kami, hubungi kami, layanan, ve chung toi, lien he, dich vu, من نحن, اتصل بنا, "
    "خدماتنا, over ons, diensten, om oss, kontakta oss",
    "회사소개, 오시는길, 고객센터, 이용약관, 会社概要, お問い合わせ, 採用情報, アクセス, サービス, "
    "关于我们, 關於我們, "
    "联系我们, 聯絡我們, 公司简介, 产品中心, เกี่ยวกับเรา, ติดต่อเรา, हमारे बारे में, संपर्क",
)
_WIKI = Lexicon(
    "from wikipedia, edit source, view history, what links here, permanent link, page information, "
    "cite this page, retrieved from, table of contents, references, external links, see also, categories, "
    "api reference, documentation, getting started, installation, parameters, returns, example, changelog, "
    "readme, commits, pull requests, issues, repository",
    "quelltext bearbeiten, versionsgeschichte, einzelnachweise, siehe auch, modifier le code, "
    "voir l historique, voir aussi, editar fonte, ver historial, vease tambem, voci correlate, "
    "править код, история, примечания, смотри также, 編集, 履歴表示, 脚注, 关联项目, 参考资料, 각주, "
    "외부 링크",
)
_BLOG = Lexicon(
    "posted by, leave a comment, leave a reply, blogroll, blog archive, older posts, newer posts, "
    "filed under, about me, subscribe to blog, permalink, tagged, trackback*, read more, "
    "your email address will not be published, min read, comments are closed, my blog",
    "eingestellt von, kommentar hinterlassen, kommentare, verfasst von, laisser un commentaire, publie par, "
    "deja un comentario, deja una respuesta, publicado por, entradas antiguas, deixe um comentario, "
    "deixe uma resposta, postagens mais antigas, lascia un commento, pubblicato da",
    "оставить комментарий, автор, yorum yap, yorum birak, gonderen, dodaj komentarz, tinggalkan komentar, "
    "diposting oleh, de lai binh luan, اترك تعليقا",
    "댓글 남기기, 포스팅, コメントを残す, コメントする, 投稿者, カテゴリー, アーカイブ, 发表评论, 留言, 博客",
)
_KINDS = (
    ("shop", _SHOP, {"product", "offer", "store", "aggregateoffer"}, "a shop"),
    ("forum", _FORUM, {"discussionforumposting", "qapage", "question"}, "a forum"),
    ("firm", _FIRM, {"organization", "localbusiness", "corporation", "service", "restaurant"}, "a firm"),
    ("wiki", _WIKI, {"techarticle", "dataset", "softwaresourcecode"}, "a reference work"),
    ("blog", _BLOG, {"blog", "blogposting"}, "a blog"),
)
_MAKERS = {
    "shop": ("shopify", "woocommerce", "prestashop", "magento", "opencart", "bigcommerce"),
    "forum": ("vbulletin", "phpbb", "discourse", "xenforo", "mybb", "smf", "discuz", "invision"),
    "wiki": ("mediawiki", "dokuwiki", "sphinx", "docusaurus", "mkdocs", "doxygen", "hugo", "confluence"),
    "blog": ("blogger", "wordpress.com", "ghost", "tumblr", "typepad", "movable type", "livejournal"),
}
_PURPOSES = {
    "two passwords": "registers",
    "the form is one": "registers",
    "the title": "registers",
    "a card": "pays",
    "many other": "fills",
}


class Other(Detector):
    """Sees that a page has something to say. Weak on purpose: any real class outweighs it."""

    name = "other"
    content_class = ContentClass(name="other", rsit="other", rank=0)
    sees = MappingProxyType(
        {
            "text": "text at all",
            "links": "links at all",
            "headings": "headings at all",
            "registers": "a form to register, or for a new password",
            "pays": "a form that asks for a card as a shop does",
            "fills": "a form that asks for many other things",
            "box": "a login box on a page about other things",
            "shop": "words, types and software of shops",
            "forum": "words, types and software of forums",
            "firm": "words and types of firms",
            "wiki": "words, types and software of reference works",
            "blog": "words, types and software of blogs",
            "reads": "words and structure like those of such pages",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield text, links and headings of an ordinary page."""
        seen = view(page)
        if page.outcome is not Outcome.LOADED:
            return
        if (said := _letters(seen.text)) >= 60:
            weight = 0.35 if said < 120 else 0.45 if said < 300 else 0.5
            yield seen.signal("text", weight, f"it has {seen.length} characters of text")
        if seen.link_count >= 3:
            yield seen.signal("links", 0.2, f"it has {seen.link_count} links")
        if seen.length >= 60 and seen.headings:
            yield seen.signal("headings", 0.15, "it has headings")
        yield from _form(seen)
        yield from _kind(seen)
        yield from reads_like(seen, self.name)


def _form(seen: View) -> Iterator[Signal]:
    form = credential_form(forms(seen))
    if form is None or owed(seen, form):
        return
    sight = Sight(view=seen, form=form)
    if purpose := sight.other_purpose:
        name = next((name for start, name in _PURPOSES.items() if purpose.startswith(start)), "fills")
        yield seen.signal(name, 0.5 - 0.3 * sight.crowd, f"it has a form that is not for a login: {purpose}")
    elif sight.crowd > 0.2:
        yield seen.signal("box", 0.4 * sight.crowd, "its form is but a box on a page about other things")


def _kind(seen: View) -> Iterator[Signal]:
    for name, lexicon, types, what in _KINDS:
        words = lexicon.found(seen.words, 12)
        declared = sorted(seen.schema_types & types)
        maker = next((mark for mark in _MAKERS.get(name, ()) if mark in seen.made_with), "")
        if len(words) >= 3 or declared or maker:
            weight = min(0.04 * len(words) + 0.15 * bool(declared) + 0.2 * bool(maker), 0.5)
            told = [*words, *(f"declares {kind}" for kind in declared)]
            made = f", made with {quote(maker)}" if maker else ""
            yield seen.signal(name, weight, f"it looks like {what}: {listed(told)}{made}")


def _letters(text: str) -> int:
    """Return how much a text says, in letters of an alphabet: a Han or Hangul character says about two."""
    return sum(2 if "\u2e80" <= character <= "\uffdc" else 1 for character in text[:2000])
