// What of a document a person can see, as geometry and style have it: text that is laid out and yet
// unseen (tiny, clear, of its ground's colour, off the page, cut off, covered, far below all else),
// text that style sheets draw, and which fields and links are there to be used. Nothing is changed.
// Run in a world of our own; the limits are filled in from outside.
((NODES, FIELDS, LINKS, STYLED, MILLISECONDS, SIZE) => {
  const root = document.documentElement;
  const body = document.body;
  if (!root || !body) return null;
  const end = performance.now() + MILLISECONDS;
  const [left, top] = [scrollX, scrollY];
  const [width, height] = [root.clientWidth || innerWidth, innerHeight];
  const TOUCH = 4;
  const FAR = 1.5 * height;
  const SOLID = new Set(['IMG', 'CANVAS', 'VIDEO', 'IFRAME', 'svg', 'OBJECT', 'EMBED', 'PICTURE']);
  const SILENT = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'TITLE', 'TEXTAREA', 'OPTION']);

  // What follows from what is around an element is asked from the top down: a page may nest as deep as it likes.
  const memo = (find) => {
    const known = new Map();
    return (element) => {
      if (known.has(element)) return known.get(element);
      const path = [];
      for (let here = element; here && !known.has(here); here = above(here)) path.push(here);
      for (const here of path.reverse()) if (!known.has(here)) known.set(here, find(here));
      return known.get(element);
    };
  };
  // The fields of a form stand in front of its own members: one of the name parentElement would lead in a circle.
  const native = (owner, name) => {
    const made = Object.getOwnPropertyDescriptor(owner.prototype, name);
    return (self, ...args) => (made.get || made.value).apply(self, args);
  };
  const above = native(Node, 'parentElement');
  const holds = native(Node, 'contains');
  const rectOf = native(Element, 'getBoundingClientRect');
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const rgba = (text) => {
    const parts = (/^rgba?\(([^)]*)\)/.exec(text) || ['', ''])[1].split(/[\s,/]+/).filter(Boolean).map(Number);
    return parts.length < 3 ? null : [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
  };
  const moves = (one) => parseFloat(one.transitionDuration) > 0 || one.animationName !== 'none';
  // [how much of it is left, whether what takes it away is about to end]
  const opacity = memo((element) => {
    const one = style(element);
    const [rest, moving] = above(element) ? opacity(above(element)) : [1, false];
    const own = /opacity\(0(?:%|\.0)?\)/.test(one.filter) ? 0 : parseFloat(one.opacity);
    return [own * rest, moving || (own < 0.1 && moves(one))];
  });
  const SHUT = /^(?:inset\((?:[5-9]\d|100)(?:\.\d+)?%|circle\(0|ellipse\(0|polygon\(0(?:px|%)? 0(?:px|%)?, 0)/;
  const page = (box) => [box.left + left, box.top + top, box.right + left, box.bottom + top];
  const meet = (one, other) => [
    Math.max(one[0], other[0]), Math.max(one[1], other[1]),
    Math.min(one[2], other[2]), Math.min(one[3], other[3]),
  ];
  const ALL = [-1e9, -1e9, 1e9, 1e9];
  // Where a box may be seen, as the boxes around it cut it off; what can be scrolled to is not cut off.
  const frame = memo((element) => {
    if (element === body || element === root) return ALL;
    const one = style(element);
    const around = one.position === 'fixed' ? null
      : one.position === 'absolute' ? element.offsetParent : above(element);
    let box = around ? frame(around) : ALL;
    const cuts = (way) => one[way] === 'hidden' || one[way] === 'clip';
    const rect = page(rectOf(element));
    const small = rect[2] - rect[0] < 20 || rect[3] - rect[1] < 20;
    if (one.display !== 'inline') {
      if (cuts('overflowX') || (small && one.overflowX !== 'visible')) box = meet(box, [rect[0], -1e9, rect[2], 1e9]);
      if (cuts('overflowY') || (small && one.overflowY !== 'visible')) box = meet(box, [-1e9, rect[1], 1e9, rect[3]]);
      if (SHUT.test(one.clipPath) || (one.position === 'absolute' && /^rect\(0|^rect\(1px/.test(one.clip))) box = [0, 0, 0, 0];
    }
    return box;
  });
  const held = memo((element) => {
    if (style(element).position === 'fixed') return element;
    return above(element) ? held(above(element)) : null;
  });
  // Words behind frosted glass are no words.
  const blurred = memo((element) => {
    const found = /blur\((\d+(?:\.\d+)?)px\)/.exec(style(element).filter);
    return (found && parseFloat(found[1]) >= 4) || Boolean(above(element) && blurred(above(element)));
  });
  const opaque = (element) => {
    if (opacity(element)[0] <= 0.9) return false;
    if (SOLID.has(element.tagName)) return true;
    const ground = rgba(style(element).backgroundColor);
    return (ground && ground[3] * opacity(element)[0] > 0.9) || /url\(|gradient\(/.test(style(element).backgroundImage);
  };
  const related = (one, other) => one === other || holds(one, other) || holds(other, one);
  // A layer that stays before the whole window, and lets nothing through.
  const layer = (() => {
    const found = new Map();
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
      const first = document.elementsFromPoint(x * width, y * height).find(opaque);
      const holder = first && held(first);
      if (holder) found.set(holder, (found.get(holder) || 0) + 1);
    }
    for (const [holder, count] of found) if (count === 9) return holder;
    return null;
  })();
  const stack = (box) => {
    const [x, y] = [(box[0] + box[2]) / 2 - left, (box[1] + box[3]) / 2 - top];
    if (x < 0 || y < 0 || x >= width || y >= height) return null;
    return document.elementsFromPoint(x, y);
  };
  // The colour that an element's text stands on; null where that is a picture, or cannot be told.
  const ground = (element, behind) => {
    const path = behind || [];
    if (!behind) for (let here = element; here; here = above(here)) path.push(here);
    for (const here of path) {
      if (SOLID.has(here.tagName)) return null;
      const one = style(here);
      if (one.backgroundImage !== 'none') return null;
      const colour = rgba(one.backgroundColor);
      if (!colour) return null;
      if (colour[3] > 0.95) return colour;
      if (colour[3] > 0.05) return null;
      if (!behind && one.position !== 'static' && here !== element) return null;
    }
    return [255, 255, 255, 1];
  };
  const covered = (element, pile) => {
    if (layer && !related(layer, element)) return true;
    const at = pile ? pile.findIndex((one) => one === element || holds(element, one)) : -1;
    return at > 0 && pile.slice(0, at).some((one) => !related(one, element) && opaque(one));
  };
  // Why a box that is laid out cannot be seen; empty if it can.
  const lost = (element, box) => {
    const shown = meet(frame(element), box);
    const [wide, high] = [shown[2] - shown[0], shown[3] - shown[1]];
    if (box[3] - box[1] < TOUCH || box[2] - box[0] < 1) return 'tiny';
    if (box[2] <= 0 || box[3] <= 0 || box[0] >= Math.max(width, innerWidth)) return 'off the page';
    if (wide < 2 || high < 2) return 'cut off';
    const [share, moving] = opacity(element);
    if (share < 0.1 && !(moving && box[1] > height)) return 'clear';
    if (blurred(element)) return 'blurred';
    return '';
  };
  const hidden = (element, box) => {
    const why = lost(element, box);
    if (why) return why;
    const one = style(element);
    if (parseFloat(one.fontSize) < TOUCH) return 'tiny';
    const pile = stack(box);
    if (covered(element, pile)) return 'covered';
    const colour = rgba(one.webkitTextFillColor || one.color);
    if (!colour || one.backgroundClip === 'text' || one.webkitBackgroundClip === 'text') return '';
    if (one.textShadow !== 'none' || parseFloat(one.webkitTextStrokeWidth) > 0) return '';
    if (colour[3] < 0.1) return 'clear';
    const at = pile ? pile.indexOf(element) : -1;
    const under = ground(element, at >= 0 ? pile.slice(at) : null);
    const near = under && [0, 1, 2].every((way) => Math.abs(under[way] - colour[way]) <= 10);
    return near ? 'of the colour of its ground' : '';
  };

  const pieces = [];
  const solids = [];
  const drawn = [];
  const range = document.createRange();
  const inline = memo((element) => /^(inline|contents|ruby)/.test(style(element).display) && style(element).float === 'none');
  const block = memo((element) => (above(element) && inline(element) ? block(above(element)) : element));
  const few = document.getElementsByTagName('*').length <= STYLED;
  const draws = (element, which) => {
    const content = getComputedStyle(element, which).content;
    const said = content && content !== 'none' && content !== 'normal' ? content.match(/"(?:[^"\\]|\\.)*"/g) : null;
    const text = said ? said.map((one) => one.slice(1, -1).replace(/\\(.)/g, '$1')).join('') : '';
    return /[\p{L}\p{N}]{2}/u.test(text) ? text.slice(0, 300) : '';
  };
  let [count, cut, size] = [0, false, 0];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (SILENT.has(node.nodeName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (performance.now() > end) cut = true;
    if (cut || count >= NODES || size > SIZE) { cut = true; break; }
    count += 1;
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (SOLID.has(node.tagName)) {
        const box = rectOf(node);
        if (box.width > 8 && box.height > 8) solids.push(page(box));
      }
      if (few) {
        for (const text of ['::before', '::after'].map((which) => draws(node, which)).filter(Boolean)) {
          const box = page(rectOf(node));
          if (!node.checkVisibility || !node.checkVisibility({ visibilityProperty: true })) continue;
          if (hidden(node, box)) continue;
          drawn.push(text);
          pieces.push({ text, at: block(node), box, why: '', drawn: true });
        }
      }
      continue;
    }
    const element = above(node);
    const raw = node.data;
    if (!element || !/\S/.test(raw)) {
      if (pieces.length && /\s/.test(raw)) pieces[pieces.length - 1].gap = true;
      continue;
    }
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (!range.getClientRects().length || style(element).visibility !== 'visible') continue;
    const change = style(element).textTransform;
    const text = (change === 'uppercase' ? raw.toUpperCase() : raw).replace(/\s+/g, ' ').slice(0, 20000);
    size += text.length;
    const box = page(rect);
    pieces.push({ text, at: block(element), box, why: hidden(element, box) });
  }

  // What begins more than a window and a half below all that is above it is not scrolled to.
  const spans = [...pieces.filter((one) => !one.why).map((one) => one.box), ...solids]
    .map((box) => [box[1], box[3]]).sort((one, other) => one[0] - other[0]);
  let edge = Infinity;
  let bottom = Math.min(height, spans.length ? spans[0][1] : 0);
  for (const [from, to] of spans) {
    if (from - bottom > FAR) { edge = from; break; }
    bottom = Math.max(bottom, to);
  }
  for (const one of pieces) if (!one.why && one.box[1] >= edge) one.why = 'far below';

  const why = {};
  // Words that stand apart on the screen are apart, whatever stands between them in the source.
  const apart = (one, other) => {
    const high = Math.min(one.box[3] - one.box[1], other.box[3] - other.box[1]);
    return other.box[0] - one.box[2] > high / 8 || Math.abs(other.box[1] - one.box[1]) > high / 2;
  };
  let text = '';
  let last = null;
  let parted = false;
  for (const one of pieces) {
    if (one.why) {
      why[one.why] = (why[one.why] || 0) + one.text.trim().length;
      continue;
    }
    if (last && last.at !== one.at) text = text.trimEnd() + '\n';
    else if (last && (last.gap || one.drawn || last.drawn)) text += ' ';
    else if (last && /\S$/.test(last.text) && /^\S/.test(one.text) && apart(last, one)) {
      text += ' ';
      parted = true;
    }
    text += last && last.at === one.at ? one.text : one.text.trimStart();
    last = one;
  }
  const differs = Object.keys(why).length > 0 || drawn.length > 0 || parted;

  // Of a page too large to go through, what was found counts where most of it cannot be seen.
  const most = Object.values(why).reduce((sum, one) => sum + one, 0) > text.length;

  const used = (element) => {
    const rect = rectOf(element);
    if (rect.width < 8 || rect.height < 8) return false;
    const one = style(element);
    if (one.visibility !== 'visible' || !element.getClientRects().length) return false;
    const box = page(rect);
    if (box[1] >= edge) return false;
    const pile = stack(box);
    if (lost(element, box) === 'clear' && pile && pile[0] === element) return one.pointerEvents !== 'none';
    return !lost(element, box) && !covered(element, pile);
  };
  const fields = [...document.querySelectorAll('input, textarea, select, [contenteditable], [role=textbox]')]
    .slice(0, FIELDS).map((element) => {
      const masked = /disc|circle|square/.test(style(element).webkitTextSecurity || '');
      const tag = element.tagName.toLowerCase();
      const said = ['name', 'id', 'placeholder', 'aria-label', 'autocomplete'];
      return [tag, used(element) ? 1 : 0, masked && element.type !== 'password' ? 1 : 0,
        Math.round(rectOf(element).width), String(element.type || '').slice(0, 20),
        said.map((name) => (element.getAttribute(name) || '').slice(0, 80)).filter(Boolean).join(' . ')];
    });
  const links = [];
  for (const element of [...document.querySelectorAll('a[href]')].slice(0, LINKS)) {
    if (performance.now() > end + MILLISECONDS) { cut = true; break; }
    const rects = element.getClientRects();
    const inside = element.firstElementChild;
    const rect = rects.length ? rectOf(element) : null;
    const box = rect && page(rect.height ? rect : inside ? rectOf(inside) : rect);
    const shown = box && style(element).visibility === 'visible' && box[1] < edge;
    links.push(shown && !(element.textContent.trim() ? hidden(element, box) : lost(element, box)) ? 1 : 0);
  }
  const screen = [left, top, left + width, top + height];
  const pictured = Math.max(0, ...solids.map((box) => {
    const part = meet(box, screen);
    return Math.max(part[2] - part[0], 0) * Math.max(part[3] - part[1], 0) / (width * height);
  }));
  return {
    text: differs && (!cut || most) ? text.trim() : null, why, drawn: drawn.slice(0, 50), fields,
    links: links.join(''), pictured: Math.round(pictured * 100) / 100, cut,
  };
})
