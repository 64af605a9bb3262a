/** The interface's words and forms in the reader's language: one small file that the browser keeps until a release changes it. */
import { find } from "./dom.js";

const source = document.querySelector("link[rel=words]")?.href;
const holder = document.createElement("div");
holder.innerHTML = source ? await fetch(source).then((response) => response.text(), () => "") : "";
const data = Object.assign({}, ...[...holder.children].map((part) => part.dataset));
const plural = new Intl.PluralRules(document.documentElement.lang || "en");

export const word = (name) => data[`w${name[0].toUpperCase()}${name.slice(1)}`] ?? "";

/** A fresh copy of the form that comes with the words under this id; null when the words could not be fetched. */
export const wordedForm = (id) => find(`#${id}`, holder)?.content.firstElementChild.cloneNode(true) ?? null;

/** A counted phrase: `${name}One`, `${name}Few` and `${name}Many`, with {n} for the number. */
export function counted(name, number) {
  const form = { one: "One", few: "Few" }[plural.select(number)] ?? "Many";
  return word(name + form).replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(number));
}
