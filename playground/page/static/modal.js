// The app's modals: a stack of which the top one shows, errors under its fields, and the focus kept inside.

import { drawBlocks } from "./blocks.js";
import { fill, h, icon, keepingFocus } from "./dom.js";
import { act, state } from "./store.js";
import { Surface } from "./surface.js";
import { words } from "./text.js";

const box = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
let drawn = {};
let surface;
let notice = "";

export function setUpModal() {
  document.body.append(box);
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    shut(false);
  });
}

/** After news: opens, changes or closes. What is typed in an unchanged view stays untouched. */
export function drawModal() {
  const stack = state.modals ?? [];
  const view = stack.at(-1);
  if (!view) return close();
  const version = JSON.stringify([view.id, view.hash, view.errors, stack.length, notice]);
  if (version === drawn.version) return;
  const another = drawn.id !== view.id;
  drawn = { id: view.id, version };
  keepingFocus(box, () => content(view));
  if (!box.open) box.showModal();
  if (another) firstField().focus();
  else if (Object.keys(view.errors).length) box.querySelector("[aria-invalid=true]")?.focus();
}

function close() {
  drawn = {};
  notice = "";
  if (box.open) box.close();
}

function firstField() {
  return box.querySelector("form [data-field]") ?? box.querySelector("h2");
}

function content(view) {
  const unsaved = surface?.target.view === view.id ? surface.taken().values : {};
  surface = new Surface({ view: view.id }, view.values, view.errors);
  const submit = view.submit && h("button", { class: "primary", type: "submit", "data-field": "submit" }, words(view.submit));
  const form = h("form", { novalidate: true }, notice && h("p", { class: "notice", role: "alert" }, icon("warning"), notice), drawBlocks(view.blocks, surface));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(view, submit);
  });
  fill(
    box,
    h(
      "header",
      {},
      h("img", { class: "face small", src: "/page/icon.svg", alt: "" }),
      h("h2", { id: "modal-title", tabindex: "-1" }, words(view.title)),
      h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => shut(true) }, icon("close")),
    ),
    form,
    h("footer", {}, h("button", { type: "button", "data-field": "close", onclick: () => shut(false) }, words(view.close) || "Cancel"), submit),
  );
  submit?.addEventListener("click", () => form.requestSubmit());
  typeAgain(unsaved);
}

/** What was typed since the server last heard of it must not be lost when the app changes its view. */
function typeAgain(unsaved) {
  for (const [block_id, actions] of Object.entries(unsaved)) {
    for (const [action_id, choice] of Object.entries(actions)) {
      const name = surface.field({ block_id }, { action_id });
      const field = [...box.querySelectorAll("input, textarea")].find((one) => one.dataset.field === name);
      if (!field || typeof choice !== "string") continue;
      field.value = choice;
      surface.type({ block_id }, { action_id }, choice);
    }
  }
}

async function send(view, button) {
  if (!button || button.disabled) return;
  button.disabled = true;
  button.classList.add("busy");
  notice = "";
  const outcome = await act("submit", surface.taken());
  button.disabled = false;
  button.classList.remove("busy");
  notice = outcome.notice ?? "";
  drawModal();
  if (Object.keys(outcome.errors ?? {}).length) box.querySelector("[aria-invalid=true]")?.focus();
}

async function shut(all) {
  const view = state.modals?.at(-1);
  if (!view) return close();
  await surface?.save();
  const outcome = await act("close", { view: view.id, all });
  notice = outcome.notice ?? "";
  drawModal();
}
