/**
 * The viewer: one photo at a time on the whole screen, with its number and description. Swipe, arrows, Home and End go
 * from one to the next; pinch, double tap, wheel, plus and minus look closer; a swipe down, Escape, "back" on a phone, or
 * a click beside the photo closes. The focus comes back to the photo one has looked at last.
 */
import { find, icon, make } from "./dom.js";
import { word } from "./words.js";

const SWIPE = 60;
const CLOSER = 2.5;
const CLOSEST = 6;
const TAP = 300;
const STILL = 10;

const within = (value, least, most) => Math.min(Math.max(value, least), most);
const sized = (link, size) => link.href.replace(/[^/]+$/, size);

/** What a photo shows, "" when nobody has said so. */
function described(link) {
  const text = find("img", link)?.alt ?? (find("span:not(.photos-more)", link) ?? link).textContent.trim();
  return text === word("photo") ? "" : text;
}

function button(label, name, className) {
  return make("button", { class: `icon-btn ${className}`, type: "button", "aria-label": word(label), title: word(label) }, icon(name));
}

/** Pinch, pan, double tap and swipe on the stage. `step` goes on or back, `close` ends; answers what puts it back. */
function gestures(stage, photo, { step, close }) {
  const fingers = new Map();
  let [scale, x, y] = [1, 0, 0];
  let last = null;
  let from = null;

  function draw() {
    const [wide, high] = [(stage.clientWidth * (scale - 1)) / 2, (stage.clientHeight * (scale - 1)) / 2];
    if (scale > 1) [x, y] = [within(x, -wide, wide), within(y, -high, high)];
    photo.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    stage.classList.toggle("is-closer", scale > 1);
    if (scale > 1) photo.sizes = "1600px";
  }

  /** Look closer at a point of the screen, which stays where it is. */
  function zoom(wanted, at = { x: stage.clientWidth / 2, y: stage.clientHeight / 2 }) {
    const next = within(wanted, 1, CLOSEST);
    const [right, down] = [at.x - stage.clientWidth / 2, at.y - stage.clientHeight / 2];
    [x, y] = next === 1 ? [0, 0] : [right - ((right - x) * next) / scale, down - ((down - y) * next) / scale];
    scale = next;
    draw();
  }

  const two = () => {
    const [one, other] = [...fingers.values()];
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.hypot(one.x - other.x, one.y - other.y) };
  };

  /** Whether a point lies on the photo itself, not on the dark beside it. */
  function onPhoto(at) {
    const fit = Math.min(stage.clientWidth / (photo.naturalWidth || 1), stage.clientHeight / (photo.naturalHeight || 1)) * scale;
    const [right, down] = [at.x - stage.clientWidth / 2 - x, at.y - stage.clientHeight / 2 - y];
    return Math.abs(right) < (photo.naturalWidth * fit) / 2 && Math.abs(down) < (photo.naturalHeight * fit) / 2;
  }

  function tapped(event) {
    const again = last && event.timeStamp - last.at < TAP && Math.hypot(event.clientX - last.x, event.clientY - last.y) < 3 * STILL;
    last = again ? null : { at: event.timeStamp, x: event.clientX, y: event.clientY };
    if (again) zoom(scale > 1 ? 1 : CLOSER, { x: event.clientX, y: event.clientY });
    else if (event.pointerType === "mouse" && !onPhoto({ x: event.clientX, y: event.clientY })) close();
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    stage.classList.add("is-held");
    from = fingers.size === 1 ? { x: event.clientX, y: event.clientY } : null;
  });
  stage.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = fingers.size === 2 ? two() : finger;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) {
      const now = two();
      [x, y] = [x + now.x - before.x, y + now.y - before.y];
      zoom((scale * now.apart) / before.apart, now);
    } else if (scale > 1 || from) {
      [x, y] = [x + event.clientX - before.x, y + event.clientY - before.y];
      draw();
    }
  });
  function up(event) {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return;
    stage.classList.remove("is-held");
    if (!from) return;
    const [right, down] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (event.type === "pointercancel") return scale === 1 && zoom(1);
    if (Math.hypot(right, down) < STILL) return tapped(event);
    if (scale > 1) return;
    zoom(1);
    if (Math.abs(right) > SWIPE && Math.abs(right) > Math.abs(down)) step(right < 0 ? 1 : -1);
    else if (down > 2 * SWIPE) close();
  }
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  return { zoom, scale: () => scale };
}

/** Show the photos behind these links, beginning with one of them. */
export function open(links, start) {
  let at = start;
  const photo = make("img", { class: "viewer-photo", alt: "" });
  const stage = make("div", { class: "viewer-stage" }, photo);
  const number = make("span", { class: "viewer-count", "aria-live": "polite" });
  const caption = make("p", { class: "viewer-caption", "aria-hidden": "true" });
  const close = button("close", "x", "push");
  const previous = button("previous", "chevron-left", "viewer-step");
  const next = button("next", "chevron-right", "viewer-step viewer-step--next");
  const bar = make("div", { class: "viewer-bar" }, number, close);
  const dialog = make("dialog", { class: "viewer", "aria-label": word("photo") }, stage, bar, previous, next, caption);
  const step = (by) => links.length > 1 && show(at + by);
  const hand = gestures(stage, photo, { step, close: () => dialog.close() });

  function show(index) {
    at = (index + links.length) % links.length;
    const link = links[at];
    const small = find("img", link)?.currentSrc;
    hand.zoom(1);
    // What the page shows already stands there until the large one has come.
    photo.style.backgroundImage = small ? `url("${small}")` : "";
    photo.sizes = "100vw";
    photo.srcset = `${sized(link, "full")} 1080w, ${sized(link, "large")} 1600w`;
    photo.src = sized(link, "full");
    caption.textContent = described(link);
    photo.alt = caption.textContent || word("photo");
    number.textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
    previous.hidden = next.hidden = links.length < 2;
  }

  photo.addEventListener("load", () => {
    photo.style.backgroundImage = "";
    // The one that probably comes next; not where every byte is counted.
    if (links.length > 1 && !("lean" in document.body.dataset)) new Image().src = sized(links[(at + 1) % links.length], "full");
  });
  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  close.addEventListener("click", () => dialog.close());
  const keys = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => show(0),
    End: () => show(links.length - 1),
    "+": () => hand.zoom(hand.scale() * 1.5),
    "=": () => hand.zoom(hand.scale() * 1.5),
    "-": () => hand.zoom(hand.scale() / 1.5),
    0: () => hand.zoom(1),
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The fifth and later ones are not on the page; the fourth stands for them.
    (links[at].hidden ? links[3] : links[at]).focus();
  });
  document.body.append(dialog);
  show(start);
  dialog.showModal();
  close.focus();
}
