importScripts("/facts.js");
const role = new URL(location.href).searchParams.get("role") || "worker";
const answer = async (send) => {
  const facts = await readAll(self);
  await fetch("/r/" + role).catch(() => {});
  send(facts);
};
if (role === "shared") self.onconnect = (event) => answer((facts) => event.ports[0].postMessage(facts));
else if (role === "service") {
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("message", (event) => answer((facts) => event.source.postMessage(facts)));
} else if (role === "outer") {
  const inner = new Worker("/worker.js?role=nested");
  inner.onmessage = (event) => postMessage(event.data);
  inner.onerror = () => postMessage({ error: "no nested worker" });
} else answer((facts) => postMessage(facts));
