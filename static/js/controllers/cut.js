/** The part of a photo that stands in the circle: moved by finger, mouse or the fields, seen at once. */
import { find } from "../lib/dom.js";

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
  fields.forEach((field) => field.addEventListener("input", show));

  /** Pixels by which the picture is larger than the circle, one way. */
  const room = (natural, shorter) => circle.clientWidth * ((natural / shorter) * (zoom.value / 100) - 1);
  const move = (field, by, natural, shorter) => {
    const most = room(natural, shorter);
    if (most > 0) field.value = Math.min(100, Math.max(0, Number(field.value) - (by / most) * 100));
  };
  let from = null;
  circle.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY };
    circle.setPointerCapture(event.pointerId);
  });
  circle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const { naturalWidth: width, naturalHeight: height } = image;
    const shorter = Math.min(width, height);
    move(across, event.clientX - from.x, width, shorter);
    move(down, event.clientY - from.y, height, shorter);
    from = { x: event.clientX, y: event.clientY };
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) circle.addEventListener(end, () => (from = null));
}
