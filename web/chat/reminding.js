// The button by which this device is reminded, and no more: a push says that something waits, nothing else.

import { worker } from "./device.js";
import { word } from "./words.js";

const button = document.getElementById("remind");
const label = button.lastElementChild;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const same = (one, other) => one && other && new Uint8Array(one).join() === other.join();

async function asked(subscription) {
  const answer = await fetch(`push?endpoint=${encodeURIComponent(subscription?.endpoint ?? "")}`).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

async function tell(subscription, isEnd) {
  const body = JSON.stringify({ ...subscription.toJSON(), end: isEnd });
  const answer = await fetch("push", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (!answer.ok) throw new Error(answer.status);
}

// A subscription for another key is of no use: the server's has changed.
async function subscribe(manager, key) {
  const old = await manager.getSubscription();
  if (old && same(old.options.applicationServerKey, key)) return old;
  await old?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

// say(text) puts a line above the conversation.
export async function offerReminders(say) {
  const manager = (await worker)?.pushManager;
  if (!manager || !button.dataset.offered) return;
  let subscription = await manager.getSubscription();
  const state = await asked(subscription);
  if (!state) return;
  let isOn = state.on;
  const show = () => {
    label.textContent = word(isOn ? "remindNoMore" : "remind");
    button.hidden = false;
  };
  button.addEventListener("click", async () => {
    try {
      if (!isOn) subscription = await subscribe(manager, bytes(state.key));
      await tell(subscription, isOn);
      isOn = !isOn;
      say(word(isOn ? "reminded" : "notReminded"));
    } catch {
      say(word("noReminders"));
    }
    show();
  });
  show();
}
