// Puts rows in order by dragging or by buttons; all it writes are the numbers in “position”.
// A courtesy: without it the numbers are typed.
"use strict";
(() => {
  const words = document.querySelector("#desk-order");
  const $ = window.django && window.django.jQuery;
  if (!words) return;
  const told = document.querySelector("#desk-order-said");

  const POSITION = "input[name$='-position']:not([disabled]):not([readonly])";
  const ROWS = "tr.form-row, .inline-group[data-inline-type='stacked'] .inline-related";
  const position = (row) => row.querySelector(POSITION);
  const index = (row) => Number(position(row).name.split("-").at(-2));
  const rowsOf = (group) =>
    [...group.querySelectorAll(ROWS)].filter(
      (row) => !row.matches(".empty-form") && position(row),
    );

  // A new row that says what the one says that Django copies is empty: it counts for nothing.
  const FIELDS = "input[name]:not([type='hidden']), select[name], textarea[name]";
  const said = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const isEmpty = (row) =>
    !row.matches(".has_original") &&
    [...row.querySelectorAll(FIELDS)]
      .filter((field) => field !== position(row))
      .every((field) => {
        const copied = document.getElementsByName(field.name.replace(/-\d+-/, "-__prefix__-"))[0];
        return Boolean(copied) && said(field) === said(copied);
      });
  const filledOf = (group) => rowsOf(group).filter((row) => !isEmpty(row));

  const nameOf = (row) => {
    const chosen = row.querySelector("select.admin-autocomplete option:checked[value]");
    const label = row.querySelector(".field-named, .inline_label");
    const text = label && (label.matches("td") ? label : label.firstChild);
    const name = chosen && chosen.value ? chosen.text : text && text.textContent;
    return (name || "").trim() || `#${index(row) + 1}`;
  };
  const say = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_all, name) => parts[name]);

  // --- numbers ---------------------------------------------------------------------------------

  const number = (row) => Number.parseInt(position(row).value, 10);

  const write = (row, value) => {
    const input = position(row);
    if (input.value === String(value)) return;
    input.value = value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Rows that stay where they were keep their numbers, so that colleagues may move those.
  const renumber = (before, after) => {
    const moved = after.map((row, i) => (row === before[i] ? -1 : i)).filter((i) => i >= 0);
    const [first, last] = [moved[0], moved[moved.length - 1] + 1];
    const numbers = before.slice(0, last).map(number);
    const isRising = numbers.every((one, i) => one >= 0 && (i === 0 || one > numbers[i - 1]));
    after.slice(first, last).forEach((row, i) => isRising && write(row, numbers[first + i]));
    if (!isRising) after.forEach((row, i) => write(row, i + 1));
  };

  // --- moving ----------------------------------------------------------------------------------

  // A message above a row goes along with it.
  const withMessage = (row) => {
    const above = row.previousElementSibling;
    return above && above.matches(".row-form-errors") ? [above, row] : [row];
  };
  const putInto = (rows) => {
    const end = document.createComment("");
    const last = rows.reduce((one, other) =>
      one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? other : one,
    );
    last.after(end);
    end.before(...rows.flatMap(withMessage));
    end.remove();
  };

  const settle = (before, after, row) => {
    if (after.every((one, i) => one === before[i])) return;
    renumber(before, after);
    const parts = { name: nameOf(row), place: after.indexOf(row) + 1, count: after.length };
    told.textContent = say(words.dataset.moved, parts);
  };

  // Rows in their new order; those that are empty stay beneath them.
  const putFilled = (group, rows) =>
    putInto([...rows, ...rowsOf(group).filter((row) => !rows.includes(row))]);

  const step = (group, row, by) => {
    const before = filledOf(group);
    const from = before.indexOf(row);
    const to = from + by;
    if (from < 0 || to < 0 || to >= before.length) return;
    const after = before.filter((one) => one !== row);
    after.splice(to, 0, row);
    putFilled(group, after);
    settle(before, after, row);
  };

  const drag = (group, row, grip, pointer) => {
    const before = filledOf(group);
    grip.setPointerCapture(pointer.pointerId);
    row.classList.add("desk-moving");
    const follow = (event) => {
      const rows = filledOf(group);
      const others = rows.filter((one) => one !== row);
      const middle = (one) => {
        const box = one.getBoundingClientRect();
        return box.top + box.height / 2;
      };
      const place = others.filter((one) => middle(one) < event.clientY).length;
      if (rows.indexOf(row) === place) return;
      others.splice(place, 0, row);
      putFilled(group, others);
      grip.setPointerCapture(event.pointerId); // moving in the page lets go of it
    };
    const drop = () => {
      row.classList.remove("desk-moving");
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", drop);
      grip.removeEventListener("pointercancel", drop);
      settle(before, filledOf(group), row);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", drop);
  };

  // --- controls --------------------------------------------------------------------------------

  const name = (row) => {
    row.classList.toggle("desk-unfilled", isEmpty(row));
    for (const button of row.querySelectorAll(".desk-order button")) {
      button.setAttribute("aria-label", say(button.dataset.label, { name: nameOf(row) }));
    }
  };
  const equip = (group, row) => {
    const controls = words.content.firstElementChild.cloneNode(true);
    const grip = controls.querySelector(".desk-grip");
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      drag(group, row, grip, event);
    });
    for (const button of controls.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        step(group, row, Number(button.value));
        button.focus(); // moving in the page takes the focus away
      });
    }
    (row.matches("tr") ? position(row).parentElement : row.querySelector("h3")).append(controls);
    name(row);
    row.addEventListener("input", () => name(row));
    row.addEventListener("change", () => name(row));
    if ($) $(row).on("change", () => name(row)); // select2 tells jQuery alone
  };

  for (const group of document.querySelectorAll(".inline-group")) {
    rowsOf(group).forEach((row) => equip(group, row));
    group.addEventListener("formset:added", (event) => {
      if (position(event.target)) equip(group, event.target);
    });
  }

  // Django numbers the fields of rows anew, from the top of the page, when one is taken away;
  // rows that are saved must then come first, as they did when the page was made.
  document.addEventListener("formset:removed", (event) => {
    const group = document.getElementById(`${event.detail.formsetName}-group`);
    const seen = group ? rowsOf(group) : [];
    if (!seen.length) return;
    putInto([...seen].sort((a, b) => index(a) - index(b)));
    setTimeout(() => putInto(seen));
  });
})();
