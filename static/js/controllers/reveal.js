/** Shows and hides a password. */
export default function reveal(button) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  });
}
