// The page's words in the person's language, and how it writes times. Times are those of Gò Vấp, whatever the phone's.

const WORDS = JSON.parse(document.body.dataset.words);
export const LANGUAGE = document.documentElement.lang;
const ZONE = "Asia/Ho_Chi_Minh";

export function word(key, values = {}) {
  return WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const CLOCK = new Intl.DateTimeFormat("vi", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(LANGUAGE === "en" ? "en-GB" : "vi", {
  timeZone: ZONE, weekday: "long", day: "numeric", month: "numeric", year: "numeric",
});

export const clock = (at) => CLOCK.format(new Date(at));
export const day = (at) => DAY.format(new Date(at));
