// Keeps the newest message in view for whoever is at the end, and leaves alone whoever reads further up.

const NEAR = 80; // px

export class Scroll {
  #box;
  #button;
  #isAtEnd = true;

  constructor(box, button) {
    this.#box = box;
    this.#button = button;
    box.addEventListener("scroll", () => this.#look(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    // A picture has come, the keyboard has opened, a button group has changed: stay at the end.
    const follow = () => this.#isAtEnd && this.toEnd();
    box.addEventListener("grown", follow);
    new ResizeObserver(follow).observe(box);
    for (const child of box.children) new ResizeObserver(follow).observe(child);
  }

  // Change the conversation, then follow it if the person was at the end (or spoke).
  around(change, isOwn) {
    const follows = this.#isAtEnd || isOwn;
    change();
    if (follows) this.toEnd();
    else this.#button.hidden = false;
  }

  // Add above without moving what is being read.
  keeping(change) {
    const fromEnd = this.#box.scrollHeight - this.#box.scrollTop;
    this.#isAtEnd = false;
    change();
    this.#box.scrollTop = this.#box.scrollHeight - fromEnd;
    this.#look();
  }

  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#look();
  }

  #look() {
    this.#isAtEnd = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR;
    if (this.#isAtEnd) this.#button.hidden = true;
  }
}
