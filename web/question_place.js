// Reads the position when the button is pressed, and sends the form with it.

import { position } from "./chat/photos.js";

const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const place = await position();
  button.disabled = false;
  if (!place) {
    const status = form.querySelector("[role=status]");
    status.textContent = status.dataset.failed;
    return;
  }
  [form.latitude.value, form.longitude.value] = place;
  form.submit();
});
