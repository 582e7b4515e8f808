"""Gambling: casinos, betting, slots, lotteries, and those who send people there."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.theme import Theme, themed
from mantis_crawler.detectors.view import view
from mantis_crawler.detectors.words import Lexicon, listed, word_set
from mantis_crawler.items import ContentClass, Page, Signal

_THEME = Theme(
    strong=Lexicon(
        "online casino*, live casino, casino bonus, free spins, freespins, sportsbook, sports betting, "
        "slot machine*, online slots, video slots, megaways, baccarat, blackjack, roulette, jackpot*, "
        "no deposit bonus, welcome bonus, free bet*, betting odds, wagering, rtp, betting site*, "
        "bookmaker*, pragmatic play, pg soft, evolution gaming, playtech, microgaming, netent, habanero, "
        "sbobet, 1xbet, bet365, mostbet, melbet, 22bet, pin up casino, play n go, provably fair, aviator, "
        "paylines, scatter, crash game*, slot games, curacao, bonus code, place bet*, cash out, "
        "poker online, online poker, play responsibly, casino games, casino reviews, best casinos, "
        "casino app, betting app, sports bets, live betting, in play betting, cashback bonus, reload bonus, "
        "bonus wagering, wagering requirements, deposit bonus, match bonus, free credit*, high roller, "
        "video poker, craps, keno, sic bo, dragon tiger, teen patti, rummy, andar bahar, satta*, matka, "
        "plinko, sweet bonanza, gates of olympus, book of dead, starburst, starlight princess, mahjong ways, "
        "stake com, 1win, dafabet, parimatch, fun88, w88, m88, 188bet, betway, bwin, unibet, betano, "
        "leovegas, rollbit, bc game, draftkings, fanduel, pinnacle, jili, jdb, spribe, nolimit city, "
        "red tiger, yggdrasil, crypto casino, bitcoin casino, sweepstakes casino, lucky spin, accumulator*, "
        "parlay, moneyline, over under, handicap, asian handicap, football tips, sure bets, fixed matches",
        "sportwetten, spielautomaten, einzahlungsbonus, freispiele, spielothek, online spielbank, "
        "wettanbieter, gluckspiel, glucksspiel*, online casinos, casino ohne, bonus ohne einzahlung, "
        "umsatzbedingungen, wettbonus, wettquoten, quoten, spielautomat*, echtgeld, online gokken, gokkast*, "
        "gratis spins, welkomstbonus, sportweddenschappen, spelautomater, gratissnurr, insattningsbonus, "
        "nettikasino, ilmaiskierrokset, talletusbonus",
        "paris sportifs, machine a sous, machines a sous, bonus de depot, casino en ligne, tours gratuits, "
        "cotes, bonus de bienvenue, jeux de casino, casinos en ligne, bonus sans depot, jeux d argent, "
        "pronostics, croupier en direct, paris en direct",
        "apuestas, apuestas deportivas, tragamonedas, tragaperras, giros gratis, casino en linea, "
        "casa de apuestas, ruleta, casas de apuestas, casinos online, bono de bienvenida, bono sin deposito, "
        "apuesta en vivo, casino en vivo, pronosticos deportivos, maquinas tragamonedas, rollover",
        "apostas, apostas esportivas, cassino*, caca niqueis, rodadas gratis, bonus de boas vindas, "
        "bet com, plataforma de apostas, bonus de deposito, jogo do tigrinho, cassino ao vivo, slots online, "
        "rodadas gratuitas, depositar pix, saque via pix, palpites, "
        "casa de apostas, jogos de cassino, roleta, giros gratis, tigrinho, fortune tiger, bingo online",
        "bonus senza deposito, bonus di benvenuto, giocate, siti scommesse, casino non aams, casino aams, "
        "scommesse, scommesse sportive, casino online, giri gratis, slot machine",
        "ставки на спорт, онлайн казино, казино, игровые автоматы, фриспины, букмекер*, "
        "бездепозитный бонус, слоты, рулетка, ставки онлайн, зеркало казино, рабочее зеркало, вулкан, "
        "джойказино, отыгрыш, вейджер, игровой клуб, покердом, 1хбет, фрибет*, прогнозы на спорт, "
        "лайв ставки, "
        "коэффициенты, онлайн слоты, депозит, ставки на спорт, 1xставка, казіно, ставки на спорт",
        "bahis*, canli bahis, canli casino, deneme bonusu, kacak iddaa, iddaa, casino siteleri, "
        "guvenilir bahis, bahis sitesi, casino bonusu, yatirim bonusu, kayip bonusu, cevrimsiz, "
        "canli rulet, kumar, iddaa oranlari, yeni giris adresi, guncel giris adresi, papara, sweet bonanza, "
        "slot siteleri, casino oyunlari, jojobet, betturkey, grandpashabet, tarafbet, mobilbahis, "
        "slot oyunlari, bahis siteleri, rulet, hosgeldin bonusu, cevrim sarti, freebet, tombala, freespin",
        "kasyno*, zaklady bukmacherskie, darmowe spiny, judi*, slot gacor, maxwin, togel*, situs slot, "
        "slot online, taruhan*, sbobet, agen bola, judi bola, bandar*, scatter hitam, link alternatif, "
        "deposit pulsa, rtp slot, gacor, totobet, situs judi, prediksi togel, angka main, colok bebas, "
        "poker online, sabung ayam, hongkong pools, angka jitu, bbfs, prediksi, pasaran",
        "kasyna online, kasyno online, bonus bez depozytu, bonus powitalny, zaklady sportowe, "
        "automaty do gier, automaty online, bukmacher*, legalny bukmacher, kursy bukmacherskie, "
        "slot88, slot terpercaya, judi slot, situs gacor, slot dana, slot demo, akun pro, link gacor, "
        "bonus new member, scatter, zeus, mahjong wins, pragmatic, deposit dana, deposit qris, toto macau, "
        "toto slot, bo togel, result togel, data sgp, data hk, live draw, jackpot, agen slot, casino online, "
        "pola gacor, anti rungkad, jp paus, bandarq*, dominoqq, "
        "nha cai uy tin, ca cuoc the thao, casino truc tuyen, xoc dia, danh bai, da ga, game bai doi thuong, "
        "ket qua xo so, soi keo, tro choi co thuong, nap tien, rut tien, tien thuong, "
        "قمار, كازينو اون لاين, مراهنة, المراهنات الرياضية, بونص, رهانات, دورات مجانية, ماكينات القمار, "
        "روليت, "
        "สล็อต, บาคาร่า, คาสิโน, แทงบอล, พนันออนไลน์, เครดิตฟรี, สล็อตเว็บตรง, หวย, เว็บพนัน, ฝากถอน, "
        "ยิงปลา, "
        "सट्टा, जुआ, कैसीनो, तीन पत्ती, सट्टेबाजी, रम्मी, बोनस, "
        "ca cuoc, nha cai, song bac, no hu, ban ca doi thuong, xo so, lo de, tai xiu, keo nha cai, "
        "ty le keo, game bai, الكازينو, كازينو, مراهنات, رهان",
        "토토, 토토사이트, 먹튀, 바카라, 슬롯, 카지노, 첫충, 꽁머니, 스포츠토토, 파워볼, 배팅, 롤링, "
        "안전놀이터, 사설토토, 매충, 카지노사이트, 메이저놀이터, 메이저사이트, 먹튀검증, 온라인카지노, "
        "슬롯사이트, "
        "바카라사이트, 스포츠배팅, 배당률, 실시간배팅, 충전, 환전, 가입머니, 보증업체, 라이브카지노, 홀덤, "
        "사다리, 미니게임",
        "カジノ, オンラインカジノ, スロット, パチンコ, 入金不要, ブックメーカー, バカラ, ルーレット, "
        "オンカジ, 入金ボーナス, ライブカジノ, 賭け条件, 出金条件, ビデオスロット, パチスロ, 競馬予想, "
        "競艇, オッズ, "
        "スポーツ賭博, バカラ必勝, ウェルカムボーナス, "
        "フリースピン, ジャックポット, ベッティング, ブラックジャック, スポーツベット",
        "百家乐, 百家樂, 老虎机, 老虎機, 博彩, 首存, 彩票, 真人娱乐, 真人視訊, 体育投注, 體育投注, 棋牌, "
        "电子游艺, 時時彩, 时时彩, 捕鱼, 娱乐城, 娛樂城, 彩金, 返水, 北京赛车, 六合彩, 下注, 開獎, 开奖, "
        "投注, 真人荷官, 真人百家乐, 体育博彩, 电竞投注, 首充, 首存优惠, 电子游戏, 开户送, 棋牌游戏, "
        "澳门赌场, 网上赌场, "
        "赌场, 賭場, 線上娛樂城, 運彩, 體驗金, 儲值, 出金, 太陽城, 葡京, 皇冠体育, 威尼斯人, 金沙, 彩票平台, "
        "时时彩, 快三, 龙虎, 炸金花, 牛牛, 斗地主, 麻将胡了, 注册送, 送彩金, 包赢, 盘口, 滚球, 赛马, "
        "香港马会",
        "betslip, bet slip, bet builder, tipster*, betting tips, betting predictions, "
        "cricket betting, ipl betting, betting id, online cricket id, lottery results, 4d results, "
        "toto 4d, powerball, mega millions, scratch cards, live dealer*, table games, "
        "slots casino, casino login, casino bonuses, no wagering, minimum deposit casino, "
        "real money casino, real money slots, play slots, bonus buy, hold and win, sugar rush, "
        "big bass bonanza, crazy time, lightning roulette, monopoly live, fishing game*, "
        "sportsbetting, betting exchange, free bets, mindesteinzahlung, "
        "casino bonus ohne einzahlung, live wetten, fussballwetten, wettscheine, wettschein*, "
        "online casino echtgeld, lotto spielen, spielhalle, tischspiele, casino en ligne fiable, "
        "bonus sans wager, jeux de table, jeux en direct, grattage, tickets a gratter, "
        "cotes sportives, mises gratuites, loterie en ligne, casino online espana, "
        "apuestas en vivo, cuotas de apuestas, tiradas gratis, juegos de casino, "
        "bono sin rollover, apuestas futbol, loteria online, raspaditas, pronosticos de futbol, "
        "cassino online, apostar online, odds altas, jogo do aviaozinho, jogos de azar, "
        "bonus de cadastro, raspadinha, fortune ox, fortune rabbit, casas de apostas, "
        "plataforma pagando, bonus scommesse, quote scommesse, giochi da casino, tavoli live, "
        "gratta e vinci, scommesse live, giri gratuiti, siti di casino, казино онлайн, "
        "лучшие казино, онлайн ставки, бонус за регистрацию, ігрові автомати, "
        "ставки на спорт онлайн, беттинг, киберспорт ставки, лотере*, джекпот*, вывод выигрыша, "
        "игра на деньги, casino sitesi, bahis bonusu, illegal bahis, canli bahis siteleri, "
        "para yatir, aviator oyunu, slot oyna, casino giris, bahis giris, free spin, "
        "freebet veren, bonus veren siteler, cevrimsiz bonus, yuksek oran*, legalne kasyno, "
        "zaklady online, bonus za rejestracje, gry hazardowe, kasyno na zywo, spiny bez depozytu, "
        "typy bukmacherskie, slot pulsa, rtp live, slot thailand, situs toto, bandar togel, "
        "agen togel, bonus new member 100, mahjong ways 2, scatter hitam, slot maxwin, "
        "situs slot gacor, login slot, daftar slot, pasaran togel, syair, prediksi hk, "
        "prediksi sgp, keluaran togel, casino uy tin, nha cai bong da, ty le keo nha cai, "
        "soi keo bong da, nap rut, khuyen mai nap dau, no hu doi thuong, slot game, "
        "da ga truc tuyen, bong da keo, ca do, كازينو على الانترنت, مراهنات رياضية, العاب كازينو, "
        "مكافأة الترحيب, رهان مجاني, باكارات, بلاك جاك, سلوتس, لعبة الطيارة, สล็อตออนไลน์, "
        "คาสิโนสด, แทงบอลออนไลน์, สมัครสมาชิกรับโบนัส, หวยออนไลน์, เว็บตรงไม่ผ่านเอเย่นต์, "
        "บาคาร่าออนไลน์, ক্যাসিনো, অনলাইন ক্যাসিনো, বাজি, জুয়া, বেটিং, স্লট, क्रिकेट सट्टा, "
        "ऑनलाइन कैसीनो, सट्टा किंग, 릴게임, 바다이야기, 토토추천, 먹튀사이트, 꽁포인트, "
        "첫충보너스, 무료스핀, 하이로우, 카지노추천, 슬롯머신, 온라인슬롯, 해외배팅, 토토커뮤니티, "
        "신규가입 꽁머니, オンラインスロット, カジノボーナス, 優良カジノ, 登録ボーナス, "
        "無料スピン, 競馬, 競輪, スポーツベッティング, 宝くじ, ポーカー, ライブディーラー, "
        "ボーナス出金条件, 开元棋牌, 电玩城, 真人棋牌, 博彩公司, 博彩平台, 线上赌场, 澳门金沙, "
        "新葡京, 竞彩, 足彩, 双色球, 大乐透, 开奖结果, 彩票开奖, 电子老虎机, 線上賭場, 體育博彩, "
        "真人娛樂, 彩票網, 百家樂技巧, 老虎機遊戲, 首存優惠, 娛樂城推薦",
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
        "hotel*, resort*, restaurant*, spa, museum, prevention, addiction, helpline, "
        "gamblers anonymous, legislation, lawmakers, reporter, hotelzimmer, zimmer, hebergement, "
        "habitaciones, hoteles, отель, otel, 호텔, ホテル, 酒店, tagungen, wellness, kulinarik, wedding*, "
        "conference*, study, research, court, police, minister, "
        "treatment, recovery"
    ),
    hosts=frozenset(
        [
            "casino",
            "bet",
            "slot",
            "toto",
            "togel",
            "judi",
            "bahis",
            "poker",
            "gacor",
            "lottery",
            "jackpot",
            "roulette",
            "bingo",
            "kasino",
            "cassino",
            "apuesta",
            "aposta",
            "wetten",
            "sportbook",
            "maxwin",
            "vegas",
            "rummy",
            "baccarat",
        ]
    ),
    paths=word_set(
        "casino casinos livecasino slot slots slotgame slotgames baccarat roulette blackjack "
        "sportsbook sportbook betting bets lottery lotto jackpot jackpots poker bingo togel keno "
        "cockfight pragmatic pgsoft habanero jili spadegaming microgaming playtech netent "
        "evoplay yggdrasil spribe aviator sbobet freespins "
        "bonus bonuses wager parlay toto bahis canli kasino cassino apuestas apostas "
        "apuesta aposta scommesse wetten stavki judi agen gacor maxwin "
        "bookmaker bookmakers payout megaways"
    ),
    signs="🎰🎲🃏♠♣💰🤑",
    makers={
        "pragmaticplay": "Pragmatic Play",
        "pgsoft": "PG Soft",
        "pg-demo.com": "PG Soft",
        "evolutiongaming": "Evolution",
        "habanerosystems": "Habanero",
        "playtech": "Playtech",
        "netent": "NetEnt",
        "microgaming": "Microgaming",
        "spribe": "Spribe",
        "sportradar": "Sportradar",
        "betradar": "Betradar",
        "softswiss": "SoftSwiss",
        "begambleaware": "GambleAware",
        "gamblersanonymous": "Gamblers Anonymous",
        "gamblingtherapy": "Gambling Therapy",
        "gamstop": "GamStop",
        "gamcare": "GamCare",
        "curacao-egaming": "Curaçao eGaming",
        "validator.antillephone": "Antillephone",
        "anjouangaming": "Anjouan Gaming",
        "mga.org.mt": "Malta Gaming Authority",
        "ecogra": "eCOGRA",
        "itechlabs": "iTech Labs",
        "gaming-curacao": "Gaming Curaçao",
    },
)


_WATCH = Lexicon(
    "malta gaming authority, mga licence, mga license, curacao egaming, gaming curacao, curacao licen*, "
    "antillephone, uk gambling commission, gambling commission, ukgc, begambleaware, gambleaware, gamstop, "
    "gamcare, gamble responsibly, responsible gaming, responsible gambling, gambling can be addictive, "
    "gamblers anonymous, kahnawake, isle of man gambling, ecogra, itech labs, pagcor, "
    "gambling therapy, "
    "gemeinsame glucksspielbehorde, glucksspielbehorde, spielsucht, spielen kann suchtig machen, "
    "jouer comporte des risques, autorite nationale des jeux, joueurs info service, juego responsable, "
    "direccion general de ordenacion del juego, coljuegos, jogo responsavel, jogue com responsabilidade, "
    "srij, agenzia delle dogane e dei monopoli, aams, gioco responsabile, "
    "il gioco puo causare dipendenza, spelinspektionen, spelpaus, stodlinjen, kansspelautoriteit, "
    "loket kansspel, odpowiedzialna gra, ministerstwa finansow, spillemyndigheden, rofus, "
    "ответственная игра, кюрасао, лицензия кюрасао, curacao lisansi, pagcor lisensi, "
    "キュラソーライセンス, 博彩牌照"
)


class Gambling(Detector):
    """Sees the words of the trade in many languages, and its makers' names."""

    name = "gambling"
    content_class = ContentClass(name="gambling", rsit="other", rank=30)
    sees = MappingProxyType(
        {
            "words": "distinct words of the trade in the text, makers of games among them",
            "titled": "such words in the title",
            "hidden": "such words in description and pictures' texts",
            "paths": "such words in the names of links, pictures and parts",
            "makers": "makers of games, regulators and help lines in the source",
            "host": "a word of the trade in the host's name",
            "signs": "pictographs that the trade likes",
            "licence": "regulators, licences and help for gamblers by name",
            "declared": "schema.org types of casinos",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield how many distinct words of the trade text and title use."""
        seen = view(page)
        yield from themed(seen, _THEME)
        if found := _WATCH.found(seen.words, 8):
            weight = min(0.2 + 0.1 * len(found), 0.5) * (1.0 if _THEME.strong.found(seen.words, 3) else 0.4)
            yield seen.signal("licence", weight, f"it names who licenses or treats gamblers: {listed(found)}")
        if seen.schema_types & {"casino", "onlinecasino", "gamblingservice"}:
            yield seen.signal("declared", 0.4, "it declares itself a casino (schema.org)")
