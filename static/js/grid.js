"use strict";

// Keyboard for <table data-grid>: arrows move between controls and rows (up and down with Ctrl to the first and the last
// row), 1-4 choose the row's level, Enter opens the row's reasons, Escape comes back. Without this script the sheet is an
// ordinary form with all reasons open.
(() => {
  const CONTROLS = "input:not([type=hidden]):not(:disabled), select:not(:disabled), [data-open-reasons]";
  const isTyping = (control) => control.matches("textarea, input:not([type=radio]):not([type=checkbox])");

  // One stop for each cell's radios: the chosen one, else the first.
  function stops(row) {
    return [...row.querySelectorAll(CONTROLS)].filter((control) => {
      if (control.type !== "radio") return true;
      const group = [...row.querySelectorAll(`input[type=radio][name="${CSS.escape(control.name)}"]`)];
      return control === (group.find((one) => one.checked) ?? group[0]);
    });
  }

  const place = (row, control) =>
    stops(row).findIndex((stop) => stop === control || (stop.type === "radio" && stop.name === control.name));

  function nextRow(row, step) {
    const rows = [...row.closest("table").querySelectorAll("tr[data-row]")];
    return rows[rows.indexOf(row) + step];
  }

  function focusOn(control) {
    if (!control) return;
    control.focus();
    if (isTyping(control)) control.select();
  }

  // As in a spreadsheet: the same column of the first or of the last row.
  function moveToEnd(row, control, key) {
    const rows = [...row.closest("table").querySelectorAll("tr[data-row]")];
    if (key === "ArrowDown") rows.reverse();
    const same = (one) => stops(one)[place(row, control)];
    focusOn(same(rows.find(same) ?? row));
  }

  function move(row, control, key) {
    if (key === "ArrowUp" || key === "ArrowDown") {
      const other = nextRow(row, key === "ArrowDown" ? 1 : -1);
      if (other) focusOn(stops(other)[place(row, control)] ?? stops(other)[0]);
      return;
    }
    focusOn(stops(row)[place(row, control) + (key === "ArrowRight" ? 1 : -1)]);
  }

  // Left and right stay inside a text until its edge.
  function insideText(control, key) {
    if (!isTyping(control) || control.selectionStart === null) return false;
    const all = control.selectionStart === 0 && control.selectionEnd === control.value.length;
    if (all) return false;
    return key === "ArrowLeft" ? control.selectionStart > 0 : key === "ArrowRight" && control.selectionEnd < control.value.length;
  }

  function choose(row, number) {
    const select = row.querySelector("select[data-level]:not(:disabled)");
    if (select) {
      const options = [...select.options].filter((option) => option.value !== "");
      if (!options[number - 1]) return;
      select.value = options[number - 1].value;
      announce(select);
      return;
    }
    const radio = row.querySelectorAll(".choices input[type=radio]:not(:disabled)")[number - 1];
    if (!radio || radio.checked) return;
    radio.checked = true;
    if (document.activeElement?.type === "radio" && row.contains(document.activeElement)) radio.focus();
    announce(radio);
  }

  function announce(control) {
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function reasonsOf(row) {
    const button = row.querySelector("[data-open-reasons]");
    return button && document.getElementById(button.dataset.openReasons);
  }

  function showReasons(row, open) {
    const reasons = reasonsOf(row);
    if (!reasons) return;
    reasons.hidden = !open;
    row.querySelector("[data-open-reasons]").setAttribute("aria-expanded", String(open));
    (open ? reasons.querySelector("textarea, input, select") : stops(row)[0])?.focus();
  }

  function onKey(event) {
    const control = event.target;
    if (!control.closest("table[data-grid]") || event.metaKey) return;
    if (event.ctrlKey) {
      const row = control.closest("tr[data-row]");
      if (!row || event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
      moveToEnd(row, control, event.key);
      event.preventDefault();
      return;
    }
    const reasons = control.closest("tr.reasons");
    if (reasons) {
      if (event.key === "Escape") showReasons(ownerOf(reasons), false);
      return;
    }
    const row = control.closest("tr[data-row]");
    if (!row) return;
    if (onRowKey(event, row, control)) event.preventDefault();
  }

  function onRowKey(event, row, control) {
    const digit = /^Digit([1-4])$/.exec(event.code) ?? /^Numpad([1-4])$/.exec(event.code);
    if (digit && (event.altKey || !isTyping(control))) {
      choose(row, Number(digit[1]));
      return true;
    }
    if (event.altKey) return false;
    if (event.key.startsWith("Arrow") && !insideText(control, event.key)) {
      move(row, control, event.key);
      return true;
    }
    if (event.key === "Enter" && reasonsOf(row) && !control.matches("a, summary")) {
      showReasons(row, reasonsOf(row).hidden);
      return true;
    }
    return false;
  }

  const ownerOf = (reasons) => document.querySelector(`[data-open-reasons="${CSS.escape(reasons.id)}"]`).closest("tr");

  function fold(root) {
    for (const reasons of root.querySelectorAll("table[data-grid] tr.reasons:not([data-keep-open])")) {
      reasons.hidden = !reasons.contains(document.activeElement);
    }
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open-reasons]");
    if (button) showReasons(button.closest("tr"), document.getElementById(button.dataset.openReasons).hidden);
  });
  fold(document);
})();
