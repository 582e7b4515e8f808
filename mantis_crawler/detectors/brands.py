"""Whose name smishing pages borrow, and which domains those really own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mantis_crawler.detectors.hosts import registrable
from mantis_crawler.detectors.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A company or authority that victims trust."""

    label: str
    names: tuple[str, ...]
    """Folded. A title or heading that is nothing but one of these claims to be the brand."""
    marks: tuple[str, ...]
    """Folded. Names that mean the brand wherever they stand, such as its account's name."""
    owns: tuple[str, ...]
    """Registrable domains, or labels before any public suffix (``google`` for ``google.co.jp``)."""


# label | names | marks | owned domains and labels
_TABLE = """
Apple | apple, icloud, apple id, app store, apple account, find my iphone, find my, アップル | apple id, apple account, app store, icloud, appleアカウント, identifiant apple, apple アカウント | apple, icloud, me.com
Google | google, gmail, google account, google accounts, google play, google chrome, chrome, google drive | google account, google play, google chrome, chrome, googleアカウント, 크롬, google konto, compte google | google, gmail, youtube, chrome, android.com, withgoogle.com, googleusercontent.com
Microsoft | microsoft, outlook, microsoft account, office 365, microsoft 365, onedrive, hotmail, outlook com, sharepoint | microsoft account, microsoft 365, office 365, onedrive, microsoft konto | microsoft, live.com, office.com, outlook.com, microsoftonline.com, sharepoint.com, office365.com, msn.com, hotmail.com, windows.net, azure.com
Facebook | facebook, meta, instagram, messenger, whatsapp | facebook account, instagram account, whatsapp | facebook, instagram, meta.com, messenger.com, whatsapp, fb.com
Amazon | amazon, amazon prime, アマゾン, aws, amazon account | amazon prime, amazon account, amazonアカウント | amazon, aws.com, primevideo.com, amazonaws.com, awsapps.com
PayPal | paypal | paypal account, paypal konto, compte paypal, paypalアカウント | paypal, paypal-login.com
Netflix | netflix | netflix account, netflix konto, compte netflix | netflix
Telegram | telegram, telegram web | telegram account | telegram, t.me
LINE | line, line login | line アカウント, lineアカウント | line.me, line.biz, line-apps.com, linecorp.com
Steam | steam, steam community | steam account | steampowered.com, steamcommunity.com
LinkedIn | linkedin | linkedin account | linkedin
Yahoo | yahoo, yahoo mail, yahoo japan, ヤフー | yahoo account, yahoo japan id | yahoo, yahoo.co.jp
X | twitter, x twitter | twitter account | twitter, x.com, t.co
eBay | ebay | ebay account, ebay konto | ebay
Naver | naver, 네이버 | 네이버 아이디, naver id | naver, navercorp.com
Kakao | kakao, kakaotalk, 카카오, 카카오톡 | 카카오계정, 카카오톡 | kakao, kakaocorp.com
Docomo | docomo, ntt docomo, dアカウント, ドコモ | docomo, dアカウント, ドコモ, dカード | docomo, docomo.ne.jp, nttdocomo.com, nttdocomo.co.jp
au KDDI | au, au id, kddi, auじぶん銀行 | kddi, au id | au.com, kddi.com, auone.jp, kddi.ne.jp
SoftBank | softbank, ソフトバンク, my softbank | softbank, ソフトバンク | softbank, softbank.jp
Rakuten | rakuten, 楽天, 楽天市場, 楽天カード, rakuten card | 楽天会員, 楽天カード, rakuten card | rakuten, rakuten-card.co.jp, rakuten-bank.co.jp, rakuten-sec.co.jp
Mercari | mercari, メルカリ | メルカリ | mercari
Aeon | イオンカード, aeon card, イオン銀行 | イオンカード, イオン銀行 | aeon.co.jp, aeonbank.co.jp, aeoncard.co.jp
JCB | jcb, myjcb | myjcb | jcb.co.jp, jcb
Mitsui Sumitomo | smbc, 三井住友銀行, 三井住友カード, vpass | 三井住友銀行, 三井住友カード, vpass | smbc.co.jp, smbc-card.com, vpass.ne.jp
MUFG | mufg, 三菱ufj銀行, 三菱ufjニコス | 三菱ufj銀行, 三菱ufjニコス | mufg.jp, bk.mufg.jp, cr.mufg.jp
Mizuho | みずほ銀行, mizuho bank, mizuho | みずほ銀行 | mizuhobank.co.jp, mizuho-fg.co.jp
Japan Post | 日本郵便, ゆうちょ銀行, japan post, 郵便局 | 日本郵便, ゆうちょ銀行 | japanpost.jp, jp-bank.japanpost.jp, jp-post.jp
Yamato | yamato, kuroneko yamato, ヤマト運輸, クロネコヤマト, クロネコメンバーズ | ヤマト運輸, クロネコヤマト, クロネコメンバーズ | kuronekoyamato.co.jp, yamato-hd.co.jp
Sagawa | sagawa, sagawa express, 佐川急便 | 佐川急便, sagawa express | sagawa-exp.co.jp
JR East | えきねっと, eki net, モバイルsuica | えきねっと, モバイルsuica | eki-net.com, jreast.co.jp
ETC | etc利用照会サービス, etcサービス | etc利用照会サービス | etc-meisai.jp
National Tax Agency of Japan | 国税庁, e tax | 国税庁 | nta.go.jp
Korea Post | 우체국, 우체국택배, korea post, epost | 우체국택배, 우체국 | epost.go.kr, epostbank.go.kr, koreapost.go.kr
CJ Logistics | cj logistics, cj대한통운, 대한통운 | cj대한통운, 대한통운 | cjlogistics.com, doortodoor.co.kr
Lotte and Hanjin parcels | 롯데택배, 한진택배, 로젠택배 | 롯데택배, 한진택배, 로젠택배 | lotteglogis.com, hanjin.co.kr, hanjin.com, ilogen.com
Korean health insurance | 국민건강보험, 국민건강보험공단, 건강보험공단, 건강검진 | 국민건강보험, 건강보험공단 | nhis.or.kr
Korean government | 정부24, 경찰청, 검찰청, 국세청, 홈택스, 교통민원24, 이파인 | 정부24, 경찰청, 검찰청, 홈택스, 교통민원24 | go.kr, gov.kr
Korean banks | 국민은행, kb국민은행, 신한은행, 우리은행, 하나은행, 농협은행, nh농협, 기업은행 | 국민은행, 신한은행, 우리은행, 하나은행, 농협은행 | kbstar.com, shinhan.com, wooribank.com, kebhana.com, hanabank.com, nonghyup.com, ibk.co.kr
Chunghwa Telecom and Post | 中華電信, 中華郵政, 郵局 | 中華電信, 中華郵政 | cht.com.tw, hinet.net, post.gov.tw
China banks and post | 中国银行, 工商银行, 中国工商银行, 建设银行, 招商银行, 农业银行, 中国邮政, etc在线认证 | 中国工商银行, 中国建设银行, 招商银行, 农业银行, 中国邮政 | boc.cn, icbc.com.cn, ccb.com, cmbchina.com, abchina.com, chinapost.com.cn
Alipay and WeChat | 支付宝, 支付寶, alipay, 微信, wechat, 淘宝, taobao, qq | 支付宝, 支付寶 | alipay.com, wechat.com, weixin.qq.com, qq.com, tencent.com, taobao.com, tmall.com
DHL | dhl, dhl express, dhl paket, dhl parcel | dhl | dhl, deutschepost.de, dhlparcel.nl, dhlparcel.es
FedEx | fedex, fedex express | fedex | fedex, tnt.com
UPS | ups, united parcel service | united parcel service | ups
USPS | usps, us postal service, united states postal service, usps com | usps, united states postal service | usps, usps.com
Royal Mail | royal mail, post office, parcelforce | royal mail, parcelforce | royalmail.com, parcelforce.com, postoffice.co.uk
Evri, DPD, GLS, Hermes | evri, dpd, gls, hermes, myhermes | evri | evri.com, dpd, gls-group.eu, gls-group.com, gls-pakete.de, myhermes.de, hermesworld.com, dpdlocal.co.uk, geopost.com
Deutsche Post | deutsche post, post de | deutsche post | deutschepost.de, dhl
La Poste | la poste, laposte, colissimo, chronopost, mondial relay | colissimo, chronopost, mondial relay | laposte, laposte.fr, laposte.net, chronopost, mondialrelay, colissimo.fr, labanquepostale.fr
French authorities | impots gouv, impots gouv fr, ameli, ameli fr, antai, assurance maladie, franceconnect, caf, l assurance maladie, carte vitale, crit air | impots gouv, assurance maladie, carte vitale, franceconnect, antai | gouv.fr, ameli.fr, caf.fr, service-public.fr
French banks | credit agricole, bnp paribas, societe generale, credit mutuel, caisse d epargne, banque populaire, lcl, boursorama, la banque postale | credit agricole, bnp paribas, societe generale, caisse d epargne, banque postale | credit-agricole.fr, bnpparibas, bnpparibas.net, societegenerale.fr, creditmutuel.fr, caisse-epargne.fr, banquepopulaire.fr, lcl.fr, boursorama.com, boursobank.com, labanquepostale.fr
French telecoms | orange, sfr, bouygues telecom, free mobile | bouygues telecom, free mobile | orange.fr, orange, sfr.fr, bouyguestelecom.fr, free.fr, free-mobile.fr
Correos | correos, correos express | correos | correos.es, correos, correosexpress.com
Spanish banks and authorities | bbva, santander, caixabank, banco sabadell, bankia, agencia tributaria, dgt | caixabank, agencia tributaria, banco sabadell | bbva, santander, bancosantander.es, caixabank.es, bancsabadell.com, agenciatributaria.gob.es, dgt.es, gob.es
Poste Italiane | poste italiane, poste, postepay, bancoposta, poste it | poste italiane, postepay, bancoposta | poste.it, posteitaliane.it, postepay.it
Italian banks and authorities | intesa sanpaolo, unicredit, inps, agenzia delle entrate, nexi, banco bpm, bper | intesa sanpaolo, unicredit, agenzia delle entrate, inps | intesasanpaolo.com, unicredit, unicredit.it, inps.it, agenziaentrate.gov.it, nexi.it, bancobpm.it, bper.it, gov.it
Portuguese and Brazilian post and banks | ctt, ctt expresso, millennium bcp, caixa geral de depositos, itau, bradesco, banco do brasil, nubank, caixa economica federal, receita federal, correios | millennium bcp, banco do brasil, nubank, receita federal, correios | ctt.pt, millenniumbcp.pt, cgd.pt, itau.com.br, bradesco.com.br, bb.com.br, nubank.com.br, caixa.gov.br, gov.br, correios.com.br
German banks | sparkasse, volksbank, deutsche bank, commerzbank, postbank, ing, n26, dkb, comdirect, volksbanken raiffeisenbanken, elster | sparkasse, commerzbank, postbank, deutsche bank, pushtan | sparkasse.de, sparkasse, vr.de, volksbank, deutsche-bank.de, commerzbank.de, postbank.de, ing.de, n26.com, dkb.de, comdirect.de, elster.de
Austrian and Swiss post and banks | osterreichische post, post at, swiss post, die schweizerische post, postfinance, finanzonline, ubs, raiffeisen | finanzonline, postfinance, schweizerische post | post.at, post.ch, postfinance.ch, finanzonline.bmf.gv.at, bmf.gv.at, ubs, raiffeisen.at, raiffeisen.ch
Dutch and Belgian post and banks | postnl, bpost, rabobank, abn amro, itsme, belfius, kbc, digid | postnl, bpost, rabobank, abn amro, digid, belfius | postnl.nl, postnl.be, bpost.be, rabobank.nl, abnamro.nl, itsme.be, itsme-id.com, belfius.be, kbc.be, digid.nl
Nordic post and banks | postnord, nordea, posten, mitid, bankid, danske bank, swedbank | postnord, mitid, danske bank, swedbank | postnord, nordea, posten.no, mitid.dk, bankid.com, danskebank, swedbank.se, bring.com
Polish post and banks | poczta polska, inpost, pko bp, ipko, mbank, allegro, olx, profil zaufany, e urzad skarbowy | poczta polska, inpost, allegro | poczta-polska.pl, inpost.pl, pkobp.pl, ipko.pl, mbank.pl, allegro.pl, olx, gov.pl
Turkish post, banks and state | ptt, e devlet, e devlet kapisi, turkiye cumhuriyeti, ziraat bankasi, garanti bbva, akbank, is bankasi, yapi kredi, turkiye gov tr | e devlet, ziraat bankasi, garanti bbva, yapi kredi, is bankasi, ptt kargo | gov.tr, turkiye.gov.tr, ptt.gov.tr, ziraatbank.com.tr, garantibbva.com.tr, akbank.com, isbank.com.tr, yapikredi.com.tr
Russian services | сбербанк, сбер, госуслуги, почта россии, вконтакте, vk, тинькофф, т банк, озон, ozon, авито, сбербанк онлайн | сбербанк, госуслуги, почта россии, тинькофф | sberbank.ru, sber.ru, gosuslugi.ru, pochta.ru, vk.com, vk.ru, tinkoff.ru, tbank.ru, ozon.ru, avito.ru
Indonesian banks | bca, klikbca, bri, mandiri, bni, brimo, livin by mandiri, pos indonesia | klikbca, brimo, bank mandiri, pos indonesia | bca.co.id, klikbca.com, bri.co.id, bankmandiri.co.id, bni.co.id, posindonesia.co.id
Vietnamese banks and state | vietcombank, techcombank, bidv, vietinbank, vneid, vietnam post, dich vu cong | vietcombank, techcombank, vietinbank, vneid | vietcombank.com.vn, techcombank.com, techcombank.com.vn, bidv.com.vn, vietinbank.vn, vneid.gov.vn, gov.vn, vnpost.vn
Arabic-speaking post and state | aramex, البريد السعودي, ابشر, absher, emirates post, سمسا, smsa | absher, البريد السعودي, aramex, emirates post | aramex.com, absher.sa, splonline.com.sa, emiratespost.ae, smsaexpress.com, gov.sa, gov.ae
US and UK state | irs, hmrc, gov uk, nhs, dvla, social security administration, ez pass, e zpass, sunpass, fastrak, the toll roads | hmrc, dvla, e zpass, sunpass, fastrak | irs.gov, gov.uk, nhs.uk, ssa.gov, e-zpassny.com, ezpassnj.com, sunpass.com, bayareafastrak.org, gov
US and UK banks | chase, bank of america, wells fargo, citibank, citi, capital one, american express, us bank, barclays, hsbc, lloyds bank, natwest, santander, halifax, monzo, revolut | bank of america, wells fargo, capital one, american express, barclays, lloyds bank, natwest | chase.com, bankofamerica.com, wellsfargo.com, citi.com, citibank, capitalone.com, americanexpress, usbank.com, barclays, barclays.co.uk, hsbc, lloydsbank.com, natwest.com, santander, halifax.co.uk, monzo.com, revolut.com
Canadian and Australian post and state | canada post, interac, australia post, auspost, mygov, linkt, cra | canada post, australia post, auspost, interac, linkt, mygov | canadapost.ca, canadapost-postescanada.ca, interac.ca, auspost.com.au, my.gov.au, linkt.com.au, canada.ca, gov.au
Indian services | india post, sbi, state bank of india, hdfc bank, icici bank, paytm, flipkart, parivahan | india post, state bank of india, hdfc bank, icici bank, parivahan | indiapost.gov.in, sbi.co.in, onlinesbi.sbi, hdfcbank.com, icicibank.com, paytm.com, flipkart.com, gov.in, nic.in
Adobe, Dropbox, DocuSign | adobe, adobe id, dropbox, docusign, wetransfer, adobe acrobat | docusign, dropbox | adobe, dropbox, docusign, wetransfer.com
Crypto | coinbase, binance, metamask, trust wallet, ledger, trezor, kraken, blockchain com, phantom | coinbase, binance, metamask, trust wallet | coinbase.com, binance, metamask.io, trustwallet.com, ledger.com, trezor.io, kraken.com, blockchain.com, phantom.app
Flash and codecs | adobe flash player, flash player | flash player | adobe
"""


@cache
def brands() -> tuple[Brand, ...]:
    """Return the table, read once."""
    return tuple(_brand(line) for line in _TABLE.strip().splitlines())


def _brand(line: str) -> Brand:
    label, names, marks, owns = (part.strip() for part in line.split("|"))
    return Brand(
        label=label,
        names=tuple(fold(name) for name in names.split(",")),
        marks=tuple(fold(mark) for mark in marks.split(",")),
        owns=tuple(domain.strip() for domain in owns.split(",")),
    )


def owned(brand: Brand, host: str) -> bool:
    """Return whether a host lies under a domain of the brand."""
    label = registrable(host).split(".", 1)[0]
    under = any("." in domain and (host == domain or host.endswith(f".{domain}")) for domain in brand.owns)
    state = any(host.endswith(f".{domain}") for domain in brand.owns if domain == "gov")
    return under or state or label in brand.owns


def strangers(host: str) -> Iterator[Brand]:
    """Yield the brands that do not own a host."""
    return (brand for brand in brands() if not owned(brand, host))
