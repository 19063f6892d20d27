// The button by which this device is reminded, and no more: a push says that something waits, nothing else. Browsers and
// push services end an address when they like; while the person wants to be reminded, another takes its place.

import * as database from "./database.js";
import { worker } from "./device.js";
import { word } from "./words.js";

const CHAT = location.pathname;
const button = document.getElementById("remind");
const label = button.lastElementChild;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const same = (one, other) => one && other && new Uint8Array(one).join() === other.join();

async function asked(subscription) {
  const answer = await fetch(`push?endpoint=${encodeURIComponent(subscription?.endpoint ?? "")}`).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

async function tell(subscription, more) {
  const body = JSON.stringify({ ...subscription.toJSON(), ...more });
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

async function begin(manager, state, replaces = "") {
  const subscription = await subscribe(manager, bytes(state.key));
  await tell(subscription, { replaces });
  await database.put("reminded", subscription.endpoint, CHAT);
  return subscription;
}

async function end(subscription) {
  await tell(subscription, { end: true });
  await database.remove("reminded", CHAT);
}

// The chat has ended: nobody is reminded of it.
export const forgetReminders = () => database.remove("reminded", CHAT);

// say(text) puts a line above the conversation.
export async function offerReminders(say) {
  const manager = (await worker)?.pushManager;
  if (!manager || !button.dataset.offered) return;
  let subscription = await manager.getSubscription();
  const state = await asked(subscription);
  if (!state) return;
  let isOn = state.on;
  const turnOn = async (replaces) => {
    subscription = await begin(manager, state, replaces);
    isOn = true;
  };
  const told = await database.find("reminded", CHAT);
  const isWanted = (isOn || told) && Notification.permission === "granted";
  // An address that has ended, here or at the server, or one of a time when none was noted here.
  if (isWanted && !(isOn && told === subscription?.endpoint)) await turnOn(told).catch(() => {});
  const show = () => {
    label.textContent = word(isOn ? "remindNoMore" : "remind");
    button.hidden = false;
  };
  button.addEventListener("click", async () => {
    try {
      if (isOn) {
        await end(subscription);
        isOn = false;
      } else await turnOn();
      say(word(isOn ? "reminded" : "notReminded"));
    } catch {
      say(word("noReminders"));
    }
    show();
  });
  show();
}
