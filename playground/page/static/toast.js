// Short words at the lower edge, read aloud by screen readers and gone after a while.

import { h, icon } from "./dom.js";

export function toast(sentence, kind = "") {
  const box = h("div", { class: `toast ${kind}` }, sentence, h("button", { type: "button", "aria-label": "Dismiss", onclick: () => box.remove() }, icon("close")));
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), 8000);
}
