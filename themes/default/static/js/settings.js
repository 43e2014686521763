// Light or dark, and the size of letters, as soon as the page is read: in the midst of it, it would be drawn in
// two steps, and jump. Only what a reader asked to be remembered is on the device.
(function () {
  "use strict";
  try {
    var kept = JSON.parse(window.localStorage.getItem("ipt-settings") || "{}");
    if (kept.colours === "light" || kept.colours === "dark")
      document.documentElement.setAttribute("data-colours", kept.colours);
    if (kept.size === "large" || kept.size === "larger") document.documentElement.setAttribute("data-size", kept.size);
  } catch (error) {
    // Nothing is kept, or nothing may be read: the device's own settings hold.
  }
})();
