// Lets rows be found by typing as fast as people type: a line that was offered for other letters
// cannot be chosen, Enter waits for the answer, and the next row of a table opens by itself.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$ || !$.fn.djangoAdminSelect2) return;
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

  // --- one field ---------------------------------------------------------------------------------

  const typing = new WeakMap(); // what types into the box of a field

  const equip = (select) => {
    const field = $(select).data("select2");
    const search = field.dropdown.$search[0];
    const lines = field.results.$results;
    let isAnswered = false; // whether the lines are those for what stands in the box
    let isAwaited = false; // whether Enter was pressed before they are
    let ahead = ""; // what was typed after that Enter, for the rows that follow

    const forget = () => {
      isAwaited = false;
      ahead = "";
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
    field.on("open", () => search.focus());
    field.on("query", () => {
      forget();
      outdate();
    });
    field.on("results:all", ({ data, query }) => {
      if ((query.term || "") !== search.value) return outdate();
      isAnswered = true;
      highlight();
      if (isAwaited && isSure(data.results)) field.trigger("results:select", {});
      forget();
    });
    field.on("results:message", forget);
    field.on("close", () => {
      isAwaited = false;
    });
    $(select).on("select2:select", () => {
      const rest = ahead;
      forget();
      nextRow(select, rest);
    });

    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || isAnswered || !search.value) return;
      if (isAwaited) ahead += "\n";
      isAwaited = true;
    });
    search.addEventListener("beforeinput", (event) => {
      if (!isAwaited) return;
      const isWriting = event.data && event.inputType.startsWith("insert");
      const isErasing = ahead && event.inputType === "deleteContentBackward";
      if (!isWriting && !isErasing) return forget();
      event.preventDefault();
      ahead = isWriting ? ahead + event.data : ahead.slice(0, -1);
    });
    lines[0].parentElement.addEventListener(
      "mouseover",
      (event) => hasMoved(event) || event.stopPropagation(),
      true,
    );

    typing.set(select, (keys) => {
      const [, term, enter, rest] = /^\n*([^\n]*)(\n?)([^]*)$/.exec(keys);
      if (!term) return;
      search.value = term;
      search.dispatchEvent(new Event("input", { bubbles: true })); // asks for its lines
      isAwaited = Boolean(enter);
      ahead = rest;
    });
  };

  // --- rows of a table ---------------------------------------------------------------------------

  // Opens the next empty row, adding one if there is none, and types there what was typed ahead.
  const nextRow = (select, ahead) => {
    const table = select.closest(".desk-next-row tbody");
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
