"use strict";

// Saves a rating sheet field by field. Every [data-draft] remembers, in page memory only, which of its fields are typed
// but not acknowledged; each request carries all of them with the value the page had seen, so that a lost connection
// (connection.js sends "resend") loses nothing and a repeated request changes nothing.
(() => {
  const CONTROLS = "input:not([type=hidden]), select, textarea";
  const unsaved = new WeakMap(); // draft -> Set of names
  const seen = new Map(); // name -> the value that the server has, as far as this page knows
  const carried = new WeakMap(); // XMLHttpRequest -> Map(name -> value)

  const drafts = () => [...document.querySelectorAll("[data-draft]")];
  const namesOf = (draft) => unsaved.get(draft) ?? unsaved.set(draft, new Set()).get(draft);
  const group = (name) => [...document.getElementsByName(name)].filter((control) => control.matches(CONTROLS));
  const fieldOf = (name, field) => name.endsWith(`-${field}`);

  function valueOf(name) {
    const controls = group(name);
    if (controls[0]?.type === "radio") return controls.find((one) => one.checked)?.value ?? "";
    if (controls[0]?.type === "checkbox") return controls[0].checked ? "yes" : "";
    return controls[0]?.value ?? "";
  }

  function setValue(name, value) {
    for (const control of group(name)) {
      if (control.type === "radio") control.checked = control.value === value;
      else if (control.type === "checkbox") control.checked = value === "yes";
      else control.value = value;
    }
  }

  function learn(root) {
    for (const control of root.querySelectorAll(`[data-draft] :is(${CONTROLS})`)) {
      if (!seen.has(control.name)) seen.set(control.name, valueOf(control.name));
    }
  }

  function count() {
    const left = drafts().reduce((sum, draft) => sum + namesOf(draft).size, 0);
    const mark = document.getElementById("unsaved");
    if (!mark) return;
    mark.hidden = left === 0;
    mark.textContent = left === 0 ? "" : `${left} ô chưa lưu`;
  }

  // Before htmx sees the change: note it, and keep level and reason-for-none apart as the server does.
  function touched(event) {
    const control = event.target;
    const draft = control.closest?.("[data-draft]");
    if (!draft || !control.name || !control.matches(CONTROLS)) return;
    if (valueOf(control.name) === seen.get(control.name)) namesOf(draft).delete(control.name);
    else namesOf(draft).add(control.name);
    if (fieldOf(control.name, "not_rated_reason") && control.value) yieldTo(draft, "proposed_level");
    if (fieldOf(control.name, "proposed_level")) yieldTo(draft, "not_rated_reason");
    count();
  }

  function yieldTo(draft, field) {
    const name = `${draft.dataset.key}-${field}`;
    setValue(name, "");
    seen.set(name, "");
    namesOf(draft).delete(name);
  }

  document.addEventListener("input", touched, true);
  document.addEventListener("change", touched, true);

  document.addEventListener("htmx:configRequest", (event) => {
    const draft = event.detail.elt;
    if (!draft.matches("[data-draft]")) return;
    const names = namesOf(draft);
    if (names.size === 0) {
      event.preventDefault();
      return;
    }
    const { parameters } = event.detail;
    const key = draft.dataset.key;
    parameters[`${key}-version`] = document.getElementById(`v-${key}`).value;
    const values = new Map([...names].map((name) => [name, valueOf(name)]));
    for (const [name, value] of values) {
      parameters[name] = value;
      parameters[`was-${name}`] = seen.get(name) ?? "";
    }
    draft.carrying = values;
  });

  document.addEventListener("htmx:beforeSend", (event) => {
    const draft = event.detail.elt;
    if (draft.matches("[data-draft]")) carried.set(event.detail.xhr, draft.carrying);
  });

  // A page that is not ours (signed out meanwhile, a fault) saved nothing: say so and keep what was typed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const draft = event.detail.requestConfig.elt;
    if (!draft.matches("[data-draft]") || event.detail.xhr.getResponseHeader("X-Draft")) return;
    event.detail.shouldSwap = false;
    event.detail.isError = true;
    const plain = (event.detail.xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
    const words = plain ? event.detail.xhr.responseText : "Chưa lưu được. Có thể phiên đăng nhập đã hết: mở cửa sổ khác để đăng nhập lại, rồi sửa ô này để lưu.";
    const mark = document.createElement("p");
    mark.className = "saved-wrong";
    mark.textContent = words;
    document.getElementById(`m-${draft.dataset.key}`)?.replaceChildren(mark);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const draft = event.detail.elt;
    const values = carried.get(event.detail.xhr);
    if (!values || event.detail.xhr.getResponseHeader("X-Draft") !== "saved") return;
    for (const [name, value] of values) {
      seen.set(name, value);
      if (valueOf(name) === value) namesOf(draft).delete(name);
    }
    count();
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target?.id === "totals") count();
  });
  document.addEventListener("htmx:afterSettle", count);

  // Two values of one field: keep mine (over theirs, knowingly) or take theirs.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep], [data-take]");
    if (!button) return;
    const name = button.dataset.keep ?? button.dataset.take;
    const draft = button.closest("[data-draft]");
    seen.set(name, button.dataset.theirs);
    if (button.dataset.take) {
      setValue(name, button.dataset.theirs);
      namesOf(draft).delete(name);
      button.closest(".clash").remove();
      count();
      return;
    }
    namesOf(draft).add(name);
    draft.dispatchEvent(new CustomEvent("resend"));
  });

  // 1-4 on "tự nhận" give the member's own level; grid.js gives the proposed one everywhere else.
  document.addEventListener("keydown", (event) => {
    const control = event.target;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (!digit || !control.matches?.("select[data-own]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const option = control.options[Number(digit[1])];
    event.preventDefault();
    event.stopPropagation();
    if (!option) return;
    control.value = option.value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);

  // A link of the list "chưa xong" may lead into a folded row: open it first.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#missing a[href^='#']");
    if (!link) return;
    const control = document.getElementById(link.hash.slice(1));
    const folded = control?.closest("tr.reasons");
    if (folded?.hidden) {
      folded.hidden = false;
      document.querySelector(`[data-open-reasons="${folded.id}"]`)?.setAttribute("aria-expanded", "true");
    }
    const stop = control?.matches(CONTROLS) ? control : control?.querySelector(CONTROLS);
    if (!stop) return;
    event.preventDefault();
    stop.focus();
    stop.closest("tr, label")?.scrollIntoView({ block: "center" });
  });

  learn(document);
  // What a whole-page save gave back unsaved still waits.
  for (const wrong of document.querySelectorAll(".clash [data-keep]")) {
    const name = wrong.dataset.keep;
    seen.set(name, wrong.dataset.theirs);
    namesOf(wrong.closest("[data-draft]")).add(name);
  }
  count();
})();
