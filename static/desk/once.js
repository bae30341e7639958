// Takes one click on the buttons of a form; the server knows a second one anyway.
"use strict";
{
  const PATIENCE = 10000; // milliseconds, after which somebody may have stopped the page

  const let_go = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[type=submit]")) button.disabled = false;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Later, since a disabled button is not sent along.
    setTimeout(() => {
      for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
    });
    setTimeout(() => let_go(form), PATIENCE);
  });

  // The way back shows the page as it was left.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(let_go));
}
