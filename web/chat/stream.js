// The bot's messages as they come, over a WebSocket. Until that stands, and where nothing lets it pass, the page asks
// every few seconds. It goes on from its cursor, and begins anew where the server says so. Silence for too long counts
// as a broken line. A page that nobody looks at lets go of its line after a while.

const SILENCE = 40_000; // ms; the server beats every 15 seconds
const UNSEEN = 30_000; // ms
const ASK = 4_000; // ms between questions while there is no line
const PATIENCE = 15_000; // ms for an answer
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 15_000]; // ms between tries; then the last again and again
const SLOW = 3; // tries that failed before asking counts as the way it is

const address = (cursor) => new URL(`stream?after=${encodeURIComponent(cursor)}`, location);

export class Stream {
  #socket = null;
  #cursor = "";
  #newest = 0; // the cursor's row
  #on;
  #failures = 0;
  #timers = {}; // by what they are for
  #isLive = false; // the line has told all there was
  #isOver = false;

  // on: { anew(isForgotten), row(row), ready(isSlow), language(code), header(texts), broken(), closed(), ended() }
  constructor(on) {
    this.#on = on;
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("online", () => this.#open());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
    this.#open();
  }

  #open() {
    this.#leave();
    if (this.#isOver) return;
    const given = this.#cursor;
    const url = address(given);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.#heard();
      const event = JSON.parse(data);
      if (event.ready) this.#stands();
      this.#take(event, given);
    };
    socket.onclose = () => socket === this.#socket && this.#lost();
    this.#heard();
    this.#later("ask", ASK, () => this.#ask());
  }

  #stands() {
    clearTimeout(this.#timers.ask);
    this.#isLive = true;
    this.#failures = 0;
  }

  // An event that came for the cursor `given`.
  #take(event, given) {
    if (event.anew) {
      this.#newest = 0;
      this.#on.anew(given !== "");
    } else if (event.row) {
      if (event.row.id > this.#newest) [this.#newest, this.#cursor] = [event.row.id, event.row.cursor];
      this.#on.row(event.row);
    } else if (event.ready) {
      this.#on.language(event.ready);
      this.#on.ready(this.#failures >= SLOW);
    } else if (event.language) this.#on.language(event.language);
    else if (event.header) this.#on.header(event.header);
    else if (event.ended) this.#end();
  }

  #heard() {
    this.#later("silence", SILENCE, () => this.#open());
  }

  // No line: ask at once, and try again a little later each time.
  #lost() {
    this.#leave();
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)];
    this.#later("open", pause * (0.5 + Math.random()), () => this.#open());
    this.#ask();
  }

  // The server also says here what a socket cannot tell: that the chat is not open in this browser, or has ended.
  async #ask() {
    if (this.#isOver) return;
    this.#later("ask", ASK, () => this.#ask());
    const given = this.#cursor;
    const answer = await fetch(address(given), { signal: AbortSignal.timeout?.(PATIENCE) }).catch(() => null);
    const events = answer?.ok ? await answer.json().catch(() => []) : [];
    if (this.#isLive || given !== this.#cursor) return; // the line was quicker
    if (answer?.status === 410) this.#end();
    else if (answer?.status === 403) this.#stop(() => this.#on.closed());
    else if (answer?.ok) for (const event of events) this.#take(event, given);
    else this.#on.broken();
  }

  #end() {
    this.#stop(() => this.#on.ended());
  }

  #stop(say) {
    this.#isOver = true;
    this.#leave();
    say();
  }

  #look() {
    clearTimeout(this.#timers.hide);
    if (document.hidden) this.#later("hide", UNSEEN, () => this.#leave());
    else if (!this.#socket) this.#open();
  }

  #leave() {
    for (const name of ["silence", "ask", "open"]) clearTimeout(this.#timers[name]);
    const socket = this.#socket;
    this.#socket = null;
    this.#isLive = false;
    socket?.close();
  }

  #later(name, pause, act) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(act, pause);
  }
}
