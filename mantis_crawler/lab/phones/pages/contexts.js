// The same facts in every other context that a page can open.
const within = (promise, ms = 4000) => Promise.race([
  promise.catch((error) => ({ error: String(error) })),
  new Promise((done) => setTimeout(() => done({ error: "timeout" }), ms)),
]);

const framed = (name, set) => within(new Promise((done) => {
  addEventListener("message", (event) => {
    if (event.data && event.data.name === name) done(event.data.facts);
  });
  const frame = document.createElement("iframe");
  frame.name = name;
  frame.style.cssText = "width:300px;height:100px";
  set(frame);
  document.body.append(frame);
}));

async function blankFrame() {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  return readAll(frame.contentWindow);
}

const worked = (worker) => new Promise((done) => {
  worker.onmessage = (event) => done(event.data);
  worker.onerror = (event) => done({ error: event.message || "worker error" });
});

function blobWorker() {
  const source = `importScripts("${location.origin}/facts.js");readAll(self).then((f) => postMessage(f));`;
  return worked(new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" }))));
}

function sharedWorker() {
  return new Promise((done) => {
    const shared = new SharedWorker("/worker.js?role=shared");
    shared.onerror = () => done({ error: "shared worker error" });
    shared.port.onmessage = (event) => done(event.data);
    shared.port.start();
  });
}

async function serviceWorker() {
  await navigator.serviceWorker.register("/worker.js?role=service");
  const ready = await navigator.serviceWorker.ready;
  return new Promise((done) => {
    navigator.serviceWorker.addEventListener("message", (event) => done(event.data));
    ready.active.postMessage("facts");
  });
}

async function readContexts(elsewhere) {
  const inline = `<script src="${location.origin}/facts.js"><\/script><script>` +
    `readAll(self).then((facts) => parent.postMessage({ name: self.name, facts }, "*"));<\/script>`;
  const found = {
    frame: framed("frame", (frame) => { frame.src = "/frame.html"; }),
    cross_frame: framed("cross_frame", (frame) => { frame.src = elsewhere + "/frame.html"; }),
    sandboxed_frame: framed("sandboxed_frame", (frame) => {
      frame.sandbox = "allow-scripts"; frame.src = "/frame.html?sandboxed";
    }),
    blank_frame: within(blankFrame()),
    srcdoc_frame: framed("srcdoc_frame", (frame) => { frame.srcdoc = inline; }),
    worker: within(worked(new Worker("/worker.js?role=worker"))),
    nested_worker: within(worked(new Worker("/worker.js?role=outer"))),
    blob_worker: within(blobWorker()),
    shared_worker: within(Promise.resolve().then(sharedWorker)),
  };
  const names = Object.keys(found);
  const facts = await Promise.all(Object.values(found));
  return Object.fromEntries(names.map((name, place) => [name, facts[place]]));
}

async function makeRequests() {
  const xhr = () => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("GET", "/r/xhr");
    request.onloadend = () => done(request.status);
    request.send();
  });
  const socket = () => new Promise((done) => {
    const opened = new WebSocket(`wss://${location.host}/r/socket`);
    opened.onopen = () => { opened.close(); done("open"); };
    opened.onerror = () => done("error");
  });
  navigator.sendBeacon("/r/beacon", "x");
  await Promise.all([within(fetch("/r/fetch")), within(xhr()), within(socket())]);
}
