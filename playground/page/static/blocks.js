// Block Kit as Slack draws it. A block or element that this page does not know is named in its place.

import { h } from "./dom.js";
import { drawElement } from "./fields.js";
import { link, richText, text, unknown, words } from "./text.js";

export function drawBlocks(blocks, surface) {
  return blocks.map((block) => h("div", { class: `block ${block.type}` }, (BLOCKS[block.type] ?? unknownBlock)(block, surface)));
}

const unknownBlock = (block) => unknown(block.type, block);

const BLOCKS = {
  section(block, surface) {
    const fields = block.fields && h("div", { class: "fields" }, block.fields.map((one) => h("div", {}, text(one))));
    const said = h("div", { class: "said" }, block.text && h("div", {}, text(block.text)), fields);
    const near = { label: block.text && words(block.text).split("\n")[0].replace(/[*_~]/g, "") };
    return [said, block.accessory && h("div", { class: "accessory" }, standing(surface, block, block.accessory, near))];
  },
  header: (block) => h("h3", {}, text(block.text)),
  divider: () => h("hr"),
  context: (block, surface) => block.elements.map((one) => (one.type === "image" ? picture(one, "tiny") : "text" in one ? h("span", {}, text(one)) : drawElement(surface, block, one))),
  actions: (block, surface) => block.elements.map((one) => h("span", { class: "control" }, drawElement(surface, block, one))),
  input,
  image: (block) => [block.title && h("p", { class: "soft" }, text(block.title)), picture(block)],
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "as-written" }, block.text),
  table,
  video: (block) => h("p", {}, link(block.video_url, words(block.title)), " ", h("small", {}, block.alt_text)),
  file: (block) => unknown("file", block),
};

function standing(surface, block, element, about) {
  return element.type === "image" ? picture(element, "thumb") : drawElement(surface, block, element, about);
}

const GROUPS = ["radio_buttons", "checkboxes"];

/** Label, field, hint and the error under it. The label belongs to the field for screen readers too. */
function input(block, surface) {
  const name = surface.field(block, block.element);
  const wrong = surface.errors[block.block_id];
  const about = {
    label: words(block.label) + (block.optional ? " (optional)" : ""),
    describedby: [block.hint && `${name}/hint`, wrong && `${name}/error`].filter(Boolean).join(" ") || null,
    invalid: Boolean(wrong),
  };
  return [
    h("div", { class: "label", "aria-hidden": GROUPS.includes(block.element.type) ? null : "true" }, text(block.label), block.optional && h("small", {}, " (optional)")),
    drawElement(surface, block, block.element, about),
    wrong && h("p", { class: "error", id: `${name}/error` }, wrong),
    block.hint && h("p", { class: "hint", id: `${name}/hint` }, text(block.hint)),
  ];
}

/** Nothing is loaded from elsewhere: a picture on the web is shown as its frame and its alternative text. */
function picture(thing, size = "") {
  const here = /^(data:image\/|\/)/.test(thing.image_url ?? "");
  if (here) return h("img", { class: `picture ${size}`, src: thing.image_url, alt: thing.alt_text });
  return h("span", { class: `picture frame ${size}`, role: "img", "aria-label": thing.alt_text, title: thing.image_url ?? "" }, size === "tiny" ? "" : thing.alt_text);
}

function table(block) {
  const align = (column) => `align-${block.column_settings?.[column]?.align ?? "left"}`;
  const cell = (tag) => (one, column) => h(tag, { class: align(column), scope: tag === "th" ? "col" : null }, one.type === "rich_text" ? richText(one) : one.text);
  const [head, ...rows] = block.rows;
  return h("div", { class: "scroll", tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, head.map(cell("th")))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td")))))));
}
