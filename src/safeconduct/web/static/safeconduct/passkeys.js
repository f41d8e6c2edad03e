/* Passkeys: asks the browser for one and puts its answer into the form. Without this file the app's codes are the way. */
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;

  const raw = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const given = form.dataset;
  const challenge = () => raw(form.querySelector("[data-challenge]").value);

  /* Any passkey of this site may answer: the page does not say, nor know, whose there are. */
  const asked = () => navigator.credentials.get({
    publicKey: { challenge: challenge(), allowCredentials: [], userVerification: "discouraged" },
  });

  const made = () => navigator.credentials.create({
    publicKey: {
      challenge: challenge(),
      rp: { name: given.service },
      user: { id: raw(given.handle), name: given.account, displayName: given.account },
      pubKeyCredParams: given.algorithms.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: given.known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: raw(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "discouraged" },
      attestation: "none",
    },
  });

  const written = (key) => {
    const response = {};
    for (const part of ["clientDataJSON", "authenticatorData", "signature", "attestationObject"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({ id: text(key.rawId), rawId: text(key.rawId), type: key.type, response });
  };

  const button = form.querySelector("[data-use]");
  const failed = document.querySelector("[data-failed]");
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

  button.addEventListener("click", async () => {
    const code = form.querySelector("[name=code]");
    if (code) code.required = false;
    failed.hidden = true;
    if (!form.reportValidity()) {
      if (code) code.required = true;
      return;
    }
    button.disabled = true;
    try {
      form.querySelector("[name=passkey]").value = written(await (given.passkey === "make" ? made() : asked()));
      form.submit();
    } catch {
      failed.hidden = false;
      if (code) code.required = true;
      button.disabled = false;
    }
  });
})();
