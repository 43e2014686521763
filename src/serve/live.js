// Lets a page follow its manual: shown by `iptbook serve` only, and part of no built site.
//
// Small changes are made in the page as it is; where a script has been at work, or more than text changed,
// the page is loaded again, and the browser keeps the place. Mistakes stand over the page until they are mended.
(function () {
  "use strict";

  var me = document.currentScript;
  var run = Number(me.dataset.run);
  var version = Number(me.dataset.version);
  me.remove();
  // As it came, before other scripts change it.
  var before = comparable(document.documentElement.cloneNode(true));
  var overlay = null;
  var hidden = "";
  var asking = false;
  var again = false;

  // What scripts of the page add to, or follow: such parts are not exchanged, but loaded again.
  var ALIVE = "h1, h2, h3, h4, h5, h6, table, form, input, video, audio, script, link, style, details, dialog, nav, [popover]";

  // What is within `noscript` is text where scripts run, and elements where they do not.
  function comparable(page) {
    page.querySelectorAll("noscript").forEach(function (node) { node.textContent = ""; });
    return page;
  }

  function isAlive(node) {
    return node.nodeType === 1 && (node.matches(ALIVE) || node.querySelector(ALIVE) !== null);
  }

  function sameTag(a, b) {
    return a.nodeType === 1 && b.nodeType === 1 && a.cloneNode(false).isEqualNode(b.cloneNode(false));
  }

  // The nodes of the page that came as these, in their order; scripts may have put others between them. Null if one is
  // not there as it came.
  function shownAs(old, live) {
    var shown = [];
    var next = live.firstChild;
    for (var at = 0; at < old.length; at++) {
      while (next !== null && !isSame(old[at], next)) next = next.nextSibling;
      if (next === null) return null;
      shown.push(next);
      next = next.nextSibling;
    }
    return shown;
  }

  function isSame(old, live) {
    return old.nodeType === 1 ? sameTag(old, live) : old.isEqualNode(live);
  }

  // The changes that make `old`, which is shown as `live`, what `fresh` is; null if the page is to be loaded again.
  function changes(old, fresh, live) {
    if (old.isEqualNode(fresh)) return [];
    if (old.nodeType === 3 && fresh.nodeType === 3) {
      return live.nodeType === 3 && live.data === old.data
        ? [function () { live.data = fresh.data; }]
        : null;
    }
    if (!sameTag(old, fresh)) return null;
    // A table that was sorted has its rows in other places.
    if (old.matches("table") && !live.isEqualNode(old)) return null;
    var from = Array.from(old.childNodes);
    var to = Array.from(fresh.childNodes);
    var shown = shownAs(from, live);
    if (shown === null) return null;
    var begin = 0;
    while (begin < from.length && begin < to.length && from[begin].isEqualNode(to[begin])) begin++;
    var end = 0;
    while (
      end < from.length - begin && end < to.length - begin &&
      from[from.length - 1 - end].isEqualNode(to[to.length - 1 - end])
    ) end++;
    var gone = from.length - begin - end;
    var come = to.length - begin - end;
    if (gone === come) {
      var all = [];
      for (var at = begin; at < begin + gone; at++) {
        var inner = changes(from[at], to[at], shown[at]);
        if (inner === null) {
          inner = exchange(live, [from[at]], [shown[at]], [to[at]], shown[at + 1] || null);
        }
        if (inner === null) return null;
        all = all.concat(inner);
      }
      return all;
    }
    return exchange(
      live,
      from.slice(begin, begin + gone),
      shown.slice(begin, begin + gone),
      to.slice(begin, begin + come),
      shown[begin + gone] || null
    );
  }

  function exchange(parent, old, shown, fresh, next) {
    if (parent === document.documentElement || parent === document.head) return null;
    var asTheyCame = shown.every(function (node, at) { return node.isEqualNode(old[at]); });
    if (!asTheyCame || shown.some(isAlive) || fresh.some(isAlive)) return null;
    return [function () {
      shown.forEach(function (node) { node.remove(); });
      fresh.forEach(function (node) { parent.insertBefore(document.importNode(node, true), next); });
    }];
  }

  function update(told) {
    if (told.beside > version) return location.reload();
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    fetch(location.href, { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error("gone");
      return answer.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").documentElement;
      var script = fresh.querySelector("script[data-run]");
      var now = Number(script.dataset.version);
      script.remove();
      comparable(fresh);
      var made = changes(before.querySelector("body"), fresh.querySelector("body"), document.body);
      var isAround = sameTag(before, fresh) && before.querySelector("head").isEqualNode(fresh.querySelector("head"));
      if (made === null || !isAround) {
        return location.reload();
      }
      made.forEach(function (change) { change(); });
      before = fresh;
      version = now;
      asking = false;
      document.dispatchEvent(new CustomEvent("iptbook:updated", { detail: { changes: made.length } }));
      if (again) {
        again = false;
        update(told);
      }
    }).catch(function () {
      location.reload();
    });
  }

  // Mistakes are words of the manual and of the terminal: they are put in as text only.
  function show(mistakes) {
    var key = JSON.stringify(mistakes);
    if (overlay !== null) overlay.remove();
    overlay = null;
    // What was hidden is shown again when it comes back.
    if (mistakes.length === 0) hidden = "";
    if (mistakes.length === 0 || key === hidden) return;
    overlay = document.createElement("div");
    overlay.id = "iptbook-mistakes";
    var root = overlay.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ":host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 75vh; overflow: auto;" +
      " background: #1b1b1f; color: #f4f4f4; border-top: 0.4rem solid #d4351c; font: 1rem/1.5 sans-serif; }" +
      "section { padding: 1rem; } h2 { font-size: 1.15rem; margin: 0 6rem 0.25rem 0; } p { margin: 0 0 0.75rem; }" +
      "pre { margin: 0 0 0.75rem; padding: 0.75rem; overflow-x: auto; background: #2b2b31;" +
      " border-left: 0.3rem solid #ff7a66; font: 0.875rem/1.45 ui-monospace, monospace; }" +
      "pre.warning { border-left-color: #ffd166; }" +
      "button { position: absolute; top: 0.75rem; right: 1rem; font: inherit; padding: 0.35rem 0.9rem; color: inherit;" +
      " background: #1b1b1f; border: 2px solid currentColor; border-radius: 0.25rem; cursor: pointer; }" +
      "button:focus-visible, pre:focus-visible { outline: 3px solid #ffd166; outline-offset: 2px; }" +
      "@media print { :host { display: none; } }"
    );
    root.adoptedStyleSheets = [sheet];
    var section = document.createElement("section");
    section.lang = "en";
    section.dir = "ltr";
    section.setAttribute("role", "alert");
    var heading = document.createElement("h2");
    heading.textContent = mistakes.length === 1 ? "The manual has a problem" : "The manual has " + mistakes.length + " problems";
    var note = document.createElement("p");
    note.textContent = document.documentElement.hasAttribute("data-none")
      ? "You see the manual here as soon as you fix this."
      : "You still see the page as it was before. It is updated as soon as you fix this.";
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide";
    close.addEventListener("click", function () {
      hidden = key;
      overlay.remove();
      overlay = null;
    });
    section.append(heading, note);
    mistakes.forEach(function (mistake) {
      var drawn = document.createElement("pre");
      drawn.className = mistake.severity;
      drawn.tabIndex = 0;
      drawn.textContent = mistake.text;
      section.append(drawn);
    });
    root.append(section, close);
    document.body.append(overlay);
  }

  // A browser keeps few connections: only a page that is seen holds one.
  var source = null;

  function listen() {
    if (source !== null || document.visibilityState === "hidden") return;
    source = new EventSource("/.iptbook/live");
    source.addEventListener("message", function (event) {
      var told = JSON.parse(event.data);
      if (told.run !== run) return location.reload();
      show(told.mistakes);
      if (told.version > version) update(told);
    });
  }

  function rest() {
    if (source !== null) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") rest();
    else listen();
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
})();
