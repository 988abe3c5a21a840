// Passkeys: form[data-passkey="get"] asks the browser for one, form[data-passkey="create"] makes
// one. The server's options stand in the JSON element that data-options names, or are fetched from
// data-options-url. Without this file, password and codes do the same.
(() => {
  "use strict";

  const TEXTS = {
    nb: {
      refused: "Vi fikk ikke bekreftet passnøkkelen. Prøv en gang til, eller bruk en annen måte.",
      known: "Denne telefonen eller maskinen har allerede en passnøkkel for kontoen din.",
      failed: "Vi fikk ikke kontakt. Sjekk nettet, og prøv en gang til.",
      none: "Nettleseren kan ikke bruke passnøkler her. Bruk en annen måte.",
    },
    nn: {
      refused: "Vi fekk ikkje stadfesta passnøkkelen. Prøv ein gong til, eller bruk ein annan måte.",
      known: "Denne telefonen eller maskina har alt ein passnøkkel for kontoen din.",
      failed: "Vi fekk ikkje kontakt. Sjekk nettet, og prøv ein gong til.",
      none: "Nettlesaren kan ikkje bruke passnøklar her. Bruk ein annan måte.",
    },
  };
  const texts = TEXTS[document.documentElement.lang] || TEXTS.nb;

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const withBytes = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

  const toRequest = (options) => ({
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  });
  const toCreation = (options) => ({
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  });

  // The parts of an answer that are bytes, by name; an answer has those of its kind.
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const toJson = (credential) => {
    const response = {};
    for (const part of PARTS) {
      if (credential.response[part]) response[part] = toText(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.dataset.optionsUrl, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });
    if (!answer.ok) throw new TypeError(String(answer.status));
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const { publicKey } = await optionsOf(form);
    return form.dataset.passkey === "create"
      ? navigator.credentials.create({ publicKey: toCreation(publicKey) })
      : navigator.credentials.get({ publicKey: toRequest(publicKey) });
  };

  const why = (error) => {
    if (error.name === "InvalidStateError") return texts.known;
    if (error.name === "SecurityError" || error.name === "NotSupportedError") return texts.none;
    return error instanceof TypeError ? texts.failed : texts.refused;
  };

  const start = (form) => {
    const told = form.querySelector("[data-passkey-told]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      told.textContent = "";
      if (!window.PublicKeyCredential) {
        told.textContent = texts.none;
        return;
      }
      try {
        form.elements.credential.value = JSON.stringify(toJson(await ask(form)));
        form.submit();
      } catch (error) {
        told.textContent = why(error);
      }
    });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) start(form);
})();
