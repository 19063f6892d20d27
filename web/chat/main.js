// The chat page: what comes is put into the conversation, what the person does is kept and sent.

import * as blobs from "./blobs.js";
import { ofBot, ofPerson } from "./bubbles.js";
import { Compose } from "./compose.js";
import { keepPage, sendLater } from "./device.js";
import { Focus } from "./focus.js";
import { forgotten } from "./forgotten.js";
import * as keeping from "./kept.js";
import * as own from "./own.js";
import { forgetReminders, offerReminders } from "./reminding.js";
import { Scroll } from "./scroll.js";
import { Sending } from "./sending.js";
import { Stream } from "./stream.js";
import { Timeline } from "./timeline.js";
import { LANGUAGE, word } from "./words.js";

const at = (id) => document.getElementById(id);
const TYPING = 6_000; // ms: an answer that takes longer comes unannounced
const WORRY = 2_500; // ms without connection before it is said

const timeline = new Timeline(at("log"));
const scroll = new Scroll(at("scroll"), at("newest"));
const focus = new Focus(at("log"), at("text"), at("scroll"));
const previews = new Map(); // message id → the photo's address on this page
let typingUntil = 0;
let worry = 0;
let atBanner = "";
let isOver = false;
let isStuck = false; // what waits could not be sent
let before = null; // the bot's messages, by cursor, until the server did not know the last of them

const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches; // focus opens none on the screen

const isLoading = () => at("log").ariaBusy === "true";

function banner(text, source) {
  if (!text && atBanner && atBanner !== source) return; // only whoever raised it takes it down
  atBanner = text ? source : "";
  at("banner").textContent = text;
  at("banner").hidden = !text;
}

function typing(isOn) {
  clearTimeout(typingUntil);
  at("typing").hidden = !isOn;
  at("typing").lastElementChild.textContent = isOn ? word("typing") : "";
  if (isOn) typingUntil = setTimeout(() => typing(false), TYPING);
}

function open(src, alt) {
  const dialog = at("large");
  dialog.querySelector("img").src = src;
  dialog.querySelector("img").alt = alt;
  dialog.showModal();
}

function show(key, place, time, element, isOwn) {
  const isNew = timeline.put(key, place, time, element, isOwn);
  if (isNew && !isLoading()) scroll.arrived(element, isOwn);
}

function showRow(row) {
  keeping.keep(row);
  if (timeline.has(row.id)) return;
  timeline.cursors.set(row.id, row.cursor);
  const press = own.all().findLast((message) => message.row === row.cursor);
  const element = ofBot(row, { pressed: press?.content.choose, onPress, onChoose, onOpen: open });
  if (!isLoading()) element.classList.add("fresh");
  const hasFocus = !isLoading() && focus.takes(element, Boolean(row.choices));
  show(row.id, [row.id, 0, 0], row.at, element, false);
  if (hasFocus) element.focus({ preventScroll: true });
  typing(false);
}

// As it is by then: what waited may have been sent on while it was being kept, or its photo was being found.
async function showOwn(given) {
  const src = given.kind === "photo" ? await preview(own.present(given)) : "";
  const message = own.present(given);
  const element = ofPerson(message, { src, isStuck, onOpen: open, onAgain: (refused) => sending.retry(refused) });
  show(message.id, [message.anchor, 1, message.seq], message.at, element, true);
}

// A photo's own bytes while this page has them, the server's copy afterwards.
async function preview(message) {
  if (message.state === "sent" && !previews.has(message.id)) return `media/own/${message.file}`;
  const blob = previews.has(message.id) ? null : await blobs.find(message.id);
  if (blob) previews.set(message.id, URL.createObjectURL(blob));
  return previews.get(message.id) ?? "";
}

const sending = new Sending({
  changed: showOwn,
  progress: (id, share) => {
    const bar = document.querySelector(`[data-id="${id}"] progress`);
    if (bar) bar.value = share;
  },
  trouble: (text) => {
    banner(text, "sending");
    if (text) typing(false);
    if (isStuck === Boolean(text)) return;
    isStuck = Boolean(text);
    if (isStuck) sendLater();
    for (const message of own.all()) if (message.state === "waiting") showOwn(message);
  },
  ended,
});

let lastSeq = 0;

// Keep a message, show it, send it. Its place is after all that the person has seen.
async function submit(kind, text, more) {
  if (isOver) return;
  lastSeq = Math.max(lastSeq + 1, Date.now());
  const message = { id: own.newId(), kind, text, ...timeline.end, seq: lastSeq, state: "waiting", ...more };
  if (more.blob) {
    await blobs.keep(message.id, more.blob);
    delete message.blob;
  }
  own.save(message);
  await own.written();
  await showOwn(message);
  if (!isStuck) typing(true);
  sending.hurry();
}

