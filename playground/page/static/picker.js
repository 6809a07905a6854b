// A menu to search in and choose from: static, people, channels, or options that the app is asked for.

import { fill, h, icon } from "./dom.js";
import { face } from "./people.js";
import { state } from "./store.js";
import { words } from "./text.js";

const MOST_SHOWN = 100;
let numbered = 0;

/** `chosen` are entries {key, label, value}; `onchoose` hears the new list of them. `ask` is asked from `least` characters on. */
export function picker({ field, label, entries, chosen, several, most = Infinity, placeholder, clearable, describedby, invalid, onchoose, ask, least }) {
  const id = `picker-${(numbered += 1)}`;
  let picked = chosen;
  let open = false;
  let shown = [];
  let at = -1;
  let offered = entries;

  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder,
    "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
    "aria-describedby": describedby, "aria-invalid": invalid ? "true" : null, "data-field": field,
  });
  const list = h("ul", { id, role: "listbox", "aria-label": label, "aria-multiselectable": several ? "true" : null, hidden: true });
  const chips = h("span", { class: "chips" });
  const clear = h("button", { type: "button", class: "plain", "aria-label": `Clear ${label}`, onclick: () => choose([]) }, icon("close"));
  const box = h("div", { class: "picker" }, h("div", { class: "picker-line" }, chips, input, clear, icon("chevron")), list);

  function choose(next) {
    picked = next;
    rest();
    onchoose(picked);
  }

  function rest() {
    show(false);
    input.value = several ? "" : (picked[0]?.label ?? "");
    input.placeholder = several && picked.length ? "" : (placeholder ?? "");
    clear.hidden = !clearable || !picked.length;
    fill(chips, several ? picked.map(chip) : []);
  }

  function chip(entry) {
    const drop = () => {
      choose(picked.filter((one) => one.key !== entry.key));
      input.focus();
    };
    const still = (event) => event.preventDefault(); // a field left on the way would draw its chips anew, and lose the click
    return h("span", { class: "chip" }, entry.label, h("button", { type: "button", "aria-label": `Remove ${entry.label}`, onmousedown: still, onclick: drop }, icon("close")));
  }

  function show(yes) {
    open = yes;
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }

  function search() {
    const typed = input.value.trim().toLowerCase();
    const all = !typed || (!several && input.value === picked[0]?.label);
    shown = offered.filter((one) => all || one.label.toLowerCase().includes(typed) || one.also?.toLowerCase().includes(typed));
    at = shown.findIndex((one) => picked.some((other) => other.key === one.key));
    if (at < 0 && shown.length) at = 0;
    draw();
  }

  function draw() {
    let group;
    const rows = shown.slice(0, MOST_SHOWN).flatMap((entry, place) => {
      const heading = entry.group && entry.group !== group ? h("li", { role: "presentation", class: "group" }, (group = entry.group)) : null;
      return [heading, option(entry, place)];
    });
    fill(list, rows.length ? rows : h("li", { class: "soft", role: "presentation" }, ask && input.value.trim().length < least ? "Type to search." : "No results"));
    show(true);
    mark();
  }

  function option(entry, place) {
    const taken = picked.some((one) => one.key === entry.key);
    const props = { id: `${id}-${place}`, role: "option", "aria-selected": String(taken), onmousedown: (event) => event.preventDefault(), onclick: () => take(entry) };
    return h("li", props, entry.face && face(entry.face, "small"), h("span", {}, entry.label, entry.about && h("small", {}, ` ${entry.about}`)), taken && icon("check"));
  }

  function mark() {
    for (const row of list.querySelectorAll("[role=option]")) row.classList.toggle("at", row.id === `${id}-${at}`);
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  }

  function take(entry) {
    const there = picked.some((one) => one.key === entry.key);
    if (!several) choose([entry]);
    else if (there) choose(picked.filter((one) => one.key !== entry.key));
    else if (picked.length < most) choose([...picked, entry]);
    input.focus();
    show(false);
  }

  const keys = {
    ArrowDown: () => (open ? move(1) : begin()),
    ArrowUp: () => (open ? move(-1) : begin()),
    Enter: () => (open && shown[at] ? take(shown[at]) : open || begin()),
    Escape: () => open && rest(),
    Backspace: () => several && !input.value && picked.length && choose(picked.slice(0, -1)),
  };

  function move(way) {
    if (shown.length) at = (at + way + shown.length) % Math.min(shown.length, MOST_SHOWN);
    mark();
  }

  input.addEventListener("keydown", (event) => {
    if (!keys[event.key] || (event.key === "Escape" && !open)) return;
    if (event.key !== "Backspace") event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  input.addEventListener("input", () => (ask ? asked(input.value) : search()));
  input.addEventListener("click", () => (open ? null : (input.select(), begin())));
  input.addEventListener("blur", rest);

  function begin() {
    if (ask && least === 0) asked("", 0);
    else search();
  }

  let timer;
  let asks = 0;
  function asked(typed, pause = 250) {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const turn = (asks += 1);
      const found = await ask(typed);
      if (turn !== asks || document.activeElement !== input) return; // an answer to what is wanted no more
      shown = offered = found;
      at = shown.length ? 0 : -1;
      draw();
    }, pause);
  }

  rest();
  return box;
}

// What there is to choose from

export function optionEntries(element) {
  const plain = (element.options ?? []).map((one) => optionEntry(one));
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options.map((one) => optionEntry(one, words(group.label))));
  return [...plain, ...grouped];
}

export function optionEntry(option, group = "") {
  return { key: option.value, label: words(option.text), about: words(option.description), value: option, group };
}

export function peopleEntries() {
  const everybody = Object.values(state.people).filter((one) => one.reads && !one.gone);
  return everybody.map(personEntry).sort((one, other) => one.label.localeCompare(other.label));
}

export function personEntry(person) {
  return { key: person.id, label: person.full, also: person.name, about: person.title, value: person.id, face: person };
}

export function channelEntries(kinds) {
  const seen = state.channels.filter((one) => one.name && kinds.includes(one.kind)).map((one) => [one.id, one.name]);
  const everywhere = kinds.includes("public_channel") ? Object.entries(state.team.public) : [];
  return [...new Map([...everywhere, ...seen])].map(([id, name]) => ({ key: id, label: `#${name}`, value: id }));
}
