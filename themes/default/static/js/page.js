// Adds what a page can do only in the browser. Every page is whole without it, and what is not
// needed at once is loaded when it is: reading.js, view.js and search.js.
(function () {
  "use strict";

  var script = document.currentScript;
  var root = script.getAttribute("data-root");
  var loading = {};

  // Loads another script of the site, once.
  function load(path) {
    loading[path] =
      loading[path] ||
      new Promise(function (resolve, reject) {
        var wanted = document.createElement("script");
        wanted.src = root + path;
        wanted.onload = resolve;
        wanted.onerror = function () {
          delete loading[path];
          reject(new Error(path));
        };
        document.head.append(wanted);
      });
    return loading[path];
  }

  // A copy of this page may be read long after it was built: whether its review is overdue is
  // judged by the reader's own clock.
  var notice = document.querySelector("[data-review-due]");
  if (notice && new Date() > new Date(notice.getAttribute("data-review-due") + "T23:59:59")) {
    notice.hidden = false;
  }

  // A sheet is for paper; the browser's own menu prints it without this button.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });

  // Some browsers give ticks back when one returns to a page: a form begins blank each time.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll(".ipt-form, .ipt-sheet").forEach(function (form) {
      form.querySelectorAll("input, textarea").forEach(function (control) {
        if (control.type === "checkbox" || control.type === "radio") {
          control.checked = false;
        } else {
          control.value = "";
        }
      });
    });
  });

  window.iptPage = {
    root: root,
    load: load,
    word: function (name) {
      return script.getAttribute("data-" + name) || "";
    }
  };

  // ---- what is loaded when it is needed ----

  if (document.querySelector(".ipt-contents, .ipt-figure .ipt-data")) load("static/js/reading.js");

  document.querySelectorAll(".ipt-settings").forEach(function (box, place) {
    box.addEventListener("toggle", function () {
      if (!box.open) return;
      load("static/js/view.js").then(function () {
        window.iptView(box, place);
      });
    });
    document.addEventListener("click", function (event) {
      if (box.open && !box.contains(event.target)) box.open = false;
    });
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !box.open) return;
      event.stopPropagation();
      box.open = false;
      box.firstElementChild.focus();
    });
  });

  // What is typed before the search is there is not lost.
  var typed = null;
  function search() {
    typed = typed || "";
    load("static/js/search.js")
      .then(function () {
        return window.iptSearch.ready();
      })
      .then(function () {
        window.iptSearch.open(typed);
      })
      .catch(function () {
        window.location.href = root + "search.html";
      })
      .finally(function () {
        typed = null;
      });
  }

  document.querySelectorAll("[data-search]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || typeof HTMLDialogElement === "undefined") return;
      event.preventDefault();
      search();
    });
  });

  document.addEventListener("keydown", function (event) {
    var plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (typed !== null && plain && event.key.length === 1) {
      typed += event.key;
      event.preventDefault();
      return;
    }
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    // A field in a dialog that was just closed keeps the focus until the page is drawn again.
    if (typing && typing.closest("dialog:not([open])")) typing = null;
    var slash = event.key === "/" && !typing && plain;
    var letter =
      event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !letter) return;
    event.preventDefault();
    search();
  });

  // The search page, a page that was opened from a result, and the first link that is pointed at.
  if (document.querySelector("[data-search-page]") || new URLSearchParams(window.location.search).has("mark"))
    load("static/js/search.js");
  ["mouseover", "focusin"].forEach(function (happening) {
    document.addEventListener(happening, function look(event) {
      if (!event.target.closest || !event.target.closest(".ipt-article a[href]")) return;
      if (
        happening === "mouseover"
          ? !window.matchMedia("(hover: hover)").matches
          : !event.target.matches(":focus-visible")
      )
        return;
      document.removeEventListener(happening, look);
      load("static/js/search.js");
    });
  });
})();
