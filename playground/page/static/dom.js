// Builds the page. Whatever people or the bot wrote enters as a text node, never as markup.

/** h("p", {class: "soft", onclick}, "text", node, [more]) */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...flat(children));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

export function fill(parent, ...children) {
  parent.replaceChildren(...flat(children));
}

/** Keeps the nodes of items that have not changed, so that focus, scroll and half-typed text stay where they are. */
export function keyed(parent, items, draw) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const known = old.get(item.key);
    if (known && known.dataset.version === item.version) return known;
    const node = draw(item);
    node.dataset.key = item.key;
    node.dataset.version = item.version;
    return node;
  });
  const kept = new Set(nodes);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

/** Draws again, then puts the focus (and the caret) back onto the control with the same data-field. */
export function keepingFocus(within, draw) {
  const active = document.activeElement;
  const field = within.contains(active) ? active.dataset.field : undefined;
  const caret = field && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  draw();
  const again = field && [...within.querySelectorAll("[data-field]")].find((one) => one.dataset.field === field);
  if (!again) return;
  again.focus();
  if (caret && caret[0] !== null) again.setSelectionRange?.(...caret);
}

const PATHS = {
  bolt: "M13 2 4 14h7l-1 8 9-12h-7z",
  check: "M5 12.5l4.5 4.5L19 7",
  chevron: "M6 9l6 6 6-6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6L6 18",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  file: "M14 3H7v18h10V6zM14 3v3h3",
  hash: "M5 9h15M4 15h15M10 4L8 20M16 4l-2 16",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  reply: "M21 12a8 8 0 0 1-8 8H4l2.5-3A8 8 0 1 1 21 12z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
  send: "M4 4l17 8-17 8 3-8z",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5s1 2 3.5 2 3.5-2 3.5-2M9 9.5h.01M15 9.5h.01",
  warning: "M12 3L2 20h20zM12 10v4M12 17h.01",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A list that drops down from a button and closes by itself; `items`: [{label, about, act}]. */
export function dropdown(button, items, label) {
  const list = h("div", { class: "dropdown", popover: "auto", role: "menu", "aria-label": label });
  const choose = (item) => () => {
    list.hidePopover();
    item.act();
  };
  list.append(...items.map((item) => h("button", { type: "button", role: "menuitem", onclick: choose(item) }, item.label, item.about && h("small", {}, item.about))));
  list.addEventListener("keydown", (event) => step(event, [...list.children]));
  list.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", event.newState === "open");
    if (event.newState === "open") list.firstElementChild?.focus();
    else list.remove();
  });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    button.after(list);
    list.showPopover();
    place(list, button);
  });
}

function step(event, entries) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  const at = entries.indexOf(document.activeElement);
  entries[(at + way + entries.length) % entries.length].focus();
}

/** Below its anchor, or above where there is no room, and always inside the window. */
export function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const below = at.bottom + box.offsetHeight + 8 < innerHeight;
  box.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - box.offsetHeight - 4)}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
}
