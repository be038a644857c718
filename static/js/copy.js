// A digest can be copied: <span data-copy> with data-copy-text, -button and -status inside.

/** Show the buttons and make them copy. */
export function startCopying() {
  if (!navigator.clipboard) {
    return;
  }
  for (const place of document.querySelectorAll("[data-copy]")) {
    const button = place.querySelector("[data-copy-button]");
    button.hidden = false;
    button.addEventListener("click", () => copy(place));
  }
}

async function copy(place) {
  const status = place.querySelector("[data-copy-status]");
  try {
    await navigator.clipboard.writeText(place.querySelector("[data-copy-text]").textContent.trim());
    status.textContent = "Copied";
  } catch {
    status.textContent = "Could not copy: select the text instead";
  }
}
