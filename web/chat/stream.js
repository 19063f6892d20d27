// The bot's messages as they come. The browser resumes by the last id; silence for too long counts as a broken line.
// A page that nobody looks at lets go of its connection after a while: browsers allow only six to one server.

const SILENCE = 40_000; // ms; the server beats every 15 seconds
const UNSEEN = 30_000; // ms
const AGAIN = 3_000; // ms

export class Stream {
  #source = null;
  #cursor = 0;
  #on;
  #watch = 0;
  #hide = 0;
  #isOver = false;

  // on: { row(row), ready(), language(code), broken(), closed(), ended() }
  constructor(on) {
    this.#on = on;
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("online", () => this.#open());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
    this.#open();
  }

  #open() {
    this.#source?.close();
    if (this.#isOver) return;
    const source = new EventSource(`events?after=${this.#cursor}`);
    this.#source = source;
    source.onmessage = (event) => {
      const row = JSON.parse(event.data);
      this.#cursor = Math.max(this.#cursor, row.id);
      this.#heard();
      this.#on.row(row);
    };
    source.addEventListener("ready", (event) => {
      this.#heard();
      this.#on.language(JSON.parse(event.data));
      this.#on.ready();
    });
    source.addEventListener("beat", () => this.#heard());
    source.addEventListener("ended", () => this.#end());
    source.addEventListener("language", (event) => this.#on.language(JSON.parse(event.data)));
    source.onerror = () => this.#failed(source);
    this.#heard();
  }

  #heard() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#open(), SILENCE);
  }

  async #failed(source) {
    if (source !== this.#source) return;
    this.#on.broken();
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    const answer = await fetch(`history?before=1`).catch(() => null);
    if (answer?.status === 403) this.#on.closed();
    else if (answer?.status === 410) this.#end();
    else setTimeout(() => source === this.#source && this.#open(), AGAIN);
  }

  #end() {
    this.#isOver = true;
    this.#leave();
    this.#on.ended();
  }

  #look() {
    clearTimeout(this.#hide);
    if (!document.hidden && this.#source.readyState === EventSource.CLOSED) this.#open();
    if (document.hidden) this.#hide = setTimeout(() => this.#leave(), UNSEEN);
  }

  #leave() {
    clearTimeout(this.#watch);
    this.#source.close();
  }
}
