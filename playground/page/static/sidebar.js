// The left column: the app on top, then channels and direct messages, with marks for what is unread.

import { fill, h, icon, keepingFocus } from "./dom.js";
import { face, status } from "./people.js";
import { botChannel, state } from "./store.js";

export function drawSidebar(place) {
  const nav = document.getElementById("sidebar");
  const rooms = state.channels.filter((one) => one.name && one.kind !== "mpim");
  const directs = state.channels.filter((one) => one.kind === "im" && one.with[0] !== state.team.bot);
  keepingFocus(nav, () =>
    fill(
      nav,
      section("Apps", [appRow(place)]),
      section("Channels", rooms.map((one) => row(place, one, [icon("hash"), one.name]))),
      directs.length ? section("Direct messages", directs.map((one) => direct(place, one))) : null,
    ),
  );
}

function section(title, rows) {
  return h("section", {}, h("h2", {}, title), h("ul", {}, rows));
}

function appRow(place) {
  const bot = state.people[state.team.bot];
  const unread = botChannel()?.unread ?? 0;
  return entry(place.app, unread ? "#/app/messages" : "#/app/home", "app", unread, [face(bot, "small"), state.team.app]);
}

function row(place, channel, content) {
  return entry(place.channel === channel.id, `#/${channel.id}`, channel.id, channel.unread, content);
}

function direct(place, channel) {
  const other = state.people[channel.with[0]];
  return row(place, channel, [face(other, "small"), other.name, status(other)]);
}

function entry(here, href, key, unread, content) {
  const props = { href, "data-field": `sidebar/${key}`, "aria-current": here ? "page" : null, class: unread && !here ? "unread" : "" };
  const mark = unread && !here ? h("span", { class: "count" }, String(unread), h("span", { class: "hidden" }, " unread")) : null;
  return h("li", {}, h("a", props, content, mark));
}
