/** Another language, the same place: what was typed and where one was come back with the page. */
import { all } from "../lib/dom.js";

const NAME = "language";
const OWN_DRAFTS = "[data-controller~=composer], [data-controller~=reply], [data-controller~=article]";
const here = () => location.pathname + location.search;

/** Fields of open forms, by form and name; never passwords, and nothing that a form keeps by itself. */
function fields() {
  return all("main input, main textarea, main select").filter(
    (field) => field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && !field.readOnly && !field.closest(OWN_DRAFTS),
  );
}
const key = (field) => `${field.form?.getAttribute("action") ?? ""} ${field.name} ${/radio|checkbox/.test(field.type) ? field.value : ""}`;
const value = (field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value);
/** Whether it is as the server sent it: what was typed since is not taken away. */
function isUntouched(field) {
  if (/radio|checkbox/.test(field.type)) return field.checked === field.defaultChecked;
  if (field.options) return [...field.options].every((option) => option.selected === option.defaultSelected) || !field.selectedIndex;
  return field.value === field.defaultValue;
}

function restore() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
  } catch {
    return;
  }
  if (!kept || (!kept.refused && kept.here !== here())) return;
  for (const field of fields()) {
    const before = kept.fields[key(field)];
    if (before === undefined || before === value(field) || !isUntouched(field)) continue;
    if (typeof before === "boolean") field.checked = before;
    else field.value = before;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  scrollTo(0, kept.scroll);
}

let restored = false;

export default function language(control) {
  if (!restored) restore();
  restored = true;
  // The page that refused a form stands at another address than the form, to which one comes back.
  const refused = Boolean(control.getAttribute("formaction")?.endsWith("?refused"));
  control.addEventListener("click", () => {
    const kept = Object.fromEntries(fields().map((field) => [key(field), value(field)]));
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ here: here(), refused, scroll: scrollY, fields: kept }));
    } catch {
      // Without a store the page comes back as it was sent.
    }
  });
}
