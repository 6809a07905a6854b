// Dialogs of the browser's own: it keeps the focus inside, and gives it back to where it was.

import { fill, h, icon } from "./dom.js";
import { words } from "./text.js";

export function dialog(title, { onclose, wide } = {}) {
  const heading = h("h2", { id: `dialog-${Math.random().toString(36).slice(2)}`, tabindex: "-1" }, title);
  const body = h("div", { class: "dialog-body" });
  const shut = h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => box.close() }, icon("close"));
  const box = h("dialog", { class: wide ? "wide" : "", "aria-labelledby": heading.id }, h("header", {}, heading, shut), body);
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => {
    box.remove();
    onclose?.();
  });
  document.body.append(box);
  return { box, body, heading };
}

/** Slack's "are you sure": true when the person agrees. */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    let agreed = false;
    const { box, body } = dialog(words(confirm.title), { onclose: () => resolve(agreed) });
    const agree = () => {
      agreed = true;
      box.close();
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    fill(
      body,
      h("p", {}, words(confirm.text)),
      h(
        "footer",
        {},
        h("button", { type: "button", onclick: () => box.close() }, words(confirm.deny) || "Cancel"),
        h("button", { type: "button", class: style, onclick: agree }, words(confirm.confirm) || "Yes"),
      ),
    );
    box.showModal();
  });
}
