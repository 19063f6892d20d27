// The conversation in order: the bot's messages by their row, this person's after the row that they answer. Items come
// in any order and any number of times; each is shown once, at its place.

import { before, present } from "./present.js";
import { day } from "./words.js";

export class Timeline {
  #log;
  #items = []; // { place, at, element, isOwn }, in order
  #byKey = new Map();
  #isTidying = false;
  cursors = new Map(); // the bot's messages' row → what names it and what it was

  constructor(log) {
    this.#log = log;
  }

  // Show `element` at its place; true if it is new. What is shown already under its key only changes its content, so
  // that it stays where it is read.
  put(key, place, at, element, isOwn) {
    const old = this.#byKey.get(key);
    this.#tidySoon();
    if (old) {
      old.at = at;
      old.element.className = element.className;
      old.element.replaceChildren(...element.childNodes);
      return false;
    }
    const item = { place, at, element, isOwn };
    this.#byKey.set(key, item);
    this.#insert(item);
    return true;
  }

  has(key) {
    return this.#byKey.has(key);
  }

  // The conversation begins anew.
  clear() {
    this.#items = [];
    this.#byKey.clear();
    this.cursors.clear();
    this.#log.replaceChildren();
  }

  get firstRow() {
    return this.#items.find((item) => !item.isOwn)?.place[0] ?? 0;
  }

  get lastRow() {
    return this.#items.findLast((item) => !item.isOwn)?.place[0] ?? 0;
  }

  // Where what this person writes now stands: after the bot's last message.
  get end() {
    const anchor = this.lastRow;
    return { anchor, after: this.cursors.get(anchor) };
  }

  #insert(item) {
    let index = this.#items.length;
    while (index > 0 && before(item.place, this.#items[index - 1].place) < 0) index -= 1;
    this.#log.insertBefore(item.element, this.#items[index]?.element ?? null);
    this.#items.splice(index, 0, item);
  }

  #tidySoon() {
    if (this.#isTidying) return;
    this.#isTidying = true;
    queueMicrotask(() => this.#tidy());
  }

  // Day lines, messages that belong together, and buttons that are no longer the present question's.
  #tidy() {
    this.#isTidying = false;
    for (const line of this.#log.querySelectorAll(".day")) line.remove();
    let shown = "";
    let wasOwn = null;
    for (const item of this.#items) {
      const today = item.at ? day(item.at) : shown;
      const begins = today !== shown;
      if (begins) item.element.before(dayLine(today));
      item.element.classList.toggle("more", !begins && wasOwn === item.isOwn);
      shown = today;
      wasOwn = item.isOwn;
    }
    this.#fade();
  }

  #fade() {
    const now = present(this.#items.map(standing)).map(({ item }) => item);
    for (const item of this.#items) {
      const group = item.element.querySelector(".choices");
      const isPast = !now.includes(item);
      group?.classList.toggle("past", isPast);
      // They can still be pressed, but are no stops on the way to the text field.
      const buttons = group ? item.element.querySelectorAll(".choices > button, .table button") : [];
      for (const button of buttons) button.tabIndex = isPast ? -1 : 0;
    }
  }
}

// How an item stands among the others.
function standing(item) {
  const { place, isOwn, element } = item;
  const [hasChoices, isQuestion] = [".choices", ".choices.question"].map((group) => element.querySelector(group) !== null);
  const isRefused = element.classList.contains("refused");
  return { item, place, isOwn, isRefused, turn: Number(element.dataset.turn ?? 0), hasChoices, isQuestion };
}

function dayLine(text) {
  const line = document.createElement("div");
  line.className = "day";
  line.textContent = text[0].toUpperCase() + text.slice(1);
  return line;
}
