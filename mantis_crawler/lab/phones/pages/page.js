// What only the page itself can read: navigator, screen, CSS, graphics, media, engine.
const kind = (read) => { try { return typeof read(); } catch { return "error"; } };
const media = (query) => matchMedia(query).matches;

function readNavigator() {
  const n = navigator;
  return {
    maxTouchPoints: n.maxTouchPoints,
    plugins: [n.plugins.length, n.mimeTypes.length],
    pdf: trying(() => n.pdfViewerEnabled),
    connection: "connection" in n ? trying(() => n.connection.type) : false,
    battery: kind(() => n.getBattery),
    share: [kind(() => n.share), kind(() => n.canShare)],
    contacts: kind(() => n.contacts),
    vibrate: kind(() => n.vibrate),
    ports: [kind(() => n.bluetooth), kind(() => n.usb)],
    hid: kind(() => n.hid),
    keyboard: kind(() => n.keyboard),
    standalone: kind(() => n.standalone),
    chromium: [kind(() => n.webkitTemporaryStorage), kind(() => n.getInstalledRelatedApps)],
    constants: [n.productSub, n.appName, n.oscpu === undefined ? null : n.oscpu],
    tampered: tampered(),
  };
}

function tampered() {
  const found = Object.getOwnPropertyNames(navigator);
  const prototype = Object.getPrototypeOf(navigator);
  const text = Function.prototype.toString;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const entry = Object.getOwnPropertyDescriptor(prototype, name);
    if (!entry.get) continue;
    const source = text.call(entry.get).replace(/\s+/g, " ");
    if (source !== `function get ${name}() { [native code] }`) found.push(name + ": source");
    if (entry.get.name !== "get " + name) found.push(name + ": name");
    if ("prototype" in entry.get) found.push(name + ": prototype");
    try { entry.get.call(prototype); found.push(name + ": no brand check"); }
    catch (error) { if (!(error instanceof TypeError)) found.push(name + ": " + error); }
  }
  return found;
}

function scrollbar() {
  const box = document.createElement("div");
  box.style.cssText = "width:100px;height:100px;overflow:scroll;position:absolute;visibility:hidden";
  document.body.append(box);
  const width = box.offsetWidth - box.clientWidth;
  box.remove();
  return width;
}

function readWindowOnly() {
  const w = window;
  return {
    inner: [innerWidth, innerHeight],
    outer: [outerWidth, outerHeight],
    scale: devicePixelRatio,
    orientationType: trying(() => screen.orientation.type),
    extended: trying(() => screen.isExtended),
    scrollbar: scrollbar(),
    touchEvent: ["ontouchstart" in w, kind(() => w.TouchEvent)],
    gesture: [kind(() => w.GestureEvent), "ongesturestart" in w],
    motion: kind(() => w.DeviceMotionEvent),
    motionPermission: kind(() => w.DeviceMotionEvent.requestPermission),
    chrome: kind(() => w.chrome),
    applePay: kind(() => w.ApplePaySession),
    mediaSource: [kind(() => w.MediaSource), kind(() => w.ManagedMediaSource)],
    push: [kind(() => w.Notification), kind(() => w.PushManager)],
    desktopOnly: ["EyeDropper", "documentPictureInPicture", "queryLocalFonts", "launchQueue"].filter((name) => name in w),
    androidOnly: ["ContactsManager", "NDEFReader", "ContentIndex", "BarcodeDetector"].filter((name) => name in w),
    chromiumOnly: [kind(() => performance.memory), kind(() => w.webkitRequestFileSystem)],
    shown: [document.hidden, document.hasFocus()],
  };
}

function readCss() {
  const dpi = Math.round(devicePixelRatio * 1000) / 1000;
  return {
    hoverNone: media("(hover: none)"),
    anyHoverNone: media("(any-hover: none)"),
    coarse: media("(pointer: coarse)"),
    anyFine: media("(any-pointer: fine)"),
    agrees: [media("(orientation: portrait)"), media(`(device-width: ${screen.width}px)`),
      media(`(min-resolution: ${dpi - 0.01}dppx) and (max-resolution: ${dpi + 0.01}dppx)`)],
    p3: media("(color-gamut: p3)"),
    hdr: media("(dynamic-range: high)"),
    callout: CSS.supports("-webkit-touch-callout", "none"),
    appleFont: CSS.supports("font", "-apple-system-body"),
    hanging: CSS.supports("hanging-punctuation", "first"),
    chromium: [CSS.supports("interpolate-size", "allow-keywords"), CSS.supports("app-region", "drag") || CSS.supports("-webkit-app-region", "drag")],
    scheme: [media("(prefers-color-scheme: light)"), media("(forced-colors: active)")],
  };
}

function hasFont(name) {
  const probe = document.createElement("span");
  probe.textContent = "mmmmmmmmmmlli@Wq10";
  probe.style.cssText = "position:absolute;left:-9999px;font-size:72px";
  document.body.append(probe);
  const size = (family) => { probe.style.fontFamily = family; return [probe.offsetWidth, probe.offsetHeight].join(); };
  const there = ["monospace", "serif"].some((base) => size(`"${name}",${base}`) !== size(base));
  probe.remove();
  return there;
}

function emoji() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const drawn = canvas.getContext("2d", { willReadFrequently: true });
  drawn.font = "36px sans-serif";
  drawn.fillText("\u{1F600}", 2, 38);
  const pixels = drawn.getImageData(0, 0, 48, 48).data;
  let coloured = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (Math.max(pixels[at], pixels[at + 1], pixels[at + 2]) - Math.min(pixels[at], pixels[at + 1], pixels[at + 2]) > 40) coloured++;
  }
  return coloured;
}

