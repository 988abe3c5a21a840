// Warns two minutes before the session ends for lack of use, and lets the reader stay.
(() => {
  "use strict";

  const dialog = document.querySelector("[data-session-dialog]");
  if (!dialog || !dialog.showModal) return;

  const WARNING = 120;
  const KEY = "kompetanse-sist-her";
  const idle = Number(dialog.dataset.idleSeconds);
  const now = () => Math.floor(Date.now() / 1000);

  // Shared between tabs, so that work in one keeps the others quiet.
  const touch = () => {
    try {
      localStorage.setItem(KEY, String(now()));
    } catch {
      // Private windows may refuse; this tab then counts for itself.
    }
    last = now();
  };
  const seen = () => {
    try {
      return Math.max(last, Number(localStorage.getItem(KEY)) || 0);
    } catch {
      return last;
    }
  };

  let last = now();
  touch();

  const stay = async () => {
    const form = dialog.querySelector("[data-stay]");
    const response = await fetch(dialog.dataset.stayUrl, {
      method: "POST",
      body: new FormData(form),
      redirect: "manual",
      credentials: "same-origin",
    });
    if (response.ok) {
      touch();
      dialog.close();
    } else {
      leave();
    }
  };

  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-stay]")) return;
    event.preventDefault();
    stay();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  // Autosave and htmx speak to the server, which counts as being here.
  document.addEventListener("htmx:afterRequest", touch);

  const leave = () => {
    clearInterval(clock);
    // behold.js keeps what was typed.
    document.dispatchEvent(new CustomEvent("kompetanse:logget-ut"));
    window.location.assign(dialog.dataset.loginUrl);
  };

  const clock = setInterval(() => {
    const away = now() - seen();
    if (away >= idle) leave();
    else if (away >= idle - WARNING && !dialog.open) dialog.showModal();
    else if (away < idle - WARNING && dialog.open) dialog.close();
  }, 10000);
})();
