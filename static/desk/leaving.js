// Asks before a form is left that was changed and not sent.
"use strict";
{
  const isChanged = (field) => {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (!field.options) return "defaultValue" in field && field.value !== field.defaultValue;
    const options = [...field.options];
    const isGiven = options.some((one) => one.defaultSelected);
    if (!isGiven && !field.multiple) return field.selectedIndex > 0 && Boolean(field.value);
    return options.some((one) => one.selected !== one.defaultSelected);
  };
  // What came back because it could not be saved is not saved either.
  const isUnsaved = (form) =>
    !form.dataset.sent && (form.querySelector(".errornote") || [...form.elements].some(isChanged));

  window.addEventListener("beforeunload", (event) => {
    const forms = document.querySelectorAll("#content-main form[method=post]");
    if ([...forms].some(isUnsaved)) event.preventDefault();
  });
}
