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
