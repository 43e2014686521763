// The reader's own colours and size of letters. page.js asks for it when the box is opened first.
(function () {
  "use strict";

  var page = document.documentElement;
  var KEPT = "ipt-settings";

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // Where nothing may be kept, a setting holds for this page.
  function storage(use) {
    try {
      return use(window.localStorage);
    } catch (error) {
      return null;
    }
  }

  function isKept() {
    return storage(function (store) {
      return store.getItem(KEPT) !== null;
    });
  }

  function keep(remember) {
    storage(function (store) {
      if (!remember) store.removeItem(KEPT);
      else
        store.setItem(
          KEPT,
          JSON.stringify({ colours: page.getAttribute("data-colours"), size: page.getAttribute("data-size") })
        );
    });
  }

  // Fills a box with what can be chosen and what is chosen now.
  window.iptView = function (box, place) {
    // The words stand once, at the box in the header.
    var words = document.querySelector(".ipt-settings[data-remember]");
    var word = function (name) {
      return words.getAttribute("data-" + name);
    };
    var remember = element("input");
    var inside = box.querySelector(".ipt-settings__box");
    inside.replaceChildren();

    var group = function (name, title, choices) {
      var set = element("fieldset", "ipt-settings__group");
      set.append(element("legend", "", title));
      choices.forEach(function (choice) {
        var label = element("label");
        var radio = element("input");
        radio.type = "radio";
        radio.name = "ipt-" + name + "-" + place;
        radio.checked = (page.getAttribute("data-" + name) || "") === choice[0];
        radio.addEventListener("change", function () {
          if (choice[0]) page.setAttribute("data-" + name, choice[0]);
          else page.removeAttribute("data-" + name);
          if (remember.checked) keep(true);
        });
        label.append(radio, " " + choice[1]);
        set.append(label);
      });
      inside.append(set);
    };
    group("colours", word("colours"), [
      ["", word("auto")],
      ["light", word("light")],
      ["dark", word("dark")]
    ]);
    group("size", word("size"), [
      ["", word("usual")],
      ["large", word("large")],
      ["larger", word("larger")]
    ]);

    remember.type = "checkbox";
    remember.checked = isKept();
    remember.addEventListener("change", function () {
      keep(remember.checked);
    });
    var label = element("label", "ipt-settings__remember");
    label.append(remember, " " + word("remember"));
    inside.append(label);
  };
})();
