// Where the keyboard is. A pressed button hands it on to the new question; from anywhere in the conversation one key
// leads to the text field (Escape, or just writing on), and from the empty text field one leads back to the question.

const ANSWER = 6_000; // ms: what comes later is no answer to what was pressed

const isWriting = ({ key, ctrlKey, metaKey, altKey, isComposing }) =>
  key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey && !isComposing;

export class Focus {
  #log;
  #text;
  #handedOn = -ANSWER;

  constructor(log, text, conversation) {
    this.#log = log;
    this.#text = text;
    conversation.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" || text.value || event.isComposing) return;
      event.preventDefault();
      this.#toQuestion();
    });
  }

  // A button was pressed: the question that comes next gets the focus, unless the person has gone elsewhere.
  handOn() {
    this.#handedOn = this.#log.contains(document.activeElement) ? performance.now() : -ANSWER;
  }

  // Whether this new message is to get the focus. What has the focus is read out as that, so it is not news as well.
  takes(element, hasChoices) {
    const isHere = this.#log.contains(document.activeElement) || document.activeElement === document.body;
    if (!(hasChoices && isHere && performance.now() - this.#handedOn < ANSWER)) return false;
    this.#handedOn = -ANSWER;
    element.setAttribute("aria-live", "off");
    return true;
  }

  #key(event) {
    if (event.key === "Escape") event.preventDefault();
    else if (!isWriting(event)) return;
    this.#text.focus(); // and what is written goes there
  }

  // To the first answer that can be given now, or to the last message.
  #toQuestion() {
    const answers = this.#log.querySelectorAll(".choices:not(.past)");
    const target = [...answers].at(-1)?.firstElementChild ?? this.#log.querySelector(".item:last-child");
    target?.focus();
  }
}
