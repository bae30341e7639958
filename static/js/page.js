// A courtesy: the page is whole without it. It keeps "now" and "next" right on a page that
// stays open, says what changed since its reader last looked, copies an address, and takes the
// place in view along to another language. All words come from the page.

const words = document.currentScript.dataset;

// The day of a moment where the meeting is held: by the zone of a time there, as in +02:00.
function dayOf(moment, time) {
  const zone = Date.parse(`${time.slice(0, 19)}Z`) - Date.parse(time);
  return new Date(moment + zone).toISOString().slice(0, 10);
}

function mark() {
  const at = Date.now();
  const clocks = [...document.querySelectorAll(".clock[data-from]")].map((element) => {
    const { from, until } = element.dataset;
    const today = dayOf(at, from) === from.slice(0, 10);
    return { element, from: Date.parse(from), until: Date.parse(until), today };
  });
  const ahead = clocks.filter(({ today, from }) => today && from > at);
  const soonest = Math.min(...ahead.map(({ from }) => from));
  let on = null;
  for (const { element, from, until } of clocks) {
    const state = from <= at && at < until ? "now" : from === soonest ? "next" : "";
    const said = state && words[state];
    if (element.textContent !== said) element.textContent = said; // or it would be read out again
    element.className = `clock ${state}`;
    element.closest(".now-and-next li")?.toggleAttribute("hidden", !state);
    if (state === "now") on = element;
  }
  for (const list of document.querySelectorAll(".now-and-next")) {
    list.hidden = !list.querySelector("li:not([hidden])");
  }
  for (const way of document.querySelectorAll(".to-now")) {
    way.hidden = !on;
    if (on) way.firstElementChild.hash = on.closest("section[id]").id;
  }
}

// The version last seen is remembered in this browser alone, and for a tab the one before it.
function tellWhatIsNew(place) {
  const { meeting, serial } = place.dataset;
  const key = `seen ${meeting}`;
  const seen = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? serial;
  sessionStorage.setItem(key, seen);
  localStorage.setItem(key, serial);
  for (const line of place.children) {
    const { seen: version, seenBefore: oldest } = line.dataset;
    line.hidden = oldest ? Number(seen) >= Number(oldest) : version !== seen;
    line.addEventListener("click", () => sessionStorage.setItem(key, serial));
  }
}

addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll(".since-seen")) {
    try {
      tellWhatIsNew(place);
    } catch {
      // A browser that remembers nothing has nothing to tell.
    }
  }
});

// In a workshop the address may set another time; then the server's word stands.
if (!words.clock) {
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

// The id of the last part that begins above the line to which a link to it would scroll.
function placeInView() {
  if (scrollY < 1) return "";
  const parts = [...document.querySelectorAll("main :is(section, article, div, li, h2)[id]")];
  const begun = parts.filter((one) => {
    const line = parseFloat(getComputedStyle(one).scrollMarginBlockStart) + 8;
    return one.checkVisibility() && one.getBoundingClientRect().top <= line;
  });
  return begun.at(-1)?.id ?? "";
}

for (const event of ["pointerdown", "focusin"]) {
  addEventListener(event, ({ target }) => {
    const link = target.closest?.(".languages a");
    if (link) link.hash = placeInView();
  });
}
