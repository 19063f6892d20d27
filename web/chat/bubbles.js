// A message as the page shows it. Everything that a person or the bot wrote goes in as text, never as HTML.

import { make } from "./elements.js";
import { passing } from "./passing.js";
import { table } from "./tables.js";
import { clock, word } from "./words.js";

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;
const LONG_LABEL = 17; // characters; with a longer one among them, answers stand one below the other

function linked(text) {
  const parts = document.createDocumentFragment();
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.append(text.slice(end, found.index));
    const link = make("a", "", found[0]);
    link.href = found[0];
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    parts.append(link);
    end = found.index + found[0].length;
  }
  parts.append(text.slice(end));
  return parts;
}

function said(speaker, text) {
  const line = make("div", "said");
  line.append(make("span", "unseen", word(speaker, { text: "" })), linked(text));
  return line;
}

// A picture to tap on. One that does not come is offered again rather than shown broken.
export function picture(src, alt, onOpen) {
  const button = make("button", "picture");
  button.type = "button";
  button.setAttribute("aria-label", word("enlarge", { alt }));
  const image = new Image();
  image.alt = alt;
  image.decoding = "async";
  image.addEventListener("error", () => {
    button.classList.add("broken");
    button.textContent = word("broken");
  });
  image.addEventListener("load", () => button.dispatchEvent(new Event("grown", { bubbles: true })));
  image.src = src;
  button.append(image);
  button.addEventListener("click", () => {
    if (!button.classList.contains("broken")) return onOpen(src, alt);
    button.replaceWith(picture(`${src}?again=${Date.now()}`, alt, onOpen));
    return undefined;
  });
  return button;
}

// One fills the bubble; several stand side by side, cut to the same shape, whole when they are tapped on.
function pictures(all, onOpen) {
  if (all.length === 1) return picture(all[0].src, all[0].alt, onOpen);
  const album = make("div", "album");
  album.append(...all.map((each) => picture(each.src, each.alt, onOpen)));
  return album;
}

function buttons(row, pressed, onPress) {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.classList.toggle("question", row.question);
  const offers = row.choices.some((choice) => !choice.word); // "send" stands first, before what else there is to do
  group.classList.toggle("stack", row.choices.some((choice) => !choice.word && choice.label.length > LONG_LABEL));
  for (const choice of row.choices) {
    const button = make("button", "", choice.label);
    button.type = "button";
    if (choice.word) button.classList.add(choice === row.choices[0] && offers ? "first" : "word");
    button.classList.toggle("pressed", choice.id === pressed);
    button.addEventListener("click", () => onPress(row, choice, group));
    group.append(button);
  }
  return group;
}

function foot(...parts) {
  const line = make("div", "foot");
  line.append(...parts);
  return line;
}

function time(at) {
  const element = make("time", "", clock(at));
  element.dateTime = at;
  return element;
}

export function ofBot(row, { pressed, onPress, onChoose, onOpen }) {
  const item = make("article", "item bot");
  const bubble = make("div", "bubble");
  const words = said("bot", row.text);
  words.id = `said-${row.id}`;
  item.tabIndex = -1; // a new question gets the focus
  if (row.turn) item.dataset.turn = row.turn;
  item.setAttribute("aria-labelledby", words.id);
  if (row.pictures) bubble.append(pictures(row.pictures, onOpen));
  bubble.append(words);
  if (row.document) {
    const link = make("a", "paper", row.document.name);
    link.href = row.document.src;
    link.download = row.document.name;
    link.setAttribute("aria-label", word("document", { name: row.document.name }));
    bubble.append(link);
  }
  if (row.table) bubble.append(table(row.table, (choice) => onChoose(row, choice)));
  if (row.pass_on) bubble.append(passing(row.pass_on));
  bubble.append(foot(time(row.at)));
  item.append(bubble);
  if (row.choices) item.append(buttons(row, pressed, onPress));
  return item;
}

// What stands under an own message: when it arrived, or why not yet.
function state(message, isStuck, onAgain) {
  if (message.state === "sent") return [time(message.at)];
  if (message.state !== "refused") return [word(isStuck ? "unsent" : "sending")];
  return message.again ? [message.why, again(message, onAgain)] : [message.why];
}

function again(message, onAgain) {
  const button = make("button", "again", word("again"));
  button.type = "button";
  button.addEventListener("click", () => onAgain(message));
  return button;
}

export function ofPerson(message, { src, isStuck, onOpen, onAgain }) {
  const item = make("article", `item own ${message.kind} ${message.state}`);
  item.classList.toggle("stuck", message.state === "waiting" && isStuck);
  item.dataset.id = message.id;
  const bubble = make("div", "bubble");
  if (src) bubble.append(picture(src, message.text, onOpen));
  else bubble.append(said("you", message.text));
  if (message.state === "waiting" && message.album && !isStuck) bubble.append(progress());
  bubble.append(foot(...state(message, isStuck, onAgain)));
  item.append(bubble);
  return item;
}

function progress() {
  const bar = make("progress");
  bar.max = 1;
  bar.value = 0;
  return bar;
}
