/** Where the caret of a textarea is on the screen: the text is laid out in a hidden twin of it. */
const COPIED = [
  "boxSizing", "width", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth",
  "borderRightWidth", "borderBottomWidth", "borderLeftWidth", "fontFamily", "fontSize", "fontWeight", "letterSpacing",
  "lineHeight", "tabSize", "textIndent", "wordSpacing",
];

/** {left, top, bottom} in the window of the character at `index`. */
export function caretBox(area, index) {
  const twin = document.createElement("div");
  const look = getComputedStyle(area);
  for (const name of COPIED) twin.style[name] = look[name];
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", top: "0", left: "-9999px", whiteSpace: "pre-wrap" });
  twin.style.overflowWrap = "anywhere";
  twin.textContent = area.value.slice(0, index);
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  twin.append(mark);
  document.body.append(twin);
  const frame = area.getBoundingClientRect();
  const left = frame.left + mark.offsetLeft - area.scrollLeft;
  const top = frame.top + mark.offsetTop - area.scrollTop;
  const bottom = top + mark.offsetHeight;
  twin.remove();
  return { left, top, bottom };
}
