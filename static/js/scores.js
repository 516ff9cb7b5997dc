"use strict";

// Sums points while one types: every [data-sum] inside a [data-scores] shows the sum of the inputs whose path begins with
// its own. Counts in hundredths, never in floating point. Without this script the page shows the sums after saving.
(() => {
  const NUMBER = /^(\d{1,3})(?:[.,](\d{1,2}))?$/;

  // Hundredths, null for nothing typed, undefined for what is no number.
  function hundredths(text) {
    const trimmed = text.trim();
    if (trimmed === "") return null;
    const found = NUMBER.exec(trimmed);
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : undefined;
  }

  function written(value) {
    const rest = String(value % 100).padStart(2, "0").replace(/0+$/, "");
    return rest ? `${Math.floor(value / 100)},${rest}` : String(Math.floor(value / 100));
  }

  function count(scope) {
    const inputs = [...scope.querySelectorAll("input[data-path]")];
    const typed = inputs.map((input) => [input.dataset.path, hundredths(input.value)]);
    for (const output of scope.querySelectorAll("[data-sum]")) {
      const below = typed.filter(([path]) => path.startsWith(output.dataset.sum));
      output.textContent = written(below.reduce((sum, [, value]) => sum + (value ?? 0), 0));
    }
    for (const mark of scope.querySelectorAll("[data-missing]")) {
      const left = typed.filter(([path, value]) => path.startsWith(mark.dataset.missing) && value === null).length;
      mark.textContent = left ? `còn ${left}` : "";
    }
  }

  function check(input) {
    const value = hundredths(input.value);
    const wrong = value === undefined || (value !== null && value > hundredths(input.dataset.max));
    input.toggleAttribute("aria-invalid", wrong);
    if (wrong) input.setAttribute("aria-invalid", "true");
  }

  document.addEventListener("input", (event) => {
    const input = event.target.closest?.("input[data-path]");
    if (!input) return;
    check(input);
    count(input.closest("[data-scores]"));
  });

  for (const scope of document.querySelectorAll("[data-scores]")) count(scope);
})();
