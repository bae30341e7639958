// Asks what of a row is not public yet. A courtesy: without it a link leads to the answer.
"use strict";
for (const place of document.querySelectorAll("[data-pending]")) {
  fetch(place.dataset.pending)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((told) => {
      place.innerHTML = told; // made by our own templates, which escape
    })
    .catch(() => {}); // the form is whole without it
}
