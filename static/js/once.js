"use strict";

// A form that was just posted is not posted again by a double click; a few seconds later, or back on the page, it may be.
(() => {
  const QUIET = 5000; // milliseconds
  const posted = new WeakMap(); // form -> when it was posted

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; // htmx sends it, or nothing changes
    if (Date.now() - (posted.get(form) ?? -QUIET) < QUIET) {
      event.preventDefault();
      return;
    }
    posted.set(form, Date.now());
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) posted.delete(form);
  });
})();
