// A form goes once, however often its button is pressed. (The server, too, acts once.)

/** Guard every form that posts. */
export function guardSubmits() {
  for (const form of document.querySelectorAll('form[method="post"]')) {
    // Without the fragment that a skip link leaves: it would take the focus from the problems.
    if (!form.hasAttribute("action")) {
      form.action = location.pathname + location.search;
    }
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
      } else if (!event.defaultPrevented) {
        form.dataset.sent = "yes";
        form.setAttribute("aria-busy", "true");
      }
    });
  }
  // A page brought back by the browser's "back" may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });
}
