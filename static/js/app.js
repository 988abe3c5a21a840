// Small conveniences. Every page works without them.
(() => {
  "use strict";

  const say = (text) => {
    const region = document.getElementById("melding");
    if (region) region.textContent = text;
  };

  // The error summary takes focus, also where the browser ignores autofocus.
  const focusSummary = (root) => {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  };

  // «Kopier» copies the value of the input it names.
  const copy = async (button) => {
    const input = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(input.value);
    say(button.dataset.copied || "Kopiert");
    button.textContent = button.dataset.copied || "Kopiert";
  };

  document.addEventListener("click", (event) => {
    const copier = event.target.closest("[data-copy]");
    if (copier) copy(copier);
    if (event.target.closest("[data-print]")) window.print();
  });

  // Buttons that need this file are hidden until it runs.
  const reveal = (root) => {
    for (const element of root.querySelectorAll("[data-needs-js]")) element.hidden = false;
  };

  // A form is sent once: a second press within the same page does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // An answer that is a file leaves the page standing: then the button works again.
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  // Coming back by the browser's history, the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // After a swap: focus stays on the element that asked, and what happened is said aloud.
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    reveal(document);
    focusSummary(event.detail.target);
    const told = event.detail.target.querySelector("[data-say]");
    if (told) say(told.dataset.say);
    const next = event.detail.target.querySelector("[data-focus]");
    if (next) next.focus();
    // A file that someone has waited for is fetched by itself; the page stays.
    const ready = document.querySelector("a[data-open]");
    if (ready) {
      delete ready.dataset.open;
      window.location.assign(ready.href);
    }
  });

  // A conflict (409) that brings the part as it is now is shown in its place.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409 || !event.detail.xhr.getResponseHeader("HX-Reswap")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  document.addEventListener("htmx:responseError", (event) => {
    // Who looks through other eyes is told in the banner that nothing is sent.
    const banner = document.querySelector("[data-looking-told]");
    if (banner && event.detail.xhr.status === 403) {
      banner.textContent = JSON.parse(event.detail.xhr.responseText).message;
      return;
    }
    say(document.documentElement.lang === "nn"
      ? "Noko gjekk gale. Last sida på nytt og prøv ein gong til."
      : "Noe gikk galt. Last siden på nytt og prøv en gang til.");
  });

  // The meeting view: arrow keys and Esc press the visible links.
  const keys = { ArrowLeft: "prev", ArrowRight: "next", Escape: "close" };
  document.addEventListener("keydown", (event) => {
    if (!document.body.classList.contains("mote") || event.target.closest("input, textarea, select")) return;
    const link = document.querySelector(`[data-key="${keys[event.key]}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });

  // The folded menu closes by Esc, and when one presses or moves elsewhere.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll(".nav-group[open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".nav-group[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  reveal(document);
  focusSummary(document);
})();
