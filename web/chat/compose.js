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
    const album = newId();
    for (const file of files) await this.#file(file, album, input.id === "photos" || file.type.startsWith("image/"));
  }

  async #file(file, album, isPhoto) {
    const blob = isPhoto ? await shrink(file) : file;
    const limit = isPhoto ? MAX_PHOTO : MAX_FILE;
    if (blob.size > limit * MEGABYTE) {
      this.#say(word(isPhoto ? "photoTooBig" : "fileTooBig", { limit }));
      return;
    }
    const kind = isPhoto ? "photo" : "file";
    await this.#submit(kind, isPhoto ? word("yourPhoto") : file.name, { album, blob, name: file.name || kind });
  }

  async #position() {
    this.#sheet(false);
    const place = await position();
    if (!place) return this.#say(word("noPosition"));
    const text = word("positionSent", { place: place.map((degrees) => degrees.toFixed(5)).join(", ") });
    return this.#submit("position", text, { content: { location: place } });
  }
}
