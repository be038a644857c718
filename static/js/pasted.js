// A paste that fills a text box sends, besides its words, the markup that the clipboard held, so that
// numbers, lists and tables survive: <textarea data-pasted="id of a hidden field">. Any change after
// the paste takes the markup back: then the words in the box are what is read.

/** Watch every text box that takes pasted papers. */
export function keepPastedMarkup() {
  for (const box of document.querySelectorAll("textarea[data-pasted]")) {
    watch(box, document.getElementById(box.dataset.pasted));
  }
}

function watch(box, markup) {
  let isPaste = false;
  box.addEventListener("paste", (event) => {
    const isWhole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    markup.value = isWhole ? (event.clipboardData?.getData("text/html") ?? "") : "";
    isPaste = true;
  });
  box.addEventListener("input", () => {
    if (!isPaste) {
      markup.value = "";
    }
    isPaste = false;
  });
}
