// The demo's bar: shows the clock and moves it; on a narrow screen, the tabs.

const { sure, busy, stuck } = document.body.dataset;
const output = document.getElementById("now");
const picker = document.getElementById("date");
const tabs = [...document.querySelectorAll("[role=tab]")];
const written = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "vi", {
  timeZone: "Asia/Ho_Chi_Minh", weekday: "long", day: "numeric", month: "numeric", year: "numeric",
  hour: "2-digit", minute: "2-digit",
});
let ahead = 0; // ms between the demo's clock and this machine's
let chats = "";
let isMoving = false;

function tell() {
  if (isMoving) return; // it says so until it is there
  const text = written.format(new Date(Date.now() + ahead));
  output.textContent = text[0].toUpperCase() + text.slice(1);
}

function take(state) {
  ahead = new Date(state.now) - Date.now();
  picker.min = state.now.slice(0, 10);
  picker.value = picker.min;
  if (chats && chats !== String(state.chats)) location.reload(); // begun again: new conversations
  chats = String(state.chats);
  isMoving = false;
  tell();
}

async function ask(options) {
  const answer = await fetch("demo/clock", options);
  if (!answer.ok) throw new Error(answer.status);
  take(await answer.json());
}

async function move(to) {
  const controls = document.querySelectorAll("button.go, #date");
  controls.forEach((control) => (control.disabled = true));
  output.textContent = busy;
  isMoving = true;
  try {
    await ask({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ to }) });
  } catch {
    isMoving = false;
    output.textContent = stuck;
  }
  controls.forEach((control) => (control.disabled = false));
}

for (const button of document.querySelectorAll("[data-to]")) {
  button.addEventListener("click", () => {
    if (button.dataset.to !== "start" || confirm(sure)) move(button.dataset.to);
  });
}
picker.addEventListener("change", () => picker.value > picker.min && move(picker.value));

function choose(tab) {
  for (const each of tabs) {
    const isChosen = each === tab;
    each.setAttribute("aria-selected", String(isChosen));
    each.tabIndex = isChosen ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).classList.toggle("shown", isChosen);
  }
}
tabs.forEach((tab, index) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  });
});
choose(tabs[0]);

setInterval(tell, 5_000);
ask().catch(() => (output.textContent = stuck));
