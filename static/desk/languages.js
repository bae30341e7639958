// Hides languages in forms. A courtesy: without it all four stand side by side.
"use strict";
(() => {
  const KEY = "desk-hidden-languages";
  const bar = document.querySelector(".desk-shown");
  if (!bar || !document.querySelector("fieldset.texts, .desk-wordings")) return;

  const buttons = [...bar.querySelectorAll("button")];
  const isShown = (button) => button.getAttribute("aria-pressed") === "true";

  const remembered = () => {
    try {
      return (sessionStorage.getItem(KEY) || "").split(" ");
    } catch {
      return []; // storage may be switched off
    }
  };
  const remember = (hidden) => {
    try {
      sessionStorage.setItem(KEY, hidden.join(" "));
    } catch {
      // the choice then lasts for this page
    }
  };
  const show = () => {
    for (const button of buttons) {
      document.body.classList.toggle(`desk-hide-${button.value}`, !isShown(button));
    }
  };

  const hidden = remembered();
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(!hidden.includes(button.value)));
    button.addEventListener("click", () => {
      if (isShown(button) && buttons.filter(isShown).length === 1) return; // one stays
      button.setAttribute("aria-pressed", String(!isShown(button)));
      show();
      remember(buttons.filter((one) => !isShown(one)).map((one) => one.value));
    });
  }
  if (!buttons.some(isShown)) buttons.forEach((one) => one.setAttribute("aria-pressed", "true"));
  show();
  bar.hidden = false;
})();
