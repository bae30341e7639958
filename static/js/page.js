// A courtesy: the page is whole without it. It keeps "now" and "next" right on a page that
// stays open, and copies an address. All words come from the page.

const words = document.currentScript.dataset;

function mark() {
  const at = Date.now();
  const spans = [...document.querySelectorAll(".clock")].map((element) => ({
    element,
    from: Date.parse(element.dataset.from),
    until: Date.parse(element.dataset.until),
  }));
  const day = new Date(at).toDateString();
  const ahead = spans
    .map(({ from }) => from)
    .filter((from) => from > at && new Date(from).toDateString() === day);
  const soonest = Math.min(...ahead);
  for (const { element, from, until } of spans) {
    const state = from <= at && at < until ? "now" : from === soonest ? "next" : "";
    element.textContent = state && words[state];
    element.className = `clock ${state}`;
  }
}

// In a workshop the address may set another time; then the server's word stands.
if (!new URLSearchParams(location.search).has("at")) {
  addEventListener("DOMContentLoaded", mark);
  setInterval(mark, 20_000);
}

addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-copy]")) {
    const { copy, label, done } = place.dataset;
    const button = Object.assign(document.createElement("button"), { textContent: label });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy);
      button.textContent = done;
    });
    place.append(button);
    place.hidden = !navigator.clipboard;
  }
});
