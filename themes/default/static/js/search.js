// The search: loads the index of the manual on the first query, piece by piece, and answers from it.
// Everything works from a disk: classic scripts only, nothing is fetched and nothing is stored.
// What the pieces look like is told in src/render/search/mod.rs. Their constants are not here but in search/index.js.
(function () {
  "use strict";

  var root = window.iptPage.root;
  var SHOWN = 20;
  // A glossary entry names what a chapter tells, a case shows it, and the others are about it.
  var KINDS = { term: 0.5, case: 0.85, worksheet: 0.95, measure: 0.95, evidence: 0.93 };
  // A word in more than this share of pages need not be there.
  var FREQUENT = 0.25;
  // Fewer answers than this are too few; then so many more are given that lack a word.
  var FEW = 3;
  var MORE = 8;

  // ---- the pieces of the index ----

  var head = null;
  // The values of the letters that numbers are written with.
  var values = {};
  var radix = 0;
  // The Arabic article, alone or with the word of one letter before it.
  var article = null;
  var termFiles = [];
  var pageFiles = [];

  window.iptSearch = {
    start: function (given) {
      head = given;
      Array.from(head.digits).forEach(function (digit, value) {
        values[digit] = value;
      });
      radix = head.digits.length / 2;
      article = new RegExp("^(?:" + head.articles.join("|") + ")(?=.{3})", "u");
      head.first = [];
      head.pageOf = [];
      var read = reader(head.units);
      for (var page = 0; !read.done(); page += 1) {
        head.first.push(head.pageOf.length);
        for (var count = read.number(); count > 0; count -= 1) head.pageOf.push(page);
      }
      head.common = new Set(head.common);
      head.small = new Set(head.small);
    },
    terms: function (number, lines) {
      termFiles[number] = parsed(lines);
    },
    pages: function (number, rows) {
      pageFiles[number] = rows;
    },
    // A test compares these two with what Rust does.
    words: wordsOf,
    numbers: function (text) {
      var read = reader(text);
      var numbers = [];
      while (!read.done()) numbers.push(read.number());
      return numbers;
    }
  };

  function load(name) {
    return window.iptPage.load("search/" + name + ".js");
  }

  function reader(text) {
    var at = 0;
    return {
      done: function () {
        return at >= text.length;
      },
      number: function () {
        var number = 0;
        for (var place = 1; ; place *= radix) {
          var value = values[text[at]];
          at += 1;
          number += (value % radix) * place;
          if (value < radix) return number;
        }
      }
    };
  }

  function parsed(lines) {
    var words = [];
    var places = [];
    var before = "";
    lines.split("\n").forEach(function (line) {
      if (!line) return;
      var space = line.indexOf(" ");
      var letters = Array.from(before).slice(0, parseInt(line[0], 36)).join("");
      before = letters + line.slice(1, space);
      words.push(before);
      places.push(line.slice(space + 1));
    });
    return { words: words, places: places };
  }

  // ---- words ----

  function fold(word) {
    return Array.from(word.normalize("NFC").toLowerCase())
      .map(function (letter) {
        var plain = head.fold[letter];
        return plain === undefined ? letter.normalize("NFKD").replace(/[\p{M} ]/gu, "") : plain;
      })
      .join("")
      .replace(article, "");
  }

  var RUN = /[\p{Alphabetic}\p{N}\p{M}]+(?:[-‐‑]+[\p{Alphabetic}\p{N}\p{M}]+)*/gu;

  function isWorth(word) {
    return Array.from(word).length > 1 || /^\p{N}$/u.test(word);
  }

  // Every word of a text: folded whole, its parts, and where it stands.
  function wordsOf(text) {
    var found = [];
    var run;
    RUN.lastIndex = 0;
    while ((run = RUN.exec(text))) {
      var parts = run[0]
        .split(/[-‐‑]+/)
        .map(fold)
        .filter(Boolean);
      var whole = parts.join("");
      if (isWorth(whole)) {
        found.push({
          whole: whole,
          parts: parts.length > 1 ? parts.filter(isWorth) : [],
          from: run.index,
          to: RUN.lastIndex
        });
      }
    }
    return found;
  }

  // Whether two words are no more than `most` slips apart: a letter more, less, other, or two exchanged.
  function isNear(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    var before = [];
    var last = [];
    for (var column = 0; column <= other.length; column += 1) last[column] = column;
    for (var row = 1; row <= one.length; row += 1) {
      var next = [row];
      var least = row;
      for (column = 1; column <= other.length; column += 1) {
        var same = one[row - 1] === other[column - 1];
        next[column] = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
          next[column] = Math.min(next[column], before[column - 2] + 1);
        }
        least = Math.min(least, next[column]);
      }
      if (least > most) return false;
      before = last;
      last = next;
    }
    return last[other.length] <= most;
  }

  function slips(word) {
    if (word.length < 4 || /\p{N}/u.test(word)) return 0;
    return word.length < 8 ? 1 : 2;
  }

  // ---- looking words up ----

  // The files in which words between two words may stand.
  function filesBetween(from, to) {
    var found = [];
    head.terms.forEach(function (first, number) {
      var next = head.terms[number + 1];
      if (first <= to && (next === undefined || next > from)) found.push(number);
    });
    return found;
  }

  function withFiles(numbers) {
    return Promise.all(
      numbers.map(function (number) {
        return load("terms-" + number);
      })
    );
  }

  // How many letters two words begin with alike.
  function alike(one, other) {
    var at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return at;
  }

  // How well a known word fits a word: itself, its plural or singular, a word that it begins, another form of it.
  function fitOf(word, known) {
    if (known === word) return 1;
    var same = alike(word, known);
    if (same >= 3 && /^(e?s)?$/.test(word.slice(same)) && /^(e?s)?$/.test(known.slice(same))) return 0.95;
    if (word.length > 1 && same === word.length) return 0.35 + (0.4 * word.length) / known.length;
    if (
      word.length > 4 &&
      same >= Math.max(4, word.length - 3) &&
      known.length - same <= 3 &&
      !/\p{N}/u.test(word + known)
    ) {
      return 0.3 + (0.35 * same) / Math.max(word.length, known.length);
    }
    return 0;
  }

  // The words of the index that a word may mean, with how well they fit.
  function meant(word) {
    var begin = word.length > 4 && !/\p{N}/u.test(word) ? word.slice(0, Math.max(4, word.length - 3)) : word;
    var numbers = filesBetween(begin, begin + "\uffff");
    return withFiles(numbers).then(function () {
      var fitting = [];
      var met = new Set();
      numbers.forEach(function (number) {
        var file = termFiles[number];
        file.words.forEach(function (known, at) {
          var fit = known.startsWith(begin.slice(0, 3)) ? fitOf(word, known) : 0;
          if (!fit) return;
          met.add(known);
          fitting.push({ word: known, places: file.places[at], fit: fit });
        });
      });
      // A long word may be a slip even where the manual has it: "counseling" stands in a reference only.
      var most = fitting.length ? Number(word.length > 6 && slips(word) > 0) : slips(word);
      if (!most) return fitting;
      // A large index, or for a known word, is searched for slips only among words with the same beginning.
      var narrow = fitting.length || head.terms.length > 12;
      var near = narrow ? filesBetween(word.slice(0, 2), word.slice(0, 2) + "\uffff") : Array.from(head.terms.keys());
      return withFiles(near).then(function () {
        near.forEach(function (number) {
          var file = termFiles[number];
          file.words.forEach(function (known, at) {
            if (met.has(known) || /\p{N}/u.test(known) || !isNear(word, known, most)) return;
            fitting.push({ word: known, places: file.places[at], fit: isNear(word, known, 1) ? 0.55 : 0.4 });
          });
        });
        return fitting;
      });
    });
  }

  // Where a word stands: for each unit its best place and all positions.
  function standing(fitting) {
    var units = new Map();
    var pages = new Set();
    fitting.forEach(function (candidate) {
      var read = reader(candidate.places);
      var page = 0;
      var unit = 0;
      var more = false;
      while (!read.done()) {
        var step;
        if (more) {
          step = read.number();
          unit += step >> 2;
          more = (step & 2) > 0;
        } else {
          step = read.number();
          page += step >> 1;
          more = (step & 1) > 0;
          step = read.number();
          unit = head.first[page] + (step >> 1);
        }
        var count = step & 1 ? read.number() + 2 : 1;
        var found = units.get(unit);
        if (!found) units.set(unit, (found = { weight: 0, positions: [] }));
        pages.add(page);
        var isTitle = head.first[page] === unit;
        for (var position = 0; count > 0; count -= 1) {
          position += read.number();
          var weight = position >= head.keywords ? 8 : position >= head.heads ? (isTitle ? 12 : 5) : isTitle ? 1.3 : 1;
          found.weight = Math.max(found.weight, weight * candidate.fit);
          found.positions.push(position);
        }
      }
    });
    return { units: units, pages: pages };
  }

  // How closely the words of a query stand together in a unit: 1 for side by side.
  function closeness(lists) {
    var best = Infinity;
    lists[0].forEach(function (start) {
      var low = start;
      var high = start;
      lists.slice(1).forEach(function (positions) {
        var near = positions.reduce(function (one, other) {
          return Math.abs(other - start) < Math.abs(one - start) ? other : one;
        });
        low = Math.min(low, near);
        high = Math.max(high, near);
      });
      best = Math.min(best, high - low);
    });
    return 1 / Math.max(1, best - lists.length + 2);
  }

  // Whether somebody may be in danger: words of danger, also begun or misspelt. A word that the
  // manual itself uses is not taken for a slip of another.
  function isDanger(words, known) {
    return head.danger.some(function (phrase) {
      return phrase.split(" ").every(function (wanted) {
        return words.some(function (word, at) {
          var typed = word.whole;
          if (typed === wanted) return true;
          if (wanted.length < 5 || typed.length < 5) return false;
          return wanted.startsWith(typed) || (!known[at] && isNear(typed, wanted, wanted.length > 6 ? 2 : 1));
        });
      });
    });
  }

  // Answers a query: pages, best first, each with the unit that fits best.
  function answer(query) {
    return load("index").then(function () {
      var words = wordsOf(query);
      if (!words.length) return { pages: [], marks: new Set(), danger: false };
      return Promise.all(
        words.map(function (word) {
          return meant(word.whole).then(function (fitting) {
            if (fitting.length || !word.parts.length) return [fitting];
            return Promise.all(word.parts.map(meant));
          });
        })
      ).then(function (groups) {
        var marks = new Set();
        var looked = [];
        var known = groups.map(function (group) {
          return group[0].some(function (candidate) {
            return candidate.fit === 1;
          });
        });
        groups.forEach(function (group, at) {
          group.forEach(function (fitting) {
            var found = standing(fitting);
            // A small word says little, and a frequent one may be missing; neither is marked.
            found.isSmall = head.small.has(words[at].whole);
            found.isCommon = head.common.has(words[at].whole);
            found.optional =
              words.length > 1 && (found.isSmall || found.isCommon || found.pages.size > FREQUENT * head.first.length);
            fitting.forEach(function (candidate) {
              var isSure = candidate.fit > 0.6 || !known[at];
              if (isSure && (words.length === 1 || !(found.isSmall || found.isCommon))) marks.add(candidate.word);
            });
            looked.push(found);
          });
        });
        var needed = looked.filter(function (found) {
          return !found.optional;
        });
        if (!needed.length) needed = looked;
        var all = new Set();
        looked.forEach(function (found) {
          found.pages.forEach(function (page) {
            all.add(page);
          });
        });
        var pages = [];
        var others = [];
        all.forEach(function (page) {
          var there = needed.filter(function (found) {
            return found.pages.has(page);
          });
          if (there.length === needed.length) pages.push(scored(page, looked));
          else if (there.length) others.push([page, sumOf(there) / sumOf(needed)]);
        });
        // Two words are meant together. Where hardly a page has every word of a sentence, those with most
        // of what they say are answers too.
        if (pages.length < FEW && words.length > 2) {
          var partly = others
            .filter(function (other) {
              return other[1] >= 0.5;
            })
            .map(function (other) {
              var one = scored(other[0], looked);
              one.score *= Math.pow(other[1], 1.5);
              return one;
            });
          partly.sort(byScore);
          pages = pages.concat(partly.slice(0, MORE));
        }
        pages.sort(byScore);
        return { pages: pages, marks: marks, danger: isDanger(words, known) };
      });
    });
  }

  function scored(page, looked) {
    var from = head.first[page];
    var to = page + 1 < head.first.length ? head.first[page + 1] : head.pageOf.length;
    var best = [];
    var times = [];
    looked.forEach(function () {
      best.push(0);
      times.push(0);
    });
    var large = looked.filter(function (found) {
      return !found.isSmall;
    });
    var unit = { at: from, fit: -1 };
    var most = 0;
    for (var at = from; at < to; at += 1) {
      var fit = 0;
      var score = 0;
      var lists = [];
      for (var word = 0; word < looked.length; word += 1) {
        var found = looked[word].units.get(at);
        if (!found) continue;
        best[word] = Math.max(best[word], found.weight);
        times[word] += found.positions.length;
        fit += found.weight + 2;
        score += 0.4 * (found.weight + 2) * rarity(looked[word]);
        if (!looked[word].isSmall) lists.push(found.positions);
      }
      if (!fit) continue;
      var close = lists.length === large.length && lists.length > 1 ? 12 * closeness(lists) : 0;
      if (fit + close > unit.fit) unit = { at: at, fit: fit + close };
      most = Math.max(most, score + close);
    }
    var sum = most;
    looked.forEach(function (found, word) {
      sum += rarity(found) * (best[word] + Math.log(1 + times[word]));
    });
    return { page: page, unit: unit.at - from, score: sum * (KINDS[kindOf(page)[0]] || 1) };
  }

  function byScore(one, other) {
    return other.score - one.score || one.page - other.page;
  }

  function rarity(found) {
    if (found.isSmall) return 0.3;
    // Only the titles of a common word are known, so they cannot be counted.
    if (found.isCommon) return 0.7;
    return Math.log(1 + head.first.length / (found.pages.size + 1));
  }

  function sumOf(list) {
    return list.reduce(function (sum, found) {
      return sum + rarity(found);
    }, 0);
  }

  function detailsOf(results) {
    var blocks = Array.from(
      new Set(
        results.map(function (result) {
          return Math.floor(result.page / head.block);
        })
      )
    );
    return Promise.all(
      blocks.map(function (block) {
        return load("pages-" + block);
      })
    ).then(function () {
      return results.map(function (result) {
        var row = pageFiles[Math.floor(result.page / head.block)][result.page % head.block];
        var unit = row[3][result.unit] || [];
        var heading = unit[0] || "";
        return {
          title: row[0],
          url: row[1],
          summary: row[2],
          heading: heading,
          anchor: unit.length > 1 ? unit[1] : slug(heading),
          kind: kindOf(result.page)
        };
      });
    });
  }

  // The anchor that a heading of plain letters has by the usual rule, see `slug` in src/model/markdown.rs.
  function slug(heading) {
    return heading
      .toLowerCase()
      .replace(/[ \t\n]/g, "-")
      .replace(/[^a-z0-9_-]/g, "")
      .replace(/^-+|-+$/g, "");
  }

  function kindOf(page) {
    return head.kind_names[values[head.kinds[page]]];
  }

  // ---- what the reader sees ----

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function isMarked(word, marks) {
    return (
      marks.has(word.whole) ||
      word.parts.some(function (part) {
        return marks.has(part);
      })
    );
  }

  // A text with the words of the query marked.
  function marked(parent, text, marks) {
    var written = 0;
    wordsOf(text).forEach(function (word) {
      if (!isMarked(word, marks)) return;
      parent.append(text.slice(written, word.from), element("mark", "", text.slice(word.from, word.to)));
      written = word.to;
    });
    parent.append(text.slice(written));
  }

  function item(found, marks) {
    var made = element("li", "ipt-result");
    var link = element("a", "ipt-result__title");
    link.href =
      root + found.url + (found.anchor && found.url.indexOf("#") < 0 ? "#" + encodeURIComponent(found.anchor) : "");
    marked(link, found.title, marks);
    // The page marks the words when it is opened from here; the address itself stays plain.
    link.addEventListener("click", function () {
      var parts = link.getAttribute("href").split("#");
      link.href =
        parts[0].split("?")[0] +
        "?mark=" +
        encodeURIComponent(Array.from(marks).slice(0, 12).join(" ")) +
        (parts[1] ? "#" + parts[1] : "");
    });
    made.append(link, " ");
    var kind = element("span", "ipt-result__kind", found.kind[0] === "page" ? "" : found.kind[1]);
    made.append(kind);
    if (found.heading) {
      var where = element("span", "ipt-result__where");
      var around = head.words["search-in"].split("{0}");
      where.append(around[0]);
      marked(where, found.heading, marks);
      where.append(around[1] || "");
      made.append(where);
    }
    if (found.summary) {
      var summary = element("span", "ipt-result__summary");
      marked(summary, found.summary, marks);
      made.append(summary);
    }
    return made;
  }

  // The search as a piece of a page: a field, kinds to choose from, and the results.
  function panel(inDialog) {
    var box = element("div", "ipt-search");
    box.setAttribute("role", "search");
    var label = element("label", "ipt-search__label");
    var field = element("input", "ipt-search__field");
    field.type = "search";
    field.id = inDialog ? "search-dialog-field" : "search-field";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.setAttribute("enterkeyhint", "search");
    label.htmlFor = field.id;
    var hint = element("p", "ipt-search__hint");
    hint.id = field.id + "-hint";
    field.setAttribute("aria-describedby", hint.id);
    var status = element("p", "ipt-search__status");
    status.setAttribute("role", "status");
    var kinds = element("div", "ipt-search__kinds");
    kinds.setAttribute("role", "group");
    var results = element("ol", "ipt-search__results");
    if (!inDialog) results.id = "search-results";
    var more = element("button", "ipt-search__more");
    more.type = "button";
    more.hidden = true;
    box.append(label, field, hint, status, kinds, results, more);

    var asked = 0;
    var kind = "";
    var shown = SHOWN;

    load("index").then(function () {
      label.textContent = head.words["search-label"];
      hint.textContent = head.words["search-hint"];
      more.textContent = head.words["search-more"];
      kinds.setAttribute("aria-label", head.words["search-all-kinds"]);
    });

    function show() {
      asked += 1;
      var mine = asked;
      return answer(field.value)
        .then(function (found) {
          if (mine !== asked) return null;
          var counts = new Map();
          found.pages.forEach(function (result) {
            var of = kindOf(result.page);
            counts.set(of[0], { name: of[1], count: (counts.get(of[0]) || { count: 0 }).count + 1 });
          });
          if (kind && !counts.has(kind)) kind = "";
          var wanted = found.pages.filter(function (result) {
            return !kind || kindOf(result.page)[0] === kind;
          });
          if (found.danger && head.safety !== null) {
            wanted = [{ page: head.safety, unit: 0, first: true }].concat(
              wanted.filter(function (result) {
                return result.page !== head.safety;
              })
            );
          }
          return detailsOf(wanted.slice(0, shown)).then(function (details) {
            if (mine !== asked) return;
            titlesFirst(wanted, details, found.marks);
            nameFirst(wanted, details);
            draw(found, wanted, details, counts);
          });
        })
        .catch(function () {
          status.textContent = "";
        });
    }

    // The more of a title the query names, the better it fits. The first answers only, so that more of them keep their order.
    function titlesFirst(wanted, details, marks) {
      var order = details.slice(0, SHOWN).map(function (one, at) {
        var words = wordsOf(one.title).filter(function (word) {
          return !head.small.has(word.whole);
        });
        var named = words.filter(function (word) {
          return isMarked(word, marks);
        });
        var begins = words.length && named[0] === words[0];
        var share = words.length ? named.length / words.length : 0;
        var score = wanted[at].first ? Infinity : wanted[at].score * (1 + 0.3 * share + (begins ? 0.05 : 0));
        return { wanted: wanted[at], details: one, score: score };
      });
      order.sort(function (one, other) {
        return other.score - one.score;
      });
      order.forEach(function (one, at) {
        wanted[at] = one.wanted;
        details[at] = one.details;
      });
    }

    // A chapter that is called exactly as the query comes before what only has its words.
    function nameFirst(wanted, details) {
      var name = function (text) {
        return wordsOf(text)
          .map(function (word) {
            return word.whole;
          })
          .join(" ");
      };
      var query = name(field.value);
      var from = wanted.length && wanted[0].first ? 1 : 0;
      for (var at = from, next = from; at < details.length; at += 1) {
        if (details[at].kind[0] === "term" || name(details[at].title) !== query) continue;
        details.splice(next, 0, details.splice(at, 1)[0]);
        wanted.splice(next, 0, wanted.splice(at, 1)[0]);
        next += 1;
      }
    }

    function draw(found, wanted, details, counts) {
      results.replaceChildren();
      details.forEach(function (one, at) {
        var made = item(one, found.marks);
        if (wanted[at].first) {
          made.classList.add("ipt-result--safety");
          made.prepend(element("strong", "ipt-result__danger", head.words["search-danger"]), " ");
        }
        results.append(made);
      });
      more.hidden = wanted.length <= shown;
      kinds.replaceChildren();
      if (counts.size > 1) {
        kinds.append(choice("", head.words["search-all-kinds"], found.pages.length));
        Array.from(counts)
          .sort(function (one, other) {
            return other[1].count - one[1].count || (one[1].name < other[1].name ? -1 : 1);
          })
          .forEach(function (entry) {
            kinds.append(choice(entry[0], entry[1].name, entry[1].count));
          });
      }
      var form = new Intl.PluralRules(document.documentElement.lang || "en").select(wanted.length);
      var many = (head.found[form] || head.found.other).replace("{0}", wanted.length);
      status.textContent = !wordsOf(field.value).length ? "" : wanted.length ? many : head.words["search-none"];
    }

    function choice(name, text, count) {
      var button = element("button", "ipt-search__kind", text + " (" + count + ")");
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === name));
      button.addEventListener("click", function () {
        kind = name;
        shown = SHOWN;
        show().then(function () {
          var pressed = kinds.querySelector('[aria-pressed="true"]');
          if (pressed) pressed.focus();
        });
      });
      return button;
    }

    var waiting = 0;
    field.addEventListener("input", function () {
      shown = SHOWN;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(show, 60);
      if (!inDialog) remember();
    });

    function remember() {
      try {
        window.history.replaceState(
          null,
          "",
          field.value ? "?q=" + encodeURIComponent(field.value) : window.location.pathname
        );
      } catch (error) {
        // A page on a disk keeps its address.
      }
    }

    more.addEventListener("click", function () {
      var before = results.children.length;
      shown += SHOWN;
      show().then(function () {
        var next = results.children[before];
        if (next) next.querySelector("a").focus();
      });
    });

    // Arrows walk through the field and the results.
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target === field) {
        event.preventDefault();
        window.clearTimeout(waiting);
        show().then(function () {
          var first = results.querySelector("a");
          if (first && inDialog) first.click();
          else if (first) first.focus();
        });
      }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      var stops = [field].concat(Array.from(results.querySelectorAll("a")));
      var at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      event.preventDefault();
      var next = stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length];
      next.focus();
    });

    return { box: box, field: field, show: show };
  }

  // ---- the page of its own, and the dialog on every other ----

  var place = document.querySelector("[data-search-page]");
  if (place) {
    var page = panel(false);
    place.append(page.box);
    page.field.value = new URLSearchParams(window.location.search).get("q") || "";
    if (page.field.value) page.show();
    else page.field.focus({ preventScroll: true });
  }

  var dialog = null;
  var inside = null;
  var looks = place ? Promise.resolve() : null;

  // Resolves when the looks of the search are there.
  window.iptSearch.ready = function () {
    if (!looks) {
      looks = new Promise(function (resolve) {
        var sheet = element("link");
        sheet.rel = "stylesheet";
        sheet.href = root + "static/css/search.css";
        sheet.onload = sheet.onerror = resolve;
        var before = document.querySelector('link[media="print"]');
        before.parentNode.insertBefore(sheet, before);
      });
    }
    return looks;
  };

  function ask(panel, words) {
    if (!words) return;
    panel.field.value = words;
    panel.show();
  }

  // Opens the search, with words that were typed already.
  window.iptSearch.open = function (words) {
    if (place) {
      page.field.focus();
      ask(page, words);
      return;
    }
    if (!dialog) {
      dialog = element("dialog", "ipt-search-dialog");
      inside = panel(true);
      var close = element("button", "ipt-search-dialog__close");
      close.type = "button";
      load("index").then(function () {
        close.textContent = head.words["search-close"];
        dialog.setAttribute("aria-label", head.words.search);
      });
      close.addEventListener("click", function () {
        dialog.close();
      });
      dialog.addEventListener("click", function (event) {
        if (event.target === dialog) dialog.close();
      });
      dialog.append(inside.box, close);
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    inside.field.select();
    inside.field.focus();
    ask(inside, words);
  };

  // ---- what a link leads to ----

  // A very large manual would have to load too much for one line.
  var MOST_BLOCKS = 12;
  var byUrl = null;

  function summaries() {
    return load("index").then(function () {
      var blocks = Math.ceil(head.first.length / head.block);
      if (blocks > MOST_BLOCKS) return new Map();
      if (byUrl) return byUrl;
      var all = [];
      for (var block = 0; block < blocks; block += 1) all.push(load("pages-" + block));
      return Promise.all(all).then(function () {
        byUrl = new Map();
        pageFiles.forEach(function (rows) {
          rows.forEach(function (row) {
            byUrl.set(row[1], row[2]);
          });
        });
        return byUrl;
      });
    });
  }

  var base = new URL(root || "./", window.location.href).href;
  var preview = null;
  var previewed = null;
  var soon = 0;

  function showPreview(link) {
    var address = link.href.split("?")[0];
    if (!address.startsWith(base) || address.split("#")[0] === window.location.href.split(/[?#]/)[0]) return;
    var url = address.slice(base.length);
    summaries().then(function (known) {
      var text = known.get(url) || known.get(url.split("#")[0]);
      if (!text || previewed !== link) return;
      if (!preview) {
        preview = element("div", "ipt-preview");
        preview.id = "link-preview";
        preview.setAttribute("role", "tooltip");
        preview.addEventListener("mouseleave", hidePreview);
        document.body.append(preview);
      }
      preview.textContent = text;
      preview.hidden = false;
      link.setAttribute("aria-describedby", preview.id);
      // A link that goes over two lines is left free as a whole.
      var lines = link.getClientRects();
      var place = { left: lines[0].left, top: lines[0].top, bottom: lines[lines.length - 1].bottom };
      var room = document.documentElement.clientWidth - preview.offsetWidth - 8;
      var below = place.bottom + preview.offsetHeight + 8 < window.innerHeight;
      preview.style.left = Math.max(8, Math.min(place.left, room)) + window.scrollX + "px";
      preview.style.top = (below ? place.bottom : place.top - preview.offsetHeight) + window.scrollY + "px";
    });
  }

  function hidePreview() {
    window.clearTimeout(soon);
    if (previewed) previewed.removeAttribute("aria-describedby");
    previewed = null;
    if (preview) preview.hidden = true;
  }

  function previewable(target) {
    var link = target.closest && target.closest(".ipt-article a[href]");
    return link &&
      !link.closest(".ipt-card, .ipt-result, svg") &&
      !link.matches(".ipt-citation, .ipt-anchor, [download]")
      ? link
      : null;
  }

  function begin(event, wait) {
    var link = previewable(event.target);
    if (!link || link === previewed) return;
    hidePreview();
    previewed = link;
    soon = window.setTimeout(showPreview, wait, link);
  }

  if (window.matchMedia("(hover: hover)").matches) {
    document.addEventListener("mouseover", function (event) {
      begin(event, 350);
    });
    document.addEventListener("mouseout", function (event) {
      // The pointer may go over to the words themselves.
      if (previewed && previewable(event.target) === previewed && event.relatedTarget !== preview) hidePreview();
    });
  }
  document.addEventListener("focusin", function (event) {
    if (event.target.matches(":focus-visible")) begin(event, 150);
  });
  document.addEventListener("focusout", hidePreview);
  // This script came because of the first link.
  var first = document.querySelector(".ipt-article a:focus-visible") || document.querySelector(".ipt-article a:hover");
  if (first) begin({ target: first }, 150);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hidePreview();
  });

  // A page that was opened from a result marks the words.
  var wanted = new URLSearchParams(window.location.search).get("mark");
  if (wanted && window.CSS && CSS.highlights) {
    load("index").then(function () {
      var marks = new Set(wanted.split(" "));
      var ranges = [];
      var walker = document.createTreeWalker(document.getElementById("content"), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        var node = walker.currentNode;
        wordsOf(node.data).forEach(function (word) {
          if (!isMarked(word, marks)) return;
          var range = new Range();
          range.setStart(node, word.from);
          range.setEnd(node, word.to);
          ranges.push(range);
        });
      }
      CSS.highlights.set("ipt-search", new Highlight(...ranges));
    });
  }
})();
