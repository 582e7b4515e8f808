"""Gambling: casinos, betting, slots, lotteries, and those who send people there."""

from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.theme import Theme, themed
from mantis_crawler.detectors.view import view
from mantis_crawler.detectors.words import Lexicon
from mantis_crawler.items import ContentClass, Page, Signal

_THEME = Theme(
    strong=Lexicon(
        "online casino*, live casino, casino bonus, free spins, freespins, sportsbook, sports betting, "
        "slot machine*, online slots, video slots, megaways, baccarat, blackjack, roulette, jackpot*, "
        "no deposit bonus, welcome bonus, free bet*, betting odds, wagering, rtp, betting site*, "
        "bookmaker*, pragmatic play, pg soft, evolution gaming, playtech, microgaming, netent, habanero, "
        "sbobet, 1xbet, bet365, mostbet, melbet, 22bet, pin up casino, play n go, provably fair, aviator, "
        "paylines, scatter, crash game*, slot games, curacao, bonus code, place bet*, cash out, "
        "poker online, online poker, play responsibly, casino games",
        "sportwetten, spielautomaten, einzahlungsbonus, freispiele, spielothek, online spielbank, "
        "wettanbieter, gluckspiel",
        "paris sportifs, machine a sous, machines a sous, bonus de depot, casino en ligne, tours gratuits, "
        "cotes",
        "apuestas, apuestas deportivas, tragamonedas, tragaperras, giros gratis, casino en linea, "
        "casa de apuestas, ruleta",
        "apostas, apostas esportivas, cassino*, caca niqueis, rodadas gratis, bonus de boas vindas, "
        "casa de apostas, jogos de cassino, roleta, giros gratis, tigrinho, fortune tiger, bingo online",
        "scommesse, scommesse sportive, casino online, giri gratis, slot machine",
        "ставки на спорт, онлайн казино, казино, игровые автоматы, фриспины, букмекер*, "
        "бездепозитный бонус, слоты, рулетка",
        "bahis*, canli bahis, canli casino, deneme bonusu, kacak iddaa, iddaa, casino siteleri, "
        "slot oyunlari, bahis siteleri, rulet, hosgeldin bonusu, cevrim sarti, freebet, tombala, freespin",
        "kasyno*, zaklady bukmacherskie, darmowe spiny, judi*, slot gacor, maxwin, togel*, situs slot, "
        "slot online, taruhan*, sbobet, agen bola, judi bola, bandar*, scatter hitam, link alternatif, "
        "deposit pulsa, rtp slot, gacor, totobet, situs judi, prediksi togel, angka main, colok bebas, "
        "poker online, sabung ayam, hongkong pools, angka jitu, bbfs, prediksi, pasaran",
        "ca cuoc, nha cai, song bac, no hu, ban ca doi thuong, xo so, lo de, tai xiu, keo nha cai, "
        "ty le keo, game bai, الكازينو, كازينو, مراهنات, رهان",
        "토토, 토토사이트, 먹튀, 바카라, 슬롯, 카지노, 첫충, 꽁머니, 스포츠토토, 파워볼, 배팅, 롤링, "
        "안전놀이터, 사설토토, 매충, 카지노사이트",
        "カジノ, オンラインカジノ, スロット, パチンコ, 入金不要, ブックメーカー, バカラ, ルーレット, "
        "フリースピン, ジャックポット, ベッティング, ブラックジャック, スポーツベット",
        "百家乐, 百家樂, 老虎机, 老虎機, 博彩, 首存, 彩票, 真人娱乐, 真人視訊, 体育投注, 體育投注, 棋牌, "
        "电子游艺, 時時彩, 时时彩, 捕鱼, 娱乐城, 娛樂城, 彩金, 返水, 北京赛车, 六合彩, 下注, 開獎, 开奖, "
        "投注",
    ),
    weak=Lexicon(
        "casino*, slot, slots, betting, bets, bet, odds, gambling, poker, bingo, lottery, deposit, "
        "withdrawal, bonus*, spin, spins, vip, promotions, jackpots, wager, gaming, players, payout*, "
        "roulette, bola, situs, terpercaya, resmi, daftar, agen, menang, 18+, togel",
        "wetten, wette, bonuses, spielen, gewinn*, mises, parier, pari, gains, cuotas, premios, bono, "
        "bonos, jugar, odds, apostar, jogar, saque, depositos, premio, angka, keluaran, macau, result, "
        "prediksi, togel hari ini, bandar, gacor, casino, ставки, ставка, выигрыш, бонус, para yatirma, "
        "oranlar, guncel giris, giris, kazanc, bonuslar, futbol, para cekme, 입금, 출금, 보너스, 베팅, "
        "ボーナス, 賭け, 入金, 出金, 配当, 优惠, 優惠, 存款, 提款, 赔率, 赔付, 充值送",
    ),
    guard=Lexicon(
        "hotel*, resort*, restaurant*, rooms, spa, museum, prevention, addiction, helpline, "
        "gamblers anonymous, legislation, lawmakers, reporter, news, hotelzimmer, zimmer, hebergement, "
        "habitaciones, hoteles, отель, otel, 호텔, ホテル, 酒店, tagungen, wellness, kulinarik"
    ),
)


class Gambling(Detector):
    """Sees the words of the trade in many languages, and its makers' names."""

    name = "gambling"
    content_class = ContentClass(name="gambling", rsit="other", rank=30)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield how many distinct words of the trade text and title use."""
        yield from themed(view(page), _THEME)
