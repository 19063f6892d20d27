// The bar below: text, photos, a file, the position.

import { position, shrink } from "./photos.js";
import { newId } from "./own.js";
import { word } from "./words.js";

const MEGABYTE = 1024 * 1024;
const MAX_PHOTO = 12; // MB, as on the server
const MAX_FILE = 20;

const at = (id) => document.getElementById(id);

export class Compose {
  #submit;
  #say;

  // submit(kind, text, more) keeps and sends a message; say(text) puts a line above the conversation.
  constructor({ submit, say }) {
    this.#submit = submit;
    this.#say = say;
    this.#text();
    at("send-photo").addEventListener("click", () => at("photos").click());
    at("send-file").addEventListener("click", () => at("file").click());
    at("send-position").addEventListener("click", () => this.#position());
    at("more").addEventListener("click", () => this.#sheet(at("sheet").hidden));
    at("sheet").addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.#sheet(false);
      at("more").focus();
    });
    for (const input of [at("photos"), at("file")]) {
      input.addEventListener("change", () => this.#chosen(input));
    }
  }

  #text() {
    const box = at("text");
    const fit = () => {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 3}px`;
    };
    box.addEventListener("input", fit);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // Telex and VNI compose
      event.preventDefault();
      at("compose").requestSubmit();
    });
    at("compose").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = box.value.trim();
      if (!text) return;
      box.value = "";
      fit();
      this.#say("");
      this.#submit("text", text, { content: { text } });
    });
  }

  #sheet(isOpen) {
    at("sheet").hidden = !isOpen;
    at("more").setAttribute("aria-expanded", String(isOpen));
    if (isOpen) at("send-file").focus();
  }

  async #chosen(input) {
    const files = [...input.files];
    input.value = "";
    this.#sheet(false);
    this.#say("");
    const fitting = [];
    for (const file of files) {
      const one = await this.#fit(file, input.id === "photos" || file.type.startsWith("image/"));
      if (one) fitting.push(one);
    }
    // Whoever is not the last of an album says so, and the bot answers once: all of them must be known before.
    const album = newId();
    for (const { kind, text, blob, name } of fitting) {
      const more = fitting.at(-1).blob !== blob;
      await this.#submit(kind, text, { album, more, blob, name });
    }
  }

  async #fit(file, isPhoto) {
    const blob = isPhoto ? await shrink(file) : file;
    const kind = isPhoto ? "photo" : "file";
    const limit = isPhoto ? MAX_PHOTO : MAX_FILE;
    if (blob.size <= limit * MEGABYTE) {
      return { kind, text: isPhoto ? word("yourPhoto") : file.name, blob, name: file.name || kind };
    }
    this.#say(word(isPhoto ? "photoTooBig" : "fileTooBig", { limit }));
    return null;
  }

  async #position() {
    this.#sheet(false);
    const place = await position();
    if (!place) return this.#say(word("noPosition"));
    const text = word("positionSent", { place: place.map((degrees) => degrees.toFixed(5)).join(", ") });
    return this.#submit("position", text, { content: { location: place } });
  }
}