// A second tap on the same message before its answer has come is a slip of the thumb.
function onPress(row, choice, group) {
  if (group.dataset.pressedAt === String(timeline.lastRow)) return;
  group.dataset.pressedAt = timeline.lastRow;
  const chosen = row.choices.indexOf(choice);
  [...group.children].forEach((button, index) => button.classList.toggle("pressed", index === chosen));
  onChoose(row, choice);
}

function onChoose(row, choice) {
  focus.handOn();
  submit("press", choice.label, { row: row.cursor, content: { choose: choice.id } });
}

new Compose({ submit, say: (text) => banner(text, "compose") });

async function earlier() {
  const answer = await fetch(`history?before=${timeline.firstRow}`).catch(() => null);
  if (!answer?.ok) return;
  const { rows, more } = await answer.json();
  const last = timeline.firstRow;
  at("log").ariaBusy = "true";
  scroll.keeping(() => rows.forEach(showRow));
  const among = ({ anchor }) => anchor >= timeline.firstRow && anchor < last;
  await Promise.all(own.all().filter(among).map(showOwn));
  at("log").ariaBusy = "false";
  at("earlier").hidden = !more;
}

async function offerEarlier() {
  if (!timeline.firstRow) return;
  const answer = await fetch(`history?before=${timeline.firstRow}`).catch(() => null);
  at("earlier").hidden = !(answer?.ok && (await answer.json()).rows.length);
}

// The server begins from its last messages: at first, and when it was restored from a backup.
function anew(isForgotten) {
  if (!isLoading()) before = isForgotten ? [...timeline.cursors.values()] : null;
  at("log").ariaBusy = "true";
  at("earlier").hidden = true;
  typing(false);
  timeline.clear();
  keeping.anew();
}

// No network as the page opens: it shows what this device has kept, be it only what waits, until the server begins.
async function beginWithout() {
  if (!isLoading() || timeline.lastRow) return;
  const rows = await keeping.find();
  if (!isLoading() || timeline.lastRow) return;
  rows.forEach(showRow);
  await Promise.all(own.all().filter((message) => message.anchor >= timeline.firstRow).map(showOwn));
  at("log").ariaBusy = "false";
  scroll.begin(at("log").lastElementChild);
  sending.hurry();
}

// What stands above the conversation now: a page kept on this device may be old.
function header({ title, name }) {
  const heading = document.querySelector("h1");
  document.title = document.title.replace(heading.textContent, () => title);
  heading.textContent = title;
  at("person").textContent = name;
}

// What this person wrote joins what the bot said; what the server no longer has is told, and waits for a decision.
async function begin() {
  const [lost, kept] = await forgotten(own.all(), timeline, before);
  for (const message of lost) {
    own.save({ ...message, ...timeline.end, state: "refused", why: word("restored"), again: message.kind === "text" });
  }
  const isOutside = ({ anchor, state }) =>
    !anchor || anchor > timeline.lastRow || (state === "waiting" && anchor < timeline.firstRow);
  const ahead = own.all().filter(isOutside); // some were written where nothing else was shown
  for (const message of [...kept, ...ahead]) own.save({ ...message, ...timeline.end });
  const written = own.all().filter((message) => message.anchor >= timeline.firstRow);
  await Promise.all(written.map(showOwn));
  at("log").ariaBusy = "false";
  scroll.begin(at("log").lastElementChild);
  if (hasKeyboard && parent === window) at("text").focus({ preventScroll: true });
  offerEarlier();
}

function whenReady(isSlow) {
  clearTimeout(worry);
  worry = 0;
  banner(isSlow ? word("slow") : "", "stream");
  sending.hurry();
  if (isLoading()) begin();
}

// The conversation is nobody's any more. What was said last can still be read; nothing of it stays on this device.
function ended() {
  isOver = true;
  own.clear();
  keeping.forget();
  forgetReminders();
  keepPage(false);
  typing(false);
  for (const id of ["compose", "menu", "sheet", "earlier"]) at(id).hidden = true;
  for (const group of document.querySelectorAll(".choices")) group.remove();
  banner(word("ended"), "ended");
}

at("earlier").addEventListener("click", earlier);
at("menu").addEventListener("click", () => submit("text", at("menu").textContent, { content: { text: "/menu" } }));
own.onChange(showOwn);
await own.loaded;
keepPage(true);
offerReminders((text) => banner(text, "compose"));
new Stream({
  anew,
  row: showRow,
  ready: whenReady,
  language: (code) => code !== LANGUAGE && location.reload(),
  header,
  ended,
  broken: () => {
    worry ||= setTimeout(() => banner(word("offline"), "stream"), WORRY);
    beginWithout();
  },
  closed: () => {
    banner(word("gone"), "closed");
    keepPage(false);
  },
});
