"use strict";

// Says when the server cannot be reached and, when it answers again, sends "resend" to every element whose request failed.
(() => {
  const ASK_EVERY = 4000;
  const GATEWAY = [502, 503, 504];
  const waiting = new Set();
  let timer = null;

  const bar = () => document.getElementById("connection");

  function lost(element) {
    if (element) waiting.add(element);
    bar().hidden = false;
    timer ??= setInterval(ask, ASK_EVERY);
  }

  async function ask() {
    try {
      const answer = await fetch(bar().dataset.health, { cache: "no-store" });
      if (answer.ok) back();
    } catch {
      // still away: the next tick asks again
    }
  }

  function back() {
    clearInterval(timer);
    timer = null;
    bar().hidden = true;
    const resending = [...waiting];
    waiting.clear();
    for (const element of resending) {
      if (element.isConnected) element.dispatchEvent(new CustomEvent("resend"));
    }
  }

  document.addEventListener("htmx:sendError", (event) => lost(event.detail.elt));
  document.addEventListener("htmx:timeout", (event) => lost(event.detail.elt));
  document.addEventListener("htmx:responseError", (event) => {
    if (GATEWAY.includes(event.detail.xhr.status)) lost(event.detail.elt);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) waiting.delete(event.detail.elt);
  });
  window.addEventListener("offline", () => lost(null));
  window.addEventListener("online", ask);
})();
