// Keeps what was typed when someone is logged out for lack of use, in forms that do not save
// themselves. It lies in this tab alone (sessionStorage), for the same person and page, until it has
// been put back; logging out by one's own choice clears it. Passwords, codes and files are not kept.
(() => {
  "use strict";

  const dialog = document.querySelector("[data-session-dialog]");
  const PREFIX = "kompetanse-behold:";
  const TEXTS = {
    nb: "Vi tok vare på det du skrev før du ble logget ut. Se over, og lagre.",
    nn: "Vi tok vare på det du skreiv før du vart logga ut. Sjå over, og lagre.",
  };

  const clear = () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  };
  const storage = (work) => {
    try {
      return work();
    } catch {
      // Private windows may refuse; then nothing is kept.
      return null;
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action$='/logg-ut/']")) storage(clear);
  });
  if (!dialog) return;

  const key = `${PREFIX}${dialog.dataset.who}:${location.pathname}${location.search}`;
  const SECRET = "[type=password], [type=file], [type=hidden], [autocomplete=one-time-code], [data-keep=no]";
  const fields = () =>
    [...document.querySelectorAll("main form[method=post]:not([data-autosave]) :is(input, textarea, select)")]
      .filter((field) => field.name && !field.matches(SECRET));
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const name = (field, place) => `${place}:${field.name}`;

  const changed = new Set();
  document.addEventListener("input", (event) => changed.add(event.target));
  document.addEventListener("change", (event) => changed.add(event.target));

  const keep = () => {
    const found = {};
    fields().forEach((field, place) => {
      if (changed.has(field)) found[name(field, place)] = isChoice(field) ? field.checked : field.value;
    });
    if (Object.keys(found).length) sessionStorage.setItem(key, JSON.stringify(found));
  };

  const putBack = () => {
    const found = JSON.parse(sessionStorage.getItem(key) || "null");
    if (!found) return;
    sessionStorage.removeItem(key);
    fields().forEach((field, place) => {
      const value = found[name(field, place)];
      if (value === undefined) return;
      if (isChoice(field)) field.checked = value;
      else field.value = value;
      changed.add(field);
    });
    const region = document.getElementById("melding");
    if (region) region.textContent = TEXTS[document.documentElement.lang] || TEXTS.nb;
    const note = document.createElement("p");
    note.className = "ds-alert";
    note.dataset.color = "info";
    note.textContent = TEXTS[document.documentElement.lang] || TEXTS.nb;
    document.querySelector("main form[method=post]")?.before(note);
  };

  document.addEventListener("kompetanse:logget-ut", () => storage(keep));
  storage(putBack);
})();
