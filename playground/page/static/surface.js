// A message, a modal or the Home tab as something to fill in: what is typed in it, and what its buttons do.

import { h, icon } from "./dom.js";
import { confirmed } from "./dialog.js";
import { act } from "./store.js";
import { toast } from "./toast.js";

const TYPING_PAUSE = 400; // ms after the last key until the server keeps what was typed

export class Surface {
  /** `target` is {view} or {channel, ts}; `values` is Slack's state.values; `errors` maps block_id to a sentence. */
  constructor(target, values, errors = {}) {
    this.target = target;
    this.values = values ?? {};
    this.errors = errors;
    this.unsaved = {};
  }

  /** What stands in a field, in the shape Slack keeps it. */
  value(block, element) {
    return this.values[block.block_id]?.[element.action_id] ?? {};
  }

  /** A field's name on this page, for labels, errors and the focus. */
  field(block, element) {
    return `${this.target.view ?? this.target.ts}/${block.block_id}/${element.action_id}`;
  }

  /** Kept by the server after a moment, so that a reload loses nothing. */
  type(block, element, choice) {
    this.unsaved[block.block_id] = { ...this.unsaved[block.block_id], [element.action_id]: choice };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), TYPING_PAUSE);
  }

  /** Everything typed and not yet kept: each doing takes it along. */
  taken() {
    clearTimeout(this.timer);
    const values = this.unsaved;
    this.unsaved = {};
    return { ...this.target, values };
  }

  async save() {
    if (Object.keys(this.unsaved).length) await act("fill", this.taken());
  }

  /** Presses a button or makes a choice that the app hears of at once. A failure shows beside the control. */
  async press(block, element, control, choice = null) {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    control.classList.add("busy");
    control.setAttribute("aria-busy", "true");
    const outcome = await act("press", { ...this.taken(), block: block.block_id, action: element.action_id, choice });
    control.classList.remove("busy");
    control.removeAttribute("aria-busy");
    control.parentElement?.querySelector(":scope > .failed")?.remove();
    if (!outcome.notice) return;
    control.after(h("span", { class: "failed", title: outcome.notice }, icon("warning"), h("span", { class: "hidden" }, outcome.notice)));
    toast(outcome.notice, "bad");
  }

  async suggest(block, element, typed) {
    const outcome = await act("suggest", { ...this.taken(), block: block.block_id, action: element.action_id, typed });
    return outcome.options ?? [];
  }
}
