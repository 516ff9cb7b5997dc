"use strict";

// Warns before leaving while something typed in <form data-warn-unsent> has been neither submitted nor saved by htmx.
(() => {
  const typed = new Map(); // control -> its value when it was last touched
  const sent = new WeakMap(); // element of a request -> [control, value] pairs that it carried

  const valueOf = (control) => (["checkbox", "radio"].includes(control.type) ? String(control.checked) : control.value);

  function touched(event) {
    const control = event.target;
    if (control.matches("input, select, textarea") && control.closest("form[data-warn-unsent]")) {
      typed.set(control, valueOf(control));
    }
  }

  function carried(element) {
    const scope = element.closest("[data-draft]") ?? element;
    return [...typed].filter(([control]) => scope === control || scope.contains(control));
  }

  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // htmx sends it; afterRequest says whether it arrived
    for (const control of event.target.elements) typed.delete(control);
  });
  document.addEventListener("htmx:beforeRequest", (event) => sent.set(event.detail.elt, carried(event.detail.elt)));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    for (const [control, value] of sent.get(event.detail.elt) ?? []) {
      if (typed.get(control) === value) typed.delete(control);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...typed.keys()].some((control) => control.isConnected)) event.preventDefault();
  });
})();
