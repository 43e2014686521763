// What can be seen of a page, measured inside it: functions for `evaluate`, and keys pressed one by one.

/**
 * What a reader misses, as a function for `evaluate`: text that is cut off, text over text, and what is
 * wider than the window.
 */
export const damage = () => {
  const width = document.documentElement.clientWidth;
  const short = (text) => JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 40));
  const name = (element) =>
    `<${element.tagName.toLowerCase()}${element.getAttribute('class') ? ` class="${element.getAttribute('class')}"` : ''}>`;
  const wrong = [];

  // For an element: the box that its text is clipped to, whether it scrolls, and whether it is for the ear only.
  const known = new Map();
  const around = (element) => {
    if (element === null || element === document.documentElement || element === document.body) {
      return { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity, scrolls: false, heard: false };
    }
    if (known.has(element)) return known.get(element);
    const clip = { ...around(element.parentElement) };
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.clipPath !== 'none' || style.clip !== 'auto') clip.heard = true;
    if (style.overflowX !== 'visible' && !(element instanceof SVGElement)) {
      clip.left = Math.max(clip.left, box.left);
      clip.right = Math.min(clip.right, box.right);
      clip.top = Math.max(clip.top, box.top);
      clip.bottom = Math.min(clip.bottom, box.bottom);
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) clip.scrolls = true;
    }
    known.set(element, clip);
    return clip;
  };

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE', 'OPTION', 'DESC', 'TITLE'].includes(element.tagName.toUpperCase()))
      continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
      continue;
    const clip = around(element);
    if (clip.heard) continue;
    const range = new Range();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2 || rect.right <= 0) continue;
      // Letters fill the middle of their line.
      const [across, down] =
        getComputedStyle(element).writingMode === 'horizontal-tb' ? [1, rect.height * 0.22] : [rect.width * 0.22, 1];
      const line = {
        node,
        element,
        left: rect.left + across,
        right: rect.right - across,
        top: rect.top + down,
        bottom: rect.bottom - down,
      };
      const out =
        line.left < clip.left - 1 ||
        line.right > clip.right + 1 ||
        line.top < clip.top - 1 ||
        line.bottom > clip.bottom + 1;
      if (out && !clip.scrolls) wrong.push(`${short(node.data)} in ${name(element)} is cut off`);
      if (out) continue;
      if (!clip.scrolls && (line.right > width + 1 || line.left < -1))
        wrong.push(
          `${short(node.data)} in ${name(element)} reaches from ${Math.round(line.left)} to ${Math.round(line.right)} px`,
        );
      lines.push(line);
    }
  }

  lines.sort((one, other) => one.top - other.top);
  for (let at = 0; at < lines.length; at += 1) {
    const one = lines[at];
    for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - 2; next += 1) {
      const other = lines[next];
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) < 2) continue;
      wrong.push(
        `${short(one.node.data)} in ${name(one.element)} and ${short(other.node.data)} in ${name(other.element)} stand over each other`,
      );
    }
  }

  for (const control of document.querySelectorAll('button, summary, label, [class*="link"]')) {
    if (
      control.checkVisibility() &&
      getComputedStyle(control).overflow === 'hidden' &&
      !around(control).heard &&
      control.scrollWidth > control.clientWidth + 1
    ) {
      wrong.push(`${name(control)} cuts off ${short(control.textContent)}`);
    }
  }

  const wide = document.scrollingElement.scrollWidth;
  if (wide > width + 1) wrong.push(`the page is ${wide} px wide in a window of ${width}`);
  return [...new Set(wrong)].slice(0, 6);
};

/** How much of the window's height is covered by what does not scroll with the page, from 0 to 1; for `evaluate`. */
export const covered = () => {
  window.scrollTo(0, document.documentElement.scrollHeight / 2);
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const stays = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { position } = getComputedStyle(each);
      // What sticks beside the text (a list of links) covers nothing.
      if ((position === 'fixed' || position === 'sticky') && each.getBoundingClientRect().width > width * 0.6)
        return true;
    }
    return false;
  };
  let rows = 0;
  let all = 0;
  for (let y = 1; y < height; y += 3) {
    all += 1;
    if ([0.1, 0.5, 0.9].some((share) => stays(document.elementFromPoint(width * share, y)))) rows += 1;
  }
  window.scrollTo(0, 0);
  return rows / all;
};

/**
 * Where the focus is and how it shows, as a function for `evaluate`: null outside of the page; `again`
 * where it has been before.
 */
export const focused = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  window.iptBeen ??= new Set();
  const again = window.iptBeen.has(element);
  window.iptBeen.add(element);

  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const boxes = element instanceof SVGElement ? [element.getBoundingClientRect()] : [...element.getClientRects()];
  const parts = boxes
    .map((box) => ({
      left: Math.max(box.left, 0),
      right: Math.min(box.right, width),
      top: Math.max(box.top, 0),
      bottom: Math.min(box.bottom, height),
    }))
    .filter((part) => part.right - part.left > 1 && part.bottom - part.top > 1);
  let points = 0;
  let free = 0;
  for (const part of parts) {
    for (const [across, down] of [
      [0.5, 0.5],
      [0.1, 0.2],
      [0.9, 0.2],
      [0.1, 0.8],
      [0.9, 0.8],
    ]) {
      const top = document.elementFromPoint(
        part.left + (part.right - part.left) * across,
        part.top + (part.bottom - part.top) * down,
      );
      points += 1;
      // Between the letters of a link in a picture there is the picture.
      if (
        top &&
        (element.contains(top) ||
          top.contains(element) ||
          top.closest('label')?.contains(element) ||
          element.closest('svg')?.contains(top))
      )
        free += 1;
    }
  }
  const style = getComputedStyle(element);
  const kind = (each) => `${each.tagName.toLowerCase()}.${[...each.classList].join('.')}`;
  return {
    again,
    kind: `${kind(element.parentElement.closest('[class]') ?? document.body)} > ${kind(element)}`,
    name: `<${element.tagName.toLowerCase()}> ${JSON.stringify((element.textContent || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 40))}`,
    ring: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
    onScreen: parts.length > 0,
    free: points ? free / points : 0,
    box: parts[0] ?? null,
  };
};

/** Presses Tab from the top until the focus leaves the page or comes round; gives what `focused` says at each stop. */
export async function tabThrough(tab, most = 1500, atStop = async () => {}) {
  const stops = [];
  await tab.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  while (stops.length < most) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(focused);
    if (stop === null || stop.again) return { stops, ended: true };
    stops.push(stop);
    await atStop(stop);
  }
  return { stops, ended: false };
}

/** How many stops a page should have: what can be reached by Tab, a group of radio buttons counted once; for `evaluate`. */
export const reachable = () => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.disabled &&
      element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
  );
  const groups = new Set();
  return all.filter((element) => element.type !== 'radio' || (!groups.has(element.name) && groups.add(element.name)))
    .length;
};
