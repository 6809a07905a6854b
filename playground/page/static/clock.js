// The demo's clock: what time it is there, and ways to a later one.

import { fill, h, icon, place } from "./dom.js";
import { act, clockTime, fieldTime, inZone, longDay, now, state } from "./store.js";
import { toast } from "./toast.js";

const box = h("div", { class: "panel", id: "clock-panel", popover: "auto", role: "dialog", "aria-label": "Time" });
const button = h("button", { type: "button", class: "chip-button", "aria-haspopup": "dialog", "aria-expanded": "false" });

export function clockButton() {
  document.body.append(box);
  button.addEventListener("click", () => {
    box.togglePopover();
    place(box, button);
  });
  box.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") drawPanel();
  });
  setInterval(drawButton, 5000);
  return button;
}

export function drawClock() {
  drawButton();
  if (box.matches(":popover-open")) drawPanel();
}

function drawButton() {
  if (!state.clock) return (button.hidden = true);
  const at = now();
  const heading = state.clock.heading;
  button.classList.toggle("busy", heading !== null);
  fill(button, icon("clock"), h("span", {}, `${inZone(at, { weekday: "short", day: "numeric", month: "short" })}, `, h("b", {}, clockTime(at))), heading && progress() && h("small", {}, ` ${progress()}`), h("span", { class: "hidden" }, heading ? ", time is passing" : ", change the time"));
  return button;
}

/** "day 12 of 43", on a journey that takes days. */
function progress() {
  const { left, heading } = state.clock;
  const days = Math.ceil((heading - left) / 86400);
  return days > 1 ? `day ${Math.min(days, Math.max(1, Math.ceil((now() - left) / 86400)))} of ${days}` : "";
}

function drawPanel() {
  const { heading, moments } = state.clock;
  const zone = state.me.tz.split("/").pop().replace("_", " ");
  const pick = h("input", { type: "datetime-local", "aria-label": "Another moment", "data-field": "clock/free", min: fieldTime(now()) });
  pick.value = fieldTime(now() + 86400);
  const free = h("form", {}, h("label", {}, "Another moment"), h("div", { class: "together" }, pick, h("button", { type: "submit", disabled: heading !== null }, "Go")));
  free.addEventListener("submit", (event) => {
    event.preventDefault();
    travel(pick.value);
  });
  fill(
    box,
    h("p", {}, h("b", {}, `${longDay(now())}, ${clockTime(now())}`), h("small", {}, ` in ${zone}`)),
    heading
      ? h("p", { class: "soft", role: "status" }, `On the way to ${longDay(heading)}, ${clockTime(heading)} …${progress() && ` ${progress()}`}`)
      : h("p", { class: "soft" }, "The bot lives at this time. Let it pass, and all that is due happens in order."),
    moments.map((one) => h("button", { type: "button", disabled: heading !== null, onclick: () => travel(one.at) }, h("span", {}, one.label), h("small", {}, `${inZone(one.at, { weekday: "short", day: "numeric", month: "short" })}, ${clockTime(one.at)}`))),
    free,
  );
}

async function travel(to) {
  const outcome = await act("travel", { to });
  if (outcome.notice || state.clock.trouble) return toast(outcome.notice || state.clock.trouble, "bad");
  box.hidePopover();
  return toast(`It is ${longDay(outcome.at)}, ${clockTime(outcome.at)}.`);
}
