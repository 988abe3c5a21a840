// Saves form[data-autosave="<url>"] three seconds after the last key, and when a field is left.
// The server answers JSON {"version": 4, "saved_at": "14.32"}; 409 means that another window, or
// another person, has saved a newer version. The form holds its version in an input named
// "version". Without this file, the form's own buttons save.
(() => {
  "use strict";

  const IDLE = 3000;
  const TEXTS = {
    nb: {
      saving: "Lagrer …",
      saved: (time) => `Lagret kl. ${time}`,
      failed: "Vi fikk ikke lagret. Sjekk nettet. Teksten din står her fortsatt.",
      loggedOut: "Du er logget ut, så vi fikk ikke lagret. Logg inn i en annen fane, og skriv videre her.",
      conflict: "Dette er endret i et annet vindu. Last siden på nytt for å se det nyeste. Teksten din blir tatt vare på her.",
      differs: "Dette er forskjellig:",
      reload: "Last siden på nytt for å se det nyeste. Teksten din blir tatt vare på her.",
    },
    nn: {
      saving: "Lagrar …",
      saved: (time) => `Lagra kl. ${time}`,
      failed: "Vi fekk ikkje lagra. Sjekk nettet. Teksten din står her framleis.",
      loggedOut: "Du er logga ut, så vi fekk ikkje lagra. Logg inn i ei anna fane, og skriv vidare her.",
      conflict: "Dette er endra i eit anna vindauge. Last sida på nytt for å sjå det nyaste. Teksten din blir teken vare på her.",
      differs: "Dette er ulikt:",
      reload: "Last sida på nytt for å sjå det nyaste. Teksten din blir teken vare på her.",
    },
  };
  const texts = TEXTS[document.documentElement.lang] || TEXTS.nb;

  const start = (form) => {
    const status = form.querySelector("[data-save-status]") || document.querySelector("[data-save-status]");
    let timer = 0;
    let isDirty = false;
    let isSaving = false;
    let isStopped = false;
    let waiting = null;

    const show = (text, state) => {
      if (!status) return;
      status.textContent = text;
      status.dataset.state = state;
    };

    const take = (answer) => {
      const version = form.querySelector("[name=version]");
      if (version && answer.version !== undefined) version.value = answer.version;
      show(texts.saved(answer.saved_at), "saved");
      // What is not typed since, the browser need not keep: see kladd.js.
      if (!isDirty && !(answer.unread || []).length) form.dispatchEvent(new CustomEvent("kompetanse:lagret"));
    };

    // The server says when, and which answers differ from those that stand here.
    const conflict = async (response) => {
      try {
        const { message, changed } = await response.json();
        if (!changed?.length) return texts.conflict;
        return `${message} ${texts.differs} ${changed.map((label) => `«${label}»`).join(", ")}. ${texts.reload}`;
      } catch {
        return texts.conflict;
      }
    };

    const body = () => {
      const data = new FormData(form);
      // Files are sent by the form's own button only.
      for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
      return data;
    };

    const save = async () => {
      clearTimeout(timer);
      if (!isDirty || isSaving || isStopped) return;
      isDirty = false;
      isSaving = true;
      show(texts.saving, "saving");
      try {
        const response = await fetch(form.dataset.autosave, {
          method: "POST",
          body: body(),
          headers: { Accept: "application/json", "X-Autosave": "1" },
          redirect: "manual",
          credentials: "same-origin",
        });
        if (response.status === 409) {
          isStopped = true;
          show(await conflict(response), "failed");
        } else if (response.status === 403 && response.headers.get("Content-Type")?.includes("json")) {
          // Someone looks through other eyes: nothing is saved, and the server says so.
          isStopped = true;
          show((await response.json()).message, "failed");
        } else if (response.type === "opaqueredirect" || response.status === 403) {
          isDirty = true;
          show(texts.loggedOut, "failed");
        } else if (response.ok) {
          take(await response.json());
        } else {
          throw new Error(String(response.status));
        }
      } catch {
        isDirty = true;
        show(texts.failed, "failed");
        timer = setTimeout(save, 5 * IDLE);
      } finally {
        isSaving = false;
        if (waiting) {
          const send = waiting;
          waiting = null;
          send();
        } else if (isDirty && !isStopped && status?.dataset.state !== "failed") wait();
      }
    };

    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(save, IDLE);
    };

    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      isDirty = true;
      wait();
    });
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") return;
      isDirty = true;
      save();
    });
    // A save on its way holds the newer version: the form waits for it, or it would be refused.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (isSaving) {
        event.preventDefault();
        waiting = () => form.requestSubmit(event.submitter);
        return;
      }
      isDirty = false;
      isStopped = true;
    });
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) isStopped = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isDirty || isSaving) event.preventDefault();
    });
  };

  for (const form of document.querySelectorAll("form[data-autosave]")) start(form);
})();
