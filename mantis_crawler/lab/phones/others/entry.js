// What the scripts of others say of this browser; each answers for itself, none can stop another.
import { load as loadBotd } from "@fingerprintjs/botd";
import FingerprintJS from "@fingerprintjs/fingerprintjs";
import Bowser from "bowser";
import { detect as detectBrowser } from "detect-browser";
import InApp from "detect-inapp";
import { detectIncognito } from "detectincognitojs";
import DeviceDetector from "device-detector-js";
import FingerprintScanner from "fpscanner";
import HeadlessDetector from "headless-detector";
import InAppSpy from "inapp-spy";
import isMobile from "is-mobile";
import { isbot } from "isbot";
import isMobileJs from "ismobilejs";
import MobileDetect from "mobile-detect";
import platform from "platform";
import { UAParser } from "ua-parser-js";

const ua = navigator.userAgent;
const or = (value) => (value === undefined ? null : value);

async function rules() {
  const found = await new FingerprintScanner().collectFingerprint({ encrypt: false });
  const details = found.fastBotDetectionDetails || {};
  return Object.keys(details).filter((name) => (details[name].detected === undefined ? details[name] : details[name].detected)).sort();
}

async function components() {
  const { components: found } = await (await FingerprintJS.load({ monitoring: false })).get();
  const value = (name) => or(found[name] && found[name].value);
  const touch = value("touchSupport");
  return [value("platform"), touch && touch.maxTouchPoints, value("vendor"), value("vendorFlavors")];
}

const say = {
  ua_parser: () => { const { os, device } = new UAParser(ua).getResult(); return [or(os.name), or(device.type)]; },
  ua_parser_hints: async () => {
    const found = await new UAParser().getResult().withClientHints();
    return [or(found.browser.name), or(found.browser.major), or(found.device.type)];
  },
  bowser: () => { const found = Bowser.getParser(ua); return [found.getPlatformType(), found.getOSName()]; },
  mobile_detect: () => { const found = new MobileDetect(ua); return [Boolean(found.phone()), found.os(), found.is("bot")]; },
  device_detector: () => { const found = new DeviceDetector().parse(ua); return [or(found.device && found.device.type), or(found.bot)]; },
  detect_browser: () => { const found = detectBrowser(ua); return found && [found.name, found.os]; },
  mobile: () => [isMobile({ ua }), isMobileJs(ua).phone],
  platform: () => [platform.name, platform.os.family, platform.layout],
  isbot: () => isbot(ua),
  in_app: () => [InAppSpy({ ua }).isInApp, new InApp(ua).isMobile],
  botd: async () => (await (await loadBotd({ monitoring: false })).detect()).bot,
  fpscanner: rules,
  headless_detector: async () => (await HeadlessDetector.detectHeadless()).isHeadless,
  incognito: async () => { const found = await detectIncognito(); return [found.isPrivate, found.browserName]; },
  fingerprintjs: components,
};

window.readOthers = async () => {
  const names = Object.keys(say);
  const told = await Promise.all(names.map((name) => within(Promise.resolve().then(say[name]), 6000)));
  return Object.fromEntries(names.map((name, place) => [name, or(told[place])]));
};
