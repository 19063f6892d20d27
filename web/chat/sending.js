// Sends what waits, in order, one at a time, until the server says that it is taken. The id makes a repetition
// harmless, so anything doubtful is simply sent again.

import * as blobs from "./blobs.js";
import * as own from "./own.js";
import { word } from "./words.js";

const PATIENCE = 30_000; // ms for an answer; photos take as long as they move
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000]; // ms between tries; then the last again and again
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const BROKEN = 500; // the server failed at this very message, so that it may always
const TRIES = 3; // of such a message, before the others go on without it

export class Sending {
  #changed;
  #progress;
  #trouble;
  #ended;
  #broken = new Map(); // message id → how often the server failed at it
  #running = false;
  #failures = 0;
  #timer = 0;

  // changed(message) after every change of state; progress(id, share); trouble(message or "") for the banner; ended()
  // when the conversation is nobody's any more.
  constructor({ changed, progress, trouble, ended }) {
    this.#changed = changed;
    this.#progress = progress;
    this.#trouble = trouble;
    this.#ended = ended;
    addEventListener("online", () => this.hurry());
  }

  // Try now: something was written, or the connection is back.
  hurry() {
    clearTimeout(this.#timer);
    this.#run();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let next;
    while ((next = own.all().find((message) => message.state === "waiting"))) {
      if (!(await this.#send(next))) break;
    }
    this.#running = false;
    if (next) this.#timer = setTimeout(() => this.#run(), PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]);
  }

  // Whether the message is settled, one way or the other.
  async #send(message) {
    let answer;
    try {
      answer = await this.#post(message);
    } catch {
      this.#trouble(word("offline"));
      return false;
    }
    if (answer.status === 410) {
      this.#changed(own.save({ ...message, state: "refused", why: answer.body.message }));
      this.#ended();
      return true;
    }
    if (TRY_AGAIN.has(answer.status) && !this.#isHopeless(message, answer.status)) {
      this.#trouble(answer.body.message ?? word("offline"));
      return false;
    }
    this.#failures = 0;
    this.#trouble("");
    this.#settle(message, answer);
    return true;
  }

  #isHopeless({ id }, status) {
    if (status !== BROKEN) return false;
    this.#broken.set(id, (this.#broken.get(id) ?? 0) + 1);
    return this.#broken.get(id) >= TRIES;
  }

  #settle(message, { status, body }) {
    const again = status >= 500;
    const outcome = status < 300
      ? { state: "sent", at: body.at, file: body.file }
      : { state: "refused", again, why: body.message ?? word(again ? "failed" : "refused") };
    this.#changed(own.save({ ...own.present(message), ...outcome }));
    this.#broken.delete(message.id);
    if (!again) blobs.forget(message.id);
  }

  // Once more what was refused: the person asked for it.
  retry(message) {
    this.#changed(own.save({ ...message, state: "waiting" }));
    this.hurry();
  }

  async #post(message) {
    if (message.kind === "photo" || message.kind === "file") return this.#upload(message);
    const answer = await fetch("say", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: message.id, ...message.content }),
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  }

  async #upload(message) {
    const blob = await blobs.find(message.id);
    if (!blob) return { status: 404, body: { message: word("lost") } };
    const form = new FormData();
    form.append("id", message.id);
    form.append("kind", message.kind);
    form.append("album", message.album);
    form.append("more", message.more ? "1" : "");
    form.append("file", blob, message.name);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // fetch tells nothing of how far an upload is
      request.open("POST", `files?kind=${message.kind}`);
      request.responseType = "json";
      let stalled = 0;
      const moving = () => {
        clearTimeout(stalled);
        stalled = setTimeout(() => request.abort(), PATIENCE);
      };
      request.upload.onloadstart = moving;
      request.upload.onprogress = (event) => {
        moving();
        this.#progress(message.id, event.loaded / event.total);
      };
      request.onload = () => resolve({ status: request.status, body: request.response ?? {} });
      request.onerror = request.onabort = reject;
      request.onloadend = () => clearTimeout(stalled);
      request.send(form);
    });
  }
}
