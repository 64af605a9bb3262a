/** A native dialog that also closes when one presses beside it. */
export default function dialog(element) {
  element.addEventListener("pointerdown", (event) => {
    if (event.target === element && !inside(element, event)) element.close();
  });
}

function inside(element, { clientX: x, clientY: y }) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
