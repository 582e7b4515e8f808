// Reads everything, posts it, opens a popup at the first tap, and leaves over plain http.
function tapped() {
  return new Promise((done) => {
    addEventListener("click", (event) => {
      const opened = open("/popup.html");
      done({ opened: Boolean(opened), trusted: event.isTrusted, touch: event.pointerType || null });
    }, { once: true });
  });
}

(async () => {
  const settings = await (await fetch("/settings")).json();
  const facts = { page: await readPage() };
  const [contexts] = await Promise.all([readContexts(settings.elsewhere), makeRequests()]);
  facts.contexts = contexts;
  facts.others = typeof readOthers === "function" ? await readOthers() : {};
  facts.others.driver = await askDriver(facts.page.high);
  facts.others.traces = askTraces();
  if (settings.tap) facts.others.headless = await within(askHeadless(facts.page.engine.broken));
  facts.sweep = sweep(settings.sweep);
  const tap = tapped();
  await fetch("/collect/page", { method: "POST", body: JSON.stringify(facts) });
  if (settings.tap) {
    const result = await within(tap, 4000);
    await new Promise((done) => setTimeout(done, 300));
    await fetch("/collect/tap", { method: "POST", body: JSON.stringify(result) });
  }
  location.replace("http://" + location.host + "/plain");
})();
