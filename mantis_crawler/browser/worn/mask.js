// Functions of ours that look like the engine's own: each stands over a native one, whose name,
// length, source and errors it keeps. A site that asks in another realm sees a native function too.
const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect;
const global = globalThis;
const shown = new WeakMap();
const recall = shown.get.bind(shown);
const remember = shown.set.bind(shown);

// An error that comes through a mask tells of the page's calls alone, as the native function's would.
const ourFrames = /(?:\n    at (?:[^\n(]* \()?<anonymous>:\d+:\d+\)?)*\n    at Object\.(?:apply|setPrototypeOf) \(<anonymous>:\d+:\d+\)/g;
const firstIsOurs = /^[^\n]*\n    at (?:[^\n(]* \()?<anonymous>:\d+:\d+/;
const { captureStackTrace } = Error;
const tidied = (error, trap) => {
  if (!(error instanceof Error) && !(error instanceof global.DOMException)) return error;
  const read = Error.prepareStackTrace ? undefined : error.stack;
  if (typeof read === 'string' && !(trap && firstIsOurs.test(read))) error.stack = read.replace(ourFrames, '');
  else if (trap) captureStackTrace(error, trap);
  return error;
};

const mask = (native, act) => {
  const trap = {
    apply(at, self, args) {
      try { return act(at, self, args); } catch (error) { throw tidied(error, trap.apply); }
    },
    // A function cannot inherit from itself; a proxy of one would, and never end to look something up.
    setPrototypeOf(at, parent) {
      for (let above = parent; above; above = getPrototypeOf(above)) {
        if (above !== masked) continue;
        const error = new TypeError('Cyclic __proto__ value');
        if (/\n    at Reflect\.setPrototypeOf \(<anonymous>\)/.test(error.stack)) return false;
        throw tidied(error, trap.setPrototypeOf);
      }
      return setPrototypeOf(at, parent);
    },
  };
  const masked = new Proxy(native, trap);
  remember(masked, native);
  return masked;
};

// For what the engine lacks altogether: its source is told as the engine would print it.
const named = (text, made) => {
  remember(made, text);
  return made;
};

const ownerOf = (path) => path.split('.').reduce((at, key) => (at === undefined || at === null ? at : at[key]), global);

const onGetter = (owner, name, answer) => {
  const found = owner && getOwnPropertyDescriptor(owner, name);
  if (!found || !found.get || !found.configurable) return;
  found.get = mask(found.get, (native, self, args) => answer(apply(native, self, args), self));
  defineProperty(owner, name, found);
};

const onMethod = (owner, name, act) => {
  const found = owner && getOwnPropertyDescriptor(owner, name);
  if (!found || typeof found.value !== 'function' || !found.configurable) return;
  found.value = mask(found.value, act);
  defineProperty(owner, name, found);
};

const drop = (owner, name) => {
  if (owner) delete owner[name];
};

// "Interface.member" goes from the prototype, from the constructor, or from the one instance there is. An
// interface is made when it is first asked for, so it is asked for once: its members stand side by side.
let asked = '';
let made;
const dropName = (name) => {
  const [owner, member] = name.split('.');
  if (member === undefined) return drop(global, owner);
  if (owner === 'Navigator' && global.WorkerNavigator) drop(WorkerNavigator.prototype, member);
  if (owner !== asked) {
    made = (getOwnPropertyDescriptor(global, owner) || {}).value;
    asked = owner;
  }
  if (made) {
    drop(made.prototype, member);
    drop(made, member);
  }
  if (owner === 'Window') drop(global, member);
};

const sourceOf = Function.prototype.toString;
onMethod(Function.prototype, 'toString', (native, self, args) => {
  const known = typeof self === 'function' ? recall(self) : undefined;
  if (typeof known === 'string') return known;
  return apply(native, known === undefined ? self : known, args);
});
