/**
 * The part of a photo that stands in the circle. It is dragged, or what is to be in the middle is tapped; the arrows move it
 * while the circle has the focus, which two of the fields take for it. The size keeps its slider.
 */
import { find } from "../lib/dom.js";

/** A finger that moves by less has tapped. */
const STILL = 5;
/** Hundredths by which an arrow moves it. */
const STEP = 2;
const ARROWS = { ArrowLeft: ["across", -STEP], ArrowRight: ["across", STEP], ArrowUp: ["down", -STEP], ArrowDown: ["down", STEP] };

export default function cut(place) {
  const image = find("img", place);
  const fields = ["across", "down", "zoom"].map((name) => find(`[name=${name}]`, place));
  const [across, down, zoom] = fields;
  const circle = find(".cutter-circle", place);

  function show() {
    const at = `${across.value}% ${down.value}%`;
    Object.assign(image.style, { objectPosition: at, transformOrigin: at, transform: `scale(${zoom.value / 100})` });
  }

  image.addEventListener("load", () => (show(), place.classList.add("is-live")), { once: true });
  image.src = image.dataset.whole;
  find("[data-show]", place).hidden = true;
  find("[data-how]", place).hidden = false;
  for (const field of [across, down]) {
    const label = field.closest("label");
    field.setAttribute("aria-label", find(".field-label", label).textContent);
    label.hidden = true;
    circle.append(field);
    field.addEventListener("keydown", (event) => {
      const [name, by] = ARROWS[event.key] ?? [];
      if (!name) return;
      event.preventDefault();
      const moved = name === "across" ? across : down;
      moved.value = Number(moved.value) + by;
      show();
    });
  }
  fields.forEach((field) => field.addEventListener("input", show));

  /** Pixels by which the picture is larger than the circle, one way. */
  const room = (natural, shorter) => circle.clientWidth * ((natural / shorter) * (zoom.value / 100) - 1);
  const move = (field, by, natural, shorter) => {
    const most = room(natural, shorter);
    if (most > 0) field.value = Math.min(100, Math.max(0, Number(field.value) - (by / most) * 100));
  };
  function shift(x, y) {
    const { naturalWidth: width, naturalHeight: height } = image;
    const shorter = Math.min(width, height);
    move(across, x, width, shorter);
    move(down, y, height, shorter);
    show();
  }

  let from = null;
  let way = 0;
  circle.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY };
    way = 0;
    circle.setPointerCapture(event.pointerId);
  });
  circle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    way += Math.hypot(x, y);
    from = { x: event.clientX, y: event.clientY };
    shift(x, y);
  });
  circle.addEventListener("pointerup", (event) => {
    const box = circle.getBoundingClientRect();
    if (from && way < STILL) shift(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY);
    from = null;
  });
  circle.addEventListener("pointercancel", () => (from = null));
}
