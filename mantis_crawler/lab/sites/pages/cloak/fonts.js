const probe = document.body.appendChild(document.createElement("span"));
probe.textContent = "mmmmmmmlliWQ@";
probe.style.cssText = "position:absolute;font-size:72px";
const width = (family) => { probe.style.fontFamily = family; return probe.offsetWidth; };
const has = (name) => ["serif", "monospace"].some((base) => width(`'${name}',${base}`) !== width(base));
const others = ["DejaVu Sans", "Liberation Sans", "Segoe UI"].some(has);
const shown = phone && has(iphone ? "Helvetica Neue" : "Roboto") && !others;
probe.remove();
return shown;
