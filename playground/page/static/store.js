// What this window knows of its person's Slack, kept live by the server, and the one way to do something there.

/** The parts as playground/page/sight.py names them; "messages/C…" holds one conversation. */
export const state = {};
const address = location.pathname;
// A reload is the same window, and gets its modal back.
sessionStorage.window ??= Math.random().toString(36).slice(2);
const who = `?window=${sessionStorage.window}`;

/** `onNews` hears the names of the parts that have changed. A lost line is taken up again; `onLine` hears of it. */
export function stayLive(onNews, onLine) {
  const socket = new WebSocket(`${address.replace(/\/$/, "")}/live${who}`);
  socket.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    Object.assign(state, news);
    onNews(new Set(Object.keys(news)));
  });
  socket.addEventListener("open", () => onLine(true));
  socket.addEventListener("close", () => {
    onLine(false);
    setTimeout(() => stayLive(onNews, onLine), 1000);
  });
}

/** Does something as this person; answers {notice, errors, options}. A server that is gone becomes a notice. */
export async function act(doing, given = {}) {
  try {
    const response = await fetch(`${address}/do/${doing}${who}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(given),
    });
    const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
    if (!response.ok && !answer.notice) answer.notice = "That did not work here. Reload the page and try again.";
    return answer;
  } catch {
    return { notice: "The demo does not answer. Is it still running in the terminal?" };
  }
}

export function nameOf(id) {
  return state.people?.[id]?.name ?? id;
}

export function channelOf(id) {
  return (state.channels ?? []).find((one) => one.id === id);
}

/** The conversation with the bot, once there is one. */
export function botChannel() {
  return (state.channels ?? []).find((one) => one.kind === "im" && one.with[0] === state.team.bot);
}

/** Unix seconds on the demo's clock. */
export function now() {
  return Date.now() / 1000 + (state.clock?.ahead ?? 0);
}

const formats = new Map();

/** In the person's own zone, whatever zone this machine is in. */
export function inZone(seconds, options) {
  const key = state.me.tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: state.me.tz, ...options }));
  return formats.get(key).format(new Date(seconds * 1000));
}

export const clockTime = (seconds) => inZone(seconds, { hour: "2-digit", minute: "2-digit" });
export const longDay = (seconds) => inZone(seconds, { weekday: "long", day: "numeric", month: "long" });

/** "2026-11-21T09:30", as date and time fields want it. */
export function fieldTime(seconds) {
  const day = inZone(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-");
  return `${day}T${clockTime(seconds)}`;
}
