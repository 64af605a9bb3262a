/** Lets a textarea grow with its text where the browser does not do it by itself (field-sizing). */
const native = CSS.supports("field-sizing", "content");

export function grow(area) {
  if (native) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
