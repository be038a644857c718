// Leaving a form with words in it that are neither saved nor kept asks first: <form data-unsaved>.

/** Watch every form marked data-unsaved. */
export function warnOfUnsaved() {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    watch(form);
  }
}

function watch(form) {
  let isChanged = Boolean(form.querySelector('[aria-invalid="true"]'));
  form.addEventListener("input", () => {
    isChanged = true;
  });
  for (const event of ["submit", "register:kept"]) {
    form.addEventListener(event, () => {
      isChanged = false;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) {
      event.preventDefault();
    }
  });
}
