// Passkeys, for sign-in, second factor, step-up and adding one.
//
//   <form method="post" data-passkey="get|create"
//         data-passkey-options='{"publicKey": …}'   the server's options, as JSON, or
//         data-passkey-address="/…"                 where to fetch {"request_options": …}
//     <input type="hidden" name="credential">       what the browser's answer is put in
//     <button type="button" data-passkey-button>    starts it
//     <p data-passkey-problem hidden role="alert">  says what went wrong
//   </form>
//
// Binary values travel as base64url text in both directions, as the server's library has them.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  if (window.PublicKeyCredential) {
    button.hidden = false;
    button.addEventListener("click", () => run(form));
  } else {
    tell(form, "This browser cannot use passkeys. Use a code from your app instead.");
  }
}

async function run(form) {
  tell(form, "");
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "create" ? create(form, options) : get(options));
    form.elements.namedItem("credential").value = JSON.stringify(asText(credential));
    form.submit();
  } catch (problem) {
    tell(
      form,
      problem.name === "NotAllowedError"
        ? "The passkey was not used: it was cancelled or took too long. Try again."
        : "The passkey could not be used. Try again, or use a code from your app instead.",
    );
  }
}

function tell(form, message) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = message;
  place.hidden = !message;
}

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(form.dataset.passkeyOptions).publicKey;
  }
  const answer = await fetch(form.dataset.passkeyAddress, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error("The server gave no passkey options.");
  }
  return (await answer.json()).request_options.publicKey;
}

function get(options) {
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
}

function create(form, options) {
  const passwordless = form.elements.namedItem("passwordless");
  const selection = { ...options.authenticatorSelection };
  if (passwordless) {
    selection.residentKey = passwordless.checked ? "required" : "discouraged";
    selection.requireResidentKey = passwordless.checked;
    if (passwordless.checked) {
      selection.userVerification = "required";
    }
  }
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
      authenticatorSelection: selection,
    },
  });
}

function withBytes(credentials) {
  return (credentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

function asText(credential) {
  const given = credential.response;
  const response = { clientDataJSON: base64url(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[name]) {
      response[name] = base64url(given[name]);
    }
  }
  if (given.getTransports) {
    response.transports = given.getTransports();
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: base64url(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function base64url(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
