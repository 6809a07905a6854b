// Where a person writes: messages, and slash commands with what may follow them.

import { dropdown, fill, h, icon } from "./dom.js";
import { act, state } from "./store.js";
import { toast } from "./toast.js";

const drafts = new Map();

/** `where` is {channel, thread}; what is half written stays with its conversation. */
export function composer(where, hint) {
  const key = JSON.stringify(where);
  const field = h("textarea", { rows: "1", placeholder: hint, "aria-label": hint, "data-field": `composer/${key}`, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `commands-${key}`, autocomplete: "off" });
  const list = h("ul", { id: `commands-${key}`, role: "listbox", "aria-label": "Commands", hidden: true });
  const notice = h("div", { class: "notice", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "primary", "aria-label": "Send" }, icon("send"));
  const form = h("form", { class: "composer" }, list, notice, h("div", { class: "composer-line" }, shortcuts(), field, send));
  let shown = [];
  let at = 0;

  field.value = drafts.get(key) ?? "";

  function offer() {
    drafts.set(key, field.value);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
    const typed = /^\/\S*$/.exec(field.value) ? field.value : null;
    const whole = state.team.commands.find((one) => field.value.startsWith(`${one.name} `));
    shown = typed && !where.thread ? state.team.commands.filter((one) => one.name.startsWith(typed)) : [];
    at = Math.min(at, Math.max(0, shown.length - 1));
    fill(list, whole && !where.thread ? h("li", { class: "soft", role: "presentation" }, `${whole.name} ${whole.hint}`) : shown.map(option));
    list.hidden = !list.children.length;
    field.setAttribute("aria-expanded", String(shown.length > 0));
    if (shown.length) field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function option(command, place) {
    const props = { id: `${list.id}-${place}`, role: "option", "aria-selected": String(place === at), class: place === at ? "at" : "", onmousedown: (event) => event.preventDefault(), onclick: () => complete(command) };
    return h("li", props, h("b", {}, command.name), " ", h("small", {}, command.hint), h("small", { class: "about" }, command.about));
  }

  function complete(command) {
    field.value = `${command.name} `;
    offer();
    field.focus();
  }

  function say(sentence) {
    notice.hidden = !sentence;
    fill(notice, sentence && [icon("warning"), h("span", {}, h("b", {}, "Slackbot"), h("small", {}, " Only visible to you"), h("br"), sentence)]);
  }

  async function submit() {
    const text = field.value.trim();
    if (!text || form.classList.contains("busy")) return;
    form.classList.add("busy");
    say("");
    const doing = text.startsWith("/") && !where.thread ? "command" : "say";
    const outcome = await act(doing, { ...where, text });
    form.classList.remove("busy");
    if (!outcome.notice || doing === "command") field.value = "";
    offer();
    say(outcome.notice);
  }

  field.addEventListener("input", offer);
  field.addEventListener("blur", () => (list.hidden = true));
  field.addEventListener("focus", offer);
  field.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (shown.length && way) {
      event.preventDefault();
      at = (at + way + shown.length) % shown.length;
      offer();
    } else if (shown.length && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      complete(shown[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      list.hidden = true;
      shown = [];
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (shown.length && field.value !== shown[at].name) complete(shown[at]);
      else submit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return form;
}

/** The app's global shortcuts, behind the lightning as in Slack. */
function shortcuts() {
  const there = state.team.shortcuts.filter((one) => one.kind === "global");
  if (!there.length) return null;
  const button = h("button", { type: "button", class: "plain", "aria-label": "Shortcuts" }, icon("bolt"));
  dropdown(button, there.map((one) => ({ label: one.name, about: `${one.about} · ${state.team.app}`, act: () => start(one) })), "Shortcuts");
  return button;
}

async function start(shortcut) {
  const outcome = await act("shortcut", { id: shortcut.id });
  if (outcome.notice) toast(outcome.notice, "bad");
}
