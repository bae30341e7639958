// A box that closes under a press moves the page: the click is meant for what was pressed.
"use strict";
{
  let pressed = null;
  const placeOf = ({ screenX, screenY }) => `${screenX},${screenY}`;

  document.addEventListener(
    "mousedown",
    (event) => {
      const control = event.target.closest("a, button, input, summary");
      pressed = event.button === 0 && control && { control, place: placeOf(event) };
    },
    true,
  );
  document.addEventListener(
    "mouseup",
    (event) => {
      const press = pressed;
      pressed = null;
      if (!press || press.place !== placeOf(event) || press.control.contains(event.target)) return;
      event.stopPropagation();
      press.control.click();
    },
    true,
  );
}
