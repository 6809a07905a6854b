// Puts the window together: who looks, where they are, and what to draw again when something has changed.

import { clockButton, drawClock } from "./clock.js";
import { drawMain } from "./conversation.js";
import { fill, h, icon } from "./dom.js";
import { drawInspector, inspectorButton } from "./inspector.js";
import { drawModal, setUpModal } from "./modal.js";
import { chooseWhom, face } from "./people.js";
import { drawSidebar } from "./sidebar.js";
import { channelOf, state, stayLive } from "./store.js";

const sidebar = document.getElementById("sidebar");
const side = document.getElementById("side");

/** `#/C123`, `#/C123/ts` with a thread, `#/app/home`, `#/app/messages`. */
function here() {
  const [, first, second] = location.hash.split("/");
  if (first === "app") return { app: true, tab: second === "messages" || !state.team.home ? "messages" : "home" };
  if (first && channelOf(first)) return { channel: first, thread: second };
  const home = state.channels.find((one) => one.name === "general");
  return home ? { channel: home.id } : { app: true, tab: "home" };
}

const viewAs = h("button", { type: "button", class: "chip-button", "aria-haspopup": "dialog", onclick: chooseWhom });
const burger = h("button", { type: "button", class: "chip-button narrow-only", "aria-label": "Conversations", "aria-expanded": "false", "aria-controls": "sidebar" }, icon("menu"));
const line = h("p", { id: "line", role: "alert", hidden: true }, "The demo is not answering. It comes back by itself when it runs again.");
const company = h("strong", {});

function setUp() {
  fill(document.getElementById("top"), burger, h("span", { class: "company" }, company, h("small", { class: "wide-only" }, "a local Slack")), h("span", { class: "spring" }), clockButton(), inspectorButton(), viewAs);
  document.getElementById("top").after(line);
  burger.addEventListener("click", () => showSidebar(!sidebar.classList.contains("open")));
  sidebar.addEventListener("click", (event) => event.target.closest("a") && showSidebar(false));
  addEventListener("keydown", (event) => event.key === "Escape" && showSidebar(false));
  addEventListener("hashchange", moved);
  document.addEventListener("visibilitychange", () => state.me && draw());
  setUpModal();
}

function showSidebar(open) {
  sidebar.classList.toggle("open", open);
  burger.setAttribute("aria-expanded", String(open));
  if (open) sidebar.querySelector("a")?.focus();
}

function moved() {
  if (!here().thread && side.dataset.shows === "thread") {
    side.hidden = true;
    side.dataset.shows = "";
  }
  draw();
}

function draw() {
  const place = here();
  drawSidebar(place);
  drawMain(place);
}

function onNews(news) {
  const named = (...names) => names.some((name) => news.has(name));
  if (named("me", "people", "team")) drawTop();
  if (named("channels", "team", "people", "home") || [...news].some((name) => name.startsWith("messages/"))) draw();
  if (named("modals")) drawModal();
  if (named("clock", "me")) drawClock();
  if (named("traffic", "switches")) drawInspector();
}

function drawTop() {
  company.textContent = state.team.name;
  document.title = `${state.me.full} · ${state.team.name}`;
  viewAs.setAttribute("aria-label", `View as ${state.me.name}, change`);
  fill(viewAs, face(state.me, "tiny"), h("span", {}, h("small", { class: "wide-only" }, "View as "), h("b", {}, state.me.name)), icon("chevron"));
}

setUp();
stayLive(onNews, (there) => (line.hidden = there));
