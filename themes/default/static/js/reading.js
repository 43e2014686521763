// Helps while reading: links to headings, the place in the list of contents, and tables that can be
// sorted, filtered and copied. page.js asks for it where there is one of them.
(function () {
  "use strict";

  var word = window.iptPage.word;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(className, text) {
    var made = element("button", className, text);
    made.type = "button";
    return made;
  }

  // What has been done is said to those who do not see it.
  var status = element("p", "ipt-hidden");
  status.setAttribute("role", "status");
  document.body.append(status);

  function say(text) {
    status.textContent = "";
    window.setTimeout(function () {
      status.textContent = text;
    }, 50);
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () {
        return copyOld(text);
      });
    }
    return Promise.resolve(copyOld(text));
  }

  // On a disk a page may not use the clipboard directly.
  function copyOld(text) {
    var field = element("textarea", "ipt-hidden");
    field.value = text;
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done;
  }

  // ---- links to headings ----

  document.querySelectorAll(".ipt-article :is(h2, h3)[id]").forEach(function (heading) {
    var link = element("a", "ipt-anchor", "#");
    link.href = "#" + encodeURIComponent(heading.id);
    link.setAttribute("aria-label", word("copy-link").replace("{0}", heading.textContent.trim()));
    link.addEventListener("click", function () {
      copy(link.href).then(function () {
        say(word("copied"));
      });
    });
    heading.append(" ", link);
  });

  // ---- the place in the list of contents ----

  var entries = new Map();
  document.querySelectorAll('.ipt-contents a[href^="#"]').forEach(function (link) {
    var target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (target) entries.set(target, link);
  });
  if (entries.size && window.IntersectionObserver) {
    var targets = Array.from(entries.keys());
    var mark = function () {
      var current = targets[0];
      targets.forEach(function (target) {
        if (target.getBoundingClientRect().top < window.innerHeight * 0.3) current = target;
      });
      entries.forEach(function (link, target) {
        if (target === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    var observer = new IntersectionObserver(mark, { rootMargin: "-10% 0px -60% 0px" });
    targets.forEach(function (target) {
      observer.observe(target);
    });
    window.addEventListener("scroll", mark, { passive: true });
    mark();
  }

  // ---- tables ----

  function cellText(cell) {
    var copied = cell.cloneNode(true);
    copied.querySelectorAll("[aria-hidden], svg, button").forEach(function (hidden) {
      hidden.remove();
    });
    copied.querySelectorAll("li + li").forEach(function (item) {
      item.prepend("; ");
    });
    return copied.textContent.replace(/\s+/g, " ").trim();
  }

  function sortable(table, tools) {
    var body = table.tBodies[0];
    var heads = Array.from(table.tHead.rows[0].cells);
    var names = heads.map(cellText);
    Array.from(body.rows).forEach(function (row, at) {
      row.iptPlace = at;
    });

    // By a column, falling or rising; by none, as the page has it.
    function sort(column, falling) {
      heads.forEach(function (head, at) {
        if (at === column) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      choice.value = column < 0 ? "" : column + (falling ? "-" : "+");
      var key = function (row) {
        if (column < 0) return "";
        var cell = row.cells[column];
        return cell.hasAttribute("data-sort") ? cell.getAttribute("data-sort") : cellText(cell);
      };
      Array.from(body.rows)
        .map(function (row) {
          return { row: row, key: key(row) };
        })
        .sort(function (one, other) {
          // What is empty comes last, whichever way.
          if (!one.key !== !other.key) return one.key ? -1 : 1;
          var order = one.key.localeCompare(other.key, document.documentElement.lang, { numeric: true });
          if (one.key !== "" && other.key !== "" && !isNaN(one.key) && !isNaN(other.key)) order = one.key - other.key;
          return (falling ? -order : order) || one.row.iptPlace - other.row.iptPlace;
        })
        .forEach(function (entry) {
          body.append(entry.row);
        });
    }

    // Where rows become lines of words there are no heads to press.
    var label = element("label", "ipt-tools__sort", word("sort-by") + " ");
    var choice = element("select");
    choice.autocomplete = "off";
    choice.setAttribute("aria-label", word("sort-by"));
    choice.append(new Option(word("sort-none"), ""));
    names.forEach(function (name, column) {
      choice.append(new Option(word("sort-rising").replace("{0}", name), column + "+"));
      choice.append(new Option(word("sort-falling").replace("{0}", name), column + "-"));
    });
    choice.addEventListener("change", function () {
      sort(choice.value === "" ? -1 : parseInt(choice.value, 10), choice.value.endsWith("-"));
    });
    label.append(choice);
    tools.append(label);

    heads.forEach(function (head, column) {
      var press = button("ipt-sort");
      press.setAttribute("aria-label", word("sort-by") + " " + names[column]);
      press.addEventListener("click", function () {
        sort(column, head.getAttribute("aria-sort") === "ascending");
      });
      head.append(" ", press);
    });
  }

  function filterable(table, tools) {
    var label = element("label", "ipt-tools__filter", word("filter") + " ");
    var field = element("input");
    field.type = "search";
    field.autocomplete = "off";
    label.append(field);
    field.addEventListener("input", function () {
      var wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      Array.from(table.tBodies[0].rows).forEach(function (row) {
        var text = row.textContent.toLowerCase();
        var fits = wanted.every(function (one) {
          return text.includes(one);
        });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      say(word("rows").replace("{0}", shown));
    });
    tools.append(label);
  }

  document.querySelectorAll(".ipt-figure .ipt-data").forEach(function (table) {
    // The page keeps room for the tools, so that nothing moves when they come.
    var tools = table.parentElement.previousElementSibling;
    if (tools && tools.matches(".ipt-tools--sort")) {
      sortable(table, tools);
      if (tools.matches(".ipt-tools--filter")) filterable(table, tools);
    }
    var copied = button("ipt-tools__copy", word("copy-table"));
    copied.addEventListener("click", function () {
      var rows = [table.tHead.rows[0]].concat(
        Array.from(table.tBodies[0].rows).filter(function (row) {
          return !row.hidden;
        })
      );
      var text = rows
        .map(function (row) {
          return Array.from(row.cells).map(cellText).join("\t");
        })
        .join("\n");
      copy(text).then(function () {
        say(word("copied"));
      });
    });
    var after = table.parentElement.nextElementSibling;
    if (after && after.matches(".ipt-tools--after")) after.append(copied);
  });
})();
