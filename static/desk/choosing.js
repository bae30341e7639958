// Lets rows be found by typing as fast as people type: a line that was offered for other letters
// cannot be chosen, Enter waits for the answer, and the next row of a table opens by itself.
// Where it is in doubt which line is meant, what is typed for the rows that follow waits in sight.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$ || !$.fn.djangoAdminSelect2) return;
  const words = document.currentScript.dataset;
  const HIGHLIGHTED = "select2-results__option--highlighted";

  // Browsers say of a mouse that rests that it entered a line which appears beneath it.
  let at = "";
  const hasMoved = (event) => {
    const [before, here] = [at, `${event.screenX},${event.screenY}`];
    at = here;
    return before && before !== here;
  };
  document.addEventListener("mousemove", hasMoved, true);

  // Whether somebody who pressed Enter before the answer came means its first line.
  const isSure = ([first, second]) => {
    if (!first) return false;
    if (first.fit === "whole") return !second || second.fit !== "whole";
    return !second && Boolean(first.fit) && first.fit !== "inside";
  };

  // A name in a sentence of another direction (Unicode's isolates).
  const isolated = (name) => `\u2068${name}\u2069`;

  const ROWS_FOLLOW = ".desk-next-row tbody";
  const MOVES = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

  // --- one field ---------------------------------------------------------------------------------

  const typing = new WeakMap(); // what types into the box of a field

  const equip = (select) => {
    const field = $(select).data("select2");
    const search = field.dropdown.$search[0];
    const lines = field.results.$results;
    let isAnswered = false; // whether the lines are those for what stands in the box
    let isAwaited = false; // whether Enter was pressed before they are
    let inDoubt = ""; // what stood in the box at that Enter, if no line is surely meant
    let ahead = ""; // what was typed after that Enter, for the rows that follow

    const hasRows = Boolean(select.closest(ROWS_FOLLOW));
    const note = document.createElement("p");
    note.className = "desk-waiting";
    note.setAttribute("role", "status");
    search.after(note);

    const tell = () => {
      const doubt = inDoubt && words.doubt.replace("{name}", () => isolated(inDoubt));
      const names = ahead.split("\n").map((one) => one.trim());
      const waiting = names.filter(Boolean).map(isolated).join(words.comma);
      const wait = waiting && words.waiting.replace("{names}", () => waiting);
      const text = isAwaited ? "" : [doubt, wait].filter(Boolean).join(" ");
      if (note.textContent !== text) note.textContent = text; // what is told twice is read twice
    };
    const forget = () => {
      isAwaited = false;
      inDoubt = ahead = "";
      tell();
    };
    const settle = () => {
      // Keys go into the box again; what waits goes on waiting.
      isAwaited = false;
      inDoubt = "";
      tell();
    };
    const doubt = () => {
      if (!hasRows) return forget();
      inDoubt = search.value;
      isAwaited = false;
      tell();
    };
    const outdate = () => {
      isAnswered = false;
      const old = lines.children().removeClass(HIGHLIGHTED);
      old.removeAttr("aria-selected").attr("aria-disabled", "true");
    };
    const highlight = () => {
      const offered = lines.find("[aria-selected]");
      if (search.value) offered.first().trigger("mouseenter");
      else offered.removeClass(HIGHLIGHTED); // nobody means the first line of all
    };

    // select2 gives the focus a moment later, by which time a letter is lost.
    field.on("open", () => {
      search.after(note);
      search.focus();
    });
    field.on("query", () => {
      settle();
      outdate();
    });
    field.on("results:all", ({ data, query }) => {
      if ((query.term || "") !== search.value) return outdate();
      isAnswered = true;
      highlight();
      if (isAwaited && isSure(data.results)) field.trigger("results:select", {});
      else if (isAwaited) doubt();
    });
    field.on("results:message", ({ message }) => {
      if (isAwaited && message !== "noResults") doubt(); // of no lines the answer tells as well
    });
    field.on("close", () => {
      settle();
      if (ahead.trim()) field.$container.after(note);
    });
    $(select).on("select2:select", () => {
      const rest = ahead;
      forget();
      search.after(note);
      nextRow(select, rest);
    });

    // select2 listens to the same keys; what is meant for names that wait must not reach it.
    const take = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const onKey = (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && ahead.trim() && !isAwaited) {
        take(event);
        const rest = ahead;
        forget();
        type(rest);
      } else if (inDoubt && event.key === "Enter" && ahead) {
        take(event);
        ahead += "\n";
        tell();
      } else if (MOVES.has(event.key)) settle();
    };
    search.addEventListener("keydown", onKey, true);
    search.addEventListener("pointerdown", settle);

    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || isAnswered || inDoubt || !search.value) return;
      if (isAwaited) ahead += "\n";
      isAwaited = true;
    });
    search.addEventListener("beforeinput", (event) => {
      if (!isAwaited && !inDoubt) return;
      const isWriting = event.data && event.inputType.startsWith("insert");
      const isErasing = ahead && event.inputType === "deleteContentBackward";
      if (!isWriting && !isErasing) return settle();
      event.preventDefault();
      ahead = isWriting ? ahead + event.data : ahead.slice(0, -1);
      tell();
    });
    lines[0].parentElement.addEventListener(
      "mouseover",
      (event) => hasMoved(event) || event.stopPropagation(),
      true,
    );

    const type = (keys) => {
      const [, term, enter, rest] = /^\s*([^\n]*)(\n?)([^]*)$/.exec(keys);
      if (!term) return;
      search.value = term;
      search.dispatchEvent(new Event("input", { bubbles: true })); // asks for its lines
      isAwaited = Boolean(enter);
      ahead = [rest, ahead].filter(Boolean).join("\n");
    };
    typing.set(select, type);
  };

  // --- rows of a table ---------------------------------------------------------------------------

  // Opens the next empty row, adding one if there is none, and types there what was typed ahead.
  const nextRow = (select, ahead) => {
    const table = select.closest(ROWS_FOLLOW);
    if (!table) return;
    const ROWS = "tr.form-row:not(.empty-form) select.admin-autocomplete";
    const empty = () => [...table.querySelectorAll(ROWS)].find((one) => !one.value);
    if (!empty()) table.querySelector(".add-row a").click();
    const next = empty();
    if (!next) return;
    $(next).select2("open");
    typing.get(next)(ahead);
  };

  // --- all fields --------------------------------------------------------------------------------

  const make = $.fn.djangoAdminSelect2;
  $.fn.djangoAdminSelect2 = function () {
    make.call(this);
    this.each((_number, select) => equip(select));
    return this;
  };
})();
