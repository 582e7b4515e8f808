// What pages and workers tell alike.
const navigatorOwner = global.Navigator ? Navigator.prototype : WorkerNavigator.prototype;

for (const name of worn.lacks) dropName(name);

if (navigator.platform !== worn.platform) onGetter(navigatorOwner, 'platform', () => worn.platform);

if (String(navigator.languages) !== String(worn.languages)) {
  const told = Object.freeze([...worn.languages]);
  onGetter(navigatorOwner, 'languages', () => told);
  if (navigator.language !== told[0]) onGetter(navigatorOwner, 'language', () => told[0]);
}

// Not read here first: so early in a frame's life that kills the headless shell's renderer.
if (worn.connection && global.NetworkInformation) {
  onGetter(NetworkInformation.prototype, 'type', () => worn.connection);
  onGetter(NetworkInformation.prototype, 'rtt', (real) => real || 100);
}

if (!worn.memory) drop(navigatorOwner, 'deviceMemory');
else if ('deviceMemory' in navigator && navigator.deviceMemory !== worn.memory)
  onGetter(navigatorOwner, 'deviceMemory', () => worn.memory);

if (worn.gpu) {
  const UNMASKED_VENDOR = 37445;
  const UNMASKED_RENDERER = 37446;
  const desktopTextures = /(s3tc|bptc|rgtc)/;
  for (const kind of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    const owner = global[kind] && global[kind].prototype;
    onMethod(owner, 'getParameter', (native, self, args) => {
      const real = apply(native, self, args);
      if (real === null) return real;
      if (args[0] === UNMASKED_VENDOR) return worn.gpu[0];
      if (args[0] === UNMASKED_RENDERER) return worn.gpu[1];
      return typeof real === 'string' && worn.vendor.startsWith('Apple') ? real.replace(/ \(.*Chromium\)$/, '') : real;
    });
    if (!worn.mobile) continue;
    onMethod(owner, 'getSupportedExtensions', (native, self, args) => {
      const real = apply(native, self, args);
      return real && real.filter((name) => !desktopTextures.test(name));
    });
    onMethod(owner, 'getExtension', (native, self, args) =>
      desktopTextures.test(String(args[0]).toLowerCase()) ? null : apply(native, self, args));
  }
}

// A private window keeps its databases in memory, where a safe write takes no longer than another one. On a
// phone's disk it does, and scripts measure that.
const clock = performance.now.bind(performance);
if (global.IDBDatabase) onMethod(IDBDatabase.prototype, 'transaction', (native, self, args) => {
  const made = apply(native, self, args);
  if (made.durability === 'strict' && made.mode === 'readwrite') for (const end = clock() + 2; clock() < end;);
  return made;
});

// Software stands for the adapter of WebGPU: it is told as the phone's, without what only desktops compress.
// All of that begins with one call, so that pages that do not make it are spared the rest.
if (global.GPU) {
  const [vendor, architecture] = worn.adapter;
  const told = () => {
    onGetter(GPUAdapterInfo.prototype, 'vendor', () => vendor);
    onGetter(GPUAdapterInfo.prototype, 'architecture', () => architecture);
    onGetter(GPUAdapterInfo.prototype, 'isFallbackAdapter', () => false);
    const foreign = worn.mobile ? /^chromium-|-bc(-|$)/ : /^chromium-|-(etc2|astc)(-|$)/;
    const owner = GPUSupportedFeatures.prototype;
    let skips = false;
    const skipping = (steps) => {
      if (!skips) onMethod(getPrototypeOf(steps), 'next', (native, self, args) => {
        let step = apply(native, self, args);
        while (!step.done && foreign.test(typeof step.value === 'string' ? step.value : step.value[0])) step = apply(native, self, args);
        return step;
      });
      skips = true;
      return steps;
    };
    for (const name of ['keys', 'entries', 'values']) onMethod(owner, name, (native, self, args) => skipping(apply(native, self, args)));
    defineProperty(owner, Symbol.iterator, { ...getOwnPropertyDescriptor(owner, Symbol.iterator), value: owner.values });
    onGetter(owner, 'size', (real, self) => [...self.values()].length);
    onMethod(owner, 'has', (native, self, args) => apply(native, self, args) && !foreign.test(args[0]));
    onMethod(owner, 'forEach', (native, self, [act, ...rest]) => {
      if (typeof act !== 'function') return apply(native, self, [act, ...rest]);
      return apply(native, self, [function (name, ...others) { return foreign.test(name) ? undefined : apply(act, this, [name, ...others]); }, ...rest]);
    });
  };
  let known = false;
  onMethod(GPU.prototype, 'requestAdapter', (native, self, args) => {
    if (!known) told();
    known = true;
    const found = apply(native, self, args);
    return vendor ? found : found.then(() => null);
  });
}
