// Copies addresses. A courtesy: without it they are selected and copied by hand.
"use strict";
for (const box of document.querySelectorAll("input[data-copy]")) {
  box.addEventListener("focus", () => box.select());
  if (!navigator.clipboard) continue; // browsers give it to secure pages alone
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button",
    textContent: box.dataset.copy,
  });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.value);
      button.textContent = box.dataset.done;
    } catch {
      box.focus(); // refused: it is selected at least
    }
  });
  box.after(button);
}
