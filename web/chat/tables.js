// A table: sorted by its heads, scrolled inside itself, copied whole. Rows of a group stay in their group.

import { copyTable } from "./copying.js";
import { make } from "./elements.js";
import { LANGUAGE, word } from "./words.js";

const COLLATOR = new Intl.Collator(LANGUAGE, { numeric: true });
const OTHER = { ascending: "descending", descending: "none", none: "ascending" };
const OTHER_OF_NUMBERS = { none: "descending", descending: "ascending", ascending: "none" }; // the largest first
const AFTER = 100; // ms
const LONG_HEAD = 10; // characters; a longer one takes two lines rather than a line for each word
let count = 0;

const textOf = (cell) => (Array.isArray(cell) ? cell[0] : cell);
const valueOf = (cell) => (Array.isArray(cell) ? cell[1] : cell);

// What is unknown stands last, whichever way.
function compare(one, other, sign) {
  const [a, b] = [valueOf(one), valueOf(other)];
  if (a === null || b === null) return (a === null) - (b === null);
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(textOf(one), textOf(other)));
}

function row(cells, columns, first = "row") {
  const line = make("tr");
  cells.forEach((cell, at) => {
    const element = make(at ? "td" : "th", columns[at].number ? "end" : "", textOf(cell));
    if (!at) element.scope = first;
    line.append(element);
  });
  return line;
}

// A group's own line: its title with its totals, or its title alone.
function title(section, columns, onChoose) {
  const line = row(section.totals ?? [section.title], columns, "rowgroup");
  const head = line.firstChild;
  line.className = "group";
  if (!section.totals) head.colSpan = columns.length;
  if (section.opens) {
    const button = make("button", "", section.title);
    button.type = "button";
    button.setAttribute("aria-label", section.opens.label);
    button.addEventListener("click", () => onChoose(section.opens));
    head.replaceChildren(button);
  }
  return line;
}

function body(section, columns, onChoose) {
  const element = make("tbody");
  if (section.title) element.append(title(section, columns, onChoose));
  const lines = section.rows.map((cells) => ({ cells, line: row(cells, columns) }));
  element.append(...lines.map(({ line }) => line));
  return { element, lines, totals: section.totals };
}

class Sorted {
  #table;
  #heads;
  #bodies;
  #foot;

  constructor(element, heads, bodies, foot) {
    this.#table = element;
    this.#heads = heads;
    this.#bodies = bodies;
    this.#foot = foot;
  }

  by(at, isNumber) {
    const order = (isNumber ? OTHER_OF_NUMBERS : OTHER)[this.#heads[at].getAttribute("aria-sort")];
    for (const each of this.#heads) each.setAttribute("aria-sort", "none");
    this.#heads[at].setAttribute("aria-sort", order);
    const sign = order === "descending" ? -1 : 1;
    const sorted = (all, cellsOf) => (order === "none" ? all : [...all].sort((a, b) => compare(cellsOf(a)[at], cellsOf(b)[at], sign)));
    for (const { element, lines } of this.#bodies) element.append(...sorted(lines, (each) => each.cells).map(({ line }) => line));
    const groups = this.#bodies.every((each) => each.totals || !each.element.querySelector(".group"))
      ? [...this.#bodies.filter((each) => !each.totals), ...sorted(this.#bodies.filter((each) => each.totals), (each) => each.totals)]
      : this.#bodies;
    this.#table.append(...groups.map(({ element }) => element), ...this.#foot);
  }
}

function head(column, at, onSort) {
  const cell = make("th", column.number ? "end" : "");
  cell.classList.toggle("long", column.head.length > LONG_HEAD);
  cell.scope = "col";
  cell.setAttribute("aria-sort", "none");
  const button = make("button", "", column.head);
  button.type = "button";
  button.addEventListener("click", () => onSort(at, column.number));
  cell.append(button);
  return cell;
}

function filled(given, onChoose) {
  const { columns, caption, sections, totals } = given;
  const element = make("table");
  const top = make("thead");
  const heads = make("tr");
  const bodies = sections.map((section) => body(section, columns, onChoose));
  const foot = totals ? [make("tfoot")] : [];
  foot[0]?.append(row(totals, columns));
  heads.append(...columns.map((column, at) => head(column, at, (...by) => sorted.by(...by))));
  top.append(heads);
  const name = make("caption");
  count += 1;
  name.id = `table-${count}`;
  name.append(make("span", "", caption));
  element.append(name, top, ...bodies.map((each) => each.element), ...foot);
  const sorted = new Sorted(element, [...heads.children], bodies, foot);
  return element;
}

// A new message is read out, its table is not: it comes into the page after its message, where nothing is announced.
function fill(figure, ...parts) {
  figure.setAttribute("aria-live", "off");
  if (document.getElementById("log").getAttribute("aria-busy") === "true") figure.append(...parts);
  else setTimeout(() => figure.append(...parts), AFTER);
}

export function table(given, onChoose) {
  const figure = make("div", "table");
  const box = make("div", "box");
  const element = filled(given, onChoose);
  box.append(element);
  box.tabIndex = 0; // so that the arrow keys scroll it
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", element.caption.id);
  const copy = make("button", "copy", word("copy"));
  copy.type = "button";
  copy.addEventListener("click", async () => {
    await copyTable(element, given);
    copy.textContent = word("copied");
  });
  copy.setAttribute("aria-live", "polite"); // "copied"
  fill(figure, box, copy);
  return figure;
}
