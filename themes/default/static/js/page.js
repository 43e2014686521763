// Adds what a page can do only in the browser. Every page is whole without it.
(function () {
  "use strict";

  // A copy of this page may be read long after it was built: whether its review is overdue is
  // judged by the reader's own clock.
  var notice = document.querySelector("[data-review-due]");
  if (notice && new Date() > new Date(notice.getAttribute("data-review-due") + "T23:59:59")) {
    notice.hidden = false;
  }

  // A sheet is for paper; the browser's own menu prints it without this button.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
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
})();
