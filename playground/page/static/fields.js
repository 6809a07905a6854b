// Each Block Kit element as a control. Inside a form it waits for the button; elsewhere the app hears of it at once.

import { dropdown, h, icon } from "./dom.js";
import { channelEntries, optionEntries, optionEntry, peopleEntries, personEntry, picker } from "./picker.js";
import { fieldTime, state } from "./store.js";
import { link, text, unknown, words } from "./text.js";

/** `about` says how it stands there: {label, describedby, invalid, optional}. */
export function drawElement(surface, block, element, about = {}) {
  const draw = ELEMENTS[element.type];
  return draw ? draw(new Field(surface, block, element, about)) : unknown(element.type, element);
}

class Field {
  constructor(surface, block, element, about) {
    Object.assign(this, { surface, block, element, about });
    this.waits = block.type === "input" && !block.dispatch_action;
    this.key = surface.field(block, element);
    this.label = about.label ?? words(element.placeholder) ?? "";
  }

  get value() {
    return this.surface.value(this.block, this.element);
  }

  get props() {
    return { "data-field": this.key, "aria-label": this.label || null, "aria-describedby": this.about.describedby, "aria-invalid": this.about.invalid ? "true" : null };
  }

  change(choice, control) {
    if (this.waits) this.surface.type(this.block, this.element, choice);
    else this.surface.press(this.block, this.element, control, choice);
  }

  /** Into a text field: the app hears of it on Enter, if it wants to. */
  written(control) {
    this.surface.type(this.block, this.element, control.value);
  }

  press(control, choice) {
    return this.surface.press(this.block, this.element, control, choice);
  }
}

function button(field) {
  const { element } = field;
  const spoken = element.accessibility_label ? words({ text: element.accessibility_label }) : null;
  const props = { type: "button", class: element.style ?? "", "data-field": field.key, "aria-label": spoken };
  const control = h("button", { ...props, onclick: () => pressed(field, control) }, words(element.text), element.url && icon("open"));
  return control;
}

function pressed(field, control) {
  if (field.element.url) link(field.element.url, "there").click?.();
  return field.press(control, null);
}

function overflow(field) {
  const control = h("button", { type: "button", "aria-label": "More actions", "data-field": field.key }, icon("more"));
  const items = field.element.options.map((option) => ({ label: words(option.text), about: words(option.description), act: () => field.press(control, option) }));
  dropdown(control, items, "More actions");
  return control;
}

function typed(type, more = {}) {
  return (field) => {
    const { element } = field;
    const limits = { minlength: element.min_length, maxlength: element.max_length, min: element.min_value, max: element.max_value };
    const props = { ...field.props, ...limits, ...more, placeholder: words(element.placeholder) || null, autofocus: element.focus_on_load };
    const tall = element.multiline || element.type === "rich_text_input";
    const control = tall ? h("textarea", { ...props, rows: "3" }) : h("input", { ...props, type });
    control.value = standing(field);
    control.addEventListener("input", () => field.written(control));
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || field.waits || (tall && !event.ctrlKey)) return;
      event.preventDefault();
      field.press(control, control.value);
    });
    return control;
  };
}

function standing(field) {
  const rich = field.value.rich_text_value;
  return rich ? rich.elements.flatMap((part) => part.elements ?? []).map((one) => one.text ?? "").join("") : (field.value.value ?? "");
}

function dated(type, key, shown = (value) => value) {
  return (field) => {
    const control = h("input", { ...field.props, type });
    control.value = field.value[key] ? shown(field.value[key]) : "";
    control.addEventListener("change", () => field.change(control.value || null, control));
    return control;
  };
}

/** Radio buttons and checkboxes: a group of native ones. */
function ticked(type, key) {
  return (field) => {
    const standing = [field.value[key] ?? []].flat().map((one) => one.value);
    const name = `${field.key}/${Math.random()}`;
    const boxes = [];
    const chosen = () => field.element.options.filter((_, at) => boxes[at].checked);
    const rows = field.element.options.map((option) => {
      const box = h("input", { type, name, value: option.value, checked: standing.includes(option.value), "data-field": `${field.key}/${option.value}` });
      box.addEventListener("change", () => field.change(type === "radio" ? option : chosen(), box));
      boxes.push(box);
      return h("label", { class: "tick" }, box, h("span", {}, text(option.text), option.description && h("small", {}, text(option.description))));
    });
    return h("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group", "aria-label": field.label || null, "aria-describedby": field.about.describedby }, rows);
  };
}

function menu(key, entriesOf, entryOf) {
  return (field) => {
    const { element, block } = field;
    const several = element.type.startsWith("multi_");
    const standing = [field.value[key] ?? []].flat().map((value) => entryOf(value)).filter(Boolean);
    const external = element.type.endsWith("external_select");
    const box = picker({
      field: field.key,
      label: field.label || words(element.placeholder) || "Choose",
      entries: external ? [] : entriesOf(element),
      chosen: standing,
      several,
      most: element.max_selected_items,
      placeholder: words(element.placeholder) || "Choose an option",
      clearable: block.type !== "input" || block.optional,
      describedby: field.about.describedby,
      invalid: field.about.invalid,
      onchoose: (picked) => field.change(several ? picked.map((one) => one.value) : (picked[0]?.value ?? null), box),
      least: element.min_query_length ?? 3,
      ask: external && (async (query) => (await field.surface.suggest(block, element, query)).map((one) => optionEntry(one))),
    });
    return box;
  };
}

const KINDS = { public: "public_channel", private: "private_channel", im: "im", mpim: "mpim" };
const conversations = (element) => channelEntries((element.filter?.include ?? ["public", "private"]).map((kind) => KINDS[kind]));
const channelEntry = (id) => channelEntries(Object.values(KINDS)).find((one) => one.key === id);
const person = (id) => state.people[id] && personEntry(state.people[id]);

const ELEMENTS = {
  button,
  overflow,
  plain_text_input: typed("text"),
  rich_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number", { step: "any" }),
  datepicker: dated("date", "selected_date"),
  timepicker: dated("time", "selected_time"),
  datetimepicker: dated("datetime-local", "selected_date_time", fieldTime),
  radio_buttons: ticked("radio", "selected_option"),
  checkboxes: ticked("checkbox", "selected_options"),
  static_select: menu("selected_option", optionEntries, optionEntry),
  external_select: menu("selected_option", optionEntries, optionEntry),
  multi_static_select: menu("selected_options", optionEntries, optionEntry),
  multi_external_select: menu("selected_options", optionEntries, optionEntry),
  users_select: menu("selected_user", peopleEntries, person),
  multi_users_select: menu("selected_users", peopleEntries, person),
  channels_select: menu("selected_channel", () => channelEntries(["public_channel"]), channelEntry),
  multi_channels_select: menu("selected_channels", () => channelEntries(["public_channel"]), channelEntry),
  conversations_select: menu("selected_conversation", conversations, channelEntry),
  multi_conversations_select: menu("selected_conversations", conversations, channelEntry),
};
