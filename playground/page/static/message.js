// One message: who, when, what, its buttons and menus, reactions, and what can be done with it.

import { drawBlocks } from "./blocks.js";
import { dropdown, h, icon } from "./dom.js";
import { face, status } from "./people.js";
import { act, clockTime, inZone, nameOf, state } from "./store.js";
import { Surface } from "./surface.js";
import { mrkdwn, withEmoji } from "./text.js";
import { toast } from "./toast.js";

const QUICK = ["+1", "tada", "heart", "eyes"];

/** `replies` are those in its thread; `onthread` opens it, and is missing inside one. `close`: right after its like. */
export function drawMessage(channel, message, { replies = [], onthread, close } = {}) {
  const author = state.people[message.user];
  const at = Number(message.ts);
  const surface = new Surface({ channel, ts: message.ts }, message.values);
  const time = h("time", { datetime: new Date(at * 1000).toISOString(), title: inZone(at, { dateStyle: "full", timeStyle: "short" }) }, clockTime(at));
  const head = h("p", { class: "who" }, h("b", {}, author?.name ?? message.user), author && !author.reads && h("span", { class: "badge" }, "App"), author && status(author), time);
  return h(
    "article",
    { class: `message ${close ? "close" : ""} ${message.private ? "private" : ""}`, "aria-label": `${author?.name ?? message.user}, ${clockTime(at)}` },
    close ? h("span", { class: "when" }, time) : face(author ?? { id: message.user, full: message.user }),
    h(
      "div",
      { class: "body" },
      message.private && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      !close && head,
      h("div", { class: "content" }, content(message, surface)),
      message.reactions.length ? h("div", { class: "reactions" }, message.reactions.map((one) => reaction(channel, message, one))) : null,
      replies.length ? thread(replies, onthread) : null,
    ),
    message.private ? null : tools(channel, message, onthread),
  );
}

function content(message, surface) {
  const said = message.blocks.length ? drawBlocks(message.blocks, surface) : h("div", {}, mrkdwn(message.text));
  return [
    said,
    message.edited && h("small", {}, " (edited)"),
    message.attachments ? h("span", { class: "unknown" }, "This page cannot draw attachments.") : null,
    message.files.map(file),
  ];
}

function file({ id, name, picture, alt }) {
  const href = `/as/${state.me.id}/files/${id}`;
  const link = h("a", { class: "file", href, download: name }, icon("file"), name);
  return picture ? h("figure", {}, h("img", { class: "picture", src: href, alt }), h("figcaption", {}, link)) : link;
}

function reaction(channel, message, { name, people }) {
  const own = people.includes(state.me.id);
  const shown = withEmoji(`:${name}:`);
  const who = people.map(nameOf).join(", ");
  return h("button", { type: "button", class: own ? "own" : "", "aria-pressed": String(own), title: `${who} reacted with :${name}:`, onclick: () => react(channel, message, name) }, `${shown} ${people.length}`);
}

async function react(channel, message, name) {
  const outcome = await act("react", { channel, ts: message.ts, name });
  if (outcome.notice) toast(outcome.notice, "bad");
}

function thread(replies, onthread) {
  const faces = [...new Set(replies.map((one) => one.user))].slice(0, 3).map((id) => face(state.people[id], "tiny"));
  return h("button", { type: "button", class: "replies", onclick: onthread }, faces, replies.length === 1 ? "1 reply" : `${replies.length} replies`);
}

function tools(channel, message, onthread) {
  const smile = h("button", { type: "button", "aria-label": "Add a reaction" }, icon("smile"));
  dropdown(smile, QUICK.map((name) => ({ label: `${withEmoji(`:${name}:`)}  ${name}`, act: () => react(channel, message, name) })), "Reactions");
  const reply = onthread && h("button", { type: "button", "aria-label": "Reply in a thread", onclick: onthread }, icon("reply"));
  const bar = h("div", { class: "tools", role: "group", "aria-label": "With this message" }, smile, reply);
  const shortcuts = state.team.shortcuts.filter((one) => one.kind === "message");
  if (!shortcuts.length) return bar;
  const more = h("button", { type: "button", "aria-label": "Message shortcuts" }, icon("more"));
  bar.append(more);
  dropdown(more, shortcuts.map((one) => ({ label: one.name, about: one.about, act: () => start(one, channel, message) })), "Message shortcuts");
  return bar;
}

async function start(shortcut, channel, message) {
  const outcome = await act("shortcut", { id: shortcut.id, channel, ts: message.ts });
  if (outcome.notice) toast(outcome.notice, "bad");
}