async function keySystem(name) {
  if (!navigator.requestMediaKeySystemAccess) return "absent";
  const wanted = [{ initDataTypes: ["cenc", "sinf"], videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }] }];
  return navigator.requestMediaKeySystemAccess(name, wanted).then(() => true, (error) => error.name);
}

async function voices() {
  if (!window.speechSynthesis) return 0;
  const now = speechSynthesis.getVoices().length;
  if (now) return now;
  await new Promise((done) => { speechSynthesis.onvoiceschanged = done; setTimeout(done, 400); });
  return speechSynthesis.getVoices().length;
}

const linuxFonts = ["DejaVu Sans", "Liberation Sans"];
const phoneFonts = ["Roboto", "sans-serif-thin", "Helvetica Neue", "Menlo", "Gill Sans"];

async function readMedia() {
  const video = document.createElement("video");
  const audio = document.createElement("audio");
  const adapter = navigator.gpu ? await within(navigator.gpu.requestAdapter().then(Boolean), 1500) : "absent";
  const listed = navigator.mediaDevices ? await within(navigator.mediaDevices.enumerateDevices(), 1500) : [];
  const estimate = navigator.storage && navigator.storage.estimate ? await within(navigator.storage.estimate(), 1500) : {};
  const asked = navigator.permissions
    ? await within(navigator.permissions.query({ name: "notifications" }).then((state) => state.state), 1500) : null;
  return {
    webgpu: adapter,
    video: ['video/mp4; codecs="avc1.42E01E"', 'video/mp4; codecs="hvc1.1.6.L93.B0"', 'video/webm; codecs="vp9"',
      'video/mp4; codecs="av01.0.05M.08"', 'video/ogg; codecs="theora"'].map((type) => video.canPlayType(type)),
    audio: ['audio/mp4; codecs="mp4a.40.2"', "audio/mpeg", "audio/x-m4a"].map((type) => audio.canPlayType(type)),
    hls: video.canPlayType("application/vnd.apple.mpegurl"),
    keys: [await within(keySystem("com.widevine.alpha"), 1500), await within(keySystem("com.apple.fps"), 1500)],
    sampleRate: trying(() => { const context = new AudioContext(); const rate = context.sampleRate; context.close(); return rate; }),
    devices: Array.isArray(listed) ? [...new Set(listed.map((item) => item.kind))].sort() : [],
    fonts: Object.fromEntries([...linuxFonts, ...phoneFonts].map((name) => [name, hasFont(name)])),
    emoji: trying(emoji),
    voices: await voices(),
    quota: estimate.quota || null,
    notification: [typeof Notification === "undefined" ? null : Notification.permission, asked],
    incognito: await within(incognito(), 3000),
  };
}

async function incognito() {
  let words = 0;
  try { (-1).toFixed(-1); } catch (error) { words = error.message.length; }
  if (words === 51) return memoryOnly();
  if (!navigator.storage || !navigator.storage.getDirectory) return "unknown";
  return navigator.storage.getDirectory().then(() => false, () => true);
}

// A database on a disk takes longer where each write must be safe; one in memory (a private window) does not.
async function memoryOnly() {
  const name = "bench" + Math.random();
  const opened = await new Promise((done) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("s");
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null);
  });
  if (!opened) return "error";
  const took = async (durability) => {
    const begun = performance.now();
    for (let at = 0; at < 6; at++) {
      await new Promise((done) => {
        const change = opened.transaction("s", "readwrite", { durability });
        change.objectStore("s").put(new Uint8Array(16384), at);
        change.oncomplete = change.onerror = change.onabort = done;
      });
    }
    return performance.now() - begun;
  };
  const ratios = [];
  await took("relaxed");
  for (let at = 0; at < 7; at++) {
    const relaxed = await took("relaxed");
    ratios.push(await took("strict") / relaxed);
  }
  opened.close();
  indexedDB.deleteDatabase(name);
  return ratios.sort((a, b) => a - b)[3] < 1.3;
}

function driverSeen() {
  let seen = 0;
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = () => { seen += 1; return ""; };
  console.debug(new Error("x"));
  if (before === undefined) delete Error.prepareStackTrace; else Error.prepareStackTrace = before;
  return seen;
}

function readDriver() {
  const marks = /^(__playwright|__pw|cdc_|\$cdc_|\$chrome_|__webdriver|__selenium|__driver|_phantom|callPhantom|domAutomation)|__puppeteer|__binding|exposedFn/;
  const names = [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(document)];
  return names.filter((name) => marks.test(name));
}

async function readEngine() {
  const image = new Image();
  const broken = within(new Promise((done) => {
    image.onerror = () => setTimeout(() => done(image.width), 50);
    image.src = "/r/broken.png";
    document.body.append(image);
  }), 2000);
  const opened = trying(() => { const popup = open("/popup.html?unasked"); if (popup) popup.close(); return popup ? "opened" : "blocked"; });
  return {
    error: trying(() => { null.x; }).slice(4),
    evalLength: eval.toString().length,
    push: Array.prototype.push.toString(),
    marks: readDriver(),
    driver: driverSeen(),
    broken: await broken,
    unaskedPopup: opened,
  };
}

async function readPage() {
  const [all, engine, played] = await Promise.all([readAll(self), readEngine(), readMedia()]);
  return {
    ...all, ...readWindow(self), ...readNavigator(), ...readWindowOnly(),
    css: readCss(), media: played, engine,
    layout: Number(new URL(location.href).searchParams.get("layout")),
  };
}
