// Buttons that copy or share what a message holds for somebody else. Where the phone can share, it asks with whom; where
// no clipboard is given (a page without https) the text is copied by way of a field.

import { make } from "./elements.js";
import { word } from "./words.js";

function byField(text) {
  const field = make("textarea", "unseen");
  const before = document.activeElement;
  field.value = text;
  field.readOnly = true;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return isCopied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return byField(text);
  }
}

function button(label, act) {
  const element = make("button", "", label);
  element.type = "button";
  element.addEventListener("click", () => act(element));
  return element;
}

export function passing({ text, copy: copyLabel, share: shareLabel }) {
  const group = make("div", "passing");
  const copying = button(copyLabel, async (element) => {
    if (await copy(text)) element.textContent = word("copied");
  });
  copying.setAttribute("aria-live", "polite"); // "copied"
  group.append(copying);
  // Who closes the phone's sheet has changed their mind: nothing is to be said then.
  if (navigator.share) group.append(button(shareLabel, () => navigator.share({ text }).catch(() => {})));
  return group;
}
