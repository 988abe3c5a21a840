// Keeps what is typed in form[data-autosave] and form[data-kladd] in this browser until the server has it, and offers it
// again when the page is opened anew: after a lost network, a conflict, a closed tab or a dead
// battery. For the same person and page alone, at most 14 days; one's own logging out clears it.
// autosave.js tells by "kompetanse:lagret" that the server has it; so does another page that
// answers the sent form. Files and codes are not kept.
(() => {
  "use strict";

  const who = document.querySelector("[data-session-dialog]")?.dataset.who;
  const PREFIX = "kompetanse-kladd:";
  const LONGEST = 14 * 24 * 60 * 60 * 1000;
  const TEXTS = {
    nb: {
      found: (time) => `Du skrev noe her ${time} som ikke ble lagret. Vil du sette det inn igjen?`,
      put: "Sett inn teksten",
      drop: "Nei, slett den",
      done: "Teksten er satt inn igjen. Se over den.",
    },
    nn: {
      found: (time) => `Du skreiv noko her ${time} som ikkje vart lagra. Vil du setje det inn att?`,
      put: "Set inn teksten",
      drop: "Nei, slett han",
      done: "Teksten er sett inn att. Sjå over han.",
    },
  };
  const texts = TEXTS[document.documentElement.lang] || TEXTS.nb;
  const storage = (work) => {
    try {
      return work();
    } catch {
      // Private windows may refuse; then nothing is kept.
      return null;
    }
  };

  const clear = () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action$='/logg-ut/']")) storage(clear);
  });
  if (!who) return;

  // A form that is refused comes back on its own address, and a lost session leads to the log-in.
  const SENT = "kompetanse-sendt";
  const forgetSent = () => {
    const path = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    const came = document.referrer && new URL(document.referrer).pathname;
    if (path && path === came && path !== location.pathname) localStorage.removeItem(`${PREFIX}${who}:${path}`);
  };
  storage(forgetSent);

  const KEPT = "textarea, select, input:not([type=hidden], [type=file], [type=password])";
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const id = (field) => (isChoice(field) ? `${field.name}=${field.value}` : field.name);
  const value = (field) => (isChoice(field) ? field.checked : field.value);

  const follow = (form) => {
    const key = `${PREFIX}${who}:${location.pathname}`;
    const fields = () => [...form.querySelectorAll(KEPT)].filter((field) => field.name);
    const shown = Object.fromEntries(fields().map((field) => [id(field), value(field)]));

    const keep = () => {
      const typed = Object.fromEntries(
        fields().filter((field) => value(field) !== shown[id(field)]).map((field) => [id(field), value(field)]),
      );
      if (Object.keys(typed).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), typed }));
    };
    const forget = () => localStorage.removeItem(key);

    const put = (typed) => {
      for (const field of fields()) {
        if (!(id(field) in typed)) continue;
        if (isChoice(field)) field.checked = typed[id(field)];
        else field.value = typed[id(field)];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    };

    const button = (label, variant, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "ds-button";
      made.dataset.variant = variant;
      made.textContent = label;
      made.addEventListener("click", act);
      return made;
    };

    const offer = ({ at, typed }) => {
      const box = document.createElement("div");
      box.className = "ds-alert";
      box.dataset.color = "warning";
      box.setAttribute("role", "status");
      const told = document.createElement("p");
      const when = new Date(at).toLocaleString("nb-NO", { dateStyle: "short", timeStyle: "short" });
      told.textContent = texts.found(when);
      const choices = document.createElement("div");
      choices.className = "form-actions";
      choices.append(
        button(texts.put, "primary", () => {
          put(typed);
          box.textContent = texts.done;
          fields()[0]?.focus();
        }),
        button(texts.drop, "tertiary", () => {
          storage(forget);
          box.remove();
        }),
      );
      box.append(told, choices);
      form.before(box);
    };

    const found = JSON.parse(localStorage.getItem(key) || "null");
    if (found) {
      const isNews = fields().some((field) => id(field) in found.typed && found.typed[id(field)] !== value(field));
      if (!isNews || Date.now() - found.at > LONGEST) forget();
      else offer(found);
    }
    form.addEventListener("input", () => storage(keep));
    form.addEventListener("change", () => storage(keep));
    form.addEventListener("submit", () => storage(() => sessionStorage.setItem(SENT, location.pathname)));
    form.addEventListener("kompetanse:lagret", () => {
      storage(forget);
      for (const field of fields()) shown[id(field)] = value(field);
    });
  };

  storage(() => document.querySelectorAll("form[data-autosave], form[data-kladd]").forEach(follow));
})();
