/** A button that prints the page; it is there only where pages can be printed. */
export default function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
