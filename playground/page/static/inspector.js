// Every call between bot and Slack: what was asked and answered, why something was refused, and how long it took.

import { fill, h, icon, keyed } from "./dom.js";
import { act, clockTime, state } from "./store.js";

const LIMIT = 3; // seconds that Slack waits for the app
const MOST = 200;
const seen = { calls: 0, deliveries: 0 };
let records = [];
let asking = false;

const WHY = {
  http_timeout: "The bot did not answer within 3 seconds. Slack tells the person; it does not try again, except with events.",
  timeout: "The bot did not acknowledge within 3 seconds.",
  connection_failed: "Nobody answered at the bot's address.",
  http_error: "The bot answered with an error status.",
  ratelimited: "Too many calls. The bot has to wait as long as Retry-After says.",
  expired_trigger_id: "More than 3 seconds had passed since the click, so no window may open any more.",
  hash_conflict: "Somebody changed the view meanwhile; the bot's copy was old.",
  internal_error: "Slack failed on its side. The call may or may not have had its effect.",
};

export function inspectorButton() {
  const button = h("button", { type: "button", class: "chip-button", "aria-label": "Inspector", "aria-expanded": "false", "aria-controls": "side" }, icon("pulse"), h("span", { class: "wide-only" }, "Inspector"));
  button.addEventListener("click", () => {
    const open = document.getElementById("side").dataset.shows !== "inspector";
    button.setAttribute("aria-expanded", String(open));
    show(button, open);
  });
  return button;
}

function show(button, open) {
  const side = document.getElementById("side");
  side.hidden = !open;
  side.dataset.shows = open ? "inspector" : "";
  side.setAttribute("aria-label", "Inspector");
  if (!open) return button.focus();
  const shut = h("button", { type: "button", class: "plain", "aria-label": "Close the inspector", onclick: () => button.click() }, icon("close"));
  fill(side, h("header", { class: "head" }, h("h2", {}, "Inspector"), h("small", {}, "bot and Slack"), shut), h("div", { class: "switches" }), h("div", { class: "records", tabindex: "0", role: "region", "aria-label": "Traffic" }));
  return drawInspector();
}

export async function drawInspector() {
  const side = document.getElementById("side");
  if (side.dataset.shows !== "inspector") return;
  drawSwitches(side.querySelector(".switches"));
  await askForMore();
  const list = side.querySelector(".records");
  if (!list) return;
  if (records.length) keyed(list, records.map((one) => ({ key: one.id, version: "", one })), ({ one }) => drawRecord(one));
  else fill(list, h("p", { class: "empty" }, "Nothing has passed between the bot and Slack yet."));
}

/** The server sends what is new; the newest stand on top. */
async function askForMore() {
  const [calls, deliveries] = state.traffic ?? [0, 0];
  if (asking || (calls === seen.calls && deliveries === seen.deliveries)) return;
  asking = true;
  const news = await fetch(`/traffic?calls=${seen.calls}&deliveries=${seen.deliveries}`).then((answer) => answer.json()).catch(() => null);
  asking = false;
  if (!news) return;
  Object.assign(seen, { calls: news.calls, deliveries: news.deliveries });
  records = [...news.records, ...records].sort((one, other) => other.began - one.began).slice(0, MOST);
}

function drawSwitches(place) {
  const boxes = (state.switches ?? []).map((one) => {
    const box = h("input", { type: "checkbox", checked: one.on, "data-field": `switch/${one.name}` });
    box.addEventListener("change", () => act("switch", { name: one.name, on: box.checked }));
    return { key: one.name, version: String(one.on), node: h("label", { class: "tick" }, box, h("span", {}, one.label, h("small", {}, one.about))) };
  });
  const on = (state.switches ?? []).filter((one) => one.on).length;
  if (!place.firstChild) fill(place, h("details", {}, h("summary", {}), h("div")));
  fill(place.querySelector("summary"), icon("warning"), on ? `Faults: ${on} on` : "Faults: none");
  place.classList.toggle("on", on > 0);
  keyed(place.querySelector("div"), boxes, (one) => one.node);
}

function drawRecord(one) {
  const toBot = one.way === "delivery";
  const took = one.seconds < 0.001 ? "under 1 ms" : one.seconds < 1 ? `${Math.round(one.seconds * 1000)} ms` : `${one.seconds.toFixed(1)} s`;
  const bar = h("meter", { min: "0", max: String(LIMIT), low: "1", high: "2.5", optimum: "0", value: Math.min(one.seconds, LIMIT), "aria-label": `${took} of ${LIMIT} seconds` });
  const summary = h("summary", {}, h("span", { class: `way ${one.way}`, title: toBot ? "Slack to the bot" : "The bot to Slack" }, toBot ? "→ bot" : "→ Slack"), h("span", { class: "name" }, one.name), one.problem && h("span", { class: "problem" }, one.problem), h("small", {}, took));
  const details = h("details", { class: "record" }, summary);
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(drawDetails(one, bar)));
  return details;
}

function drawDetails(one, bar) {
  const hints = one.answer?.response_metadata?.messages ?? [];
  return h(
    "div",
    {},
    h("p", { class: "soft" }, clockTime(one.began), one.attempt ? `, try ${one.attempt + 1}` : "", one.way === "delivery" ? [" ", bar, ` of ${LIMIT} s`] : ""),
    one.problem && h("p", { class: "error" }, WHY[one.problem] ?? `Refused: ${one.problem}.`, hints.map((hint) => h("br", {}) && h("span", { class: "hint" }, ` ${hint}`))),
    h("h3", {}, one.way === "delivery" ? "Slack sent" : "The bot asked"),
    h("pre", { tabindex: "0" }, shown(one.request)),
    h("h3", {}, one.way === "delivery" ? "The bot answered" : "Slack answered"),
    h("pre", { tabindex: "0" }, shown(one.answer) || "(nothing, which means: taken)"),
  );
}

function shown(thing) {
  if (typeof thing !== "string") return JSON.stringify(thing, null, 2);
  try {
    return thing && JSON.stringify(JSON.parse(thing), null, 2);
  } catch {
    return thing;
  }
}
