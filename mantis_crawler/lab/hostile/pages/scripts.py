"""Scripts that never end, or take all that there is."""

from mantis_crawler.lab.hostile.page import Group, runs, scripted, shown, static

_WORKER = "new Worker(URL.createObjectURL(new Blob([`{body}`])))"
_WASM = (
    "const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,97,0,0,"
    "10,9,1,7,0,3,64,12,0,11,11]);"
    "WebAssembly.instantiate(bytes).then((it) => it.instance.exports.a());"
)
"""A module whose one function is a loop without an end."""
_SHADER = """
const gl = document.body.appendChild(document.createElement('canvas')).getContext('webgl');
if (gl) {
  const program = gl.createProgram();
  const add = (kind, text) => { const it = gl.createShader(kind); gl.shaderSource(it, text);
    gl.compileShader(it); gl.attachShader(program, it); };
  add(gl.VERTEX_SHADER, 'attribute vec2 p; void main() { gl_Position = vec4(p, 0, 1); }');
  add(gl.FRAGMENT_SHADER, `precision highp float; void main() { float x = gl_FragCoord.x;
    for (int i = 0; i < 1000000; i++) x = sin(x) * cos(x) + 1.0; gl_FragColor = vec4(x); }`);
  gl.linkProgram(program); gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-3, -1, 1, 3, 1, -1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0); gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  const draw = () => { gl.drawArrays(gl.TRIANGLES, 0, 3); requestAnimationFrame(draw); }; draw();
}
"""
_CSS = (
    "<style>@property --n {syntax: '<number>'; inherits: true; initial-value: 0}"
    "@keyframes spin {to {--n: 1e6}} body {animation: spin 1s infinite}"
    "i {filter: blur(calc(var(--n) * 1px)); transform: rotate(calc(var(--n) * 1deg)); box-shadow: 0 0 400px}"
    "</style>"
)
_FOREVER = "const kept = []; setInterval(() => {{ {grow} }}, 20)"

GROUP = Group(
    name="scripts",
    pages=(
        runs("spin-at-once", "while(true) in the first script", "while (true);"),
        runs("spin-later", "while(true) after a third of a second", "while (true);", after=300),
        runs(
            "spin-in-timers",
            "every timer starts two more",
            "const f = () => { setTimeout(f); setTimeout(f);"
            " const t = Date.now(); while (Date.now() - t < 50); }; f();",
        ),
        runs(
            "spin-in-workers",
            "while(true) in eight workers",
            f"for (let i = 0; i < 8; i++) {_WORKER.format(body='while (true);')}",
        ),
        runs(
            "spin-in-promises", "microtasks without an end", "const f = () => Promise.resolve().then(f); f();"
        ),
        runs(
            "spin-in-frames",
            "work in every animation frame",
            "const f = () => { const t = performance.now();"
            " while (performance.now() - t < 200); requestAnimationFrame(f); }; f();",
        ),
        static(
            "spin-in-css", "an endless animation of filters", shown("spin-in-css", _CSS + "<i>x</i>" * 3000)
        ),
        runs(
            "spin-in-regex",
            "a regular expression that backtracks for ever",
            "/^(a+)+$/.test('a'.repeat(40) + '!')",
            after=200,
        ),
        runs("spin-in-wasm", "a loop without an end in WebAssembly", _WASM, after=200),
        runs("spin-in-gpu", "a shader of a million steps a pixel", _SHADER, after=200),
        runs(
            "spin-on-unload",
            "while(true) when the page is left",
            "onpagehide = onbeforeunload = onunload = () => { while (true); }",
        ),
        runs(
            "debugger-loop",
            "debugger statements without an end",
            "setInterval(() => { debugger; Function('debugger')(); }, 1)",
        ),
        runs(
            "memory-strings",
            "strings until there is no memory",
            _FOREVER.format(grow="kept.push(new Array(4e6).join(Math.random()))"),
            after=300,
        ),
        runs(
            "memory-buffers",
            "buffers outside the heap of scripts",
            _FOREVER.format(grow="kept.push(new Uint8Array(64e6).fill(1))"),
            after=300,
        ),
        runs(
            "memory-canvas",
            "canvases of 64 megapixels",
            _FOREVER.format(
                grow="const c = document.createElement('canvas'); c.width = c.height = 8000;"
                "c.getContext('2d').fillRect(0, 0, 8000, 8000); kept.push(c)"
            ),
            after=300,
        ),
        runs(
            "memory-in-workers",
            "four workers that fill their memory",
            "for (let i = 0; i < 4; i++) "
            + _WORKER.format(body="const k=[];setInterval(() => k.push(new Uint8Array(32e6).fill(1)), 20)"),
        ),
        runs(
            "memory-blobs",
            "blobs until the browser itself is full",
            _FOREVER.format(grow="kept.push(new Blob([new Uint8Array(16e6).fill(1)]))"),
            after=300,
        ),
        runs(
            "deep-stack",
            "recursion in getters, proxies and JSON",
            "const p = new Proxy({}, {get: (t, k, r) => r[k]});"
            "try { p.x } catch {} let o = {}; for (let i = 0; i < 1e6; i++) o = {o};"
            "try { JSON.stringify(o) } catch {} ",
        ),
        runs(
            "console-flood",
            "a hundred thousand lines and large objects in the console",
            "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(200), {i});"
            "setInterval(() => { for (let i = 0; i < 1e3; i++) console.error(i) }, 10)",
            after=200,
        ),
        runs(
            "error-flood",
            "errors and rejected promises without an end",
            "setInterval(() => { for (let i = 0; i < 200; i++) Promise.reject(new Error('x'.repeat(999)));"
            " throw new Error('y') }, 5)",
        ),
        runs(
            "eval-flood",
            "scripts made at run time, each another",
            "let i = 0; setInterval(() => { for (let k = 0; k < 200; k++) eval('var a' + i++ + ' = 1') }, 5)",
        ),
        static(
            "overwritten-world",
            "replaces what a reader of the page would call",
            scripted(
                "overwritten-world",
                "for (const n of Object.getOwnPropertyNames(Object.prototype)) if (n != '__proto__') try {"
                "Object.prototype[n] = () => { throw 1 } } catch {}"
                "JSON.stringify = Array.prototype.map = Promise.prototype.then = () => { while (true); };"
                "document.documentElement.remove = () => 0; window.Function = window.eval = null;",
                after=200,
            ),
        ),
    ),
)
