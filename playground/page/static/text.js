// Slack's text syntax as nodes: mrkdwn, plain text and rich_text. Ids become names, emoji names become emoji.

import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { channelOf, inZone, state } from "./store.js";

/** A Block Kit text object. */
export function text(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : emojis(decode(object.text));
}

export function words(object) {
  return object ? withEmoji(decode(object.text)) : "";
}

export function mrkdwn(source) {
  return lines(source).map((part) => (part.quote ? h("blockquote", {}, inline(part.text)) : inline(part.text)));
}

/** Runs of quoted lines become one part each. */
function lines(source) {
  const parts = [];
  for (const line of source.split(/(?<=\n)/)) {
    const quote = /^(>|&gt;) ?/.exec(line);
    const last = parts.at(-1);
    const said = quote ? line.slice(quote[0].length) : line;
    if (last && last.quote === Boolean(quote)) last.text += said;
    else parts.push({ quote: Boolean(quote), text: said });
  }
  return parts;
}

const MARKS = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /```([^]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\4(?![\w*_~])/;

function inline(source) {
  const found = TOKEN.exec(source);
  if (!found) return emojis(decode(source));
  const [whole, block, code, reference, mark, marked] = found;
  const before = source.slice(0, found.index);
  const rest = source.slice(found.index + whole.length);
  return [...emojis(decode(before)), token(block, code, reference, mark, marked), ...inline(rest)].flat();
}

function token(block, code, reference, mark, marked) {
  if (block !== undefined) return h("pre", {}, decode(block.replace(/^\n/, "")));
  if (code !== undefined) return h("code", {}, decode(code));
  if (reference !== undefined) return referenced(reference);
  return h(MARKS[mark], {}, inline(marked));
}

function referenced(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : decode(inside.slice(bar + 1));
  const rest = target.slice(1);
  if (target[0] === "@") return mention(rest, label);
  if (target[0] === "#") return h("span", { class: "mention" }, `#${channelName(rest) ?? (label || "private channel")}`);
  if (target[0] === "!") return special(rest, label);
  return link(decode(target), label);
}

function special(target, label) {
  const [word, ...details] = target.split("^");
  if (word === "date") return h("time", {}, date(Number(details[0]), details[1] ?? "", label));
  if (word === "subteam") return h("span", { class: "mention" }, `@${state.team.groups[details[0]] ?? (label || details[0])}`);
  return h("span", { class: "mention" }, `@${word}`);
}

function mention(id, label) {
  const own = id === state.me.id ? "mention me" : "mention";
  return h("span", { class: own }, `@${state.people[id]?.name ?? (label || id)}`);
}

function channelName(id) {
  return channelOf(id)?.name ?? state.team.public[id];
}

/** Only addresses that a browser may open; anything else stays words. */
export function link(address, label) {
  const shown = label || address.replace(/^mailto:/, "");
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(shown);
  return h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, shown);
}

const DATES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function date(seconds, format, fallback) {
  if (!Number.isFinite(seconds) || !format) return fallback;
  const shown = (whole, name) => (DATES[name] ? inZone(seconds, DATES[name]) : whole);
  return format.replace(/\{(\w+?)(?:_pretty)?\}/g, shown);
}

/** Exactly the three entities that Slack knows. */
function decode(source) {
  return source.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function withEmoji(source) {
  return source.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}

function emojis(source) {
  return source ? [document.createTextNode(withEmoji(source))] : [];
}

// rich_text

export function richText(block) {
  return block.elements.map(richPart);
}

function richPart(part) {
  const inner = () => part.elements.map(richInline);
  switch (part.type) {
    case "rich_text_section":
      return h("p", {}, inner());
    case "rich_text_quote":
      return h("blockquote", {}, inner());
    case "rich_text_preformatted":
      return h("pre", {}, inner());
    case "rich_text_list": {
      const props = { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: part.style === "ordered" ? (part.offset ?? 0) + 1 : null };
      return h(part.style === "ordered" ? "ol" : "ul", props, part.elements.map((one) => h("li", {}, one.elements.map(richInline))));
    }
    default:
      return unknown(part.type);
  }
}

const RICH = {
  text: (one) => document.createTextNode(one.text),
  link: (one) => link(one.url, one.text),
  user: (one) => mention(one.user_id, ""),
  usergroup: (one) => h("span", { class: "mention" }, `@${state.team.groups[one.usergroup_id] ?? one.usergroup_id}`),
  channel: (one) => h("span", { class: "mention" }, `#${channelName(one.channel_id) ?? "private channel"}`),
  broadcast: (one) => h("span", { class: "mention" }, `@${one.range}`),
  emoji: (one) => document.createTextNode(EMOJI[one.name] ?? `:${one.name}:`),
  date: (one) => h("time", {}, date(one.timestamp, one.format, one.fallback ?? "")),
  color: (one) => h("code", {}, one.value),
  team: (one) => document.createTextNode(one.team_id),
};
const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function richInline(one) {
  const node = RICH[one.type]?.(one) ?? unknown(one.type);
  const styles = Object.keys(STYLES).filter((style) => one.style?.[style]);
  return styles.reduce((inside, style) => h(STYLES[style], {}, inside), node);
}

/** What this page cannot draw is named, never dropped. */
export function unknown(type, source) {
  const about = `This page cannot draw “${type}”. In Slack it may look fine.`;
  return h("span", { class: "unknown" }, about, source && h("details", {}, h("summary", {}, "What the bot sent"), h("pre", {}, JSON.stringify(source, null, 2))));
}

