// Lets rows be found by typing as fast as people type. A name that was typed is in the form, or it
// waits in sight: Enter does not wait for the answer, what is typed after it waits for the rows that
// follow, and while a name waits no form is sent and no page left unasked. Escape leaves a name out.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$ || !$.fn.djangoAdminSelect2) return;
  const words = document.currentScript.dataset;

  const HIGHLIGHTED = "select2-results__option--highlighted";
  const ROWS_FOLLOW = ".desk-next-row tbody";
  const PATIENCE = 20000; // milliseconds for an answer
  const PAUSE = 600; // milliseconds without a key, after which somebody has seen what is said

  // Whether somebody who did not wait for the answer means its first line.
  const isSure = ([first, second]) => {
    if (!first) return false;
    if (first.fit === "whole") return !second || second.fit !== "whole";
    return !second && Boolean(first.fit) && first.fit !== "inside";
  };

  // The rows that a name finds; raises an error where there is no answer.
  const ask = async (select, term) => {
    const { appLabel, modelName, fieldName } = select.dataset;
    const names = { term, app_label: appLabel, model_name: modelName, field_name: fieldName };
    const address = `${select.getAttribute("data-ajax--url")}?${new URLSearchParams(names)}`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    return (await answer.json()).results;
  };

  // Names in a sentence of another direction (Unicode's isolates).
  const listed = (names) => names.map((name) => `\u2068${name}\u2069`).join(words.comma);
  const say = (sentence, ...names) => sentence.replace(/\{names?\}/, () => listed(names));

  const fields = new Map(); // what types into the box of each select
  const fieldsOf = (form) =>
    [...fields.values()].filter(({ select }) => select.isConnected && select.form === form);

  let lastTyped = 0; // when something was typed for rows that follow
  let held = null; // a form that is sent once all names are in, and the button that sends it

  // --- one field ---------------------------------------------------------------------------------

  const equip = (select) => {
    const field = $(select).data("select2");
    const search = field.dropdown.$search[0];
    const lines = field.results.$results;
    const hasRows = Boolean(select.closest(ROWS_FOLLOW));

    let name = null; // what was entered and is not chosen: { term, state }
    let after = []; // names that were entered after it, for the rows that follow
    let unfinished = ""; // what is being typed after those
    let isStopped = false; // whether the form was not sent because of this name
    let isMoved = false; // whether a line was gone to with the arrow keys
    let isChosen = false; // whether the box closes because a line was chosen
    const leftOut = [];

    const isAsked = () => Boolean(name) && name.state === "asked";
    const isAhead = () => hasRows && name && (isAsked() || Date.now() - lastTyped < PAUSE);
    const isWaiting = () => Boolean(name || after.length || unfinished.trim());

    // --- what is said of it ---

    const note = document.createElement("p");
    note.className = "desk-waiting";
    note.setAttribute("role", "status");

    const sentences = () => {
      const waiting = [...after, unfinished.trim()].filter(Boolean);
      const isHere = field.isOpen();
      const isInSight = !name || (isAsked() && isHere);
      return [
        isStopped && words.unsaved,
        !isInSight && say(words[isAsked() || isHere ? name.state : "kept"], name.term),
        waiting.length && say(words.waiting, ...waiting),
        leftOut.length && say(words.leftOut, ...leftOut),
        held && isAsked() && words.saving,
      ].filter(Boolean);
    };
    const tell = () => {
      const text = sentences().join(" ");
      note.setAttribute("aria-live", isAsked() ? "off" : "polite"); // not each letter
      note.classList.toggle("desk-stopped", isStopped);
      if (note.textContent !== text) note.textContent = text; // what is told twice is read twice
      const above = field.isOpen() ? search : field.$container[0];
      if (note.previousElementSibling !== above) above.after(note);
    };

    // --- entering ---

    const settle = () => {
      name = null;
      isStopped = false;
    };
    const finish = () => {
      if (unfinished.trim()) after.push(unfinished.trim());
      unfinished = "";
    };
    const takeRest = () => {
      const rest = { names: after, unfinished };
      [after, unfinished] = [[], ""];
      return rest;
    };

    // Looks a name up, in the open box or, where somebody has gone elsewhere, behind it.
    const enter = async (term) => {
      const mine = { term, state: "asked" };
      settle();
      name = mine;
      tell();
      const found = await ask(select, term).catch(() => null);
      if (name !== mine || !select.isConnected) return; // corrected, chosen or left out meanwhile
      if (found && isSure(found)) return choose(found[0]);
      name.state = found ? (found.length ? "unclear" : "unknown") : "failed";
      tell();
      review();
    };
    const choose = ({ id, text }) => {
      const isKnown = [...select.options].some((one) => one.value === id);
      if (!isKnown) select.add(new Option(text, id));
      select.value = id;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      const isHere = field.isOpen();
      isChosen = true;
      search.value = "";
      if (isHere) $(select).select2("close");
      goOn(isHere);
    };
    // Hands on what waits, once a row is chosen; `isHere` says that somebody types in this box.
    const goOn = (isHere) => {
      isChosen = false;
      settle();
      const rest = takeRest();
      if ((isHere || rest.names.length || rest.unfinished) && !nextRow(select, rest, isHere)) {
        [after, unfinished] = [rest.names, rest.unfinished];
      }
      tell();
      review();
    };

    const fill = (term) => {
      search.value = term;
      field.trigger("query", { term });
    };
    // Types what waits into this box, or enters it behind a closed one.
    const takeUp = (rest) => {
      [after, unfinished] = [rest.names, rest.unfinished];
      if (!field.isOpen()) finish();
      const term = after.shift();
      if (field.isOpen() && (term || unfinished)) fill(term || unfinished);
      if (term) return enter(term);
      unfinished = "";
      tell();
    };
    const leaveOut = () => {
      leftOut.push(search.value.trim());
      settle();
      search.value = "";
    };

    // --- what select2 tells ---

    const outdate = () => {
      isMoved = false;
      const old = lines.children().removeClass(HIGHLIGHTED);
      old.removeAttr("aria-selected").attr("aria-disabled", "true");
    };
    const highlight = () => {
      const offered = lines.find("[aria-selected]");
      if (search.value) offered.first().trigger("mouseenter");
      else offered.removeClass(HIGHLIGHTED); // nobody means the first line of all
    };
    const highlighted = () => lines.find(`.${HIGHLIGHTED}`)[0];

    field.on("query", outdate);
    field.on("results:all", ({ query }) => {
      if ((query.term || "") === search.value) highlight();
      else outdate();
    });
    field.on("open", () => {
      tell();
      search.focus(); // select2 gives the focus a moment later, by which time a letter is lost
      queueMicrotask(() => name && !search.value && fill(name.term)); // after its own question
    });
    // The box is emptied as it closes: what stands in it is entered behind it.
    field.on("closing", () => {
      const term = search.value.trim();
      if (term && !name) {
        finish();
        enter(term);
      }
    });
    field.on("close", () => {
      if (!name && !isChosen && isWaiting()) takeUp(takeRest());
      tell();
    });
    field.on("selecting", () => {
      isChosen = true;
      search.value = "";
    });
    $(select).on("select2:select", () => goOn(true));

    // --- keys ---

    // select2 listens to the same keys.
    const take = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // The line that is chosen already: select2 closes on it and chooses nothing.
    const stay = () => {
      isChosen = true;
      search.value = "";
      $(select).select2("close");
      goOn(true);
    };
    const onEnter = (event, term) => {
      const line = highlighted();
      if (event.repeat) return take(event); // nobody means a line that came up meanwhile
      if (isAhead() && unfinished.trim()) finish();
      else if (isAsked()) return take(event);
      else if (line && line.getAttribute("aria-selected") === "true") stay();
      else if (line) return;
      else if (term) {
        finish();
        enter(term);
      } else if (isWaiting()) takeUp(takeRest());
      else return;
      take(event);
      lastTyped = Date.now();
      tell();
    };
    const onTab = (event, term) => {
      const isOnward = hasRows && !event.shiftKey;
      if (!term) return;
      if (isMoved && highlighted()) {
        take(event);
        field.trigger("results:select", {});
      } else if (isOnward && (!name || (isAsked() && unfinished.trim()))) {
        take(event);
        finish();
        if (!name) enter(term);
        lastTyped = Date.now();
        tell();
      } else {
        event.stopImmediatePropagation(); // the browser goes on from the closed field
        $(select).select2("close");
      }
    };
    const onEscape = (event, term) => {
      if (term) leaveOut();
      if (!isWaiting()) return; // select2 closes the box
      take(event);
      takeUp(takeRest());
    };
    const onKey = (event) => {
      if (event.isComposing) return;
      const term = search.value.trim();
      if (event.key === "Enter") onEnter(event, term);
      else if (event.key === "Tab") onTab(event, term);
      else if (event.key === "Escape") onEscape(event, term);
      else if (/^(Arrow|Home|End)/.test(event.key)) {
        lastTyped = 0;
        isMoved = event.key === "ArrowUp" || event.key === "ArrowDown";
        if (isAsked()) settle();
        tell();
      }
    };
    search.addEventListener("keydown", onKey, true);
    search.addEventListener("pointerdown", () => {
      lastTyped = 0;
    });
    search.addEventListener("beforeinput", (event) => {
      if (!isAhead()) return;
      const isWriting = event.data && event.inputType.startsWith("insert");
      const isErasing = unfinished && event.inputType === "deleteContentBackward";
      if (!isWriting && !isErasing) return;
      event.preventDefault();
      unfinished = isWriting ? unfinished + event.data : unfinished.slice(0, -1);
      lastTyped = Date.now();
      tell();
    });
    search.addEventListener(
      "input",
      () => {
        field.dropdown._keyUpPrevented = false; // select2 drops what is typed after an Enter
        lastTyped = 0;
        if (name && search.value.trim() !== name.term) settle();
        tell();
      },
      true,
    );
    // A letter that is typed on a closed field opens it, and goes into its box.
    field.$selection[0].addEventListener("keydown", (event) => {
      const isLetter = event.key.length === 1 && event.key !== " ";
      if (isLetter && !event.ctrlKey && !event.metaKey && !event.altKey) field.open();
    });

    const around = lines[0].parentElement;
    around.addEventListener("mouseover", (event) => hasMoved(event) || event.stopPropagation(), true);
    around.addEventListener(
      "mouseup",
      (event) => {
        if (!event.target.closest("[aria-selected=true]")) return;
        event.stopPropagation();
        stay();
      },
      true,
    );

    fields.set(select, {
      select,
      isWaiting,
      isInDoubt: () => isWaiting() && !isAsked(),
      leave: () => $(select).select2("close"),
      open: () => $(select).select2("open"),
      stop: () => {
        isStopped = true;
        $(select).select2("open");
        tell();
      },
      takeUp,
      tell,
    });
  };

  // --- rows of a table ---------------------------------------------------------------------------

  // Enters what waits into the next empty row, adding one if there is none. False: there is none.
  const nextRow = (select, rest, isHere) => {
    const table = select.closest(ROWS_FOLLOW);
    if (!table) return false;
    const ROWS = "tr.form-row:not(.empty-form) select.admin-autocomplete";
    const empty = () =>
      [...table.querySelectorAll(ROWS)].find((one) => !one.value && !fields.get(one).isWaiting());
    if (!empty()) table.querySelector(".add-row a").click();
    const next = fields.get(empty());
    if (!next) return false;
    if (isHere) next.open();
    next.takeUp(rest);
    return true;
  };

  // --- a form ------------------------------------------------------------------------------------

  // Sends a form that was held back, or says what stops it.
  const review = () => {
    if (!held) return;
    const { form, submitter } = held;
    const waiting = fieldsOf(form).filter((one) => one.isWaiting());
    const inDoubt = waiting.find((one) => one.isInDoubt());
    if (waiting.length && !inDoubt) return;
    held = null;
    if (inDoubt) inDoubt.stop();
    else form.requestSubmit(submitter);
  };
  document.addEventListener(
    "submit",
    (event) => {
      const mine = fieldsOf(event.target);
      mine.forEach((one) => one.leave());
      if (!mine.some((one) => one.isWaiting())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { form: event.target, submitter: event.submitter };
      mine.forEach((one) => one.tell());
      review();
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    const isLost = ({ select, isWaiting }) => select.isConnected && isWaiting();
    if ([...fields.values()].some(isLost)) event.preventDefault();
  });

  // --- the mouse ---------------------------------------------------------------------------------

  // Browsers say of a mouse that rests that it entered a line which appears beneath it.
  let at = "";
  const hasMoved = (event) => {
    const [before, here] = [at, `${event.screenX},${event.screenY}`];
    at = here;
    return before && before !== here;
  };
  document.addEventListener("mousemove", hasMoved, true);

  // --- all fields --------------------------------------------------------------------------------

  const make = $.fn.djangoAdminSelect2;
  $.fn.djangoAdminSelect2 = function () {
    make.call(this);
    this.each((_number, select) => equip(select));
    return this;
  };
})();
