// What is typed is kept for its writer a moment after it was typed, and when the page is left, so
// that neither a lost connection nor a closed window loses it. Nothing is saved by that: only the
// form's own button does. Watches <form data-unsaved> that says whose words it takes (typed_by).

const KEEP = "/working-text/keep/";
const PAUSE = 2000; // milliseconds after the last key
const AGAIN = 15_000; // milliseconds after which it is tried again where there is no connection
const NEVER = ["typed_by", "code", "credential", "password"];
const AT_MOST_WHEN_LEAVING = 60_000; // bytes that a browser still sends for a page that is left

/** Keep what is typed into every form of the page that is marked. */
export function keepWhatIsTyped() {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    if (form.querySelector('input[name="typed_by"]')) {
      watch(form);
    }
  }
}

function watch(form) {
  const say = teller(form);
  let timer = 0;
  let isWaiting = false;
  let sending = null;

  async function keep(isLeaving) {
    clearTimeout(timer);
    isWaiting = false;
    sending?.abort();
    sending = new AbortController();
    const body = fieldsOf(form);
    const keepalive = isLeaving && body.toString().length < AT_MOST_WHEN_LEAVING;
    try {
      const answer = await fetch(KEEP, { method: "POST", body, keepalive, signal: sending.signal });
      say(await wordsFor(answer));
      if (answer.ok && !isWaiting) {
        form.dispatchEvent(new CustomEvent("register:kept"));
      }
    } catch (problem) {
      if (problem.name !== "AbortError") {
        isWaiting = true;
        timer = setTimeout(() => keep(false), AGAIN);
        say("Not kept: there is no connection. Your text stays here; leave this page open.");
      }
    }
  }

  form.addEventListener("input", () => {
    isWaiting = true;
    clearTimeout(timer);
    timer = setTimeout(() => keep(false), PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isWaiting = false;
    sending?.abort();
  });
  window.addEventListener("pagehide", () => {
    if (isWaiting) {
      keep(true);
    }
  });
  window.addEventListener("online", () => {
    if (isWaiting) {
      keep(false);
    }
  });
}

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NEVER.includes(name)) {
      fields.append(name, value);
    }
  }
  const query = new URLSearchParams(location.search);
  query.delete("words");
  const search = query.toString();
  fields.append("address", location.pathname + (search ? `?${search}` : ""));
  return fields;
}

async function wordsFor(answer) {
  if (answer.ok) {
    const { at } = await answer.json();
    return at ? `Kept at ${at}, for you alone. It is not saved until you press the button.` : "";
  }
  if (answer.status === 413) {
    return "Not kept: it is too long, or was saved already. Your text stays here.";
  }
  return "Not kept: you are signed out. Your text stays here. Press the button, sign in, and you are back at it.";
}

/** Return what shows a sentence below the form's buttons; the same one is not said twice. */
function teller(form) {
  const state = document.createElement("p");
  state.className = "govuk-hint register-kept";
  state.setAttribute("role", "status");
  form.append(state);
  return (words) => {
    if (state.textContent !== words) {
      state.textContent = words;
    }
  };
}
