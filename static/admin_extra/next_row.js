// Makes the next empty row when a delegation was chosen in the last one of a table.
"use strict";
(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) return;
  $(document).on("select2:select", ".desk-next-row select.admin-autocomplete", (event) => {
    const row = event.target.closest("tr.form-row");
    const table = row.parentElement;
    const rows = [...table.querySelectorAll("tr.form-row:not(.empty-form)")];
    const isEmpty = (one) => !one.querySelector("select.admin-autocomplete").value;
    if (!rows.some(isEmpty)) table.querySelector(".add-row a").click();
    const next = [...table.querySelectorAll("tr.form-row:not(.empty-form)")].find(isEmpty);
    // after select2 has given the focus back to the row that was filled
    if (next) setTimeout(() => next.querySelector(".select2-selection").focus());
  });
})();
