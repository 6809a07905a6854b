// Faces, names, and choosing whose Slack to look at.

import { fill, h, icon } from "./dom.js";
import { dialog } from "./dialog.js";
import { state } from "./store.js";
import { withEmoji } from "./text.js";

const TINTS = 8;

/** Initials on a colour that stays with the person; the app has a sign of its own. */
export function face(person, size = "") {
  if (person.id === state.team?.bot) return h("img", { class: `face ${size}`, src: "/page/icon.svg", alt: "" });
  const letters = [...person.full].filter((_, at, all) => at === 0 || all[at - 1] === " ").slice(0, 2).join("");
  const tint = [...person.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 0) % TINTS;
  return h("span", { class: `face ${size} tint-${tint}`, "aria-hidden": "true" }, letters.toUpperCase());
}

export function status(person) {
  const sign = person.status ? withEmoji(person.status) : "";
  return sign && sign !== person.status ? h("span", { class: "status", title: "Status" }, sign) : null;
}

/** Everybody who can sign in; choosing one goes to their address. */
export function chooseWhom() {
  const { box, body } = dialog("View as");
  const search = h("input", { type: "search", placeholder: "Search people", "aria-label": "Search people", autocomplete: "off" });
  const list = h("ul", { class: "people" });
  const everybody = Object.values(state.people).filter((one) => one.reads && !one.gone);

  function draw() {
    const typed = search.value.trim().toLowerCase();
    const found = everybody.filter((one) => `${one.full} ${one.name} ${one.title}`.toLowerCase().includes(typed));
    fill(list, found.length ? found.map(row) : h("li", { class: "soft" }, "Nobody of that name works here."));
  }

  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => event.key === "Enter" && list.querySelector("a")?.click());
  draw();
  fill(body, h("p", { class: "soft" }, "Open a second window as somebody else, and both stay live."), search, list);
  box.showModal();
  search.focus();
}

function row(person) {
  const own = person.id === state.me.id;
  const elsewhere = { href: `/as/${person.id}`, target: "_blank", class: "plain", "aria-label": `${person.full} in a new window`, title: "In a new window" };
  return h(
    "li",
    {},
    h("a", { href: `/as/${person.id}`, "aria-current": own ? "true" : null }, face(person), h("span", {}, h("b", {}, person.full), status(person), h("small", {}, person.title))),
    h("a", elsewhere, icon("open")),
  );
}
