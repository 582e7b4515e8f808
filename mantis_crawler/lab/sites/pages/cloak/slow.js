const begun = performance.now();
const reply = await (await fetch("/wait")).text();
return phone && reply === "ok" && performance.now() - begun > 2500 && !document.hidden;
