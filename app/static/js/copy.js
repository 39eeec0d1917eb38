// A text copied by a button, with its italics; where there is no script the text is selected by hand.
import { all, one, say } from "./dom.js";

for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const selection = getSelection();
    selection.selectAllChildren(one(`#${button.dataset.copy}`));
    // It copies words and italics at once, and also where the page is not served over TLS.
    if (document.execCommand("copy")) {
      say(button.dataset.copied);
      button.firstChild.data = button.dataset.copied;
      selection.removeAllRanges();
    }
  });
}
