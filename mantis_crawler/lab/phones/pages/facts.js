// What any context can read of the phone: window, frame, worker. `w` is its global object.
const trying = (read) => {
  try { const value = read(); return value === undefined ? null : value; }
  catch (error) { return "ERR:" + (error && error.message ? error.message : error); }
};

function readGl(w) {
  const canvas = w.document && w.document.createElement
    ? w.document.createElement("canvas") : new w.OffscreenCanvas(8, 8);
  const gl = canvas.getContext("webgl");
  if (!gl) return null;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return {
    vendor: info ? gl.getParameter(info.UNMASKED_VENDOR_WEBGL) : null,
    renderer: info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : null,
    version: gl.getParameter(gl.VERSION),
    extensions: gl.getSupportedExtensions(),
  };
}

function readNow(w) {
  const n = w.navigator;
  const hints = n.userAgentData;
  return {
    ua: n.userAgent,
    appVersion: trying(() => n.appVersion),
    platform: trying(() => n.platform),
    vendor: trying(() => n.vendor),
    language: n.language,
    languages: trying(() => Array.from(n.languages)),
    cores: trying(() => n.hardwareConcurrency),
    memory: trying(() => n.deviceMemory),
    webdriver: trying(() => n.webdriver),
    hints: hints ? {
      brands: trying(() => hints.brands.map((item) => item.brand + ";" + item.version)),
      mobile: hints.mobile,
      platform: hints.platform,
    } : null,
    zone: trying(() => w.Intl.DateTimeFormat().resolvedOptions().timeZone),
    offset: trying(() => new w.Date(2026, 0, 15).getTimezoneOffset()),
    locale: trying(() => w.Intl.DateTimeFormat().resolvedOptions().locale),
    gl: trying(() => readGl(w)),
  };
}

function readWindow(w) {
  return {
    touch: "ontouchstart" in w,
    coarse: trying(() => w.matchMedia("(pointer: coarse)").matches),
    screen: [w.screen.width, w.screen.height],
    orientation: typeof w.orientation,
    maxTouchPoints: w.navigator.maxTouchPoints,
  };
}

async function readAll(w) {
  const facts = readNow(w);
  const names = ["model", "architecture", "bitness", "platformVersion", "formFactors", "fullVersionList"];
  if (w.navigator.userAgentData && w.navigator.userAgentData.getHighEntropyValues) {
    facts.high = await w.navigator.userAgentData.getHighEntropyValues(names).catch(String);
  }
  return facts;
}
