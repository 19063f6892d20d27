// Keeps what is new in view, from its beginning: a message longer than the screen is read from its top. Whoever reads
// further up is left alone.

const NEAR = 60; // px
const GAP = 10; // px above what is read
const BURST = 2_000; // ms: messages that come together are read together

export class Scroll {
  #box;
  #button;
  #from = null; // the element that the newest part begins with
  #changed = 0;
  #isFollowing = true;
  #set = 0; // where this class scrolled to last; anything else is the person's doing

  constructor(box, button) {
    this.#box = box;
    this.#button = button;
    box.addEventListener("scroll", () => this.#look(), { passive: true });
    button.addEventListener("click", () => this.toNewest());
    // A picture has come, the keyboard has opened, a group of buttons has changed.
    const follow = () => this.#isFollowing && this.toNewest();
    box.addEventListener("grown", follow);
    new ResizeObserver(follow).observe(box);
    for (const child of box.children) new ResizeObserver(follow).observe(child);
  }

  // Something new stands at `element`: its own part if it is the person's, or if nothing else has just come.
  arrived(element, isOwn) {
    const now = performance.now();
    if (isOwn || now - this.#changed > BURST || !this.#from?.isConnected) this.#from = element;
    this.#changed = now;
    if (this.#isFollowing || isOwn) this.toNewest();
    else this.#button.hidden = false;
  }

  // Read on from `element`, the last message of a page just opened.
  begin(element) {
    this.#from = element;
    this.toNewest();
  }

  // Add above without moving what is being read.
  keeping(change) {
    const fromEnd = this.#box.scrollHeight - this.#box.scrollTop;
    this.#isFollowing = false;
    change();
    this.#go(this.#box.scrollHeight - fromEnd);
  }

  toNewest() {
    this.#isFollowing = true;
    this.#button.hidden = true;
    this.#go(this.#target());
  }

  #go(top) {
    this.#box.scrollTop = top;
    this.#set = this.#box.scrollTop;
  }

  #target() {
    const end = this.#box.scrollHeight - this.#box.clientHeight;
    if (!this.#from?.isConnected) return end;
    const top = this.#from.getBoundingClientRect().top - this.#box.getBoundingClientRect().top + this.#box.scrollTop;
    return Math.max(0, Math.min(end, top - GAP));
  }

  #look() {
    if (Math.abs(this.#box.scrollTop - this.#set) < 2) return;
    const end = this.#box.scrollHeight - this.#box.clientHeight;
    const isAtEnd = end - this.#box.scrollTop < NEAR;
    this.#isFollowing = isAtEnd || Math.abs(this.#target() - this.#box.scrollTop) < NEAR;
    if (isAtEnd) this.#button.hidden = true;
  }
}
