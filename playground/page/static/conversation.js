// The middle of the page: one conversation, or the app with its tabs; and a thread beside it.

import { drawBlocks } from "./blocks.js";
import { composer } from "./composer.js";
import { fill, h, icon, keepingFocus, keyed } from "./dom.js";
import { drawMessage } from "./message.js";
import { face, status } from "./people.js";
import { act, botChannel, channelOf, inZone, longDay, nameOf, now, state } from "./store.js";
import { Surface } from "./surface.js";

const CLOSE = 300; // seconds within which one person's messages stand together
let pane = {}; // what stands in the middle: {key, list, readUntil}

export function drawMain(place) {
  const main = document.getElementById("main");
  const channel = place.app ? botChannel() : channelOf(place.channel);
  const key = place.app ? `app/${place.tab}` : place.channel;
  if (pane.key !== key || (place.app && pane.channel !== channel?.id && place.tab === "messages")) setUp(main, place, channel, key);
  if (place.app && place.tab === "home") drawHome();
  else if (channel) drawMessages(channel, pane.list, place);
}

function setUp(main, place, channel, key) {
  const list = h("div", { class: "messages", tabindex: "0", role: "region", "aria-label": "Messages" });
  pane = { key, list, channel: channel?.id, readUntil: channel?.read ?? "" };
  main.className = place.app && place.tab === "home" ? "home" : "";
  if (place.app) fill(main, appHead(place), place.tab === "home" ? list : [list, channel && state.team.writable ? composer({ channel: channel.id }, `Message ${state.team.app}`) : null]);
  else if (channel) fill(main, head(channel), list, composer({ channel: channel.id }, `Message ${title(channel)}`));
  else fill(main, h("p", { class: "empty" }, "You are not in this conversation. Choose another one on the left."));
  if (place.app) act("open_app", { tab: place.tab });
  if (place.app && place.tab === "home") fill(list, state.home ? [] : h("p", { class: "empty" }, "Opening …"));
}

function title(channel) {
  return channel.kind === "im" ? nameOf(channel.with[0]) : `#${channel.name}`;
}

function head(channel) {
  const other = channel.kind === "im" ? state.people[channel.with[0]] : null;
  const about = other ? other.title : `${channel.members} members`;
  return h("header", { class: "head" }, h("h1", {}, other ? [face(other, "small"), other.full, status(other)] : [icon("hash"), channel.name]), h("small", {}, about));
}

function appHead(place) {
  const tab = (name, label) => h("a", { href: `#/app/${name}`, "aria-current": place.tab === name ? "page" : null, "data-field": `tab/${name}` }, label);
  const bot = state.people[state.team.bot];
  return h("header", { class: "head" }, h("h1", {}, face(bot, "small"), state.team.app), h("nav", { class: "tabs", "aria-label": `${state.team.app}'s tabs` }, state.team.home && tab("home", "Home"), tab("messages", "Messages")));
}

function drawHome() {
  const home = state.home;
  if (!home || pane.version === home.id + home.hash) return;
  pane.version = home.id + home.hash;
  const surface = new Surface({ view: home.id }, home.values);
  keepingFocus(pane.list, () => fill(pane.list, h("div", { class: "home-view" }, drawBlocks(home.blocks, surface))));
}

function drawMessages(channel, list, place) {
  const all = state[`messages/${channel.id}`] ?? [];
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80 || !list.children.length;
  const roots = all.filter((one) => !one.thread || one.thread === one.ts);
  keyed(list, rows(channel, roots, all), (row) => row.draw());
  if (!list.children.length) fill(list, nothingYet(channel));
  if (atEnd) list.scrollTop = list.scrollHeight;
  markRead(channel, all);
  if (place.thread) drawThread(channel, all, place.thread);
}

function nothingYet(channel) {
  const bot = channel.with[0] === state.team.bot;
  const what = bot ? `${state.team.app} has not written to you yet. Type / to see what it can do.` : "Nobody has written here yet.";
  const row = h("p", { class: "empty" }, what);
  row.dataset.key = "empty";
  return row;
}

/** Messages with a line before each new day and before the first unread one. */
function rows(channel, roots, all) {
  let before = null;
  let unread = false;
  return roots.flatMap((message) => {
    const day = longDay(message.ts);
    const lines = before && longDay(before.ts) === day ? [] : [{ key: `day/${day}`, version: dayName(message.ts), draw: () => h("p", { class: "day" }, h("span", {}, dayName(message.ts))) }];
    if (!unread && pane.readUntil && message.ts > pane.readUntil && message.user !== state.me.id) {
      unread = true;
      lines.push({ key: "new", version: "", draw: () => h("p", { class: "new" }, h("span", {}, "New")) });
    }
    const close = !lines.length && before.user === message.user && !message.private && !before.private && message.ts - before.ts < CLOSE;
    before = message;
    return [...lines, row(channel, message, all, close)];
  });
}

function row(channel, message, all, close) {
  const replies = all.filter((one) => one.thread === message.ts && one.ts !== message.ts);
  const { values, ...seen } = message;
  const onthread = () => (location.hash = `#/${channel.id}/${message.ts}`);
  return { key: message.ts, version: JSON.stringify([seen, replies.length, close]), draw: () => drawMessage(channel.id, message, { replies, close, onthread }) };
}

function dayName(ts) {
  const ago = Math.round((midday(now()) - midday(Number(ts))) / 86400);
  return { 0: "Today", 1: "Yesterday" }[ago] ?? longDay(ts);
}

function midday(seconds) {
  return Date.parse(`${inZone(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-")}T12:00:00Z`) / 1000;
}

/** Only what somebody can really see counts as read. */
function markRead(channel, all) {
  const last = all.at(-1);
  if (last && channel.unread && document.visibilityState === "visible" && last.ts > channel.read) act("read", { channel: channel.id, ts: last.ts });
}

let threadPane = {};

function drawThread(channel, all, ts) {
  const side = document.getElementById("side");
  if (threadPane.ts !== ts || side.dataset.shows !== "thread") {
    const list = h("div", { class: "messages", tabindex: "0", role: "region", "aria-label": "Thread" });
    threadPane = { ts, list };
    side.dataset.shows = "thread";
    side.hidden = false;
    side.setAttribute("aria-label", "Thread");
    const shut = h("a", { href: `#/${channel.id}`, class: "button plain", "aria-label": "Close the thread" }, icon("close"));
    fill(side, h("header", { class: "head" }, h("h2", {}, "Thread"), h("small", {}, title(channel)), shut), list, composer({ channel: channel.id, thread: ts }, "Reply"));
  }
  const inIt = all.filter((one) => one.ts === ts || one.thread === ts);
  const parts = inIt.map((message) => ({ key: message.ts, version: JSON.stringify({ ...message, values: 0 }), draw: () => drawMessage(channel.id, message) }));
  keyed(threadPane.list, parts, (one) => one.draw());
  threadPane.list.scrollTop = threadPane.list.scrollHeight;
}

