// What known detectors look for that cannot be installed: the same questions, asked anew.
function stackAsked() {
  let asked = 0;
  const error = new Error();
  Object.defineProperty(error, "stack", { configurable: false, get() { asked += 1; return ""; } });
  console.debug(error);
  return asked;
}

async function askDriver(high) {
  const found = [];
  if (navigator.webdriver) found.push("webdriver");
  if (Object.keys(window).some((name) => /cdc_[a-z0-9]/i.test(name))) found.push("cdc");
  if (stackAsked()) found.push("console is read");
  if (high && high.model === "" && high.platformVersion === "" && high.architecture === "") found.push("empty hints");
  return found;
}

function askTraces() {
  const found = [];
  if (navigator.webdriver !== false) found.push("webdriver");
  if (Object.getOwnPropertyNames(navigator).length) found.push("navigator has own names");
  if (["800x600", "1280x720"].includes(`${innerWidth}x${innerHeight}`)) found.push("a driver's viewport");
  if ("__pwInitScripts" in window || "__playwright__binding__" in window) found.push("a driver's names");
  if (/HeadlessChrome/.test(navigator.userAgent)) found.push("user agent");
  if (/UtilityScript|pptr:/.test(new Error("x").stack || "")) found.push("a driver's stack");
  return found;
}

async function askHeadless(broken) {
  const found = [];
  if (/headless/i.test(navigator.userAgent + navigator.appVersion)) found.push("user agent");
  if (!navigator.language || !navigator.languages.length) found.push("no language");
  if (navigator.webdriver) found.push("webdriver");
  const begun = Date.now();
  alert("Press OK");
  if (Date.now() - begun < 30) found.push("nobody read the alert");
  if (navigator.permissions && typeof Notification !== "undefined") {
    const asked = await navigator.permissions.query({ name: "notifications" });
    if (Notification.permission === "denied" && asked.state === "prompt") found.push("permissions");
  }
  if (broken === 0) found.push("broken picture");
  if (outerWidth === 0 && outerHeight === 0) found.push("no window");
  if (navigator.connection && navigator.connection.rtt === 0) found.push("no distance");
  return found;
}

function sweep(wanted) {
  if (!wanted) return null;
  const has = (name) => {
    const [owner, member] = name.split(".");
    if (!(owner in window)) return false;
    if (!member) return true;
    const living = { Window: window, Navigator: navigator, Document: document }[owner];
    if (living) return member in living;
    const value = window[owner];
    try { return (value.prototype !== undefined && member in value.prototype) || member in value; } catch { return true; }
  };
  return {
    names: Object.fromEntries(wanted.names.map((name) => [name, has(name)])),
    css: Object.fromEntries(wanted.css.map((name) => [name, CSS.supports(name, "initial")])),
  };
}
